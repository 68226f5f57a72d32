"""Other ways to decide who serves where, and what each is worth on the same measures."""

from __future__ import annotations

import dataclasses
import datetime
import html
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core, _frames
from ._answer import _run_options
from ._options import flag, keyword_options, one_of, real, whole
from ._plan import Plan
from ._points import plain
from ._values import Digests, Tick


@dataclasses.dataclass(frozen=True, slots=True)
class RuleOutcome:
    """A rule of the plan and what became of it: ``rule`` is such as ``eligibility``, ``post.max``, ``quota:ID/upper`` or
    ``decision:ID``; ``is_heeded``: the mechanism keeps it on any plan; ``breaches``: how often the audit finds it
    broken (0 though not heeded: it happened to hold)."""

    rule: str
    is_heeded: bool
    breaches: int


@dataclasses.dataclass(frozen=True, slots=True)
class StaffingMeasures:
    """What a staffing is worth, whoever made it.

    ``tiers``: dict from `Tier` to exact int, in the objective's order. People: ``serving``; ``wanted`` (the sum of all
    targets) and ``filled``; ``critical_shortfall`` and ``shortfall`` below ``min``; ``wishing`` (serving, with wishes)
    and ``wishes_met``; ``moves``. Shares in [0, 1]: ``cover``, ``worst_cover`` (of ``worst_county``), ``best_cover``
    and ``gini`` of the counties' covers. ``mean_wish``: mean place of the wish that was met, one after the last where
    none was. ``blocking``: pairs of a person and a post that would rather have each other.
    """

    tiers: dict[str, int]
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


@dataclasses.dataclass(frozen=True, slots=True)
class MechanismResult:
    """What one `Mechanism` came to: its ``staffing`` (list of dicts), ``measures`` (None where there is no staffing),
    ``rules`` and how it ended (``termination`` ``optimal``: it ran to its end, whatever it aims at)."""

    mechanism: str
    termination: str
    cause: str
    staffing: list[dict[str, Any]]
    measures: StaffingMeasures | None
    rules: tuple[RuleOutcome, ...]
    digests: Digests

    @property
    def ignored(self) -> tuple[str, ...]:
        """The rules that the mechanism does not look at."""
        return tuple(rule.rule for rule in self.rules if not rule.is_heeded)

    @property
    def broken(self) -> tuple[str, ...]:
        """Those of them that its staffing breaks."""
        return tuple(rule.rule for rule in self.rules if rule.breaches)


@dataclasses.dataclass(frozen=True, slots=True)
class MechanismComparison:
    """One plan under several mechanisms: ``results`` in the order asked for; ``comparison[name]`` is one of them."""

    results: tuple[MechanismResult, ...]

    def __getitem__(self, mechanism: str) -> MechanismResult:
        for result in self.results:
            if result.mechanism == mechanism:
                return result
        raise KeyError(mechanism)

    def __iter__(self) -> Any:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def to_pandas(self, table: str = "measures") -> Any:
        """A table as a DataFrame. ``measures``: a row per mechanism, the tiers as columns ``tier_…``, what there is not
        is NaN. ``rules``: mechanism, rule, is_heeded, breaches. ``staffing``: mechanism, expert, post, from, to.
        ValueError for another table, ImportError without pandas."""
        pandas = _frames.pandas()
        wanted = one_of(table, ("measures", "rules", "staffing"), "table")
        if wanted == "rules":
            rows = [{"mechanism": str(r.mechanism), **dataclasses.asdict(rule)} for r in self.results for rule in r.rules]
            return pandas.DataFrame(rows, columns=["mechanism", "rule", "is_heeded", "breaches"])
        if wanted == "staffing":
            rows = [{"mechanism": str(r.mechanism), **posting} for r in self.results for posting in r.staffing]
            return pandas.DataFrame(rows, columns=["mechanism", "expert", "post", "from", "to"])
        return pandas.DataFrame([self._measures(result) for result in self.results])

    @staticmethod
    def _measures(result: MechanismResult) -> dict[str, Any]:
        row: dict[str, Any] = {"mechanism": str(result.mechanism), "termination": str(result.termination)}
        if result.measures is None:
            return row
        measures = dataclasses.asdict(result.measures)
        tiers = measures.pop("tiers")
        return {**row, **measures, **{f"tier_{tier}": value for tier, value in tiers.items()}}

    def _repr_html_(self) -> str:
        names = ("filled", "critical_shortfall", "shortfall", "worst_cover", "gini", "mean_wish", "moves", "blocking")
        head = "".join(f"<th>{name}</th>" for name in ("mechanism", *names, "broken"))
        body = ""
        for result in self.results:
            cells = ["" if result.measures is None else f"{getattr(result.measures, name):g}" for name in names]
            words = [str(result.mechanism), *cells, ", ".join(result.broken)]
            body += "<tr>" + "".join(f"<td>{html.escape(word)}</td>" for word in words) + "</tr>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


@keyword_options
def compare_mechanisms(
    plan: Plan,
    mechanisms: Iterable[str] | None = None,
    /,
    *,
    order: Iterable[str] = (),
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | None = None,
    on_interrupt: str = "return",
) -> MechanismComparison:
    """One plan under several ways to decide who serves where, on the same measures.

    ``mechanisms``: names of `Mechanism`, None: all. ``optimal`` is `allocate`; ``experts_propose`` and
    ``posts_propose`` are deferred acceptance; ``top_trading_cycles``; ``serial_dictatorship`` (in the ``order`` of
    experts given, then those longest in service); ``greedy``: posts choose in turn; ``status_quo``. Experts want the
    post with the greater value of the factor wish, then of fit; posts want those who fit best, wishes apart; ties go to
    the first in the plan. Each result tells which rules of the plan its mechanism ignores. Limits are per mechanism;
    other options as in `allocate`. ValueError for an unknown mechanism, `InvalidProblem` for an order that names
    nobody, or somebody twice.
    """
    known = [str(name) for name in _core.Mechanism]
    names = known if mechanisms is None else mechanisms
    if isinstance(names, str):
        raise TypeError("mechanisms must be a list of names, not a text")
    asked = [one_of(name, known, f"mechanisms[{at}]") for at, name in enumerate(names)]
    turns = []
    for at, expert in enumerate(order):
        if not isinstance(expert, str):
            raise TypeError(f"order[{at}] must be an expert's id, not {type(expert).__name__}")
        turns.append(expert)
    options = _run_options(time_limit, step_limit, progress, on_interrupt)
    return MechanismComparison(_core.compare_mechanisms(plan, asked, turns, options))


def measures_of(plan: Plan, staffing: Iterable[dict[str, Any]], /) -> StaffingMeasures:
    """What any staffing (dicts with ``expert`` and ``post``) is worth on the measures of `compare_mechanisms`."""
    return _core.measures_of(plan, [(row["expert"], row["post"]) for row in staffing])


@keyword_options
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
) -> Plan:
    """The plan if fewer people came, quotas were tighter or other rules held.

    ``drop_out``: the share of experts who do not come, 0 to 1; ``supply``: experts on offer per expert of the plan, 0
    to 10 (above 1 some come several times). Who that is depends on ``seed`` and each expert's id alone, so that
    scenarios with one seed differ only in what they say: whoever drops out at 0.1 also does at 0.2. ``quotas``,
    ``lower_quotas``: factors of all upper and lower quotas. ``decisions``, ``pairings``: whether they bind.
    ``objective`` (names of `Tier`, in order) and ``weights`` (by `FitFactor`) stand in place of the plan's;
    ``without_rules``: ids of rules that do not hold. `InvalidProblem` for what is out of range or not known.
    """
    parameters: dict[str, Any] = {
        "drop_out": real(drop_out, "drop_out"),
        "supply": real(supply, "supply"),
        "quotas": real(quotas, "quotas"),
        "lower_quotas": real(lower_quotas, "lower_quotas"),
        "decisions": flag(decisions, "decisions"),
        "pairings": flag(pairings, "pairings"),
    }
    if objective is not None:
        if isinstance(objective, str):
            raise TypeError("objective must be a list of tiers, not a text")
        tiers = [str(tier) for tier in _core.Tier]
        parameters["objective"] = ";".join(one_of(tier, tiers, f"objective[{at}]") for at, tier in enumerate(objective))
    for factor, weight in (weights or {}).items():
        parameters[f"weight.{plain(factor, 'a factor')}"] = whole(weight, f"weights[{factor!r}]")
    for rule in without_rules:
        parameters[f"rule.{plain(rule, 'a rule')}"] = False
    return _core.in_scenario(plan, parameters, whole(seed, "seed", least=0, most=2**64 - 1))
