"""Plan, staff and follow the assistance of key counties, with proofs.

>>> import countyplan
>>> plan = countyplan.generate()
>>> allocation = countyplan.allocate(plan)
>>> bool(countyplan.verify(plan, allocation))
True
"""

from . import _core
from ._answer import (
    Allocation,
    Tracking,
    allocate,
    allocate_from,
    read_allocation,
    report,
    track,
    verify,
    write_allocation,
)
from ._core import __version__
from ._errors import InvalidMeasure, InvalidPlan, InvalidProblem, RefusedInput
from ._plan import Plan, check, generate, plan_schema, read_plan, write_plan
from ._values import (
    CountyCover,
    Digests,
    Finding,
    GivenPair,
    Message,
    Rules,
    ScarceGroup,
    SetBound,
    SetPrice,
    Tick,
    Unfilled,
    Verdict,
)
from ._words import Word

_enumerations = [name for name, value in vars(_core).items() if isinstance(value, type) and issubclass(value, Word)]
globals().update({name: getattr(_core, name) for name in _enumerations})

__all__ = [
    "Allocation",
    "CountyCover",
    "Digests",
    "Finding",
    "GivenPair",
    "InvalidMeasure",
    "InvalidPlan",
    "InvalidProblem",
    "Message",
    "Plan",
    "RefusedInput",
    "Rules",
    "ScarceGroup",
    "SetBound",
    "SetPrice",
    "Tick",
    "Tracking",
    "Unfilled",
    "Verdict",
    "Word",
    "allocate",
    "allocate_from",
    "check",
    "generate",
    "plan_schema",
    "read_allocation",
    "read_plan",
    "report",
    "track",
    "verify",
    "write_allocation",
    "write_plan",
    *_enumerations,
]
