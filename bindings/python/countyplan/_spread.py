"""How do the points of a sweep reach the workers of an executor, and what if a worker dies?"""

from __future__ import annotations

import concurrent.futures
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from . import _points
from ._points import Point

_first_window = 8
_widest_window = 256  # futures at once where the number of workers is not known
_batch_seconds = 0.05
_most_in_batch = 256
_most_lost_at_first = 8

Deliver = Callable[[Point, str, dict[str, Any], bool], None]


def _is_death(error: BaseException) -> bool:
    """Whether a worker died, by the executor's word."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return isinstance(error, (concurrent.futures.BrokenExecutor, concurrent.futures.CancelledError)) or bool(
        names & {"KilledWorker", "CancelledError"}
    )


def _like(executor: Any) -> Any:
    """A new pool in the place of a broken one; None where its kind cannot be made again."""
    if type(executor) is not concurrent.futures.ProcessPoolExecutor:
        return None
    return concurrent.futures.ProcessPoolExecutor(
        executor._max_workers,
        mp_context=executor._mp_context,
        initializer=executor._initializer,
        initargs=executor._initargs,
    )


def _lost(deaths: int) -> dict[str, str]:
    """The error of a point that no worker lived to finish; the same words on any executor."""
    times = f"its worker died {deaths} time(s)" if deaths else "there is no executor left to run it"
    return {"kind": "WorkerDied", "text": times}


class Spread:
    """Points on an executor, in batches of about 50 ms.

    Inputs stay in the workers: a worker that lacks them says so and gets them with the same batch again. Of batches
    whose worker died each point runs by itself, one at a time, so that only what kills a worker is lost.
    """

    def __init__(
        self,
        executor: Any,
        function: Callable[..., Any],
        inputs: tuple[Any, ...],
        *,
        retries: int,
        batch: int | None,
        deliver: Deliver,
    ) -> None:
        self._make = None if hasattr(executor, "submit") else executor
        self._executor = self._make() if self._make else executor
        self._owned = self._make is not None
        self._function = function
        self._inputs = inputs
        self._packed: bytes | None = None
        self._token = secrets.token_hex(16)
        self._retries = retries
        self._batch = batch
        self._deliver = deliver
        self._running: dict[concurrent.futures.Future, tuple[list[Point], bool, Any]] = {}
        self._suspects: deque[Point] = deque()
        self._deaths: dict[str, int] = {}
        self._window = _first_window
        workers = getattr(self._executor, "_max_workers", None)
        self._widest = 4 * workers if isinstance(workers, int) else _widest_window
        self._seconds = 0.0
        self._points = 0
        self._lost = 0
        self._dead = False

    def run(self, points: Iterable[Point]) -> None:
        """Delivers an end for each point, in any order."""
        waiting = deque(points)
        _points.hold(self._token, self._inputs)
        try:
            while waiting or self._running or self._suspects:
                self._fill(waiting)
                if self._dead and not self._running:
                    self._give_up(waiting)
                    return
                done, _ = concurrent.futures.wait(self._running, return_when=concurrent.futures.FIRST_COMPLETED)
                for future in done:
                    self._take(future, waiting)
        finally:
            for future in self._running:
                future.cancel()
            _points.drop(self._token)
            if self._owned:
                self._executor.shutdown(wait=True)

    def _size(self, waiting: int) -> int:
        if self._batch is not None:
            return self._batch
        if not self._points:
            return 1
        fitting = _batch_seconds * self._points / max(self._seconds, 1e-9)
        return max(1, min(int(fitting), _most_in_batch, waiting // _first_window))

    def _fill(self, waiting: deque[Point]) -> None:
        if self._dead:
            return
        if self._suspects:
            if not self._running:
                self._submit([self._suspects.popleft()], True, None, waiting)
            return
        while waiting and len(self._running) < min(self._window, self._widest):
            size = self._size(len(waiting))
            batch = [waiting.popleft() for _ in range(min(size, len(waiting)))]
            if not self._submit(batch, False, None, waiting):
                return

    def _submit(self, batch: list[Point], alone: bool, packed: bytes | None, waiting: deque[Point]) -> bool:
        try:
            future = self._executor.submit(_points.run_batch, self._function, self._token, packed, batch)
        except concurrent.futures.BrokenExecutor:
            (self._suspects if alone else waiting).extendleft(reversed(batch))
            self._replace(self._executor)
            return False
        self._running[future] = batch, alone, self._executor
        return True

    def _take(self, future: concurrent.futures.Future, waiting: deque[Point]) -> None:
        batch, alone, executor = self._running.pop(future)
        try:
            answer = future.result()
        except BaseException as error:
            if not _is_death(error):
                raise
            if isinstance(error, concurrent.futures.BrokenExecutor):
                self._replace(executor)
            self._bury(batch, alone, error)
            return
        if answer is None:
            if self._packed is None:
                self._packed = _points.pack(self._inputs)
            self._submit(batch, alone, self._packed, waiting)
            return
        ends, seconds = answer
        self._seconds += seconds
        self._points += len(batch)
        self._window = min(2 * self._window, self._widest)
        for point, (kind, values) in zip(batch, ends, strict=True):
            self._deliver(point, kind, values, True)

    def _bury(self, batch: list[Point], alone: bool, error: BaseException) -> None:
        if not alone:
            self._suspects.extend(batch)
            return
        [point] = batch
        deaths = self._deaths[point.key] = self._deaths.get(point.key, 0) + 1
        if deaths <= self._retries:
            self._suspects.append(point)
            return
        self._lost += 1
        if not self._points and self._lost >= _most_lost_at_first:
            raise error
        self._deliver(point, "error", _lost(deaths), False)

    def _replace(self, executor: Any) -> None:
        """Another pool in the place of a broken one; all its futures end by themselves."""
        if executor is not self._executor or self._dead:
            return
        new = self._make() if self._make else _like(self._executor)
        if new is None:
            self._dead = True
            return
        self._executor.shutdown(wait=False)
        self._executor = new
        self._owned = True

    def _give_up(self, waiting: deque[Point]) -> None:
        """There is no executor any more: what is left is told as errors."""
        for point in [*self._suspects, *waiting]:
            self._deliver(point, "error", _lost(self._deaths.get(point.key, 0)), False)
        self._suspects.clear()
        waiting.clear()
