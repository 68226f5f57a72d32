"""Types of the package countyplan; tests/test_stubs.py sees to it that they are those of the module."""

import datetime
import enum
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pandas

from . import plot as plot
from . import solve as solve

__version__: Final[str]

class Word(enum.StrEnum):
    def text(self, language: str = "en") -> str: ...

class Message:
    code: str
    zh: str
    en: str
    def __init__(self, code: str, zh: str, en: str) -> None: ...
    def text(self, language: str = "en") -> str: ...
    def __bool__(self) -> bool: ...

class Finding:
    severity: Severity
    message: Message
    place: str
    table: str
    row: int | None
    field: str
    rule: str
    value: str
    expected: Message
    remedy: Message
    file: str
    line: int | None
    column: int | None
    pointer: str
    @property
    def code(self) -> str: ...
    def text(self, language: str = "en") -> str: ...

class RegionRound:
    tiers: dict[str, int]
    bound: dict[str, int]
    pairs: int
    wanted: int
    messages: int
    bytes_out: int
    bytes_in: int

class RegionalAllocation:
    staffing: list[dict[str, Any]]
    tiers: dict[str, int]
    bound: dict[str, int]
    prices: tuple[SetPrice, ...]
    claim: str
    regions: dict[str, tuple[str, ...]]
    first: dict[str, int]
    rounds: tuple[RegionRound, ...]
    @property
    def gap(self) -> dict[str, int]: ...

class Comparison:
    rows: list[dict[str, Any]]
    factor: str
    by: tuple[str, ...]
    level: float
    method: str
    source: str
    def to_pandas(self) -> pandas.DataFrame: ...
    def _repr_html_(self) -> str: ...

class Sweep:
    rows: list[dict[str, Any]]
    parameters: tuple[str, ...]
    digest: str
    computed: int
    resumed: int
    @property
    def errors(self) -> list[dict[str, Any]]: ...
    def to_pandas(self) -> pandas.DataFrame: ...
    def _repr_html_(self) -> str: ...

class Tick:
    elapsed: float
    steps: int
    best: float | None
    bound: float | None

class Digests:
    plan: str
    staffing: str
    ledger: str

class Unfilled:
    post: str
    short_of_min: int
    short_of_target: int
    reason: Message
    group: int | None
    loss: tuple[int, ...]

class ScarceGroup:
    posts: tuple[str, ...]
    below_min: bool
    need: int
    qualified: int
    supply: int

class SetPrice:
    set: str
    value: tuple[int, ...]

class SetBound:
    set: str
    side: str
    bound: int
    reason: Message

class CountyCover:
    county: str
    serving: int
    wanted: int

class GivenPair:
    expert: str
    post: str
    allowed: bool
    points: int
    doubt: int
    user: tuple[int, ...]

class Rules:
    allows: Callable[[dict[str, Any], dict[str, Any]], bool] | None
    factors: Sequence[tuple[str, int, Callable[[dict[str, Any], dict[str, Any]], float | tuple[float, float]]]]
    tiers: Sequence[tuple[str, str, Callable[[dict[str, Any], dict[str, Any]], int]]]
    def __init__(
        self,
        allows: Callable[[dict[str, Any], dict[str, Any]], bool] | None = None,
        factors: Sequence[tuple[str, int, Callable[[dict[str, Any], dict[str, Any]], float | tuple[float, float]]]] = (),
        tiers: Sequence[tuple[str, str, Callable[[dict[str, Any], dict[str, Any]], int]]] = (),
    ) -> None: ...

class Verdict:
    accepted: bool
    part: str
    place: str
    why: Message
    detail: Message
    def __bool__(self) -> bool: ...
    def text(self, language: str = "en") -> str: ...

class InvalidPlan(ValueError):
    findings: list[Finding]
    def __init__(self, findings: list[Finding]) -> None: ...

class InvalidProblem(ValueError):
    message: Message
    place: str

class InvalidMeasure(ValueError):
    factor: str
    expert: str
    post: str

class RefusedInput(ValueError):
    message: Message
    remedy: Message
    value: str
    offset: int
    pointer: str

class RefusedEdit(ValueError):
    message: Message
    tasks: tuple[str, ...]
    def __init__(self, message: Message, tasks: tuple[str, ...]) -> None: ...

class Plan:
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def period(self) -> tuple[datetime.date, datetime.date]: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def warnings(self) -> list[Finding]: ...
    @property
    def weights(self) -> dict[str, int]: ...
    @property
    def tables(self) -> tuple[str, ...]: ...
    @staticmethod
    def from_frames(
        *,
        name: str = "",
        version: str = "",
        period: tuple[Any, Any],
        weights: Mapping[str, int] | None = None,
        objective: Iterable[str] | None = None,
        **tables: Any,
    ) -> Plan: ...
    def __copy__(self) -> Plan: ...
    def __deepcopy__(self, memo: dict[Any, Any], /) -> Plan: ...
    def rows(self, table: str) -> list[dict[str, Any]]: ...
    def to_pandas(self, table: str) -> pandas.DataFrame: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...

class Allocation:
    @property
    def termination(self) -> Termination: ...
    @property
    def cause(self) -> Cause: ...
    @property
    def claim(self) -> Claim: ...
    @property
    def tiers(self) -> dict[Tier, int]: ...
    @property
    def staffing(self) -> list[dict[str, Any]]: ...
    @property
    def unfilled(self) -> tuple[Unfilled, ...]: ...
    @property
    def scarce(self) -> tuple[ScarceGroup, ...]: ...
    @property
    def prices(self) -> tuple[SetPrice, ...]: ...
    @property
    def conflict(self) -> tuple[SetBound, ...]: ...
    @property
    def counties(self) -> tuple[CountyCover, ...]: ...
    @property
    def user_tiers(self) -> dict[Tier, str]: ...
    @property
    def rules(self) -> dict[str, Any]: ...
    @property
    def fairness(self) -> dict[str, Any] | None: ...
    @property
    def given(self) -> tuple[GivenPair, ...]: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def steps(self) -> int: ...
    @property
    def version(self) -> str: ...
    def to_pandas(self, table: str) -> pandas.DataFrame: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...

class Tracking:
    @property
    def as_of(self) -> datetime.date: ...
    @property
    def recorded(self) -> datetime.date: ...
    @property
    def termination(self) -> Termination: ...
    @property
    def cause(self) -> Cause: ...
    @property
    def claim(self) -> Claim: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def baseline(self) -> str: ...
    @property
    def value(self) -> ValueUnit: ...
    @property
    def findings(self) -> list[Finding]: ...
    def to_pandas(self, table: str) -> pandas.DataFrame: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...

def read_plan(path_: str | os.PathLike[str], /, *, encoding: str = "automatic", salvage: bool = False) -> Plan: ...
def check(
    plan: Plan | str | os.PathLike[str], /, *, encoding: str = "automatic", salvage: bool = False
) -> list[Finding]: ...
def write_plan(plan: Plan, path_: str | os.PathLike[str], /, *, replace: bool = False) -> None: ...
def generate(
    *,
    base: str = "guangxi",
    counties: int = 20,
    seed: int = 1,
    schools: int | None = None,
    posts: int | None = None,
    experts: int | None = None,
    second_ring_schools: int = 26,
    local_teachers: int = 12,
    policy: bool | None = None,
) -> Plan: ...
def plan_schema() -> dict[str, Any]: ...
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
) -> Allocation: ...
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
) -> Allocation: ...
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
) -> Tracking: ...
def verify(plan: Plan, result: Allocation | Tracking | str | os.PathLike[str], /) -> Verdict: ...
def read_allocation(path_: str | os.PathLike[str], /) -> Allocation: ...
def write_allocation(
    plan: Plan,
    allocation: Allocation,
    path_: str | os.PathLike[str],
    /,
    *,
    replace: bool = False,
    language: str = "zh",
) -> None: ...
def report(
    plan: Plan,
    /,
    allocation: Allocation | None = None,
    tracking: Tracking | None = None,
    *,
    language: str = "zh",
) -> str: ...

class BlockingPair:
    expert: str
    post: str
    present: str
    displaced: str

class Audit:
    findings: tuple[Finding, ...]
    amounts: tuple[int, ...]
    blocking_count: int
    blocking: tuple[BlockingPair, ...]
    digests: Digests
    @property
    def ok(self) -> bool: ...
    def __bool__(self) -> bool: ...

class RuleOutcome:
    rule: str
    is_heeded: bool
    breaches: int

class StaffingMeasures:
    tiers: dict[Tier, int]
    serving: int
    wanted: int
    filled: int
    cover: float
    critical_shortfall: int
    shortfall: int
    worst_county: str
    worst_cover: float
    best_cover: float
    gini: float
    wishing: int
    wishes_met: int
    mean_wish: float
    moves: int
    blocking: int

class MechanismResult:
    mechanism: Mechanism
    termination: Termination
    cause: Cause
    staffing: list[dict[str, Any]]
    measures: StaffingMeasures | None
    rules: tuple[RuleOutcome, ...]
    digests: Digests
    @property
    def ignored(self) -> tuple[str, ...]: ...
    @property
    def broken(self) -> tuple[str, ...]: ...

class MechanismComparison:
    results: tuple[MechanismResult, ...]
    def __getitem__(self, mechanism: str) -> MechanismResult: ...
    def __iter__(self) -> Iterator[MechanismResult]: ...
    def __len__(self) -> int: ...
    def to_pandas(self, table: str = "measures") -> pandas.DataFrame: ...
    def _repr_html_(self) -> str: ...

def compare_mechanisms(
    plan: Plan,
    mechanisms: Iterable[str] | None = None,
    /,
    *,
    order: Iterable[str] = (),
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> MechanismComparison: ...
def in_scenario(
    plan: Plan,
    /,
    *,
    seed: int = 0,
    drop_out: float = 0.0,
    supply: float = 1.0,
    quotas: float = 1.0,
    lower_quotas: float = 1.0,
    decisions: bool = True,
    pairings: bool = True,
    objective: Iterable[str] | None = None,
    weights: Mapping[str, int] | None = None,
    without_rules: Iterable[str] = (),
) -> Plan: ...
def measures_of(plan: Plan, staffing: Iterable[Mapping[str, Any]], /) -> StaffingMeasures: ...

class PostingChange:
    kind: PostingChangeKind
    expert: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None

class TierItem:
    item: str
    a: int
    b: int

class TierComparison:
    tier: Tier
    a: int
    b: int
    items: tuple[TierItem, ...]
    @property
    def difference(self) -> int: ...

class FactorPoints:
    factor: FitFactor
    value: int
    weight: int
    points: int

class FitComparison:
    expert: str
    posts_a: tuple[str, ...]
    posts_b: tuple[str, ...]
    a: tuple[FactorPoints, ...]
    b: tuple[FactorPoints, ...]
    @property
    def difference(self) -> int: ...

class StaffingComparison:
    changes: tuple[PostingChange, ...]
    tiers: tuple[TierComparison, ...]
    people: tuple[FitComparison, ...]
    decided_by: Tier | None
    is_better: bool
    digests: Digests

class PairedCounty:
    sender: str
    receiver: str
    amount: int
    km: int
    shares_language: bool
    present: bool
    cost: int

class SenderLoad:
    sender: str
    capacity: int | None
    amount: int
    receivers: int
    worth: tuple[int, ...]

class ReceiverCover:
    receiver: str
    need: int
    served: int
    senders: int

class PairingAnswer:
    termination: Termination
    cause: Cause
    claim: Claim
    verdict: Verdict
    tiers: dict[PairingTier, int]
    pairings: tuple[PairedCounty, ...]
    begun: tuple[tuple[str, str], ...]
    ended: tuple[tuple[str, str], ...]
    senders: tuple[SenderLoad, ...]
    receivers: tuple[ReceiverCover, ...]
    rows: list[dict[str, Any]]
    steps: int
    digests: Digests

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
) -> dict[str, Any]: ...
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
) -> dict[str, Any]: ...
def price_of_fairness(
    plan: Plan,
    allocation: Allocation,
    /,
    *,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    on_interrupt: str = "return",
) -> dict[str, Any]: ...

class Replan:
    plan: Plan
    allocation: Allocation
    changes: list[dict[str, Any]]
    stays: int
    last_event: int
    warnings: list[Finding]

class TradeOff:
    termination: Termination
    cause: Cause
    claim: Claim
    verified: bool
    first: Tier
    second: Tier
    dropped: list[Tier]
    points: list[dict[str, Any]]
    open: list[dict[str, Any]]
    steps: int
    digests: Digests

def allocate_regions(
    plan: Plan,
    /,
    *,
    regions: int | Mapping[str, str] | None = None,
    executor: Any = None,
    rounds: int = 30,
    keep: int = 8,
    retries: int = 2,
    on_round: Callable[[RegionRound], object] | None = None,
) -> RegionalAllocation: ...
def verify_regions(plan: Plan, result: RegionalAllocation, /) -> Verdict: ...
def apply_events(
    plan: Plan,
    events: Iterable[Mapping[str, Any]] | str | os.PathLike[str],
    /,
    *,
    last_event: int = 0,
    encoding: str = "automatic",
) -> Plan: ...
def freeze(
    plan: Plan,
    /,
    *,
    of: Iterable[str] | None = None,
    before: datetime.date | str | None = None,
    after: datetime.date | str | None = None,
    reason: str = "",
) -> Plan: ...
def nobody_worse(plan: Plan, /, *, reason: str = "") -> Plan: ...
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
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> Replan: ...
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
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> TradeOff: ...
def audit(plan: Plan, staffing: Any, /, *, blocking_pairs: int = 100, encoding: str = "automatic") -> Audit: ...
def compare(
    result: Sweep,
    /,
    *,
    factor: str,
    baseline: Any,
    measure: str | Iterable[str],
    by: Iterable[str] | None = None,
    level: float = 0.95,
    method: str = "t",
    seed: int = 0,
) -> Comparison: ...
def compare_staffings(
    plan: Plan, a: Any, b: Any, /, *, encoding: str = "automatic"
) -> StaffingComparison: ...
def pair(
    plan: Plan,
    /,
    *,
    as_of: datetime.date | str | None = None,
    unit: str = "people",
    level: str = "city",
    under: str = "",
    most: int | None = None,
    languages: Mapping[str, Iterable[str]] | None = None,
    distance: int = 1,
    language: int = 100,
    change: int = 200,
    order: Iterable[str] = ("unserved", "cost"),
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> PairingAnswer: ...

class LeftOutRule:
    rule: str
    kind: RuleKind
    reason: Message

class RuleCoverage:
    sender_quotas: int
    quotas: int
    decisions: int
    terms: tuple[str, ...]
    left_out: tuple[LeftOutRule, ...]

class CountedSet:
    name: str
    side: str
    members: tuple[str, ...]
    lower: int
    upper: int | None

class Refusal:
    kind: RefusalKind
    reason: Message
    rule: str

class Effect:
    termination: Termination
    loss: dict[Tier, int]

class BoundWorth:
    set: str
    side: str
    bound: int
    less: Effect | None
    more: Effect | None

def rule_coverage(plan: Plan, /) -> RuleCoverage: ...
def counted_sets(plan: Plan, /) -> tuple[CountedSet, ...]: ...
def refusals(plan: Plan, expert: str, post: str, /) -> tuple[Refusal, ...]: ...
def eligible_posts(plan: Plan, expert: str, /) -> tuple[str, ...]: ...
def fit(plan: Plan, expert: str, post: str, /) -> tuple[FactorPoints, ...]: ...
def tier_values(plan: Plan, staffing: Any, /, *, encoding: str = "automatic") -> dict[Tier, int]: ...
def measure(plan: Plan, staffing: Any, table: str, /, *, encoding: str = "automatic") -> pandas.DataFrame: ...
def worth(
    plan: Plan,
    allocation: Allocation,
    set_: str,
    /,
    *,
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    on_interrupt: str = "return",
) -> tuple[BoundWorth, ...]: ...

class ScheduleFile:
    @property
    def name(self) -> str: ...
    @property
    def data_date(self) -> datetime.date | None: ...
    @property
    def format(self) -> ScheduleFormat: ...
    @property
    def warnings(self) -> list[Finding]: ...
    def rows(self, table: str) -> list[dict[str, Any]]: ...
    def to_pandas(self, table: str) -> pandas.DataFrame: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...

class SolvedSchedule:
    @property
    def file(self) -> ScheduleFile: ...
    @property
    def termination(self) -> Termination: ...
    @property
    def cause(self) -> Cause: ...
    @property
    def claim(self) -> Claim: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def conflict(self) -> Message: ...
    @property
    def steps(self) -> int: ...
    def to_pandas(self, table: str) -> pandas.DataFrame: ...
    def float_paths(self, last: str, /, *, most: int = 10, order: str = "free_float") -> list[dict[str, Any]]: ...
    def longest_paths(self, /, *, most: int = 10) -> list[dict[str, Any]]: ...
    def count_critical_paths(self) -> int: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...

def read_schedule(
    path_: str | os.PathLike[str],
    /,
    *,
    format: str = "automatic",
    data_date: datetime.date | str | None = None,
    start: datetime.date | str | None = None,
    encoding: str = "automatic",
) -> ScheduleFile: ...
def schedule_file(
    *,
    projects: Iterable[Mapping[str, Any]] | pandas.DataFrame,
    tasks: Iterable[Mapping[str, Any]] | pandas.DataFrame,
    links: Iterable[Mapping[str, Any]] | pandas.DataFrame = (),
    calendars: Iterable[Mapping[str, Any]] | pandas.DataFrame = (),
    exceptions: Iterable[Mapping[str, Any]] | pandas.DataFrame = (),
    name: str = "",
    data_date: datetime.date | str | None = None,
) -> ScheduleFile: ...
def solve_schedule(
    file: ScheduleFile,
    /,
    *,
    critical_float: int = 0,
    logic: str = "retained",
    rules: str = "standard",
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | bool | None = None,
    on_interrupt: str = "return",
) -> SolvedSchedule: ...
def sweep(
    function: Callable[..., Any] | Plan,
    grid: Mapping[str, Iterable[Any]] | Iterable[Mapping[str, Any]],
    /,
    *,
    inputs: Iterable[Any] = (),
    seeds: int | Iterable[int] = 1,
    common: bool = True,
    executor: Any = None,
    journal: str | os.PathLike[str] | None = None,
    retries: int = 0,
    on_result: Callable[[dict[str, Any]], object] | None = None,
    batch: int | None = None,
    fingerprint: str | None = None,
    version: str | None = None,
    retry_errors: bool = False,
) -> Sweep: ...
def plan_schedule(plan: Plan, /) -> ScheduleFile: ...
def write_indicators(
    plan: Plan,
    path_: str | os.PathLike[str],
    /,
    *,
    publisher: str = "",
    as_of: datetime.date | str | None = None,
    recorded: datetime.date | str | None = None,
    replace: bool = False,
) -> list[Finding]: ...
def write_schedule(
    schedule: SolvedSchedule | ScheduleFile,
    path_: str | os.PathLike[str],
    /,
    *,
    replace: bool = False,
    language: str = "en",
) -> list[Finding]: ...
def explain_move(before: SolvedSchedule, after: SolvedSchedule, task: str, /) -> dict[str, Any]: ...
def schedule_schema() -> dict[str, Any]: ...

class LiveSchedule:
    def __init__(self, file: ScheduleFile | Plan, /, *, logic: str = "retained", rules: str = "standard") -> None: ...
    def add_task(self, id: str, /, **fields: Any) -> None: ...
    def change_task(self, id: str, /, **fields: Any) -> None: ...
    def remove_task(self, id: str, /) -> None: ...
    def add_link(self, predecessor: str, successor: str, /, **fields: Any) -> int: ...
    def change_link(self, number: int, /, **fields: Any) -> None: ...
    def remove_link(self, number: int, /) -> None: ...
    def task(self, id: str, /) -> dict[str, Any]: ...
    def link(self, number: int, /) -> dict[str, Any]: ...
    @property
    def tasks(self) -> tuple[str, ...]: ...
    @property
    def links(self) -> tuple[int, ...]: ...
    @property
    def steps(self) -> int: ...
    def dates(self, id: str, /) -> dict[str, Any]: ...
    def finish(self, project: str = "", /) -> datetime.date: ...
    def file(self) -> ScheduleFile: ...
    def solved(self, *, critical_float: int = 0) -> SolvedSchedule: ...
    def __contains__(self, id: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...

class Recording:
    plan: Plan
    facts: int
    warnings: list[Finding]
    log: str | None
    record: int | None

class LedgerLog:
    @property
    def facts(self) -> list[dict[str, Any]]: ...
    @property
    def records(self) -> int: ...
    @property
    def bytes(self) -> int: ...
    @property
    def torn(self) -> int: ...
    def to_pandas(self) -> pandas.DataFrame: ...

class Ledger:
    def __init__(self, plan: Plan, /) -> None: ...
    def find(
        self, subject: str, field: str, /, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> dict[str, Any] | None: ...
    def history(
        self, subject: str, field: str, /, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> list[dict[str, Any]]: ...
    def digest(self, recorded: datetime.date | str, /) -> str: ...
    def flaws(
        self, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> pandas.DataFrame: ...
    def baselines(
        self, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> pandas.DataFrame: ...
    def targets(
        self, indicator: str, /, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> list[dict[str, Any]]: ...
    def __len__(self) -> int: ...

def record(
    plan: Plan | str | os.PathLike[str],
    facts: Iterable[Mapping[str, Any]] | pandas.DataFrame | str | os.PathLike[str],
    /,
    *,
    dry_run: bool = False,
    encoding: str = "automatic",
) -> Recording: ...
def baseline_facts(plan: Plan, name: str, recorded: datetime.date | str, /) -> list[dict[str, Any]]: ...
def known_by(plan: Plan, recorded: datetime.date | str, /) -> Plan: ...
def read_ledger_log(path_: str | os.PathLike[str], /) -> LedgerLog: ...
def ledger_log_path(plan: str | os.PathLike[str], /) -> str: ...

class FitFactor(Word):
    qualification = "qualification"
    role = "role"
    subject = "subject"
    seniority = "seniority"
    pairing = "pairing"
    distance = "distance"
    wish = "wish"
    continuity = "continuity"

class PairingTier(Word):
    unserved = "unserved"
    changes = "changes"
    cost = "cost"

class PairingUnit(Word):
    people = "people"
    partner = "partner"

class PostingChangeKind(Word):
    ended = "ended"
    begun = "begun"
    moved = "moved"
    redated = "redated"

class EventKind(Word):
    resigns = "resigns"
    ill = "ill"
    extended = "extended"
    new_post = "new_post"
    new_school = "new_school"
    pairing_moved = "pairing_moved"
    quota_changed = "quota_changed"

class Severity(Word):
    error = "error"
    warning = "warning"
    note = "note"

class Role(Word):
    principal = "principal"
    mid_level = "mid_level"
    teacher = "teacher"

class Title(Word):
    none = "none"
    third_grade = "third_grade"
    second_grade = "second_grade"
    first_grade = "first_grade"
    senior = "senior"
    full_senior = "full_senior"

class Degree(Word):
    none = "none"
    college = "college"
    bachelor = "bachelor"
    master = "master"
    doctor = "doctor"

class SchoolKind(Word):
    ordinary = "ordinary"
    vocational = "vocational"
    junior = "junior"

class SenderKind(Word):
    province = "province"
    city = "city"
    district = "district"
    school = "school"

class PairingKind(Word):
    city = "city"
    county = "county"
    school = "school"
    outside = "outside"

class DecisionKind(Word):
    keep = "keep"
    require = "require"
    forbid = "forbid"
    no_worse = "no_worse"

class InfluenceKind(Word):
    pairing = "pairing"
    research_union = "research_union"
    shared_teachers = "shared_teachers"
    online_class = "online_class"

class IndicatorKind(Word):
    count = "count"  # type: ignore[assignment]
    percent = "percent"
    amount = "amount"
    score = "score"

class Direction(Word):
    up = "up"
    down = "down"

class CalendarKind(Word):
    office = "office"
    teaching = "teaching"

class Measurement(Word):
    zero_hundred = "zero_hundred"
    fifty_fifty = "fifty_fifty"
    twenty_eighty = "twenty_eighty"
    weighted_steps = "weighted_steps"
    percent = "percent"
    units = "units"
    kpi_linear = "kpi_linear"
    kpi_threshold = "kpi_threshold"
    loe = "loe"
    apportioned = "apportioned"

class ConstraintKind(Word):
    SNET = "SNET"
    FNET = "FNET"
    SNLT = "SNLT"
    FNLT = "FNLT"
    MSO = "MSO"
    MFO = "MFO"

class LinkKind(Word):
    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"

class LagCalendar(Word):
    predecessor = "predecessor"
    successor = "successor"
    project = "project"
    elapsed = "elapsed"

class DayKind(Word):
    off = "off"
    work = "work"

class TermKind(Word):
    term = "term"
    exam = "exam"

class RuleKind(Word):
    one_plan_per_county = "one_plan_per_county"
    one_principal_per_school = "one_principal_per_school"
    principal_term = "principal_term"
    staff_term = "staff_term"
    team_size = "team_size"
    one_school_of_each_kind = "one_school_of_each_kind"
    mentor_load = "mentor_load"
    leaf_goal_measured = "leaf_goal_measured"
    task_serves_goal = "task_serves_goal"

class Termination(Word):
    optimal = "optimal"
    feasible = "feasible"
    infeasible = "infeasible"
    unbounded = "unbounded"
    unknown = "unknown"

class Cause(Word):
    proved = "proved"
    time = "time"
    steps = "steps"
    cancelled = "cancelled"

class Claim(Word):
    proved = "proved"
    bounded = "bounded"
    claimed_by_backend = "claimed_by_backend"
    feasible = "feasible"
    estimate = "estimate"

class AssignmentMethod(Word):
    automatic = "automatic"
    auction = "auction"
    core = "core"
    shortest_path = "shortest_path"

class SparseAssignmentMethod(Word):
    automatic = "automatic"
    shortest_path = "shortest_path"
    auction = "auction"

class FlowMethod(Word):
    automatic = "automatic"
    network_simplex = "network_simplex"
    cost_scaling = "cost_scaling"

class ProposingSide(Word):
    left = "left"
    right = "right"

class BasisStatus(Word):
    at_lower = "at_lower"
    at_upper = "at_upper"
    basic = "basic"
    at_zero = "at_zero"

class NestedFlowMethod(Word):
    auction = "auction"
    shortest_path = "shortest_path"

class Tier(Word):
    critical_shortfall = "critical_shortfall"
    shortfall = "shortfall"
    weighted_shortfall = "weighted_shortfall"
    fit = "fit"
    county_cover = "county_cover"
    graded_shortfall = "graded_shortfall"
    wishes = "wishes"
    hardship = "hardship"
    sender_load = "sender_load"
    moves = "moves"
    user_1 = "user_1"
    user_2 = "user_2"
    user_3 = "user_3"

class WeightMode(Word):
    explicit = "explicit"
    work = "work"
    equal = "equal"

class MissingPolicy(Word):
    exclude = "exclude"
    zero = "zero"
    carry_last = "carry_last"
    fail = "fail"

class CountyWeight(Word):
    given = "given"
    equal = "equal"
    students = "students"
    schools = "schools"

class ProgressStatus(Word):
    unknown = "unknown"
    complete = "complete"
    overdue = "overdue"
    open = "open"

class DateDriver(Word):
    link = "link"
    work = "work"
    project_start = "project_start"
    data_date = "data_date"
    start_no_earlier = "start_no_earlier"
    finish_no_earlier = "finish_no_earlier"
    start_no_later = "start_no_later"
    finish_no_later = "finish_no_later"
    mandatory_start = "mandatory_start"
    mandatory_finish = "mandatory_finish"
    deadline = "deadline"
    project_end = "project_end"
    actual_start = "actual_start"
    actual_finish = "actual_finish"

class FloatPathOrder(Word):
    total_float = "total_float"
    free_float = "free_float"

class LedgerFlawKind(Word):
    from_future = "from_future"
    after_data_date = "after_data_date"
    finish_before_start = "finish_before_start"
    left_after_finish = "left_after_finish"
    progress_back = "progress_back"
    target_is_baseline = "target_is_baseline"

class LinkBound(Word):
    minimum = "minimum"
    maximum = "maximum"

class MoveCause(Word):
    predecessor = "predecessor"
    new_link = "new_link"
    removed_link = "removed_link"
    lag = "lag"
    work = "work"
    actual = "actual"
    bound = "bound"
    data_date = "data_date"
    project_start = "project_start"
    calendar = "calendar"
    new_task = "new_task"
    removed_task = "removed_task"
    start = "start"
    rules = "rules"

class ProgressLogic(Word):
    retained = "retained"
    override = "override"
    actual_dates = "actual_dates"

class ParentRule(Word):
    worst_critical = "worst_critical"
    weighted = "weighted"
    worst = "worst"

class QualityCheck(Word):
    missing_logic = "missing_logic"
    leads = "leads"
    lags = "lags"
    finish_start = "finish_start"
    hard_constraints = "hard_constraints"
    high_float = "high_float"
    negative_float = "negative_float"
    long_duration = "long_duration"
    invalid_dates = "invalid_dates"
    unassigned = "unassigned"
    missed = "missed"
    critical_path = "critical_path"
    cpli = "cpli"
    bei = "bei"

class RefusalKind(Word):
    role = "role"
    subject = "subject"
    title = "title"  # type: ignore[assignment]
    years = "years"
    availability = "availability"
    term = "term"
    pairing = "pairing"
    avoids = "avoids"
    decision = "decision"

class ScheduleFormat(Word):
    psplib = "psplib"
    mspdi = "mspdi"
    xer = "xer"
    json = "json"

class ScheduleOutput(Word):
    icalendar = "icalendar"
    mspdi = "mspdi"
    csv = "csv"
    json = "json"

class ScheduleRules(Word):
    standard = "standard"
    ms_project = "ms_project"

class ValueUnit(Word):
    money = "money"
    points = "points"
    expert_days = "expert_days"

class Weekday(Word):
    mon = "mon"
    tue = "tue"
    wed = "wed"
    thu = "thu"
    fri = "fri"
    sat = "sat"
    sun = "sun"

class Mechanism(Word):
    optimal = "optimal"
    experts_propose = "experts_propose"
    posts_propose = "posts_propose"
    top_trading_cycles = "top_trading_cycles"
    serial_dictatorship = "serial_dictatorship"
    greedy = "greedy"
    status_quo = "status_quo"

class GenerateBase(Word):
    guangxi = "guangxi"
    invented = "invented"
