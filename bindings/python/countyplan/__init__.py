"""Plan, staff and follow the assistance of key counties, with proofs.

>>> import countyplan
>>> plan = countyplan.generate()
>>> allocation = countyplan.allocate(plan)
>>> bool(countyplan.verify(plan, allocation))
True
"""

from . import _core, plot, solve
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
from ._compare import Comparison, compare
from ._core import __version__
from ._errors import InvalidMeasure, InvalidPlan, InvalidProblem, RefusedEdit, RefusedInput
from ._explain import explain
from ._feedback import feedback, price_of_fairness
from ._ledger import Ledger, LedgerLog, Recording, known_by, ledger_log_path, read_ledger_log, record
from ._live import LiveSchedule
from ._measures import (
    BoundWorth,
    CountedSet,
    Effect,
    LeftOutRule,
    Refusal,
    RuleCoverage,
    counted_sets,
    eligible_posts,
    fit,
    measure,
    refusals,
    rule_coverage,
    tier_values,
    worth,
)
from ._plan import Plan, check, generate, plan_schema, read_plan, write_plan
from ._regions import RegionalAllocation, RegionRound, allocate_regions, verify_regions
from ._replan import Replan, TradeOff, apply_events, replan, trade_off
from ._schedule import (
    ScheduleFile,
    SolvedSchedule,
    explain_move,
    read_schedule,
    schedule_file,
    schedule_schema,
    solve_schedule,
    write_schedule,
)
from ._sweep import Sweep, sweep
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
    "BoundWorth",
    "Comparison",
    "CountedSet",
    "CountyCover",
    "Digests",
    "Effect",
    "FactorPoints",
    "Finding",
    "FitComparison",
    "GivenPair",
    "InvalidMeasure",
    "InvalidPlan",
    "InvalidProblem",
    "Ledger",
    "LedgerLog",
    "LeftOutRule",
    "LiveSchedule",
    "Message",
    "PairedCounty",
    "PairingAnswer",
    "Plan",
    "PostingChange",
    "ReceiverCover",
    "Recording",
    "Refusal",
    "RegionRound",
    "RegionalAllocation",
    "RefusedEdit",
    "RefusedInput",
    "Replan",
    "RuleCoverage",
    "Rules",
    "ScarceGroup",
    "ScheduleFile",
    "SenderLoad",
    "SetBound",
    "SetPrice",
    "SolvedSchedule",
    "StaffingComparison",
    "Sweep",
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
    "allocate_regions",
    "apply_events",
    "audit",
    "check",
    "compare",
    "compare_staffings",
    "counted_sets",
    "eligible_posts",
    "explain",
    "explain_move",
    "feedback",
    "fit",
    "generate",
    "known_by",
    "ledger_log_path",
    "measure",
    "pair",
    "plan_schema",
    "price_of_fairness",
    "read_allocation",
    "read_ledger_log",
    "read_plan",
    "read_schedule",
    "record",
    "refusals",
    "replan",
    "report",
    "rule_coverage",
    "schedule_file",
    "schedule_schema",
    "solve_schedule",
    "sweep",
    "tier_values",
    "track",
    "trade_off",
    "verify",
    "verify_regions",
    "worth",
    "write_allocation",
    "write_plan",
    "write_schedule",
    *_enumerations,
]
