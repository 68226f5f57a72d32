"""How do the module's columns become a pandas DataFrame?"""

from __future__ import annotations

from typing import Any

_ordered = {"title", "min_title", "degree"}


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
    """A DataFrame of what `column.hpp` makes."""
    pd = pandas()
    return pd.DataFrame({name: _series(pd, name, kind, values, more) for name, kind, values, more in columns})


def _series(pd: Any, name: str, kind: str, values: Any, more: Any) -> Any:
    if kind == "plain":
        return pd.Series(values)
    if kind == "integer":
        return pd.Series(pd.arrays.IntegerArray(values, more))
    if kind == "word":
        return pd.Series(pd.Categorical.from_codes(values, categories=list(more), ordered=name in _ordered))
    if kind == "date":
        return _days(pd, values)
    return pd.Series(values, dtype=object)


def _days(pd: Any, values: Any) -> Any:
    days = values.view("datetime64[D]")
    known = days[values != values.min()] if len(values) and values.min() == -(2**63) else days
    first, last = pd.Timestamp.min.to_datetime64(), pd.Timestamp.max.to_datetime64()
    if len(known) and (known.min() <= first or known.max() >= last):
        return pd.Series(days.astype(object), dtype=object)  # datetime.date, None where unset
    return pd.Series(days.astype("datetime64[ns]"))
