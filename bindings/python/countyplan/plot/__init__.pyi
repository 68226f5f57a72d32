import os
from collections.abc import Iterable
from typing import Any

from matplotlib.figure import Figure

from .. import Allocation, Plan, Tick, TradeOff, Tracking

def burn_up(tracking: Tracking, /, *, county: str | None = None, language: str = "zh") -> Figure: ...
def comparison(
    table: Any,
    /,
    *,
    name: str = "name",
    estimate: str = "estimate",
    low: str = "low",
    high: str = "high",
    panel: str | None = None,
    reference: float | None = None,
    xlabel: str = "",
    language: str = "zh",
) -> Figure: ...
def coverage(
    plan: Plan, allocation: Allocation, /, *, by: str = "subject", language: str = "zh"
) -> Figure: ...
def earned_value(
    trackings: Tracking | Iterable[Tracking],
    /,
    *,
    level: str = "whole",
    id: str = "",
    language: str = "zh",
) -> Figure: ...
def gantt(
    tracking: Tracking,
    /,
    *,
    county: str | None = None,
    critical_only: bool = False,
    language: str = "zh",
) -> Figure: ...
def gap(ticks: Iterable[Tick], /, *, language: str = "zh") -> Figure: ...
def pareto(
    table: Any,
    /,
    x: str,
    y: str,
    *,
    goals: tuple[str, str] = ("max", "max"),
    group: str | None = None,
    label: str | None = None,
    language: str = "zh",
) -> Figure: ...
def save(
    figure: Figure, path: str | os.PathLike[str], /, *, dpi: int = 150, replace: bool = True
) -> None: ...
def staffing(
    plan: Plan,
    allocation: Allocation,
    /,
    *,
    county: str | None = None,
    level: str = "city",
    language: str = "zh",
) -> Figure: ...
def trade_off(curve: TradeOff, /, *, language: str = "zh") -> Figure: ...
