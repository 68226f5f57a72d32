"""What a worker does: runs points of a sweep and makes each end a plain row, whatever executor it serves."""

from __future__ import annotations

import math
import numbers
import pickle
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

_most_held = 4
_most_text = 1000
_held: OrderedDict[str, tuple[Any, ...]] = OrderedDict()


class Point(NamedTuple):
    """One thing to compute: its key, its parameters, its seed, and the seed that the function gets."""

    key: str
    parameters: dict[str, Any]
    seed: int
    drawn: int


class Ended(NamedTuple):
    """How a point of the library itself ended, sent back as it is."""

    kind: str
    values: Any


def plain(value: Any, name: str) -> Any:
    """None, a truth, a whole number, a finite float or a text, as Python's own type; NaN is None."""
    if value is None or type(value) in (bool, int):
        return value
    if isinstance(value, str):
        value = str(value)
        value.encode("utf-8")  # a lone surrogate is no text
        return value
    if type(value).__name__ in ("bool_", "bool"):
        return bool(value)
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        if math.isinf(number):
            raise ValueError(f"{name} must be finite, not {value!r}")
        return None if math.isnan(number) else number
    raise TypeError(f"{name} must be a number, a text, True, False or None, not {type(value).__name__}")


def _row(answer: Any, point: Point) -> dict[str, Any]:
    if not isinstance(answer, Mapping):
        return {"value": plain(answer, "the value")}
    row = {}
    for name, value in answer.items():
        if not isinstance(name, str):
            raise TypeError(f"a row's names must be texts, not {type(name).__name__}")
        if name in point.parameters or name in ("seed", "error", "key"):
            raise ValueError(f"a row cannot hold {name!r}: that is the point's own")
        row[plain(name, "a name")] = plain(value, name)
    return row


def error_of(error: BaseException) -> dict[str, str]:
    """An exception as it stands in a row."""
    try:
        text = str(error)
    except Exception:
        text = ""
    return {"kind": type(error).__name__, "text": text[:_most_text].encode("utf-8", "backslashreplace").decode("utf-8")}


def outcome(function: Callable[..., Any], inputs: Sequence[Any], point: Point) -> tuple[str, Any]:
    """("row", values) or ("error", kind and text); what is `Ended` as it says."""
    try:
        answer = function(*inputs, **point.parameters, seed=point.drawn)
        if isinstance(answer, Ended):
            return answer
        return "row", _row(answer, point)
    except (Exception, SystemExit) as error:
        return "error", error_of(error)


def hold(token: str, inputs: tuple[Any, ...]) -> None:
    """Keeps the inputs of a sweep in this process; the oldest are dropped."""
    _held[token] = inputs
    while len(_held) > _most_held:
        _held.popitem(last=False)


def drop(token: str) -> None:
    _held.pop(token, None)


def pack(inputs: tuple[Any, ...]) -> bytes:
    """The inputs as bytes: plans as sealed snapshots, everything else as pickle has it."""
    return zlib.compress(pickle.dumps(inputs, protocol=pickle.HIGHEST_PROTOCOL), 1)


def run_batch(
    function: Callable[..., Any], token: str, packed: bytes | None, points: Sequence[Point]
) -> tuple[list[tuple[str, Any]], float] | None:
    """The ends of the points and the seconds they took; None where the inputs are not here and did not come along."""
    inputs = _held.get(token)
    if inputs is None:
        if packed is None:
            return None
        inputs = pickle.loads(zlib.decompress(packed))
        hold(token, inputs)
    started = time.perf_counter()
    ends = [outcome(function, inputs, point) for point in points]
    return ends, time.perf_counter() - started
