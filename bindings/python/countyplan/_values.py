"""Plain values that results are made of: they compare, hash and pickle."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Message:
    """A sentence with a stable code, in Chinese and English; an empty one has an empty code."""

    code: str
    zh: str
    en: str

    def text(self, language: str = "en") -> str:
        """The sentence in ``"zh"`` or ``"en"``."""
        return {"zh": self.zh, "en": self.en}[language]

    def __bool__(self) -> bool:
        return bool(self.code)

    def __str__(self) -> str:
        return self.en


_nothing = Message("", "", "")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found in a plan or a file.

    ``place`` is such as ``schools[3].enrolment`` (rows from 0); ``line`` and ``column`` count from 1 and are
    None where unknown; ``pointer`` is a JSON Pointer, for JSON.
    """

    severity: str
    message: Message
    place: str = ""
    table: str = ""
    row: int | None = None
    field: str = ""
    rule: str = ""
    value: str = ""
    expected: Message = _nothing
    remedy: Message = _nothing
    file: str = ""
    line: int | None = None
    column: int | None = None
    pointer: str = ""

    @property
    def code(self) -> str:
        return self.message.code

    def text(self, language: str = "en") -> str:
        """One line in ``"zh"`` or ``"en"``: where, what, what was expected, what to do."""
        where = self.file
        if self.line is not None:
            where += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        elif self.pointer:
            where += f"#{self.pointer}"
        parts = [part for part in (where, self.place) if part]
        sentences = [message.text(language) for message in (self.message, self.expected, self.remedy) if message]
        return ": ".join([*parts, ("；" if language == "zh" else "; ").join(sentences)])

    def __str__(self) -> str:
        return self.text("en")


@dataclasses.dataclass(frozen=True, slots=True)
class Tick:
    """One glance at a running solve: ``elapsed`` in seconds; ``best`` and ``bound`` of the first tier, or None."""

    elapsed: float
    steps: int
    best: float | None = None
    bound: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Digests:
    """What a result was computed from, as name-based UUIDs."""

    plan: str
    staffing: str
    ledger: str


@dataclasses.dataclass(frozen=True, slots=True)
class Unfilled:
    """A post below its target, in people, and why; ``group`` is a position in ``Allocation.scarce``, or None.

    ``loss``, of a best staffing: what one more person there would cost the objective at least, per tier in order.
    """

    post: str
    short_of_min: int
    short_of_target: int
    reason: Message
    group: int | None = None
    loss: tuple[int, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class ScarceGroup:
    """Posts that need more people (``need``) than can come (``supply``, of ``qualified``)."""

    posts: tuple[str, ...]
    below_min: bool
    need: int
    qualified: int
    supply: int


@dataclasses.dataclass(frozen=True, slots=True)
class SetPrice:
    """What each person counted in a set (``post:P``, ``sender:S``, ``role:S/R``, ``quota:Q``, ``must:E``,
    ``county:C``) costs the objective besides the pair itself, per tier in order."""

    set: str
    value: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class SetBound:
    """One of the bounds that cannot hold together: the ``"lower"`` or ``"upper"`` one of a set, and its words."""

    set: str
    side: str
    bound: int
    reason: Message


@dataclasses.dataclass(frozen=True, slots=True)
class CountyCover:
    """How far a county (its code) is served: people ``serving`` in its posts of those ``wanted``."""

    county: str
    serving: int
    wanted: int


@dataclasses.dataclass(frozen=True, slots=True)
class GivenPair:
    """What the caller's rules said of a pair: points that count, and those that uncertainty keeps back; ``user``: the
    points in the tiers ``user_1``, ``user_2`` and ``user_3``."""

    expert: str
    post: str
    allowed: bool
    points: int
    doubt: int
    user: tuple[int, ...] = (0, 0, 0)


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """Rules of your own, asked once for each expert and post that the plan lets serve.

    ``allows(expert, post)`` says whether they may; both are rows as `Plan.rows` gives them. ``factors`` are tuples
    (name, weight, function): ``function(expert, post)`` gives a number from 0 to 1000, or (number, uncertainty), of
    which number - uncertainty counts, at least 0; weight times that is added to fit. ``tiers`` are tuples
    (tier, name, function): one for each of ``user_1``, ``user_2``, ``user_3`` that the plan's objective names, where it
    names it; ``function(expert, post)`` gives a whole number of points from -10^9 to 10^9, more is better.
    """

    allows: Callable[[dict[str, Any], dict[str, Any]], bool] | None = None
    factors: Sequence[tuple[str, int, Callable[[dict[str, Any], dict[str, Any]], Any]]] = ()
    tiers: Sequence[tuple[str, str, Callable[[dict[str, Any], dict[str, Any]], int]]] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """The examiner's answer; true where it accepts.

    Otherwise ``part`` (``staffing``, ``result``, ``certificate``, ``tracking``) and ``place`` name the item that
    is wrong, ``why`` the condition that failed, ``detail`` the rule behind it where there is one.
    """

    accepted: bool
    part: str = ""
    place: str = ""
    why: Message = _nothing
    detail: Message = _nothing

    def __bool__(self) -> bool:
        return self.accepted

    def text(self, language: str = "en") -> str:
        """One line in ``"zh"`` or ``"en"``."""
        if self.accepted:
            return "接受" if language == "zh" else "accepted"
        sentences = [message.text(language) for message in (self.why, self.detail) if message]
        return f"{self.part} {self.place}: " + ("；" if language == "zh" else "; ").join(sentences)

    def __str__(self) -> str:
        return self.text("en")
