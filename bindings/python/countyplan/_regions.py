"""One plan too large for one machine: regions solved by workers, coordinated by prices, with a checked bound."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core, _points
from ._answer import allocate
from ._measures import counted_sets
from ._options import callback, keyword_options, whole
from ._plan import Plan
from ._points import Ended, Point
from ._spread import Spread
from ._sweep import _executor
from ._values import SetPrice, Verdict

_gains = frozenset(_core.gains())  # names of the tiers of which more is better
_paired = 4  # how much more people go where their sender is paired, when they are first dealt out

Prices = dict[str, tuple[int, ...]]


@dataclasses.dataclass(frozen=True, slots=True)
class RegionRound:
    """One round: the values of the staffing that its prices gave, what these bound, and what went over the wire.

    ``tiers`` and ``bound``: dicts from `Tier` to exact int. ``pairs``: how many of an expert and a post the coordinator
    knows, ``wanted``: how many more the regions asked for. ``messages``: calls of workers and their answers,
    ``bytes_out`` and ``bytes_in`` as they are pickled, without the plan, which each worker gets once.
    """

    tiers: dict[str, int]
    bound: dict[str, int]
    pairs: int
    wanted: int
    messages: int
    bytes_out: int
    bytes_in: int


@dataclasses.dataclass(frozen=True, slots=True)
class RegionalAllocation:
    """A staffing of the whole, found region by region, and how far from the best it can be.

    ``staffing`` (list of dicts) keeps every rule of the plan and has the values ``tiers``; by ``prices`` (tuple of
    `SetPrice`) no staffing is better than ``bound``, tier after tier in strict order. Both are dicts from `Tier` to
    exact int. ``claim``: ``proved`` where they are equal, else ``bounded``. ``regions``: counties by name of region.
    ``rounds``: a `RegionRound` each; ``first``: the messages of the regions' own staffings before the first of them.
    """

    staffing: list[dict[str, Any]]
    tiers: dict[str, int]
    bound: dict[str, int]
    prices: tuple[SetPrice, ...]
    claim: str
    regions: dict[str, tuple[str, ...]]
    first: dict[str, int]
    rounds: tuple[RegionRound, ...]

    @property
    def gap(self) -> dict[str, int]:
        """By tier how much worse than the bound; only the first that is not 0, and those before it, say something."""
        return {tier: abs(value - self.bound[tier]) for tier, value in self.tiers.items()}

    def __repr__(self) -> str:
        gap = ", ".join(f"{tier} {value}" for tier, value in self.gap.items() if value) or "none"
        return (
            f"<countyplan.RegionalAllocation ({self.claim}): {len(self.staffing)} posted, {len(self.regions)} regions, "
            f"{len(self.rounds)} rounds; gap: {gap}>"
        )


def _solve_region(plan: Plan, *, counties: Any, experts: Any, shares: Any, seed: int) -> Ended:
    """In a worker: the staffing of one region by itself as pairs, and its prices by name of set."""
    answer = allocate(_core.region_plan(plan, list(counties), list(experts), dict(shares)), on_interrupt="raise")
    if answer.termination != "optimal":  # by itself it cannot keep its lower bounds
        return Ended("region", ([], {}))
    prices = {price.set: tuple(price.value) for price in answer.prices}
    return Ended("region", ([(row["expert"], row["post"]) for row in answer.staffing], prices))


def _respond(plan: Plan, *, experts: Any, present: Any, prices: Any, most: int, any_: bool, seed: int) -> Ended:
    """In a worker: the least that a region's people come to at these prices, and the pairs that they want."""
    return Ended("response", _core.respond(plan, prices, list(experts), list(present), most, any_))


class _Wire:
    """Calls of workers, counted."""

    def __init__(self, plan: Plan, executor: Any, retries: int) -> None:
        self._plan = plan
        self._executor = executor
        self._retries = retries
        self.messages = self.bytes_out = self.bytes_in = 0

    def call(self, function: Callable[..., Ended], tasks: Iterable[dict[str, Any]]) -> list[Any]:
        """The answers in the order of the tasks; what a worker raised is raised here."""
        points = [Point(str(at), task, 0, 0) for at, task in enumerate(tasks)]
        answers: dict[str, Any] = {}

        def take(point: Point, kind: str, values: Any, lasting: bool) -> None:
            if kind == "error":
                raise RuntimeError(f"a region could not be solved: {values['kind']}: {values['text']}")
            self.messages += 2
            self.bytes_out += len(pickle.dumps(point, protocol=pickle.HIGHEST_PROTOCOL))
            self.bytes_in += len(pickle.dumps(values, protocol=pickle.HIGHEST_PROTOCOL))
            answers[point.key] = values

        if self._executor is None:
            for point in points:
                take(point, *_points.outcome(function, (self._plan,), point), True)
        else:
            Spread(
                self._executor, function, (self._plan,), retries=self._retries, batch=1, deliver=take
            ).run(points)
        return [answers[point.key] for point in points]


def _regions_of(plan: Plan, regions: Any) -> dict[str, list[str]]:
    """Counties by region, in the order of the plan."""
    counties = plan.rows("counties")
    codes = [str(county["code"]) for county in counties]
    if regions is None:
        names = [code[:2] for code in codes]
    elif isinstance(regions, Mapping):
        missing = [code for code in codes if code not in regions]
        if missing:
            raise ValueError(f"regions does not say where county {missing[0]} belongs")
        names = [str(regions[code]) for code in codes]
    else:
        count = whole(regions, "regions", least=1, most=max(1, len(codes)))
        names = [str(at * count // len(codes) + 1) for at in range(len(codes))]
    out: dict[str, list[str]] = {}
    for code, name in zip(codes, names, strict=True):
        out.setdefault(name, []).append(code)
    return out


class _Coordinator:
    """Who belongs to which region, and how many places of the shared sets each has."""

    def __init__(self, plan: Plan, regions: dict[str, list[str]]) -> None:
        self.plan = plan
        self.regions = regions
        self.experts = plan.rows("experts")
        region_of_county = {county: name for name, counties in regions.items() for county in counties}
        region_of_school = {row["id"]: region_of_county[str(row["county"])] for row in plan.rows("schools")}
        self.posts = {row["id"]: row for row in plan.rows("posts")}
        self.region_of_post = {post: region_of_school[row["school"]] for post, row in self.posts.items()}
        self.region_of_place = {**region_of_county, **region_of_school, **self.region_of_post}
        self.uppers = _core.shared_sets(plan)
        self.sets_of: dict[str, list[str]] = defaultdict(list)
        self.posts_in: dict[str, list[str]] = {}
        for counted in counted_sets(plan):
            if counted.name not in self.uppers:
                continue
            if counted.side == "posts":
                self.posts_in[counted.name] = list(counted.members)
                continue
            for expert in counted.members:
                self.sets_of[expert].append(counted.name)
        self.home = self._deal()
        self.shares = self._share()

    def _deal(self) -> dict[str, str]:
        """People where they serve or must, the others to regions in proportion to what these want of their kind."""
        bound: dict[str, str] = {row["expert"]: self.region_of_post[row["post"]] for row in self.plan.rows("staffing")}
        for decision in self.plan.rows("decisions"):
            who, where = str(decision["who"]).partition(":"), str(decision["where"]).partition(":")
            if decision["kind"] == "require" and who[0] == "expert" and where[2] in self.region_of_place:
                bound[who[2]] = self.region_of_place[where[2]]
        wanted: Counter[tuple[str, str, str]] = Counter()
        for post, row in self.posts.items():
            wanted[self.region_of_post[post], str(row["role"]), row["subject"]] += row["target"]
        parents = {row["id"]: row["parent"] for row in self.plan.rows("senders")}
        paired: dict[str, set[str]] = defaultdict(set)
        for row in self.plan.rows("pairings"):
            if str(row["receiver"]) in self.region_of_place:
                paired[row["sender"]].add(self.region_of_place[str(row["receiver"])])
        given: Counter[tuple[Any, ...]] = Counter()
        home = {}
        for row in self.experts:
            expert = row["id"]
            if expert in bound:
                home[expert] = bound[expert]
                continue
            near: set[str] = set()
            sender = row["sender"]
            while sender:
                near |= paired[sender]
                sender = parents.get(sender, "")
            role, subject = str(row["roles"][0]), (row["subjects"] or ("",))[0]
            kind = row["sender"], role, subject

            def rank(region: str) -> tuple[float, str]:
                want = wanted[region, role, subject] or wanted[region, role, ""]
                weight = (want or 0.01) * (_paired if region in near else 1)
                return -weight / (given[kind, region] + 1), region

            home[expert] = min(self.regions, key=rank)
            given[kind, home[expert]] += 1
        return home

    def _share(self) -> dict[str, dict[str, int]]:
        """Places of each shared set by region, in proportion to its members there; largest remainders first."""
        members: dict[str, Counter[str]] = {name: Counter() for name in self.uppers}
        for expert, region in self.home.items():
            for name in self.sets_of[expert]:
                members[name][region] += 1
        for name, posts in self.posts_in.items():
            for post in posts:
                members[name][self.region_of_post[post]] += self.posts[post]["target"]
        shares = {}
        for name, upper in self.uppers.items():
            there, total = members[name], sum(members[name].values())
            exact = {region: upper * there[region] / total if total else 0 for region in self.regions}
            part = {region: int(exact[region]) for region in self.regions}
            rest = sorted(self.regions, key=lambda region: (part[region] - exact[region], region))
            for region in itertools.islice(itertools.cycle(rest), upper - sum(part.values())):
                part[region] += 1
            shares[name] = part
        return shares

    def tasks(self) -> list[dict[str, Any]]:
        people: dict[str, list[str]] = {region: [] for region in self.regions}
        for expert, region in self.home.items():
            people[region].append(expert)
        return [
            {
                "counties": tuple(counties),
                "experts": tuple(people[region]),
                "shares": {name: part[region] for name, part in self.shares.items()},
            }
            for region, counties in self.regions.items()
        ]

    def people(self) -> list[tuple[str, ...]]:
        """Experts by region."""
        return [task["experts"] for task in self.tasks()]

    def merged(self, answers: list[Any]) -> Prices:
        """One price for each set: of a shared one the middle of what regions would pay, weighed by their people."""
        offers: dict[str, list[tuple[int, ...]]] = defaultdict(list)
        out: Prices = {}
        for pairs, prices in answers:
            there = Counter(name for expert, _ in pairs for name in self.sets_of[expert])
            for name, price in prices.items():
                if name in self.uppers:
                    offers[name] += [price] * max(1, there[name])
                else:
                    out[name] = price
        for name, several in offers.items():
            out[name] = sorted(several)[len(several) // 2]
        return out


@keyword_options
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
) -> RegionalAllocation:
    """Allocates a plan too large for one machine: regions are solved by workers, prices carry what they share.

    First each region is solved by itself, with its counties, its people and its part of what senders may send. Then,
    round after round, the coordinator solves the whole on the few pairs of an expert and a post that regions asked
    for, and sends out the prices of this answer; the regions send back what their people come to at these prices,
    which is a bound, and the pairs that they would rather have. Where nobody wants another pair, bound and value are
    equal and the staffing is a best one of the whole plan.

    ``regions``: a region's name by county code, how many runs of counties in the plan's order, or None: a region for
    each province. ``executor`` and ``retries`` as for `sweep`; the answer is the same on any. At most ``rounds`` are
    made; ``keep``: pairs per expert to begin with. ``on_round`` gets each `RegionRound`, and ends the search where it
    gives back False; what it raises comes out of here. ValueError where no staffing keeps every rule. `verify_regions`
    checks the answer.
    """
    if not isinstance(plan, Plan):
        raise TypeError(f"plan must be a Plan, not {type(plan).__name__}")
    whole(rounds, "rounds", least=1)
    whole(keep, "keep", least=1)
    whole(retries, "retries", least=0)
    callback(on_round, "on_round")
    executor = _executor(executor)
    coordinator = _Coordinator(plan, _regions_of(plan, regions))
    owned = executor is not None and not hasattr(executor, "submit")
    pool = executor() if owned else executor
    try:
        return _Rounds(plan, coordinator, pool, retries).run(rounds, keep, on_round)
    finally:
        if owned:
            pool.shutdown()


class _Rounds:
    """The coordinator's work, round after round."""

    def __init__(self, plan: Plan, coordinator: _Coordinator, executor: Any, retries: int) -> None:
        self.plan = plan
        self.coordinator = coordinator
        self.people = coordinator.people()
        self.pool = _core.PairPool(plan)
        self.tiers = list(_core.tiers_of_pairs(plan, []))
        self.wire = functools.partial(_Wire, plan, executor, retries)

    def run(self, rounds: int, keep: int, on_round: Callable[[RegionRound], object] | None) -> RegionalAllocation:
        wire = self.wire()
        answers = wire.call(_solve_region, self.coordinator.tasks())
        pairs = [pair for part, _ in answers for pair in part]
        prices = self.coordinator.merged(answers)
        self.pool.add(pairs)
        self.pool.begin(pairs, prices)
        self.ask(wire, prices, {}, keep, True)
        first = {"messages": wire.messages, "bytes_out": wire.bytes_out, "bytes_in": wire.bytes_in}
        best: tuple[Any, dict[str, int]] | None = None
        limit: tuple[dict[str, int], Prices] | None = None
        told: list[RegionRound] = []
        while len(told) < rounds:
            wire = self.wire()
            termination, pairs, tiers, prices = self.pool.solve()
            if termination != "optimal":
                keep *= 2
                if not self.ask(wire, {}, {}, keep, True)[1] and keep > len(self.coordinator.posts):
                    raise ValueError(f"the plan is {termination}")
                continue
            known = len(self.pool)
            bound, wanted = self.ask(wire, prices, dict(pairs), keep, False)
            if best is None or _is_better(tiers, best[1]):
                best = pairs, tiers
            if limit is None or _is_better(limit[0], bound):
                limit = bound, prices
            told.append(RegionRound(tiers, bound, known, wanted, wire.messages, wire.bytes_out, wire.bytes_in))
            if on_round is not None and on_round(told[-1]) is False:
                break
            if not wanted or best[1] == limit[0]:
                break
        assert best is not None and limit is not None
        return RegionalAllocation(
            staffing=_core.dated(self.plan, best[0]),
            tiers=best[1],
            bound=limit[0],
            prices=tuple(SetPrice(name, limit[1][name]) for name in sorted(limit[1])),
            claim="proved" if best[1] == limit[0] else "bounded",
            regions={name: tuple(counties) for name, counties in self.coordinator.regions.items()},
            first=first,
            rounds=tuple(told),
        )

    def ask(
        self, wire: _Wire, prices: Prices, post_of: dict[str, str], most: int, any_: bool
    ) -> tuple[dict[str, int], int]:
        """The bound of these prices, and how many new pairs people want; these are in the pool then."""
        answers = wire.call(
            _respond,
            [
                {
                    "experts": people,
                    "present": tuple(post_of.get(expert, "") for expert in people),
                    "prices": prices,
                    "most": most,
                    "any_": any_,
                }
                for people in self.people
            ],
        )
        cost = _core.bound_of_sets(self.plan, prices)
        wanted = 0
        for part, pairs in answers:
            cost = [a + b for a, b in zip(cost, part, strict=True)]
            wanted += self.pool.add(pairs)
        return {t: -c if str(t) in _gains else c for t, c in zip(self.tiers, cost, strict=True)}, wanted


def _is_better(a: Mapping[str, int], b: Mapping[str, int]) -> bool:
    """Of two values of one objective, in its order."""
    for tier in a:
        if a[tier] != b[tier]:
            return (a[tier] > b[tier]) == (str(tier) in _gains)
    return False


def verify_regions(plan: Plan, result: RegionalAllocation, /) -> Verdict:
    """Whether the staffing keeps every rule and has its values, and the prices show the bound; runs no solver."""
    if not isinstance(result, RegionalAllocation):
        raise TypeError(f"result must be a RegionalAllocation, not {type(result).__name__}")
    return _core.examine_bounded(
        plan,
        [(row["expert"], row["post"]) for row in result.staffing],
        [str(int(value)) for value in result.tiers.values()],
        {price.set: tuple(price.value) for price in result.prices},
        [str(int(value)) for value in result.bound.values()],
    )
