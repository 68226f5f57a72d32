"""Numbers and arrays that a caller gives, as the solvers take them: exact, or an error that names the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ._options import _nearest, real, whole

_whole_types = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}


def fields(given: dict[str, Any], name: str, _type: str) -> None:
    """Refuses names that the class does not have."""
    from . import _core

    known = getattr(_core, name)._fields
    for field in given:
        if field not in known:
            raise TypeError(f"{name}() has no field {field!r}; {_nearest(field, known)}")


def number(value: Any, name: str, type_: str) -> int | float:
    """One number of that type."""
    if type_ == "float64":
        return real(value, name)
    least, most = _whole_types[type_]
    return whole(value, name, least=least, most=most)


def wide(value: Any, name: str, _type: str) -> str:
    """A whole number of 128 bits, as text."""
    return str(whole(value, name, least=-(2**127), most=2**127 - 1))


def truth(value: Any, name: str, _type: str) -> bool:
    if not isinstance(value, bool) and type(value).__name__ not in ("bool_", "bool"):
        raise TypeError(f"{name} must be True or False, not {type(value).__name__}")
    return bool(value)


def word(value: Any, name: str, _type: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a name, not {type(value).__name__}")
    return str(value)


def array(value: Any, name: str, type_: str, dimensions: int = 1) -> Any:
    """A C-contiguous array of exactly these numbers, without a copy where it is one already.

    Whole numbers of any width, order and stride are taken where they fit; floats only for ``float64``, and there whole
    numbers that a float holds exactly. TypeError for bools, texts, objects, complex numbers and masked entries,
    OverflowError for numbers that do not fit, ValueError for another number of dimensions.
    """
    import numpy

    if isinstance(value, numpy.ma.MaskedArray) and numpy.ma.is_masked(value):
        raise TypeError(f"{name} has masked entries")
    if value is None or isinstance(value, (str, bytes, dict, set, frozenset)):
        raise TypeError(f"{name} must be an array of numbers, not {type(value).__name__}")
    if isinstance(value, Iterator):
        value = list(value)
    is_array = hasattr(value, "dtype") or hasattr(value, "__array__") or hasattr(value, "__array_interface__")
    if not is_array and not isinstance(value, Iterable):
        raise TypeError(f"{name} must be an array of numbers, not {type(value).__name__}")
    try:
        given = numpy.asarray(value) if is_array else _listed(value, name, numpy)
    except (TypeError, OverflowError, MemoryError):
        raise
    except ValueError as error:
        raise ValueError(f"{name} is no array: {error}") from None
    if given.ndim != dimensions:
        raise ValueError(f"{name} must have {dimensions} dimension(s), not {given.ndim}")
    kind = given.dtype.kind
    if kind in "iu":
        return _from_whole(given, name, type_, numpy)
    if kind == "f" and given.dtype.itemsize <= 8:
        if type_ == "float64" or given.size == 0:
            return numpy.ascontiguousarray(given, dtype=type_)
        raise TypeError(f"{name} must be whole numbers, not {given.dtype}")
    if kind == "O" and all(_is_whole(one) for one in given.flat):
        least, most = _whole_types.get(type_, (-(2**53), 2**53))
        for at, one in enumerate(given.flat):
            whole(one, f"{name}[{at}]", least=least, most=most)
        return numpy.ascontiguousarray(given, dtype=type_)
    raise TypeError(f"{name} cannot be an array of {given.dtype}")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _listed(value: Iterable[Any], name: str, numpy: Any) -> Any:
    """An array of what a list holds; whole numbers stay so, for numpy alone would make floats of some."""
    entries = list(value)
    flat = entries
    while flat and all(isinstance(one, (list, tuple)) for one in flat):
        flat = [one for inner in flat for one in inner]
    for at, one in enumerate(flat):
        if isinstance(one, (bool, numpy.bool_)):
            raise TypeError(f"{name}[{at}] must be a number, not a bool")
    if flat and all(isinstance(one, int) for one in flat):
        return numpy.asarray(entries, dtype=object)
    if any(isinstance(one, int) and abs(one) > 2**53 for one in flat):
        raise OverflowError(f"{name} mixes floats with whole numbers that a float cannot hold")
    return numpy.asarray(entries)


def _from_whole(given: Any, name: str, type_: str, numpy: Any) -> Any:
    least, most = _whole_types.get(type_, (-(2**53), 2**53))
    if given.size:
        low, high = int(given.min()), int(given.max())
        if low < least or high > most:
            worst = low if low < least else high
            raise OverflowError(f"{name} must lie between {least} and {most}, not {worst}")
    return numpy.ascontiguousarray(given, dtype=type_)


def reduced(value: Any) -> tuple[Any, ...]:
    """How a struct of the solvers pickles: its class and its fields."""
    return _rebuilt, (type(value).__name__, {field: getattr(value, field) for field in value._fields})


def _rebuilt(name: str, values: dict[str, Any]) -> Any:
    from . import _core

    return getattr(_core, name)(**values)


def represented(value: Any) -> str:
    """``MatchingResult(size=3, column_of=<4 of uint32>)``."""
    parts = []
    for field in value._fields:
        one = getattr(value, field)
        if hasattr(one, "dtype"):
            shown = f"<{one.size} of {one.dtype}>" if one.size > 8 else str(one.tolist())
        elif isinstance(one, tuple):
            shown = f"<{len(one)} entries>" if len(one) > 8 else repr(one)
        elif isinstance(one, str):
            shown = str(one)
        else:
            shown = repr(one)
        parts.append(f"{field}={shown}")
    return f"{type(value).__name__}({', '.join(parts)})"
