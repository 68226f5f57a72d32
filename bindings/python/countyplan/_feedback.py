"""What an applicant may hope for, and what fairness between counties costs."""

from __future__ import annotations

import datetime
import json
from typing import Any

from . import _core
from ._answer import Allocation, _must_fit, _run_options
from ._options import keyword_options, one_of, whole
from ._plan import Plan


@keyword_options
def feedback(
    plan: Plan,
    allocation: Allocation,
    expert: str,
    /,
    *,
    samples: int = 200,
    absent: int = 100,
    seed: int = 1,
    posts: int = 10,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    on_interrupt: str = "return",
) -> dict[str, Any]:
    """What chance an applicant has of which post, as a plain dict with the names of ``feedback --json``.

    ``samples`` times (1 to 1,000,000) the plan is solved without some of the others, of 1000 so many as ``absent``
    says, drawn from ``seed``. ``samples``: solved; ``impossible`` and ``at_home``: of these, without a legal staffing,
    and the expert not posted; ``post``: in the allocation, None: at home; ``posts``: at most so many and those wished
    for, each with ``post``, ``is_wished``, ``times``, ``low`` and ``high`` (the chance's interval at 95 %) and
    ``behind`` (dict from tier to exact int: the least that the allocation's prices prove it to be worse by).
    ``termination`` is ``feasible`` where a limit came first. ValueError for an unknown expert and an allocation that is
    another plan's or not a best one.
    """
    if not isinstance(expert, str):
        raise TypeError(f"expert must be an id, not {type(expert).__name__}")
    numbers = (
        whole(samples, "samples", least=1, most=1_000_000),
        whole(absent, "absent", least=0, most=1000),
        whole(seed, "seed", least=0, most=2**64 - 1),
        whole(posts, "posts", least=0),
    )
    one_of(on_interrupt, ("return", "raise"), "on_interrupt")
    _must_fit(plan, allocation)
    if allocation.termination != "optimal":
        raise ValueError(f"feedback needs an allocation that is proved best; this one is {allocation.termination}")
    options = _run_options(time_limit, step_limit, None, on_interrupt)
    return json.loads(_core.feedback(plan, allocation, expert, *numbers, options))


@keyword_options
def price_of_fairness(
    plan: Plan,
    allocation: Allocation,
    /,
    *,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    on_interrupt: str = "return",
) -> dict[str, Any]:
    """What the rest of the objective pays for ``county_cover``: the best staffing with it against that without.

    A dict: ``tiers``: the objective without ``county_cover``, a dict from `Tier` to ``{"fair": …, "unfair": …}``,
    exact; ``counties``: dicts with ``county``, ``wanted`` and the people serving, ``fair`` and ``unfair``; ``other``
    and ``other_plan``: the `Allocation` computed for this and its plan, with ``county_cover`` taken out, or put in
    where the plan has none; ``termination`` and ``cause`` of the comparison (no tiers, no counties without two
    staffings). ValueError for another plan's allocation and for one made with `Rules`.
    """
    options = _run_options(time_limit, step_limit, None, on_interrupt)
    _must_fit(plan, allocation)
    if allocation.given:
        raise ValueError("the price of fairness is not known for an allocation made with rules")
    return _core.price_of_fairness(plan, allocation, options)
