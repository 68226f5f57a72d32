"""Rows that a caller gives as dicts or as a DataFrame, as the JSON documents that the module reads."""

from __future__ import annotations

import datetime
import decimal
import json
import numbers
from collections.abc import Iterable, Mapping
from typing import Any

from ._options import day, text


def rows_of(given: Any, name: str) -> list[dict[str, Any]]:
    """Dicts without what is unset; TypeError names the row that is none."""
    if hasattr(given, "to_dict"):  # a DataFrame
        given = given.to_dict("records")
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise TypeError(f"{name} must be rows (dicts or a DataFrame), not {type(given).__name__}")
    out = []
    for at, row in enumerate(given):
        if not isinstance(row, Mapping):
            raise TypeError(f"{name}[{at}] must be a dict, not {type(row).__name__}")
        out.append({field: plain(value, f"{name}[{at}]") for field, value in row.items() if not is_unset(value)})
    return out


def records_of(given: Any, name: str) -> list[dict[str, Any]]:
    """Rows as `rows_of` makes them, of a DataFrame or a mapping of columns, converted column by column."""
    if isinstance(given, Mapping):
        columns = {field: list(_entries(values, f"{name}.{field}")) for field, values in given.items()}
    elif hasattr(given, "columns") and hasattr(given, "to_dict"):
        if not given.columns.is_unique:
            raise ValueError(f"{name} has two columns of the same name")
        columns = {field: given[field].tolist() for field in given.columns}
    else:
        return rows_of(given, name)
    for field in columns:
        if not isinstance(field, str):
            raise TypeError(f"the columns of {name} must have texts for names, not {field!r}")
    sizes = {field: len(values) for field, values in columns.items()}
    if len(set(sizes.values())) > 1:
        raise ValueError(f"the columns of {name} differ in length: {sizes}")
    parts = [_converted(values, f"{name}.{field}") for field, values in columns.items()]
    names = list(columns)
    return [{field: value for field, value in zip(names, row) if value is not None} for row in zip(*parts)]


def _entries(values: Any, name: str) -> Iterable[Any]:
    if hasattr(values, "tolist"):  # a Series or an array
        values = values.tolist()
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise TypeError(f"{name} must be a column of values, not {type(values).__name__}")
    return values


def _converted(values: list[Any], name: str) -> list[Any]:
    """One column: what is unset becomes None."""
    if set(map(type, values)) <= {bool}:
        return values
    return [None if is_unset(one) else _member(one, f"{name}[{at}]") for at, one in enumerate(values)]


def _member(value: Any, name: str) -> Any:
    """As `plain`, but a decimal as the number that it is."""
    if not isinstance(value, decimal.Decimal):
        return plain(value, name)
    number = int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if decimal.Decimal(repr(number)) != value:
        raise ValueError(f"{name} has more digits than a number of JSON holds: {value}")
    return number


def is_unset(value: Any) -> bool:
    """None, NaN, pandas' NaT and NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, numbers.Real) and bool(value != value)


def plain(value: Any, name: str) -> Any:
    """What JSON can say: texts, truths, whole numbers, numbers, and lists of them; days as their texts."""
    if isinstance(value, str):
        return text(value, name)
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        return bool(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return day(value, name).isoformat()
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return int(value) if float(value).is_integer() else float(value)
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {field: plain(one, name) for field, one in value.items() if not is_unset(one)}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [plain(one, name) for one in value]
    raise TypeError(f"{name} cannot hold a value of type {type(value).__name__}")


def document(**members: Any) -> str:
    """The JSON text of what is set."""
    return json.dumps({name: value for name, value in members.items() if value is not None}, ensure_ascii=False)
