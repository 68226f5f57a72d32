"""Experiments by the thousand: a function at every point of a grid, on any executor, with a journal to resume from."""

from __future__ import annotations

import dataclasses
import html
import itertools
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core, _frames, _journal, _points
from ._core import __version__
from ._journal import Journal
from ._options import callback, flag, keyword_options, whole
from ._plan import Plan
from ._points import Point
from ._spread import Spread


@dataclasses.dataclass(frozen=True, slots=True)
class Sweep:
    """What a `sweep` found.

    ``rows``: a dict per point in the order of the grid, seeds innermost: the parameters, ``seed``, what the function
    measured, and ``error`` (None, or the exception's kind and text in place of measures). ``parameters``: their names.
    ``digest``: the fingerprint of all rows by key, the same whatever executor, order or resumption made them.
    ``computed`` and ``resumed``: how many points were run and how many came from the journal. Compares and pickles.
    """

    rows: list[dict[str, Any]]
    parameters: tuple[str, ...]
    digest: str
    computed: int
    resumed: int

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The rows whose function raised, or whose worker died."""
        return [row for row in self.rows if row["error"] is not None]

    def to_pandas(self) -> Any:
        """The rows as a DataFrame; what a row lacks is None or NaN. ImportError without pandas."""
        pandas = _frames.pandas()
        names = dict.fromkeys(itertools.chain([*self.parameters, "seed"], *self.rows))
        names["error"] = names.pop("error", None)
        return pandas.DataFrame(self.rows, columns=list(names))

    def __repr__(self) -> str:
        return (
            f"<countyplan.Sweep: {len(self.rows)} rows over {', '.join(self.parameters) or 'no parameters'}, "
            f"{len(self.errors)} errors, digest {self.digest[:12]}>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>"


def _parameters(grid: Any) -> list[dict[str, Any]]:
    """The points of a grid, or of a list of points that all have the same names."""
    if isinstance(grid, Mapping):
        names, columns = [], []
        for name, values in grid.items():
            if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
                raise TypeError(f"grid[{name!r}] must be a list of values, not {type(values).__name__}")
            names.append(name)
            columns.append([_points.plain(value, f"grid[{name!r}]") for value in values])
        points = [dict(zip(names, values, strict=True)) for values in itertools.product(*columns)]
    else:
        points = []
        for at, point in enumerate(grid):
            if not isinstance(point, Mapping):
                raise TypeError(f"grid[{at}] must be a dict, not {type(point).__name__}")
            points.append({name: _points.plain(value, f"grid[{at}][{name!r}]") for name, value in point.items()})
            if set(points[at]) != set(points[0]):
                raise ValueError(f"grid[{at}] has other names than grid[0]")
    for name in points[0] if points else ():
        if not isinstance(name, str) or not name or name in ("seed", "error", "key"):
            raise ValueError(f"a parameter cannot be called {name!r}")
    return points


def _seeds(seeds: Any) -> list[int]:
    if isinstance(seeds, Iterable) and not isinstance(seeds, (str, bytes)):
        return [whole(seed, "seeds", least=0, most=2**64 - 1) for seed in seeds]
    return list(range(whole(seeds, "seeds", least=0, most=10**9)))


class _Runner:
    """A plan that runs points of the library's own; made anew where it arrives."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._of_thread = threading.local()
        self._of_thread.runner = _core.PointRunner(plan)
        self.input = self._of_thread.runner.input

    def __reduce__(self) -> tuple[Any, ...]:
        return _Runner, (self._plan,)

    def run(self, parameters: dict[str, Any], seed: int) -> tuple[str, dict[str, Any]]:
        runner = getattr(self._of_thread, "runner", None)
        if runner is None:
            runner = self._of_thread.runner = _core.PointRunner(self._plan)
        return runner.run(parameters, seed)


def _measured(runner: _Runner, *, seed: int, **parameters: Any) -> _points.Ended:
    return _points.Ended(*runner.run(parameters, seed))


def _points_of(
    parameters: list[dict[str, Any]], seeds: list[int], source: str, version: str, common: bool
) -> dict[str, Point]:
    """By key, in the order of the grid; a point that is there twice is one."""
    out = {}
    for point in parameters:
        for seed in seeds:
            key = _journal.point_key(point, seed, source, version)
            out[key] = Point(key, point, seed, seed if common else int(key[:16], 16) >> 1)
    return out


def _flat(point: Point, kind: str, values: dict[str, Any]) -> dict[str, Any]:
    row = {**point.parameters, "seed": point.seed}
    if kind == "error":
        return {**row, "error": f"{values['kind']}: {values['text']}"}
    return {**row, **values, "error": None}


def _digest(points: Mapping[str, Point], ends: Mapping[str, _journal.End]) -> str:
    return _journal.fingerprint(_journal.line_of(points[key], *ends[key]) for key in sorted(points))


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, not {type(value).__name__}")
    return _points.plain(value, name)


def _executor(executor: Any) -> Any:
    if executor is not None and not callable(getattr(executor, "submit", None)) and not callable(executor):
        raise TypeError(f"executor must have submit(), or make one when called, not {type(executor).__name__}")
    return executor


def _fingerprint(inputs: tuple[Any, ...]) -> str:
    """Of plans their digests, of everything else its JSON."""
    parts: list[Any] = []
    for at, given in enumerate(inputs):
        if isinstance(given, Plan):
            parts.append(list(dataclasses.astuple(given.digests)))
            continue
        try:
            parts.append(_journal.canonical(given))
        except (TypeError, ValueError):
            raise TypeError(
                f"inputs[{at}] is a {type(given).__name__}: give `fingerprint`, a text that names what it holds"
            ) from None
    return _journal.fingerprint([_journal.canonical(parts).encode("utf-8")])


@keyword_options
def sweep(
    function: Callable[..., Any] | Plan,
    grid: Mapping[str, Iterable[Any]] | Iterable[Mapping[str, Any]],
    /,
    *,
    inputs: Iterable[Any] = (),
    seeds: int | Iterable[int] = 1,
    common: bool = True,
    executor: Any = None,
    journal: str | os.PathLike[str] | None = None,
    retries: int = 0,
    on_result: Callable[[dict[str, Any]], object] | None = None,
    batch: int | None = None,
    fingerprint: str | None = None,
    version: str | None = None,
    retry_errors: bool = False,
) -> Sweep:
    """Runs ``function(*inputs, **parameters, seed=…)`` at every point of a grid, once for each seed.

    In place of a function a `Plan`: then the parameters are those of ``countyplan sweep`` (``mechanism``, ``drop_out``,
    ``supply``, ``quotas``, ``lower_quotas``, ``decisions``, ``pairings``, ``objective``, ``weight.F``, ``rule.ID``), each
    point is the plan in that scenario under that mechanism, and the rows are its measures; both read each other's
    journals.

    ``grid``: values by parameter (every combination), or a list of dicts; numbers, texts, truths and None. The function
    gives back a number or a dict of such values. ``seeds``: how many (from 0), or which. With ``common`` random numbers
    the function gets the seed itself, the same at every point of the grid, so that differences are not noise; without
    them one made from the point's key.

    ``executor``: anything with ``submit`` as in `concurrent.futures` — threads, processes, Dask's
    ``Client.get_executor(pure=False)``, ``mpi4py.futures.MPIPoolExecutor`` — or a function that makes one (which is
    then shut down at the end); None: here, one after the other. The rows are the same on all of them. ``inputs`` (plans
    above all) travel to each worker once. ``batch``: points sent at once, None: as many as take 50 ms.

    An exception is a row with ``error``. Points whose worker died run again, one at a time, in a new pool where need
    be; one that kills its worker more than ``retries`` times is a row with ``error``. ``journal``: a file with a line
    per row (docs/format.md), forced to disk every half second and at the end. Rows that it has are not computed again,
    but for errors with ``retry_errors``; a torn last line is ignored, and points lost with their workers are not in it.
    The key of a row is made of its parameters, seed, ``fingerprint`` (None: of the inputs), and ``version`` (None: the
    library's): change ``version`` when the function changes. ``on_result`` gets each new row; what it raises ends the
    sweep. Ctrl-C raises and leaves a journal that can be resumed. BlockingIOError where another process writes the
    journal, `RefusedInput` where it is damaged.
    """
    inputs = tuple(inputs)
    if isinstance(function, Plan):
        if inputs:
            raise TypeError("a sweep of a plan has no other inputs")
        runner = _Runner(function)
        function, inputs = _measured, (runner,)
        if fingerprint is None:
            fingerprint = runner.input
    if not callable(function):
        raise TypeError(f"function must be callable or a Plan, not {type(function).__name__}")
    executor = _executor(executor)
    callback(on_result, "on_result")
    if batch is not None:
        whole(batch, "batch", least=1)
    whole(retries, "retries", least=0)
    flag(common, "common")
    flag(retry_errors, "retry_errors")
    source = _fingerprint(inputs) if fingerprint is None else _text(fingerprint, "fingerprint")
    release = __version__ if version is None else _text(version, "version")
    points = _points_of(_parameters(grid), _seeds(seeds), source, release, common)
    ends: dict[str, tuple[str, dict[str, Any]]] = {}
    with Journal(journal) as book:
        found = {key: end for key, end in book.found.items() if not (retry_errors and end[0] == "error")}
        todo = [point for point in points.values() if point.key not in found]

        def deliver(point: Point, kind: str, values: dict[str, Any], lasting: bool) -> None:
            ends[point.key] = kind, values
            if lasting:
                book.write(point, kind, values)
            if on_result is not None:
                on_result(_flat(point, kind, values))

        if executor is None:
            for point in todo:
                deliver(point, *_points.outcome(function, inputs, point), True)
        elif todo:
            Spread(executor, function, inputs, retries=retries, batch=batch, deliver=deliver).run(todo)
    ends = {key: ends.get(key) or found[key] for key in points}
    return Sweep(
        [_flat(point, *ends[key]) for key, point in points.items()],
        tuple(next(iter(points.values())).parameters) if points else (),
        _digest(points, ends),
        len(todo),
        len(points) - len(todo),
    )
