"""Plans in use: what has happened, who serves where then, and who has to move for it."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core
from ._answer import Allocation, _run_options
from ._options import day, keyword_options, one_of, path, text, whole
from ._plan import Plan, _encodings
from ._staffing import _table
from ._values import Digests, Finding, Tick


@dataclasses.dataclass(frozen=True, slots=True)
class Replan:
    """The plan after events, its best staffing, and the way there.

    ``changes``: by expert, dicts with ``kind`` (a `PostingChangeKind`), ``expert``, ``was`` and ``now`` (rows of a
    staffing, or None) and ``words`` (a `Message`); empty where there is no staffing. ``stays``: people who keep their
    post. ``last_event``: up to where the log is in ``plan``. ``warnings``: what was found in the log.
    """

    plan: Plan
    allocation: Allocation
    changes: list[dict[str, Any]]
    stays: int
    last_event: int
    warnings: list[Finding]


@dataclasses.dataclass(frozen=True, slots=True)
class TradeOff:
    """What more of one tier costs in another, or in people who have to move.

    ``points``: the corners of the curve, from the best value of ``first`` to that of ``second``: dicts with ``first``
    and ``second`` (exact ints), ``tiers`` (dict from `Tier` to exact int) and ``staffing`` (list of dicts). ``open``:
    where a staffing that no point beats may lie, dicts with ``from`` and ``to`` (of ``first``), ``known`` (the second
    tier of the point before) and ``possible`` (no better one is). ``dropped``: tiers before both that did not count.
    ``verified``: whether the proofs show all that, checked anew.
    """

    termination: str
    cause: str
    claim: str
    verified: bool
    first: str
    second: str
    dropped: list[str]
    points: list[dict[str, Any]]
    open: list[dict[str, Any]]
    steps: int
    digests: Digests


def _json(value: Any) -> Any:
    """A day as its text; json asks for what it does not know."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    try:
        return whole(value, "a field")  # numpy's
    except TypeError:
        raise TypeError(f"an event cannot hold a value of type {type(value).__name__}") from None


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is unset."""
    return {
        field: _given(value) if isinstance(value, Mapping) else value
        for field, value in row.items()
        if value is not None
    }


def _log(events: Any, encoding: str) -> _core.EventLog:
    one_of(encoding, _encodings, "encoding")
    if isinstance(events, (str, bytes, os.PathLike)):
        return _core.EventLog.at(path(events), encoding)
    rows = []
    for at, event in enumerate(events):
        if not isinstance(event, Mapping):
            raise TypeError(f"events[{at}] must be a dict, not {type(event).__name__}")
        rows.append(_given(event))
    document = {"format": "countyplan.events", "format_version": 1, "events": rows}
    return _core.EventLog.of(json.dumps(document, ensure_ascii=False, default=_json))


@keyword_options
def apply_events(
    plan: Plan,
    events: Iterable[Mapping[str, Any]] | str | os.PathLike[str],
    /,
    *,
    last_event: int = 0,
    encoding: str = "automatic",
) -> Plan:
    """The plan that a log of events leaves.

    ``events``: dicts with the fields of docs/format.md (``number``, ``day``, ``kind``, ``subject``, …; days as dates
    or ISO text, ``post`` and ``school`` as dicts), or the path of an ``events.csv`` or ``.json``. ``last_event``: the
    number of the event before the first. Raises `InvalidPlan` with all findings where one is wrong, and OSError.
    """
    return _core.apply_events(plan, _log(events, encoding), whole(last_event, "last_event", least=0))


_holders = ("expert", "sender", "post", "school", "county")


def _holder(value: Any, name: str) -> tuple[str, str]:
    kind, _, of = text(value, name).partition(":")
    return one_of(kind, _holders, name), of


@keyword_options
def freeze(
    plan: Plan,
    /,
    *,
    of: Iterable[str] | None = None,
    before: datetime.date | str | None = None,
    after: datetime.date | str | None = None,
    reason: str = "",
) -> Plan:
    """The plan with a decision ``keep`` for people of its present staffing: they stay where they are.

    ``of``: texts such as ``county:451024`` (``expert``, ``sender`` with all below it, ``post``, ``school``,
    ``county``), any of which is enough; None: everybody. Only postings that begin before ``before`` and end after
    ``after``. Raises `InvalidProblem` where something in ``of`` does not exist or has no present posting, or where
    nobody is meant. An answer of `allocate` belongs to the plan that comes out of here.
    """
    if isinstance(of, (str, bytes)):
        raise TypeError("of must be several texts, not one")
    return _core.freeze(
        plan,
        [_holder(one, f"of[{at}]") for at, one in enumerate(() if of is None else of)],
        None if before is None else day(before, "before"),
        None if after is None else day(after, "after"),
        text(reason, "reason"),
    )


@keyword_options
def nobody_worse(plan: Plan, /, *, reason: str = "") -> Plan:
    """The plan with a decision ``no_worse`` for everybody.

    Whoever serves at present serves again, in a post wished for no less. Together with `freeze` in any order.
    """
    return _core.nobody_worse(plan, text(reason, "reason"))


@keyword_options
def replan(
    plan: Plan,
    allocation: Allocation,
    events: Iterable[Mapping[str, Any]] | str | os.PathLike[str],
    /,
    *,
    last_event: int = 0,
    encoding: str = "automatic",
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | None = None,
    on_interrupt: str = "return",
) -> Replan:
    """Applies events as `apply_events` does and allocates anew, from the former answer.

    The staffing is a best one of the changed plan, whatever moves it takes: `trade_off` weighs these. The other options
    are those of `allocate`. ValueError for an allocation made with `Rules`: use `apply_events` and `allocate_from`.
    """
    if not isinstance(allocation, Allocation):
        raise TypeError(f"allocation must be an Allocation, not {type(allocation).__name__}")
    if allocation.given:
        raise ValueError("the allocation was made with rules: use apply_events, and allocate_from with the rules")
    return _core.replan(
        plan,
        allocation,
        _log(events, encoding),
        whole(last_event, "last_event", least=0),
        _run_options(time_limit, step_limit, progress, on_interrupt),
    )


@keyword_options
def trade_off(
    plan: Plan,
    former: Any,
    /,
    *,
    first: str = "moves",
    second: str = "fit",
    dropped: Iterable[str] = (),
    most_points: int = 1000,
    encoding: str = "automatic",
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | None = None,
    on_interrupt: str = "return",
) -> TradeOff:
    """The whole trade-off between two tiers of the plan's objective, or one of them and moves.

    ``former``: a staffing as `audit` takes it; what ``moves`` are counted from, and where the search begins. ``first``
    and ``second`` (`Tier`): tiers before both keep their best values, but for those in ``dropped``; all others break
    ties. At most ``most_points`` (2 or more) are looked for. The other options are those of `allocate`. Raises
    `InvalidProblem` where the objective lacks a tier other than moves.
    """
    tiers = _core.Tier.__members__
    return _core.trade_off(
        plan,
        _table(former, encoding, "former"),
        one_of(first, tiers, "first"),
        one_of(second, tiers, "second"),
        [one_of(tier, tiers, "dropped") for tier in dropped],
        whole(most_points, "most_points", least=0),
        _run_options(time_limit, step_limit, progress, on_interrupt),
    )
