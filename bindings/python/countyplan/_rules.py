"""Rules written in Python, as the solver asks them: every answer of the right type, or an error that names the rule."""

from __future__ import annotations

import numbers
from collections.abc import Callable
from typing import Any

from . import _core
from ._errors import InvalidMeasure
from ._options import callback, one_of, whole
from ._plan import Plan
from ._values import Rules

_most_weight = 10**6
_most_points = 10**9
_user_tiers = ("user_1", "user_2", "user_3")


def user_rules(plan: Plan, rules: Rules | None) -> _core.UserRules | None:
    """What the module takes; None where there is nothing to ask."""
    if rules is None:
        return None
    if not isinstance(rules, Rules):
        raise TypeError(f"rules must be Rules or None, not {type(rules).__name__}")
    allows = callback(rules.allows, "allows")
    factors = [_factor(entry, at) for at, entry in enumerate(rules.factors)]
    tiers = [_tier(entry, at) for at, entry in enumerate(rules.tiers)]
    if allows is None and not factors and not tiers:
        return None
    asked = None if allows is None else _truth(allows)
    return _core.UserRules(asked, factors, tiers, plan.rows("experts"), plan.rows("posts"))


def _factor(entry: Any, at: int) -> tuple[str, int, Callable]:
    if not isinstance(entry, (tuple, list)) or len(entry) != 3:
        raise TypeError(f"factors[{at}] must be (name, weight, function)")
    name, weight, function = entry
    if not isinstance(name, str):
        raise TypeError(f"factors[{at}]: the name must be a str, not {type(name).__name__}")
    if not callable(function):
        raise TypeError(f"factors[{at}]: the function must be callable, not {type(function).__name__}")
    return str(name), whole(weight, f"factors[{at}]: the weight", least=0, most=_most_weight), _measure(name, function)


def _tier(entry: Any, at: int) -> tuple[str, str, Callable]:
    if not isinstance(entry, (tuple, list)) or len(entry) != 3:
        raise TypeError(f"tiers[{at}] must be (tier, name, function)")
    tier, name, function = entry
    if not isinstance(name, str):
        raise TypeError(f"tiers[{at}]: the name must be a str, not {type(name).__name__}")
    if not callable(function):
        raise TypeError(f"tiers[{at}]: the function must be callable, not {type(function).__name__}")
    return one_of(tier, _user_tiers, f"tiers[{at}]"), str(name), _points(name, function)


def _truth(allows: Callable) -> Callable[[Any, Any], bool]:
    def asked(expert: Any, post: Any) -> bool:
        answer = allows(expert, post)
        if answer is True or answer is False:
            return answer
        if type(answer).__name__ in ("bool_", "bool"):  # numpy's
            return bool(answer)
        raise TypeError(f"allows must return True or False, not {type(answer).__name__}")

    return asked


def _measure(name: str, function: Callable) -> Callable[[Any, Any], tuple[float, float]]:
    def number(value: Any) -> float:
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            return float(value)
        raise TypeError(f"factor {name!r} must return a number or (number, uncertainty), not {type(value).__name__}")

    def asked(expert: Any, post: Any) -> tuple[float, float]:
        answer = function(expert, post)
        if not isinstance(answer, tuple):
            return number(answer), 0.0
        if len(answer) != 2:
            raise TypeError(f"factor {name!r} must return a number or (number, uncertainty), not {len(answer)} values")
        return number(answer[0]), number(answer[1])

    return asked


def _points(name: str, function: Callable) -> Callable[[Any, Any], int]:
    def asked(expert: Any, post: Any) -> int:
        answer = function(expert, post)
        if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
            raise TypeError(f"tier {name!r} must return a whole number, not {type(answer).__name__}")
        if not -_most_points <= answer <= _most_points or answer != int(answer):  # NaN is not within
            raise InvalidMeasure(name, expert["id"], post["id"])
        return int(answer)

    return asked
