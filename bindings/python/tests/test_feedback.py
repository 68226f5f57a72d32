"""What an applicant may hope for, and what fairness costs."""

import pytest

import countyplan


@pytest.fixture(scope="module")
def best(small):
    return countyplan.allocate(small)


def test_an_applicant_is_told_the_chance_of_each_post(small, best):
    posting = best.staffing[0]
    told = countyplan.feedback(small, best, posting["expert"], samples=30, absent=0)
    assert (told["termination"], told["samples"], told["at_home"]) == ("optimal", 30, 0)
    assert told["post"] == posting["post"] == told["posts"][0]["post"]
    assert told["posts"][0]["times"] == 30 and not any(told["posts"][0]["behind"].values())
    absent = countyplan.feedback(small, best, posting["expert"], samples=60, absent=400, seed=4)
    assert absent == countyplan.feedback(small, best, posting["expert"], samples=60, absent=400, seed=4)
    assert absent != countyplan.feedback(small, best, posting["expert"], samples=60, absent=400, seed=5)
    assert sum(row["times"] for row in absent["posts"]) + absent["at_home"] + absent["impossible"] <= 60
    for row in absent["posts"]:
        assert 0 <= row["low"] <= row["times"] / 60 <= row["high"] <= 1
        assert list(row["behind"]) == list(best.tiers)
        assert list(row["behind"].values()) >= [0] * len(best.tiers)
    assert len(countyplan.feedback(small, best, posting["expert"], samples=1, posts=0)["posts"]) <= len(absent["posts"])


def test_who_stays_at_home_has_no_post(small, best):
    posted = {row["expert"] for row in best.staffing}
    home = next(row["id"] for row in small.rows("experts") if row["id"] not in posted)
    told = countyplan.feedback(small, best, home, samples=5, absent=0)
    assert told["post"] is None and told["at_home"] == 5


def test_a_stop_leaves_what_there_is(small, best):
    told = countyplan.feedback(small, best, best.staffing[0]["expert"], time_limit=0)
    assert (told["termination"], told["cause"], told["samples"]) == ("feasible", "time", 0)


def test_what_cannot_be_told_is_refused(small, best, guangxi):
    expert = best.staffing[0]["expert"]
    with pytest.raises(ValueError, match="has no expert 'nobody'"):
        countyplan.feedback(small, best, "nobody")
    with pytest.raises(TypeError):
        countyplan.feedback(small, best, 3)
    for wrong in ({"samples": 0}, {"absent": 1001}, {"absent": -1}, {"seed": -1}, {"posts": -1}):
        with pytest.raises(OverflowError):
            countyplan.feedback(small, best, expert, **wrong)
    for other in (countyplan.feedback, countyplan.price_of_fairness):
        with pytest.raises(ValueError, match="does not fit"):
            other(guangxi, best, *([expert] if other is countyplan.feedback else []))
    unfinished = countyplan.allocate(small, time_limit=0)
    with pytest.raises(ValueError):
        countyplan.feedback(small, unfinished, expert)


def test_fairness_has_a_price(small, best, guangxi, allocation):
    for plan, answer in ((small, best), (guangxi, allocation)):
        price = countyplan.price_of_fairness(plan, answer)
        assert price["termination"] == "optimal" and price["cause"] == "proved"
        other = price["other"]
        assert countyplan.verify(price["other_plan"], other)
        was_fair = "county_cover" in answer.tiers
        assert ("county_cover" in other.tiers) != was_fair
        fair, unfair = (answer, other) if was_fair else (other, answer)
        assert list(price["tiers"]) == list(unfair.tiers)
        for tier, values in price["tiers"].items():
            assert values == {"fair": fair.tiers[tier], "unfair": unfair.tiers[tier]}
        assert [row["county"] for row in price["counties"]] == [row["code"] for row in plan.rows("counties")]
        assert sum(row["fair"] for row in price["counties"]) == len(fair.staffing)
        assert sum(row["unfair"] for row in price["counties"]) == len(unfair.staffing)
        assert all(row["wanted"] >= 0 for row in price["counties"])


def test_the_policy_of_a_generated_plan_can_be_chosen(small):
    assert not small.rows("quotas") and not small.rows("decisions")
    ruled = countyplan.generate(base="invented", counties=2, seed=3, policy=True)
    assert ruled.rows("quotas") and ruled.rows("decisions") and ruled.rows("distances")
    assert countyplan.generate(base="invented", counties=2, seed=3, policy=False) == small
    assert countyplan.generate(seed=7, policy=True) == countyplan.generate(seed=7)
    assert not countyplan.generate(seed=7, policy=False).rows("quotas")
    with pytest.raises(TypeError):
        countyplan.generate(policy=1)
