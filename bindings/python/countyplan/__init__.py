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
from ._explain import explain
from ._feedback import feedback, price_of_fairness
from ._plan import Plan, check, generate, plan_schema, read_plan, write_plan
from ._replan import Replan, TradeOff, apply_events, replan, trade_off
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
from ._staffing import (
    Audit,
    BlockingPair,
    FactorPoints,
    FitComparison,
    PairedCounty,
    PairingAnswer,
    PostingChange,
    ReceiverCover,
    SenderLoad,
    StaffingComparison,
    TierComparison,
    TierItem,
    audit,
    compare_staffings,
    pair,
)
from ._words import Word

_enumerations = [name for name, value in vars(_core).items() if isinstance(value, type) and issubclass(value, Word)]
globals().update({name: getattr(_core, name) for name in _enumerations})

__all__ = [
    "Allocation",
    "Audit",
    "BlockingPair",
    "CountyCover",
    "Digests",
    "FactorPoints",
    "Finding",
    "FitComparison",
    "GivenPair",
    "InvalidMeasure",
    "InvalidPlan",
    "InvalidProblem",
    "Message",
    "PairedCounty",
    "PairingAnswer",
    "Plan",
    "PostingChange",
    "ReceiverCover",
    "RefusedInput",
    "Replan",
    "Rules",
    "ScarceGroup",
    "SenderLoad",
    "SetBound",
    "SetPrice",
    "StaffingComparison",
    "Tick",
    "TierComparison",
    "TierItem",
    "Tracking",
    "TradeOff",
    "Unfilled",
    "Verdict",
    "Word",
    "allocate",
    "allocate_from",
    "apply_events",
    "audit",
    "check",
    "compare_staffings",
    "explain",
    "feedback",
    "generate",
    "pair",
    "plan_schema",
    "price_of_fairness",
    "read_allocation",
    "read_plan",
    "replan",
    "report",
    "track",
    "trade_off",
    "verify",
    "write_allocation",
    "write_plan",
    *_enumerations,
]
