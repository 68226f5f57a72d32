"""Staffings that somebody made: audits, comparisons, and the pairing of senders with counties."""

from __future__ import annotations

import dataclasses
import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core
from ._answer import _run_options
from ._options import day, keyword_options, one_of, path, whole
from ._plan import Plan, _encodings
from ._values import Digests, Finding, Tick, Verdict

_most_amount = 1_000_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class BlockingPair:
    """An expert and a post that would rather have each other: where the expert is (empty: at home), and who would
    have to leave (empty: there is room)."""

    expert: str
    post: str
    present: str
    displaced: str


@dataclasses.dataclass(frozen=True, slots=True)
class Audit:
    """What a staffing breaks; true where no finding is an error.

    ``amounts``: per finding, by how much (people, days, months, years, ranks; 0 where nothing is counted).
    ``blocking``: the first of ``blocking_count`` pairs.
    """

    findings: tuple[Finding, ...]
    amounts: tuple[int, ...]
    blocking_count: int
    blocking: tuple[BlockingPair, ...]
    digests: Digests

    @property
    def ok(self) -> bool:
        """Whether no hard rule is broken."""
        return all(finding.severity != "error" for finding in self.findings)

    def __bool__(self) -> bool:
        return self.ok


@dataclasses.dataclass(frozen=True, slots=True)
class PostingChange:
    """What happens to a posting: ``kind`` is a `PostingChangeKind`; ``was`` and ``now`` are rows of a staffing, or
    None."""

    kind: str
    expert: str
    was: dict[str, Any] | None
    now: dict[str, Any] | None


@dataclasses.dataclass(frozen=True, slots=True)
class TierItem:
    """What an expert, post, county or sender (``post:P``) adds to a tier in ``a`` and in ``b``."""

    item: str
    a: int
    b: int


@dataclasses.dataclass(frozen=True, slots=True)
class TierComparison:
    """The values of a tier and the items that make up their difference."""

    tier: str
    a: int
    b: int
    items: tuple[TierItem, ...]

    @property
    def difference(self) -> int:
        """``b - a``, which is the sum over the items."""
        return self.b - self.a


@dataclasses.dataclass(frozen=True, slots=True)
class FactorPoints:
    """One line of a fit: points = value x weight; ``factor`` is a `FitFactor`."""

    factor: str
    value: int
    weight: int
    points: int


@dataclasses.dataclass(frozen=True, slots=True)
class FitComparison:
    """The fit of an expert's postings before and after, factor by factor."""

    expert: str
    posts_a: tuple[str, ...]
    posts_b: tuple[str, ...]
    a: tuple[FactorPoints, ...]
    b: tuple[FactorPoints, ...]

    @property
    def difference(self) -> int:
        """What the change adds to fit."""
        return sum(line.points for line in self.b) - sum(line.points for line in self.a)


@dataclasses.dataclass(frozen=True, slots=True)
class StaffingComparison:
    """What turns ``a`` into ``b`` and what each change is worth; ``decided_by`` is the first tier that differs, or
    None, and ``is_better`` whether ``b`` is better there."""

    changes: tuple[PostingChange, ...]
    tiers: tuple[TierComparison, ...]
    people: tuple[FitComparison, ...]
    decided_by: str | None
    is_better: bool
    digests: Digests


@dataclasses.dataclass(frozen=True, slots=True)
class PairedCounty:
    """A sender that helps a county, with ``amount`` units of ``cost`` each; ``present``: as now."""

    sender: str
    receiver: str
    amount: int
    km: int
    shares_language: bool
    present: bool
    cost: int


@dataclasses.dataclass(frozen=True, slots=True)
class SenderLoad:
    """What a sender carries with those below it; ``worth``: per tier, the most that one more unit of ``capacity`` (None:
    no limit) can save."""

    sender: str
    capacity: int | None
    amount: int
    receivers: int
    worth: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class ReceiverCover:
    """What a county gets of what it needs."""

    receiver: str
    need: int
    served: int
    senders: int


@dataclasses.dataclass(frozen=True, slots=True)
class PairingAnswer:
    """Which sender stands behind which county.

    ``verdict``: whether the certificate holds, checked anew. ``tiers``: dict from `PairingTier` to exact int.
    ``begun`` and ``ended``: (sender, county) against the present pairing. ``rows``: the plan's table ``pairings`` as it
    should be from that day on. Where there is no pairing (see ``termination``) the tables are empty.
    """

    termination: str
    cause: str
    claim: str
    verdict: Verdict
    tiers: dict[str, int]
    pairings: tuple[PairedCounty, ...]
    begun: tuple[tuple[str, str], ...]
    ended: tuple[tuple[str, str], ...]
    senders: tuple[SenderLoad, ...]
    receivers: tuple[ReceiverCover, ...]
    rows: list[dict[str, Any]]
    steps: int
    digests: Digests


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, not {type(value).__name__}")
    return str(value)


def _table(staffing: Any, encoding: str, name: str) -> _core.StaffingTable:
    one_of(encoding, _encodings, "encoding")
    if isinstance(staffing, (str, bytes, os.PathLike)):
        return _core.StaffingTable.at(path(staffing), encoding)
    if isinstance(staffing, _core.Allocation):
        staffing = staffing.staffing
    elif hasattr(staffing, "to_dict"):  # a DataFrame
        staffing = staffing.to_dict("records")
    rows = []
    for at, row in enumerate(staffing):
        if not isinstance(row, Mapping):
            raise TypeError(f"{name}[{at}] must be a dict with expert, post, from and to, not {type(row).__name__}")
        missing = [field for field in ("expert", "post", "from", "to") if field not in row]
        if missing:
            raise ValueError(f"{name}[{at}] has no {missing[0]!r}")
        rows.append(
            (
                _text(row["expert"], f"{name}[{at}]['expert']"),
                _text(row["post"], f"{name}[{at}]['post']"),
                day(row["from"], f"{name}[{at}]['from']"),
                day(row["to"], f"{name}[{at}]['to']"),
            )
        )
    return _core.StaffingTable.of(rows)


@keyword_options
def audit(plan: Plan, staffing: Any, /, *, blocking_pairs: int = 100, encoding: str = "automatic") -> Audit:
    """Holds any staffing against a plan: every rule that is broken, and the blocking pairs.

    ``staffing``: an `Allocation`, rows as `Plan.rows` gives them (dicts with expert, post, from, to), a DataFrame with
    these columns, or the path of a ``staffing.csv``, whose findings name file and line. Of blocking pairs at most
    ``blocking_pairs`` are listed. Wrong postings do not raise; `InvalidPlan` where a file is no staffing, OSError.
    """
    most = whole(blocking_pairs, "blocking_pairs", least=0)
    return _core.audit(plan, _table(staffing, encoding, "staffing"), most)


@keyword_options
def compare_staffings(plan: Plan, a: Any, b: Any, /, *, encoding: str = "automatic") -> StaffingComparison:
    """What has to be done to turn ``a`` into ``b``, and the difference of the plan's tiers, item by item.

    Both are given as to `audit`, legal or not; postings of unknown people or posts are changes, but add nothing.
    """
    return _core.compare_staffings(plan, _table(a, encoding, "a"), _table(b, encoding, "b"))


@keyword_options
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
    progress: Callable[[Tick], object] | None = None,
    on_interrupt: str = "return",
) -> PairingAnswer:
    """The best pairing of senders with counties, with its certificate checked.

    ``as_of``: the day whose pairings are present, None for the plan's first. ``unit``: `PairingUnit`. ``level``
    (`SenderKind`): the senders to be paired, only those ``under`` one sender if given; ``most``: counties per sender,
    for ``partner``. ``languages``: sets of languages by sender's id or county's code. ``distance`` per km,
    ``language`` where none is shared, ``change`` where the pairing is new: what a unit costs. ``order``: `PairingTier`
    names, ``unserved`` first. The other options are those of `allocate`. `InvalidProblem` for options that fit no plan.
    """
    spoken = {}
    for key, values in dict(languages or {}).items():
        if isinstance(values, str):
            raise TypeError(f"languages[{key!r}] must be several texts, not one")
        spoken[_text(key, "languages")] = {_text(value, f"languages[{key!r}]") for value in values}
    if isinstance(order, str):
        raise TypeError("order must be several names, not one text")
    options = {
        "as_of": None if as_of is None else day(as_of, "as_of"),
        "unit": one_of(unit, _core.PairingUnit.__members__, "unit"),
        "level": one_of(level, _core.SenderKind.__members__, "level"),
        "under": _text(under, "under"),
        "most": None if most is None else whole(most, "most", least=0, most=_most_amount),
        "languages": spoken,
        "distance": whole(distance, "distance"),
        "language": whole(language, "language"),
        "change": whole(change, "change"),
        "order": [one_of(tier, _core.PairingTier.__members__, "order") for tier in order],
    }
    return _core.pair(plan, options, _run_options(time_limit, step_limit, progress, on_interrupt))
