"""Are the options what they should be? Exact conversions and errors that say what is allowed."""

from __future__ import annotations

import datetime
import difflib
import functools
import inspect
import math
import numbers
import operator
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

_int64 = 2**63


def _nearest(word: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(sorted(known))}"


def keyword_options(function: Callable) -> Callable:
    """Unknown keywords are refused by naming the nearest known one."""
    parameters = inspect.signature(function).parameters.values()
    known = [p.name for p in parameters if p.kind is not p.POSITIONAL_ONLY]

    @functools.wraps(function)
    def checked(*args, **options):
        for name in options:
            if name not in known:
                raise TypeError(f"{function.__name__}() has no option {name!r}; {_nearest(name, known)}")
        return function(*args, **options)

    return checked


def one_of(value: Any, known: Iterable[str], name: str) -> str:
    """`value` if it is one of the known names."""
    known = list(known)
    if not isinstance(value, str):
        raise TypeError(f"{name} must be one of {', '.join(known)}, not {type(value).__name__}")
    if value not in known:
        raise ValueError(f"{name} cannot be {value!r}; {_nearest(value, known)}")
    return str(value)


def whole(value: Any, name: str, *, least: int = -_int64, most: int = _int64 - 1) -> int:
    """An exact int: not a bool, no fraction, no text."""
    if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
        raise TypeError(f"{name} must be a whole number, not a bool")
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {type(value).__name__}") from None
    if not least <= number <= most:
        raise OverflowError(f"{name} must lie between {least} and {most}, not {number}")
    return number


def real(value: Any, name: str) -> float:
    """A finite float: not a bool, no text, no complex number, no array."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a number, not {type(value).__name__}")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite, not {value!r}")
    return number


def text(value: Any, name: str) -> str:
    """A text that files can hold: no lone surrogates."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, not {type(value).__name__}")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{name} holds a lone surrogate: {value!r}") from None
    return str(value)


def flag(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, not {type(value).__name__}")
    return value


def nanoseconds(value: Any, name: str) -> int | None:
    """From seconds or a timedelta; None means no limit."""
    if value is None:
        return None
    seconds = value.total_seconds() if isinstance(value, datetime.timedelta) else real(value, name)
    if seconds < 0 or seconds > 1e9:
        raise ValueError(f"{name} must lie between 0 and 1e9 seconds, not {value!r}")
    return round(seconds * 1e9)


def day(value: Any, name: str) -> datetime.date:
    """A date, ISO text (2026-03-01), or a timestamp without hour and zone."""
    if isinstance(value, str):
        try:
            if len(value) == 10:
                return datetime.date.fromisoformat(value)
        except ValueError:
            pass
        raise ValueError(f"{name} must be a day such as 2026-03-01, not {value!r}")
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.datetime64):
        whole_day = value.astype("datetime64[D]")
        if numpy.isnat(value) or whole_day != value or not isinstance(whole_day.item(), datetime.date):
            raise ValueError(f"{name} must be a whole day, not {value!r}")
        return whole_day.item()
    if not isinstance(value, datetime.date):
        raise TypeError(f"{name} must be a date, not {type(value).__name__}")
    if value != value:  # pandas.NaT is a datetime
        raise ValueError(f"{name} must be a day, not {value!r}")
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None or value.time() != datetime.time() or getattr(value, "nanosecond", 0):
            raise ValueError(f"{name} must be a day without hour and zone, not {value!r}")
        return value.date()
    return value


def path(value: Any) -> bytes:
    """The bytes of a file's name."""
    name = os.fsencode(value)
    if b"\0" in name:
        raise ValueError("a path cannot hold a NUL")
    return name


def callback(value: Any, name: str) -> Callable | None:
    if value is not None and not callable(value):
        raise TypeError(f"{name} must be callable or None, not {type(value).__name__}")
    return value
