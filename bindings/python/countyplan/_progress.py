"""What a solve says while it runs: one line on the terminal, a bar in notebooks, records for `logging`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from ._options import callback
from ._values import Tick

log = logging.getLogger("countyplan")
log.addHandler(logging.NullHandler())


def sentence(tick: Tick) -> str:
    """``3.2 s, 1,642,728 steps, best 12, bound 10``."""
    parts = [f"{tick.elapsed:.1f} s", f"{tick.steps:,} steps"]
    known = (("best", tick.best), ("bound", tick.bound))
    parts += [f"{name} {value:,.10g}" for name, value in known if value is not None]
    return ", ".join(parts)


class _Line:
    """One line on standard error, written over and over; ended when the solve is over and lets go of it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._width = 0

    def __call__(self, tick: Tick) -> None:
        shown = sentence(tick)
        self._stream.write("\r" + shown.ljust(self._width))
        self._stream.flush()
        self._width = len(shown)

    def __del__(self) -> None:
        if self._width:
            self._stream.write("\n")
            self._stream.flush()


class _Bar:
    """tqdm's widget, without an end that anybody could know."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def __call__(self, tick: Tick) -> None:
        self._bar.set_postfix_str(sentence(tick))
        self._bar.update(tick.steps - self._bar.n)

    def __del__(self) -> None:
        self._bar.close()


def _is_notebook() -> bool:
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return running is not None and getattr(running, "kernel", None) is not None


def _shown() -> Callable[[Tick], object]:
    if _is_notebook():
        try:
            from tqdm.notebook import tqdm

            return _Bar(tqdm(unit="step", unit_scale=True))
        except ImportError:
            log.info("tqdm or ipywidgets is not installed: progress is one line")
    return _Line(sys.stderr)


def observer(progress: Any) -> Callable[[Tick], object] | None:
    """What the module calls with each tick: True shows it, False and None do not, a callable is called; logged at DEBUG
    where somebody listens."""
    if progress is True:
        called: Callable[[Tick], object] | None = _shown()
    else:
        called = None if progress is False else callback(progress, "progress")
    if not log.isEnabledFor(logging.DEBUG):
        return called

    def both(tick: Tick) -> object:
        log.debug("%s", sentence(tick))
        return None if called is None else called(tick)

    return both


def finished(what: str, result: Any) -> Any:
    """The result, after a record at INFO of how it ended."""
    log.info("%s: %s (%s, %s), %d steps", what, result.termination, result.cause, result.claim, result.steps)
    return result
