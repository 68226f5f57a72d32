"""When is what done: bars over time, work done over time, and what it is worth."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from .._answer import Tracking
from .._options import flag, keyword_options, one_of
from . import _style

_words = {
    "gantt": ("进度计划（数据日期 {day}）", "Schedule as of {day}"),
    "data_date": ("数据日期", "data date"),
    "done": ("已完成的比例", "share done"),
    "county": ("县", "county"),
    "critical": ("关键路径上", "on the critical path"),
    "other": ("其他任务", "other tasks"),
    "float": ("总时差（最迟可推到）", "total float (may end as late as)"),
    "milestone": ("里程碑", "milestone"),
    "burn_up": ("燃起图：完成的任务（数据日期 {day}）", "Burn-up: tasks finished, as of {day}"),
    "tasks": ("任务数", "tasks"),
    "scope": ("范围（未取消的任务）", "scope (tasks not cancelled)"),
    "finished": ("已完成", "finished"),
    "forecast": ("预计", "forecast"),
    "latest": ("最迟", "latest"),
    "earned": ("挣值", "Earned value"),
    "pv": ("计划值 PV", "planned value (PV)"),
    "ev": ("挣值 EV", "earned value (EV)"),
    "ac": ("实际成本 AC", "actual cost (AC)"),
    "bac": ("完工预算 BAC", "budget at completion (BAC)"),
    "money": ("元", "yuan"),
    "weight": ("点", "points"),
    "duration": ("工作日", "working days"),
}


def _tracking(value: Any, name: str) -> Tracking:
    if not isinstance(value, Tracking):
        raise TypeError(f"{name} must be a Tracking, not {type(value).__name__}")
    return value


@keyword_options
def gantt(
    tracking: Tracking, /, *, county: str | None = None, critical_only: bool = False, language: str = "zh"
) -> Any:
    """Bars over time with what is done, the critical path, floats, milestones and the data date.

    One bar per county; with ``county`` (a code) one per task of it, or per task of its critical path where
    ``critical_only``. Cancelled tasks are left out. ValueError where there is nothing to draw.
    """
    text = _style.words(_words, language)
    _tracking(tracking, "tracking")
    flag(critical_only, "critical_only")
    counties = tracking.to_pandas("counties")
    if county is None:
        rows = counties.dropna(subset=["start", "finish"])
        bars = [
            (_style.shortened(_label(row, language), 46), row.start, row.finish, row.finish, float(row.value or 0), False, False)
            for row in rows.itertuples()
        ]
        title = text("gantt")
    else:
        one_of(county, counties["code"], "county")
        tasks = tracking.to_pandas("tasks")
        tasks = tasks[(tasks["county"] == county) & ~tasks["cancelled"]].dropna(subset=["early_start", "early_finish"])
        if critical_only:
            tasks = tasks[tasks["on_longest_path"]]
        tasks = tasks.sort_values(["early_start", "early_finish", "id"], kind="stable")
        bars = [
            (
                f"{_style.shortened(_label(row, language), 46)}  {row.id}",
                row.early_start,
                row.early_finish,
                max(row.late_finish, row.early_finish) if row.late_finish == row.late_finish else row.early_finish,
                float(row.value) if row.value == row.value else 0.0,
                bool(row.on_longest_path),
                bool(row.milestone),
            )
            for row in tasks.itertuples()
        ]
        title = f"{_label(next(counties[counties['code'] == county].itertuples()), language)} · {text('gantt')}"
    if not bars:
        raise ValueError("no task has dates there: there is nothing to draw")
    day = datetime.timedelta(days=1)
    with _style.drawing(11.0, 1.9 + 0.23 * len(bars), language=language) as (figure, axes):
        patches, dates = _style.matplotlib().patches, _style.matplotlib().dates
        seen: dict[str, Any] = {}
        for at, (_, start, finish, late, value, critical, milestone) in enumerate(bars):
            first, last = dates.date2num(start), dates.date2num(finish + day)
            colour = _style.vermilion if critical else _style.sky
            kind = "county" if county is None else "critical" if critical else "other"
            if late > finish:
                axes.plot([last, dates.date2num(late + day)], [at, at], color="#777777", lw=1, marker="|", ms=5)
                seen["float"] = _line("#777777", marker="|")
            if milestone:
                done = value >= 1
                axes.plot(
                    last, at, marker="D", ms=7, color=colour, mfc=colour if done else "white", mew=1.4, ls="none"
                )
                seen["milestone"] = _line("#333333", marker="D", ls="none", mfc="white")
                continue
            hatch = "////" if critical else None
            axes.barh(
                at, last - first, left=first, height=0.62, facecolor="white", edgecolor=colour, hatch=hatch, lw=1.1
            )
            axes.barh(at, (last - first) * min(1.0, max(0.0, value)), left=first, height=0.62, color=colour, lw=0)
            seen[kind] = patches.Patch(facecolor="white", edgecolor=colour, hatch=hatch)
            if value > 0:
                seen["done"] = patches.Patch(facecolor="#777777")
        now = dates.date2num(tracking.as_of)
        seen["data_date"] = axes.axvline(now, color="black", ls="--", lw=1.2)
        axes.set_yticks(range(len(bars)), [bar[0] for bar in bars])
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0)
        _date_axis(axes)
        axes.grid(axis="x", color=_style.faint)
        axes.spines["left"].set_visible(False)
        figure.suptitle(title.format(day=tracking.as_of), x=0.01, ha="left", fontsize=11)
        order = [k for k in ("critical", "other", "county", "done", "float", "milestone", "data_date") if k in seen]
        _legend(axes, [seen[k] for k in order], [text(k) for k in order], columns=3)
    return figure


@keyword_options
def burn_up(tracking: Tracking, /, *, county: str | None = None, language: str = "zh") -> Any:
    """Tasks finished up to each day, those expected after the data date, the latest dates, and the scope.

    Of all counties or of one (a code). Milestones count; cancelled tasks do not. ValueError where there are none.
    """
    text = _style.words(_words, language)
    tasks = _tracking(tracking, "tracking").to_pandas("tasks")
    title = text("burn_up").format(day=tracking.as_of)
    if county is not None:
        counties = tracking.to_pandas("counties")
        one_of(county, counties["code"], "county")
        tasks = tasks[tasks["county"] == county]
        title = f"{_label(next(counties[counties['code'] == county].itertuples()), language)} · {title}"
    tasks = tasks[~tasks["cancelled"]]
    if tasks.empty:
        raise ValueError("there are no tasks: there is nothing to draw")
    import pandas

    as_of = pandas.Timestamp(tracking.as_of)
    done = tasks["finished"].notna() & (tasks["finished"] <= as_of)
    finished = tasks.loc[done, "finished"].sort_values()
    expected = tasks.loc[~done, "early_finish"].dropna().clip(lower=as_of).sort_values()
    latest = tasks["late_finish"].dropna().sort_values()
    with _style.drawing(8.0, 4.5, language=language) as (figure, axes):
        axes.axhline(len(tasks), color="black", lw=1)
        _steps(axes, latest, 0, color="#777777", ls=":", lw=1.6)
        _steps(axes, expected, len(finished), at=as_of, color=_style.orange, ls="--", lw=1.8)
        _steps(axes, finished, 0, until=as_of, color=_style.blue, lw=2.2)
        axes.axvline(as_of, color="black", ls="--", lw=1)
        axes.set(ylim=(0, len(tasks) * 1.08), ylabel=text("tasks"))
        axes.grid(axis="y", color=_style.faint)
        _date_axis(axes)
        figure.suptitle(title, x=0.01, ha="left", fontsize=11)
        rows = [
            (_line("black", lw=1), f"{text('scope')}  {len(tasks)}"),
            (_line(_style.blue, lw=2.2), f"{text('finished')}  {len(finished)}"),
            (_line(_style.orange, ls="--", lw=1.8), text("forecast")),
            (_line("#777777", ls=":", lw=1.6), text("latest")),
            (_line("black", ls="--", lw=1), text("data_date")),
        ]
        _legend(axes, *map(list, zip(*rows)), columns=3)
    return figure


@keyword_options
def earned_value(
    trackings: Tracking | Iterable[Tracking], /, *, level: str = "whole", id: str = "", language: str = "zh"
) -> Any:
    """Planned value, earned value and actual cost over the days of these trackings, with the budget.

    The trackings are of one plan, each as of another day, such as ``[track(plan, day) for day in days]``. ``level`` and
    ``id`` choose a row of their table ``earned_value``. Units are those of ``tracking.value``. ValueError where the row
    is in none of them, or they do not belong together.
    """
    text = _style.words(_words, language)
    if isinstance(trackings, Tracking):
        trackings = [trackings]
    items = sorted((_tracking(t, f"trackings[{at}]") for at, t in enumerate(trackings)), key=lambda t: t.as_of)
    if not items:
        raise ValueError("there is no tracking: there is nothing to draw")
    if len({(t.digests.plan, t.value) for t in items}) > 1 or len({t.as_of for t in items}) < len(items):
        raise ValueError("the trackings must be of one plan and one unit of value, each as of another day")
    table = items[-1].to_pandas("earned_value")
    one_of(level, table["level"], "level")
    one_of(id, table.loc[table["level"] == level, "id"], "id")
    points: dict[str, list[tuple[datetime.date, float]]] = {name: [] for name in ("pv", "ev", "ac", "bac")}
    for tracking in items:
        table = tracking.to_pandas("earned_value")
        for row in table[(table["level"] == level) & (table["id"] == id)].itertuples():
            for name, curve in points.items():
                if (value := getattr(row, name)) == value:
                    curve.append((tracking.as_of, float(value)))
    looks = {
        "pv": {"color": _style.black, "ls": "--", "marker": "o"},
        "ev": {"color": _style.blue, "ls": "-", "marker": "s"},
        "ac": {"color": _style.vermilion, "ls": "-.", "marker": "^"},
        "bac": {"color": "#777777", "ls": ":", "marker": ""},
    }
    with _style.drawing(8.0, 4.5, language=language) as (figure, axes):
        most = max((value for curve in points.values() for _, value in curve), default=0.0)
        factor, unit = _scale(most, language, text(items[-1].value))
        for name, curve in points.items():
            if curve:
                days, values = zip(*curve)
                axes.plot(days, [v / factor for v in values], lw=1.8, ms=4, label=text(name), **looks[name])
        axes.set(ylabel=unit)
        axes.set_ylim(bottom=0)
        axes.grid(axis="y", color=_style.faint)
        _date_axis(axes)
        name = "" if level == "whole" else f" · {id}"
        figure.suptitle(f"{text('earned')}{name}", x=0.01, ha="left", fontsize=11)
        _legend(axes, *axes.get_legend_handles_labels())
    return figure


def _scale(most: float, language: str, unit: str) -> tuple[float, str]:
    """Figures a reader can take in: 万 and 亿, thousands and millions."""
    steps = ((1e8, "亿"), (1e4, "万")) if language == "zh" else ((1e6, "million "), (1e3, "thousand "))
    for factor, word in steps:
        if most >= factor:
            return factor, word + unit
    return 1.0, unit


def _label(row: Any, language: str) -> str:
    return str(getattr(row, f"name_{language}") or row.name_zh or getattr(row, "id", "") or row.code)


def _line(color: str, **look: Any) -> Any:
    return _style.matplotlib().lines.Line2D([], [], color=color, **look)


def _steps(axes: Any, days: Any, base: int, *, at: Any = None, until: Any = None, **look: Any) -> None:
    """How many of these days have come, from ``base`` on."""
    x, y = list(days), [base + n for n in range(1, len(days) + 1)]
    if at is not None:
        x, y = [at, *x], [base, *y]
    if until is not None:
        x, y = [*x, until], [*y, base + len(days)]
    axes.step(x, y, where="post", **look)


def _legend(axes: Any, handles: list[Any], labels: list[str], columns: int | None = None) -> None:
    """Below the axes, whose dates are above."""
    axes.legend(
        handles, labels, loc="upper left", bbox_to_anchor=(0, 0), ncols=columns or len(labels), borderaxespad=0.4
    )


def _date_axis(axes: Any) -> None:
    """Dates on top, as ISO writes them, so that they read alike in both languages."""
    dates = _style.matplotlib().dates
    locator = dates.AutoDateLocator(minticks=4, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.DateFormatter("%Y-%m" if _is_long(axes) else "%Y-%m-%d"))
    axes.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.spines["bottom"].set_visible(False)
    axes.spines["top"].set_visible(True)


def _is_long(axes: Any) -> bool:
    low, high = axes.get_xlim()
    return high - low > 200
