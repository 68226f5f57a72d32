"""Which of several answers is better: fronts, curves, intervals, and how a solve closed in."""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable
from typing import Any

from .. import _core
from .._options import keyword_options, one_of
from .._replan import TradeOff
from .._values import Tick
from . import _style

_words = {
    "front": ("帕累托前沿", "Pareto front"),
    "dominated": ("被支配", "dominated"),
    "trade_off": ("权衡曲线：{first}与{second}", "Trade-off: {first} against {second}"),
    "corner": ("已证明的拐点", "corner, proved"),
    "open": ("可能还有更好的点", "a better point may lie here"),
    "comparison": ("比较（点为估计值，线为区间）", "Comparison (dots are estimates, lines intervals)"),
    "gap": ("求解过程：当前最好值与界", "How the solve closed in: best and bound"),
    "seconds": ("秒", "seconds"),
    "best": ("当前最好值", "best so far"),
    "bound": ("界", "bound"),
    "between": ("差距", "gap"),
}
_goals = ("min", "max")
_markers = "osD^vPX*"


def _column(table: Any, name: str, what: str) -> list[float]:
    one_of(name, [str(c) for c in table.columns], what)
    out = []
    for at, value in enumerate(table[name]):
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise TypeError(f"{name}[{at}] must be a number, not {type(value).__name__}")
        out.append(float(value))
    return out


def _frame(table: Any) -> Any:
    """A DataFrame, or what becomes one: rows as dicts, or an object with ``to_pandas()``."""
    from .._frames import pandas

    pd = pandas()
    if hasattr(table, "to_pandas"):
        table = table.to_pandas()
    frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame(list(table))
    if frame.empty:
        raise ValueError("the table has no rows: there is nothing to draw")
    return frame


@keyword_options
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
) -> Any:
    """Points by two columns, with the front of those that no other point beats.

    ``table``: a DataFrame, rows as dicts, or a result with ``to_pandas()``. ``goals``: ``"min"`` or ``"max"`` of ``x``
    and of ``y``. ``group`` names a column that colours the points, ``label`` one whose texts stand at the front's
    points. Rows where a value is NaN are left out. TypeError for a column that is not of numbers.
    """
    text = _style.words(_words, language)
    frame = _frame(table)
    if isinstance(goals, str) or len(goals) != 2:
        raise TypeError("goals must be two of min, max")
    signs = [1.0 if one_of(goal, _goals, "goals") == "min" else -1.0 for goal in goals]
    for name, column in (("group", group), ("label", label)):
        if column is not None:
            one_of(column, [str(c) for c in frame.columns], name)
    xs, ys = _column(frame, x, "x"), _column(frame, y, "y")
    kept = [at for at in range(len(xs)) if math.isfinite(xs[at]) and math.isfinite(ys[at])]
    if not kept:
        raise ValueError("no row has both numbers: there is nothing to draw")
    order = sorted(kept, key=lambda at: (signs[0] * xs[at], signs[1] * ys[at], at))
    front, best = [], math.inf
    for at in order:
        if signs[1] * ys[at] < best:
            front.append(at)
            best = signs[1] * ys[at]
    groups = [str(v) for v in frame[group]] if group is not None else [""] * len(xs)
    names = list(dict.fromkeys(groups[at] for at in kept))
    with _style.drawing(7.5, 5.0, language=language) as (figure, axes):
        corners = _staircase([(xs[at], ys[at]) for at in front])
        axes.plot(*zip(*corners), color=_style.black, lw=1.2, zorder=1, label=text("front"))
        for at, name in enumerate(names):
            members = [k for k in kept if groups[k] == name]
            look = {"color": _style.cycle[at % len(_style.cycle)], "marker": _markers[at % len(_markers)]}
            inside = [k for k in members if k not in set(front)]
            axes.scatter([xs[k] for k in inside], [ys[k] for k in inside], s=22, alpha=0.45, lw=0, **look)
            at_front = [k for k in members if k in set(front)]
            shown = name or text("front")
            axes.scatter(
                [xs[k] for k in at_front],
                [ys[k] for k in at_front],
                s=46,
                edgecolor="black",
                lw=0.8,
                zorder=3,
                label=shown if group is not None else None,
                **look,
            )
        if label is not None:
            _labels(axes, [(xs[at], ys[at], str(frame[label].iloc[at])) for at in front])
        arrows = ["→" if sign < 0 else "←" for sign in signs]
        axes.set(xlabel=f"{x} ({arrows[0]})", ylabel=f"{y} ({'↑' if signs[1] < 0 else '↓'})")
        axes.margins(0.08)
        axes.grid(color=_style.faint)
        figure.suptitle(text("front"), x=0.01, ha="left", fontsize=11)
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1), borderaxespad=0)
    return figure


def _staircase(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The front's edge: what lies behind it is beaten by one of its points."""
    out = points[:1]
    for (_, before), (x, y) in zip(points, points[1:]):
        out += [(x, before), (x, y)]
    return out


def _labels(axes: Any, points: list[tuple[float, float, str]]) -> None:
    for x, y, name in points:
        axes.annotate(name, (x, y), xytext=(5, 4), textcoords="offset points", fontsize=8)


@keyword_options
def trade_off(curve: TradeOff, /, *, language: str = "zh") -> Any:
    """The curve of `countyplan.trade_off`: its corners, and where a better point may lie.

    ValueError for a curve without points.
    """
    text = _style.words(_words, language)
    if not isinstance(curve, TradeOff):
        raise TypeError(f"curve must be a TradeOff, not {type(curve).__name__}")
    if not curve.points:
        raise ValueError("the curve has no point: there is nothing to draw")
    first, second = (_core.Tier(name).text(language) for name in (curve.first, curve.second))
    corners = [(p["first"], p["second"]) for p in curve.points]
    with _style.drawing(7.5, 4.5, language=language) as (figure, axes):
        axes.plot(*zip(*_staircase(corners)), color=_style.blue, lw=1.0)
        axes.plot(*zip(*corners), color=_style.blue, ls="none", marker="o", ms=5, label=text("corner"))
        for at, gap in enumerate(curve.open):
            low, high = sorted((gap["known"], gap["possible"]))
            axes.add_patch(
                _style.matplotlib().patches.Rectangle(
                    (gap["from"], low),
                    gap["to"] - gap["from"],
                    high - low,
                    facecolor=_style.orange,
                    edgecolor=_style.orange,
                    alpha=0.35,
                    label=text("open") if at == 0 else None,
                )
            )
        axes.set(xlabel=first, ylabel=second)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}")
        axes.grid(color=_style.faint)
        title = text("trade_off").format(first=first, second=second)
        figure.suptitle(title, x=0.01, ha="left", fontsize=11)
        axes.legend(loc="best")
    return figure


@keyword_options
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
) -> Any:
    """Mechanisms or scenarios beside each other, each with its interval.

    ``table``: a DataFrame, rows as dicts, or a result with ``to_pandas()``; the options name its columns. ``panel``
    names one by whose values the picture is split. ``reference`` draws a line, such as 0 for differences. An interval
    that is NaN is left out. ValueError where low <= estimate <= high does not hold.
    """
    text = _style.words(_words, language)
    frame = _frame(table)
    one_of(name, [str(c) for c in frame.columns], "name")
    if panel is not None:
        one_of(panel, [str(c) for c in frame.columns], "panel")
    middle = _column(frame, estimate, "estimate")
    below, above = _column(frame, low, "low"), _column(frame, high, "high")
    for at, (a, b, c) in enumerate(zip(below, middle, above)):
        if a > b or b > c:
            raise ValueError(f"row {at}: {low} <= {estimate} <= {high} does not hold: {a}, {b}, {c}")
    rows = list(dict.fromkeys(str(v) for v in frame[name]))
    panels = list(dict.fromkeys(str(v) for v in frame[panel])) if panel is not None else [""]
    width = 3.0 + 3.4 * len(panels)
    with _style.drawing(width, 1.5 + 0.32 * len(rows), language=language, columns=len(panels)) as (figure, axes):
        all_axes = [axes] if len(panels) == 1 else list(axes)
        for which, one in enumerate(all_axes):
            if reference is not None:
                one.axvline(reference, color="black", lw=0.8, ls="--")
            for at in range(len(frame)):
                if panel is not None and str(frame[panel].iloc[at]) != panels[which]:
                    continue
                y = rows.index(str(frame[name].iloc[at]))
                colour = _style.cycle[y % len(_style.cycle)]
                if below[at] == below[at] and above[at] == above[at]:
                    one.plot([below[at], above[at]], [y, y], color=colour, lw=2, marker="|", ms=8)
                one.plot([middle[at]], [y], color=colour, marker=_markers[y % len(_markers)], ms=6, ls="none")
            one.set_ylim(len(rows) - 0.5, -0.5)
            one.set_yticks(range(len(rows)), rows if which == 0 else [""] * len(rows))
            one.tick_params(axis="y", length=0)
            one.set(xlabel=xlabel)
            if panel is not None:
                one.set_title(panels[which], fontsize=9)
            one.grid(axis="x", color=_style.faint)
            one.margins(x=0.08)
        figure.suptitle(text("comparison"), x=0.01, ha="left", fontsize=11)
    return figure


@keyword_options
def gap(ticks: Iterable[Tick], /, *, language: str = "zh") -> Any:
    """Best value and bound over the seconds of a solve, from the ticks that ``progress=ticks.append`` collected.

    ValueError where no tick has a best value or a bound.
    """
    text = _style.words(_words, language)
    items = list(ticks)
    for at, tick in enumerate(items):
        if not isinstance(tick, Tick):
            raise TypeError(f"ticks[{at}] must be a Tick, not {type(tick).__name__}")
    curves = {
        "best": [(t.elapsed, t.best) for t in items if t.best is not None],
        "bound": [(t.elapsed, t.bound) for t in items if t.bound is not None],
    }
    if not any(curves.values()):
        raise ValueError("no tick has a best value or a bound: there is nothing to draw")
    looks = {"best": (_style.blue, "-", "o"), "bound": (_style.vermilion, "--", "s")}
    with _style.drawing(7.5, 4.0, language=language) as (figure, axes):
        for name, curve in curves.items():
            if curve:
                colour, style, marker = looks[name]
                axes.step(*zip(*curve), where="post", color=colour, ls=style, marker=marker, ms=4, label=text(name))
        both = [t for t in items if t.best is not None and t.bound is not None]
        if len(both) > 1:
            axes.fill_between(
                [t.elapsed for t in both],
                [t.best for t in both],
                [t.bound for t in both],
                step="post",
                color=_style.pale,
                alpha=0.4,
                lw=0,
                label=text("between"),
            )
        axes.set(xlabel=text("seconds"))
        axes.set_xlim(left=0)
        axes.grid(color=_style.faint)
        figure.suptitle(text("gap"), x=0.01, ha="left", fontsize=11)
        axes.legend(loc="best")
    return figure
