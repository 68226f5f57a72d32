"""Answers about a plan: allocating, tracking, verifying, reporting."""

from __future__ import annotations

import datetime
import html
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core, _frames
from ._errors import InvalidPlan
from ._options import day, flag, keyword_options, nanoseconds, one_of, path, real, whole
from ._plan import Plan
from ._progress import finished, observer
from ._rules import user_rules
from ._values import Rules, Tick, Verdict

Allocation = _core.Allocation
Allocation.__module__ = "countyplan"
Allocation.__doc__ = """Who serves where, provably best, and why posts stay empty; immutable.

Attributes: ``termination``, ``cause``, ``claim`` (what it can show: ``proved``, ``feasible`` or, where nothing was
found, ``estimate``), ``tiers`` (dict from `Tier` to exact int, in the objective's order), ``staffing`` (list of
dicts), ``unfilled`` (tuple of `Unfilled`, in plan order), ``scarce`` (tuple of `ScarceGroup`), ``prices`` (tuple of
`SetPrice`: the certificate), ``conflict`` (tuple of `SetBound`, where ``termination`` is ``infeasible``), ``counties``
(tuple of `CountyCover`), ``given`` (tuple of `GivenPair`: what your `Rules` said), ``user_tiers`` (what your own tiers are
called), ``rules`` (dict: how many quotas and decisions are kept exactly, the ids of ``terms`` that are, and
``left_out``: rules for others to judge, each with its reason), ``fairness`` (dict: each tier's value with fairness
between counties and without, and the counties; None where the result does not tell), ``digests`` (what it was computed
from), ``steps``, ``version``.
"""

Tracking = _core.Tracking
Tracking.__module__ = "countyplan"
Tracking.__doc__ = """Where a plan stands as of a day; immutable, keeps its plan alive.

Attributes: ``as_of`` and ``recorded`` (dates), ``termination``, ``cause``, ``claim``, ``digests``, ``findings``,
``baseline`` (the id of what it was held against, ``plan`` without one) and ``value`` (`ValueUnit`). Where it was stopped (``termination`` is ``unknown``) its tables have no rows.
"""

_answer_tables = ("staffing", "unfilled", "scarce", "tiers", "certificate", "conflict", "counties", "given")
_tracking_tables = (
    "tasks",
    "goals",
    "indicators",
    "counties",
    "provinces",
    "causes",
    "rates",
    "timeline",
    "earned_value",
    "float_paths",
    "schedule_log",
    "quality",
    "baseline",
    "variance",
    "delays",
)
_languages = ("zh", "en")


def _allocation_to_pandas(self: Allocation, table: str) -> Any:
    """A table as a DataFrame.

    ``staffing``: expert, post, from, to. ``unfilled``: post, people short of min and target, code, reason_zh,
    reason_en, group (a row of ``scarce``), loss. ``scarce``: posts, below_min, need, qualified, supply. ``tiers``:
    tier and its exact value (Python ints). ``certificate``: the integer price of each set, a column per tier (one,
    ``value``, where it proves that there is no staffing). ``conflict``: set, side, bound, reason_zh, reason_en.
    ``counties``: county, serving, wanted. ``given``: expert, post, allowed, points, doubt. Column types as in `Plan.to_pandas`. ValueError for another table, ImportError without pandas.
    """
    wanted = one_of(table, _answer_tables, "table")
    _frames.pandas()
    return _frames.frame(self._columns(wanted))


def _allocation_repr(self: Allocation) -> str:
    values = ", ".join(f"{tier} {value}" for tier, value in self.tiers.items())
    return (
        f"<countyplan.Allocation {self.termination} ({self.claim}): {self._posted()} posted, "
        f"{len(self.unfilled)} posts short; {values or 'no values'}>"
    )


def _allocation_repr_html(self: Allocation) -> str:
    rows = [("termination", self.termination), ("cause", self.cause), ("claim", self.claim), ("posted", self._posted())]
    rows += [*self.tiers.items(), ("unfilled", len(self.unfilled))]
    head = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    reasons = "".join(
        f"<tr><td>{html.escape(u.post)}</td><td>{u.short_of_target}</td><td>{html.escape(u.reason.zh)}</td>"
        f"<td>{html.escape(u.reason.en)}</td></tr>"
        for u in self.unfilled[:20]
    )
    return f"<table><tbody>{head}</tbody></table><table><tbody>{reasons}</tbody></table>"


def _tracking_to_pandas(self: Tracking, table: str) -> Any:
    """A table as a DataFrame.

    ``tasks``: dates, floats in working days, whether critical, and what was earned. ``goals``, ``counties``,
    ``provinces``: value and coverage in [0, 1] (not rounded, NaN where nothing is known), the oldest evidence,
    how children were weighed, status. ``indicators``: the last reading, the target that holds and what it earns. All
    of these have a ``colour``. ``causes``: county, its colour, reason, place, the sentence in zh and en. ``rates``:
    sums of counts by area, indicator and group (empty: all).

    ``timeline``: each county's tasks by date. ``earned_value``: for the whole, each province, county, goal and task
    the sums (bac, pv, ev, ac, in yuan, points or days; at, pd, es in working days), all indices and forecasts, NaN
    where undefined. ``float_paths``: chains of tasks to each county's last finish, nearest first. ``schedule_log``:
    what each date of each task rests on, in words. ``quality``: the fourteen checks of each county's network.
    ``baseline`` and ``variance``: counties and tasks against what was agreed, in working days. ``delays``: by how many
    working days the end of each county moved up to each day of ``windows`` and the one asked about.

    Column types as in `Plan.to_pandas`. ValueError for another table, ImportError without pandas.
    """
    wanted = one_of(table, _tracking_tables, "table")
    _frames.pandas()
    return _frames.frame(self._columns(wanted))


def _tracking_repr(self: Tracking) -> str:
    tasks, counties = self._sizes()
    return f"<countyplan.Tracking as of {self.as_of} ({self.termination}): {tasks} tasks, {counties} counties>"


def _tracking_repr_html(self: Tracking) -> str:
    return f"<p>{html.escape(_tracking_repr(self))}</p>"


for _type, _name, _method in (
    (Allocation, "to_pandas", _allocation_to_pandas),
    (Allocation, "__repr__", _allocation_repr),
    (Allocation, "_repr_html_", _allocation_repr_html),
    (Tracking, "to_pandas", _tracking_to_pandas),
    (Tracking, "__repr__", _tracking_repr),
    (Tracking, "_repr_html_", _tracking_repr_html),
):
    _method.__name__ = _name
    _method.__qualname__ = f"{_type.__name__}.{_name}"
    setattr(_type, _name, _method)


def _run_options(time_limit: Any, step_limit: Any, progress: Any, on_interrupt: Any) -> _core.RunOptions:
    return _core.RunOptions(
        nanoseconds(time_limit, "time_limit"),
        None if step_limit is None else whole(step_limit, "step_limit", least=0),
        observer(progress),
        one_of(on_interrupt, ("return", "raise"), "on_interrupt") == "raise",
    )


@keyword_options
def allocate(
    plan: Plan,
    /,
    *,
    rules: Rules | None = None,
    method: str = "auction",
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> Allocation:
    """The best staffing of a plan by the tiers of its objective, with its certificate.

    Every quota and decision is kept; where that cannot be, ``termination`` is ``infeasible`` and ``conflict`` says
    why. ``rules``: `Rules` of your own; their answers come back as ``given``. They are asked on another thread, one
    call at a time, and what they raise comes out of here; `InvalidMeasure` for a value out of range or NaN.
    ``method`` (`NestedFlowMethod`): how a start is found; the answer is as good either way. ``time_limit`` in
    seconds, ``step_limit`` in the solver's steps (deterministic); None: no limit. ``progress`` is called a few times a
    second with a `Tick`; what it raises comes out of here, and False ends the solve; True shows one line on standard
    error, or a bar in notebooks with tqdm. The logger ``countyplan`` gets ticks at DEBUG, the end at INFO. Ctrl-C gives back the best so
    far (``cause`` is ``cancelled``) or, with ``on_interrupt="raise"``, raises KeyboardInterrupt; a second one always
    raises. Stopping early is no error: see ``termination``. The GIL is released; same plan, options and step limit
    give the same answer.
    """
    answer = _core.allocate(
        plan,
        None,
        one_of(method, _core.NestedFlowMethod.__members__, "method"),
        user_rules(plan, rules),
        _run_options(time_limit, step_limit, progress, on_interrupt),
    )
    return finished("allocate", answer)


@keyword_options
def allocate_from(
    plan: Plan,
    previous: Allocation,
    /,
    *,
    rules: Rules | None = None,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> Allocation:
    """As `allocate`, from the answer to a similar plan: the nearer it is, the less is left to do.

    Nothing in ``previous`` need be right. The answer is as good as that of `allocate`, not always the same one.
    """
    if not isinstance(previous, Allocation):
        raise TypeError(f"previous must be an Allocation, not {type(previous).__name__}")
    return _core.allocate(
        plan,
        previous,
        "auction",
        user_rules(plan, rules),
        _run_options(time_limit, step_limit, progress, on_interrupt),
    )


def _days(windows: Any) -> Iterable[Any]:
    if isinstance(windows, (str, bytes)):
        raise TypeError("windows must be several days, not one text")
    return windows


_warning_numbers = ("slow_red", "slow_amber", "large_share", "mean_red", "mean_amber", "crossing", "judged_after")
_quality_days = ("long_days", "test_days")


def _thresholds(given: Mapping[str, Any] | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in dict(given or {}).items():
        one_of(name, ("parents", "little_float", *_warning_numbers), "warning")
        if name == "parents":
            out[name] = one_of(value, _core.ParentRule.__members__, "parents")
        elif name == "little_float":
            out[name] = whole(value, name, least=0)
        else:
            out[name] = real(value, name)
    return out


def _limits(given: Mapping[str, float] | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in dict(given or {}).items():
        one_of(name, (*_core.QualityCheck.__members__, *_quality_days), "quality")
        out[name] = whole(value, name, least=1) if name in _quality_days else real(value, name)
    return out


@keyword_options
def track(
    plan: Plan,
    /,
    as_of: datetime.date | str,
    *,
    recorded: datetime.date | str | None = None,
    logic: str = "retained",
    critical_float: int = 0,
    value: str = "money",
    paths: int = 3,
    path_order: str = "free_float",
    windows: Iterable[datetime.date | str] = (),
    missing: str = "exclude",
    max_age: int = 365,
    coverage_needed: float = 0.6,
    county_weight: str = "given",
    mode: str | None = None,
    evidence_for_percent: bool = True,
    warning: Mapping[str, Any] | None = None,
    quality: Mapping[str, float] | None = None,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> Tracking:
    """Schedule, progress, roll-up, earned value and warnings of a plan as of a day.

    ``recorded``: up to which day's knowledge, None for ``as_of``. ``logic`` (`ProgressLogic`): what links into begun
    work still say; ``critical_float`` in working days. ``value`` (`ValueUnit`): in what work is valued. ``paths``: how
    many float paths for each county, by ``path_order`` (`FloatPathOrder`). ``windows``: earlier days, ascending,
    between which delays are told. What has no
    data follows ``missing`` (`MissingPolicy`), with ``max_age`` in days for ``carry_last``; below
    ``coverage_needed`` (0 to 1) a status is unknown. ``county_weight`` (`CountyWeight`) and ``mode`` (`WeightMode`,
    None: by what the plan gives) say how children are weighed.
    ``warning``: thresholds of the colours that differ from these: ``slow_red`` 0.8 and ``slow_amber`` 0.95 (SPI(t) or
    pace below it), ``little_float`` 5 (working days), ``parents`` worst_critical (`ParentRule`), ``large_share`` 0.1,
    ``mean_red`` 1.5, ``mean_amber`` 0.5, ``crossing`` 0.02, ``judged_after`` 0.1. ``quality``: limits of the checks of
    plan quality by `QualityCheck`, and ``long_days`` 44, ``test_days`` 600. The other options are those of `allocate`.
    Raises `InvalidProblem` where links run in a circle, dates leave the years 1 to 9999 or ``windows`` do not ascend
    to ``as_of``.
    """
    options = {
        "recorded": None if recorded is None else day(recorded, "recorded"),
        "logic": one_of(logic, _core.ProgressLogic.__members__, "logic"),
        "critical_float": whole(critical_float, "critical_float"),
        "value": one_of(value, _core.ValueUnit.__members__, "value"),
        "paths": whole(paths, "paths", least=0, most=1_000_000),
        "path_order": one_of(path_order, _core.FloatPathOrder.__members__, "path_order"),
        "windows": [day(one, "windows") for one in _days(windows)],
        "missing": one_of(missing, _core.MissingPolicy.__members__, "missing"),
        "max_age": whole(max_age, "max_age", least=0, most=10_000_000),
        "coverage_needed": real(coverage_needed, "coverage_needed"),
        "county_weight": one_of(county_weight, _core.CountyWeight.__members__, "county_weight"),
        "mode": None if mode is None else one_of(mode, _core.WeightMode.__members__, "mode"),
        "evidence_for_percent": flag(evidence_for_percent, "evidence_for_percent"),
        "warning": _thresholds(warning),
        "quality": _limits(quality),
    }
    return _core.track(
        plan, day(as_of, "as_of"), options, _run_options(time_limit, step_limit, progress, on_interrupt)
    )


def verify(plan: Plan, result: Allocation | Tracking | str | os.PathLike[str], /) -> Verdict:
    """Whether a result is right for this plan, by its certificate; runs no solver.

    The answer is true or false, and names the first item that fails and the condition. A path is a result
    directory, read as `read_allocation` does.
    """
    if isinstance(result, Tracking):
        return _core.examine_tracking(plan, result)
    return _core.examine_allocation(plan, result if isinstance(result, Allocation) else read_allocation(result))


def read_allocation(path_: str | os.PathLike[str], /) -> Allocation:
    """The allocation in a result directory, as it says; `verify` tells whether it is right.

    Raises `InvalidPlan` with all findings where a file is malformed, `RefusedInput` and OSError as `read_plan`.
    """
    allocation, findings = _core.read_allocation(path(path_))
    if any(finding.severity == "error" for finding in findings):
        raise InvalidPlan(findings)
    return allocation


@keyword_options
def write_allocation(
    plan: Plan,
    allocation: Allocation,
    path_: str | os.PathLike[str],
    /,
    *,
    replace: bool = False,
    language: str = "zh",
) -> None:
    """Writes ``staffing.csv``, ``unfilled.csv`` (in ``language``; neither without a staffing), ``result.json``,
    ``certificate.json`` and ``given.csv`` (what `Rules` said, if anything) into a directory, whole or not at all.
    FileExistsError where it holds something, unless ``replace`` and it is a result; other OSErrors.
    ValueError for another plan's allocation.
    """
    _must_fit(plan, allocation)
    _core.write_allocation(
        plan, allocation, path(path_), flag(replace, "replace"), one_of(language, _languages, "language")
    )


@keyword_options
def report(
    plan: Plan,
    /,
    allocation: Allocation | None = None,
    tracking: Tracking | None = None,
    *,
    language: str = "zh",
) -> str:
    """One self-contained HTML page: no script, nothing from outside, everything from the plan escaped.

    What is not given is left out. ValueError for a result that is not this plan's or that is wrong: a page that
    shows it would be believed.
    """
    one_of(language, _languages, "language")
    for result in (allocation, tracking):
        if result is not None:
            _must_fit(plan, result)
    return _core.report(plan, allocation, tracking, language)


def _must_fit(plan: Plan, result: Allocation | Tracking) -> None:
    verdict = verify(plan, result)
    if not verdict:
        raise ValueError(f"this result does not fit the plan: {verdict}")
