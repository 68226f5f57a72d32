"""How do the module's columns become a pandas DataFrame?"""

from __future__ import annotations

from typing import Any

_ordered = {"title", "min_title", "degree"}
_first_day, _last_day = -106_751, 106_751  # days since 1970-01-01 whose nanoseconds fit 64 bits


def pandas() -> Any:
    """pandas, imported when a table is first asked for."""
    try:
        import pandas
    except ImportError as error:
        raise ImportError(
            "tables need pandas, which is not installed for this Python (Debian: python3-pandas)"
        ) from error
    return pandas


def frame(columns: list[tuple[str, str, Any, Any]]) -> Any:
    """A DataFrame of what `column.hpp` makes, which nobody else holds: taken over, not copied."""
    pd = pandas()
    series = {name: _series(pd, name, kind, values, more) for name, kind, values, more in columns}
    return pd.DataFrame(series, copy=False)


def _series(pd: Any, name: str, kind: str, values: Any, more: Any) -> Any:
    if kind == "plain":
        return pd.Series(values)
    if kind == "integer":
        return pd.Series(pd.arrays.IntegerArray(values, more))
    if kind == "boolean":
        return pd.Series(pd.arrays.BooleanArray(values, more))
    if kind == "word":
        return pd.Series(pd.Categorical.from_codes(values, categories=list(more), ordered=name in _ordered))
    if kind == "date":
        return _days(pd, values)
    return pd.Series(values, dtype=object)


def _days(pd: Any, values: Any) -> Any:
    unset = -(2**63)
    known = values[values != unset]
    days = values.view("datetime64[D]")
    if len(known) and (known.min() < _first_day or known.max() > _last_day):
        return pd.Series(days.astype(object), dtype=object)  # datetime.date, None where unset
    return pd.Series(days.astype("datetime64[ns]"))
