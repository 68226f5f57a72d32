"""Why a staffing is as it is, and what would change it."""

from __future__ import annotations

import datetime
import json
from typing import Any

from . import _core
from ._answer import Allocation, _must_fit, _run_options
from ._options import flag, keyword_options, one_of, whole
from ._plan import Plan


def _id(value: Any, name: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} must be an id, not {type(value).__name__}")
    return value


@keyword_options
def explain(
    plan: Plan,
    allocation: Allocation,
    /,
    *,
    expert: str | None = None,
    why_not: str | None = None,
    post: str | None = None,
    weights: bool = False,
    subjects: bool = False,
    hinges: int = 0,
    most: int = 10,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    on_interrupt: str = "return",
) -> dict[str, Any]:
    """What there is to say about an allocation, as plain dicts and lists with the names of ``explain --json``.

    ``expert``: ``why_here``, ``other_posts`` and ``worth``; with ``why_not``, a post's id, also ``why_not``. ``post``:
    ``why_empty``, ``people`` and ``places``. ``weights``: ``weight_ranges`` and, with ``why_not``, ``weight_changes``.
    ``subjects``: the scarcest first. ``hinges``: so many people and posts on which the plan hangs. ``most``:
    alternatives and repairs listed. Of an infeasible allocation: ``why_infeasible``. Every loss is exact, a dict from
    tier to int, positive where worse, None where not known. ``sentences`` has all of it in words, ``zh`` and ``en``.
    Limits are those of `allocate`, for each question. ValueError for an id that the plan has not, where nothing is
    asked, and for another plan's allocation.
    """
    asked = (expert, post)
    if why_not is not None and expert is None:
        raise ValueError("why_not needs expert")
    wanted = (flag(weights, "weights"), flag(subjects, "subjects"), whole(hinges, "hinges", least=0))
    if all(one is None for one in asked) and not any(wanted):
        raise ValueError("nothing is asked: give expert, post, weights, subjects or hinges")
    _must_fit(plan, allocation)
    one_of(on_interrupt, ("return", "raise"), "on_interrupt")
    return json.loads(
        _core.explain(
            plan,
            allocation,
            _id(expert, "expert"),
            _id(why_not, "why_not"),
            _id(post, "post"),
            *wanted,
            whole(most, "most", least=0),
            _run_options(time_limit, step_limit, None, on_interrupt),
        )
    )
