"""What a plan keeps exactly, who may serve where, what a staffing comes to, and what a bound is worth."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from . import _core, _frames
from ._answer import Allocation, _must_fit, _run_options
from ._options import keyword_options, one_of
from ._plan import Plan
from ._staffing import FactorPoints, _table
from ._values import Message

_measures = ("shortages", "fulfilment", "counties")


@dataclasses.dataclass(frozen=True, slots=True)
class LeftOutRule:
    """A rule that speaks of who serves where and that `allocate` does not heed, and why."""

    rule: str
    kind: str
    reason: Message


@dataclasses.dataclass(frozen=True, slots=True)
class RuleCoverage:
    """What of a plan `allocate` keeps exactly (counts; ``terms``: ids of rules), and what it leaves to `check` and
    `audit`: ``left_out``, in the plan's order."""

    sender_quotas: int
    quotas: int
    decisions: int
    terms: tuple[str, ...]
    left_out: tuple[LeftOutRule, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class CountedSet:
    """``experts`` or ``posts`` (``side``) that a plan counts together: ``lower`` to ``upper`` (None: no limit) people.
    The names are those of `SetPrice`."""

    name: str
    side: str
    members: tuple[str, ...]
    lower: int
    upper: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Refusal:
    """What stands between an expert and a post, with the id of the rule or decision, or the clause built in."""

    kind: str
    reason: Message
    rule: str


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """The best staffing after a change against the one at hand. ``loss``, where ``termination`` is ``optimal``: dict
    from tier to exact int, positive where it is worse; the first one that is not 0 decides."""

    termination: str
    loss: dict[str, int]


@dataclasses.dataclass(frozen=True, slots=True)
class BoundWorth:
    """The ``lower`` or ``upper`` (``side``) bound of a set, and what one ``less`` or one ``more`` of it leads to; None
    where that would not be a bound."""

    set: str
    side: str
    bound: int
    less: Effect | None
    more: Effect | None


def rule_coverage(plan: Plan, /) -> RuleCoverage:
    """Which rules of a plan are in the exact class, and which are not."""
    return _core.rule_coverage(plan)


def counted_sets(plan: Plan, /) -> tuple[CountedSet, ...]:
    """Everything that a plan counts: quotas, decisions that oblige, posts, and counties if they are to be served alike."""
    return _core.counted_sets(plan)


def refusals(plan: Plan, expert: str, post: str, /) -> tuple[Refusal, ...]:
    """Everything that stands between an expert and a post; nothing where the expert may serve there. ValueError for
    unknown ids."""
    return _core.refusals(plan, _id(expert, "expert"), _id(post, "post"))


def eligible_posts(plan: Plan, expert: str, /) -> tuple[str, ...]:
    """The posts that an expert may serve in, in the plan's order. ValueError for an unknown id."""
    return _core.eligible_posts(plan, _id(expert, "expert"))


def fit(plan: Plan, expert: str, post: str, /) -> tuple[FactorPoints, ...]:
    """What each factor adds to the fit of an expert at a post, whether they may serve there or not."""
    return _core.fit(plan, _id(expert, "expert"), _id(post, "post"))


@keyword_options
def tier_values(plan: Plan, staffing: Any, /, *, encoding: str = "automatic") -> dict[str, int]:
    """What any staffing comes to, by tier of the plan's objective: a dict from `Tier` to exact int.

    ``staffing`` as for `audit`; postings of unknown people or posts count for nothing.
    """
    return _core.tier_values(plan, _table(staffing, encoding, "staffing"))


@keyword_options
def measure(plan: Plan, staffing: Any, table: str, /, *, encoding: str = "automatic") -> Any:
    """What any staffing (as for `audit`) leaves, as a DataFrame.

    ``shortages``: posts below their target, in people. ``fulfilment``: per county, role and subject people wanted
    (``min``, ``target``), ``posted`` and of these ``filled``, each post up to its target. ``counties``: people
    ``serving`` in each county's posts of those ``wanted``. ValueError for another table, ImportError without pandas.
    """
    wanted = one_of(table, _measures, "table")
    _frames.pandas()
    return _frames.frame(_core.measure_columns(plan, _table(staffing, encoding, "staffing"), wanted))


@keyword_options
def worth(
    plan: Plan,
    allocation: Allocation,
    set_: str,
    /,
    *,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    on_interrupt: str = "return",
) -> tuple[BoundWorth, ...]:
    """What one place less or more in a set of `counted_sets` would cost the whole staffing, by new solves.

    Of its lower bound if above 0, and of its upper one if there is any. What a limit cuts short is ``unknown``.
    ValueError for an unknown set and for another plan's allocation.
    """
    options = _run_options(time_limit, step_limit, None, on_interrupt)
    _must_fit(plan, allocation)
    name = _id(set_, "set")
    names = [known.name for known in counted_sets(plan)]
    return _core.worth(plan, allocation, one_of(name, names, "set"), options)


def _id(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be an id, not {type(value).__name__}")
    return str(value)
