"""One plan on many workers: the answer of one process, with a bound that is checked."""

import concurrent.futures
import dataclasses
import random

import pytest

import countyplan


@pytest.fixture(scope="module")
def plan():
    return countyplan.generate(base="invented", counties=12, seed=5, local_teachers=0, second_ring_schools=0)


@pytest.fixture(scope="module")
def whole(plan):
    return countyplan.allocate(plan)


@pytest.fixture(scope="module")
def regional(plan):
    return countyplan.allocate_regions(plan, regions=4)


def test_regions_find_a_best_staffing_of_the_whole_and_prove_it(plan, whole, regional):
    assert regional.claim == "proved"
    assert regional.tiers == regional.bound == dict(whole.tiers)
    assert countyplan.verify_regions(plan, regional)
    assert countyplan.tier_values(plan, regional.staffing) == dict(whole.tiers)
    assert not any(finding.severity == "error" for finding in countyplan.audit(plan, regional.staffing).findings)
    assert sorted(code for counties in regional.regions.values() for code in counties) == sorted(
        str(county["code"]) for county in plan.rows("counties")
    )
    assert len(regional.regions) == 4 and "12" not in regional.regions
    assert "4 regions" in repr(regional) and "gap: none" in repr(regional)


def test_rounds_say_what_went_over_the_wire(regional):
    assert regional.first["messages"] == 16
    for told in regional.rounds:
        assert told.messages == 8
        assert told.bytes_out > 1000 and told.bytes_in > 100
    bounds = [tuple(told.bound.values()) for told in regional.rounds]
    assert bounds[-1] == tuple(regional.bound.values())
    assert regional.rounds[-1].wanted == 0 or regional.rounds[-1].tiers == regional.bound


def test_a_quarter_of_an_answer_is_bounded_and_checked(plan, whole, regional):
    few = countyplan.allocate_regions(plan, regions=4, rounds=1, keep=1)
    assert len(few.rounds) == 1
    assert countyplan.verify_regions(plan, few)
    assert few.claim == ("proved" if few.tiers == few.bound else "bounded")
    assert few.claim == "bounded" and any(few.gap.values())
    stopped = countyplan.allocate_regions(plan, regions=4, keep=1, on_round=lambda told: False)
    assert stopped == few


@pytest.mark.parametrize("field", ["tiers", "bound", "staffing", "prices"])
def test_an_altered_answer_is_refused(plan, regional, field):
    value = getattr(regional, field)
    if isinstance(value, dict):
        last = list(value)[-1]
        altered = {**value, last: value[last] + 1}
    elif field == "staffing":
        altered = value[1:]
    else:
        first = value[0]
        altered = (dataclasses.replace(first, value=(first.value[0] + 1, *first.value[1:])), *value[1:])
    verdict = countyplan.verify_regions(plan, dataclasses.replace(regional, **{field: altered}))
    assert not verdict and verdict.part


@pytest.mark.parametrize(
    "executor",
    [lambda: concurrent.futures.ThreadPoolExecutor(2), lambda: concurrent.futures.ProcessPoolExecutor(2)],
    ids=["threads", "processes"],
)
def test_executors_give_the_same_answer(plan, regional, executor):
    assert countyplan.allocate_regions(plan, regions=4, executor=executor) == regional
    with executor() as pool:
        assert countyplan.allocate_regions(plan, regions=4, executor=pool) == regional


def test_quotas_decisions_and_all_tiers_are_kept(guangxi, allocation):
    regions = {str(c["code"]): "east" if str(c["code"]) < "451100" else "west" for c in guangxi.rows("counties")}
    found = countyplan.allocate_regions(guangxi, regions=regions)
    assert found.claim == "proved" and found.tiers == dict(allocation.tiers)
    assert countyplan.verify_regions(guangxi, found)
    assert list(found.regions) == ["east", "west"]


def test_wrong_arguments_are_refused(plan):
    for options, kind in [
        ({"regions": 0}, OverflowError),
        ({"regions": 13}, OverflowError),
        ({"regions": {"1": "a"}}, ValueError),
        ({"rounds": 0}, OverflowError),
        ({"keep": 1.5}, TypeError),
        ({"executor": 3}, TypeError),
        ({"round": 3}, TypeError),
    ]:
        with pytest.raises(kind):
            countyplan.allocate_regions(plan, **options)
    with pytest.raises(TypeError):
        countyplan.verify_regions(plan, countyplan.allocate(plan))
    with pytest.raises(TypeError):
        countyplan.allocate_regions(3)


def test_two_dask_workers_give_the_same_answer(plan, regional):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed (Debian: python3-distributed)")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        executor = client.get_executor(pure=False)
        assert countyplan.allocate_regions(plan, regions=4, executor=executor) == regional


def test_any_prices_bound_the_best_staffing_and_those_of_a_proof_are_tight():
    rng = random.Random(7)
    gains = ("fit", "wishes")
    proved = 0
    for seed in range(12):
        plan = countyplan.generate(base="invented", counties=1 + seed % 3, seed=seed, policy=seed % 2 == 0)
        best = countyplan.allocate(plan)
        if best.termination != "optimal":
            continue
        proved += 1
        proof = {price.set: tuple(price.value) for price in best.prices}
        assert countyplan._core.price_bound(plan, proof) == dict(best.tiers)
        order = [-1 if tier in gains else 1 for tier in best.tiers]
        value = [sign * v for sign, v in zip(order, best.tiers.values(), strict=True)]
        for _ in range(8):
            prices = {
                name: tuple(v + rng.choice((0, 0, 1, -1, rng.randint(-(2**40), 2**40))) for v in price)
                for name, price in proof.items()
                if rng.random() < 0.9
            }
            bound = countyplan._core.price_bound(plan, prices)
            assert [sign * v for sign, v in zip(order, bound.values(), strict=True)] <= value
    assert proved > 5


def test_staffings_of_regions_together_keep_every_rule():
    rng = random.Random(3)
    for seed in range(6):
        plan = countyplan.generate(base="invented", counties=4, seed=seed, local_teachers=0, policy=False)
        codes = [str(county["code"]) for county in plan.rows("counties")]
        people = [expert["id"] for expert in plan.rows("experts")]
        rng.shuffle(people)
        uppers = countyplan._core.shared_sets(plan)
        first = {name: rng.randint(0, upper) for name, upper in uppers.items()}
        rest = {name: upper - first[name] for name, upper in uppers.items()}
        cut = rng.randint(0, len(people))
        together = []
        for counties, experts, shares in ((codes[:2], people[:cut], first), (codes[2:], people[cut:], rest)):
            part = countyplan._core.region_plan(plan, counties, experts, shares)
            together += countyplan.allocate(part).staffing
        assert not [f for f in countyplan.audit(plan, together).findings if f.severity == "error"]
        pairs = [(row["expert"], row["post"]) for row in together]
        tiers = [str(value) for value in countyplan.tier_values(plan, together).values()]
        bound = [str(value) for value in countyplan._core.price_bound(plan, {}).values()]
        assert countyplan._core.examine_bounded(plan, pairs, tiers, {}, bound)
