"""What is exact, who may serve where, what a staffing comes to."""

import pytest

import countyplan

pytest.importorskip("pandas")


def test_which_rules_are_exact(guangxi):
    coverage = countyplan.rule_coverage(guangxi)
    assert coverage.quotas == len(guangxi.rows("quotas")) > 0
    assert coverage.decisions == len(guangxi.rows("decisions")) > 0
    rules = {row["id"]: row for row in guangxi.rows("rules")}
    assert set(coverage.terms) <= set(rules)
    assert coverage.left_out and [row.rule for row in coverage.left_out] == [
        rule for rule in rules if rule in {row.rule for row in coverage.left_out}
    ]
    for row in coverage.left_out:
        assert rules[row.rule]["kind"] == row.kind and row.reason.zh and row.reason.en
        assert row.rule not in coverage.terms


def test_sets_name_their_members(small, guangxi):
    for plan in (small, guangxi):
        sets = {found.name: found for found in countyplan.counted_sets(plan)}
        for post in plan.rows("posts"):
            assert sets[f"post:{post['id']}"].members == (post["id"],)
            assert sets[f"post:{post['id']}"].upper == post["max"]
        for quota in plan.rows("quotas"):
            assert sets[f"quota:{quota['id']}"].upper == quota["upper"]
        people = {row["id"] for row in plan.rows("experts")}
        assert all(set(found.members) <= people for found in sets.values() if found.side == "experts")


def test_refusals_and_eligible_posts_agree(small):
    posts = [row["id"] for row in small.rows("posts")]
    for row in small.rows("experts")[:10]:
        free = countyplan.eligible_posts(small, row["id"])
        assert list(free) == [post for post in posts if not countyplan.refusals(small, row["id"], post)]
    expert = small.rows("experts")[0]["id"]
    shut = next(post for post in posts if post not in countyplan.eligible_posts(small, expert))
    refusal = countyplan.refusals(small, expert, shut)[0]
    assert refusal.kind in countyplan.RefusalKind.__members__ and refusal.rule and refusal.reason.zh
    for wrong in (("nobody", shut), (expert, "nowhere")):
        with pytest.raises(ValueError, match="the plan has no"):
            countyplan.refusals(small, *wrong)


def test_a_staffing_is_measured(small, guangxi, allocation):
    best = countyplan.allocate(small)
    assert countyplan.tier_values(small, best) == best.tiers
    assert countyplan.tier_values(guangxi, allocation.staffing) == allocation.tiers
    total = sum(
        sum(factor.points for factor in countyplan.fit(small, row["expert"], row["post"])) for row in best.staffing
    )
    assert total == best.tiers["fit"]
    short = countyplan.measure(small, best, "shortages")
    assert list(short["post"]) == [row.post for row in best.unfilled]
    assert list(short["short_of_target"]) == [row.short_of_target for row in best.unfilled]
    nobody = countyplan.measure(small, [], "fulfilment")
    assert nobody["filled"].sum() == nobody["posted"].sum() == 0
    assert nobody["target"].sum() == sum(row["target"] for row in small.rows("posts"))
    assert countyplan.measure(small, best, "fulfilment")["posted"].sum() == len(best.staffing)
    counties = countyplan.measure(small, best, "counties")
    assert [tuple(row) for row in counties.itertuples(index=False)] == [
        (row.county, row.serving, row.wanted) for row in best.counties
    ]
    with pytest.raises(ValueError, match="did you mean 'shortages'"):
        countyplan.measure(small, best, "shortage")


def test_a_place_is_worth_what_two_solves_differ_by(small):
    best = countyplan.allocate(small)
    post = next(row for row in small.rows("posts") if best.staffing and row["id"] == best.staffing[0]["post"])
    found = countyplan.worth(small, best, f"post:{post['id']}")
    assert [(row.set, row.side, row.bound) for row in found] == [(f"post:{post['id']}", "upper", post["max"])]
    less = found[0].less
    assert less.termination == "optimal" and list(less.loss) == list(best.tiers)
    assert next((value for value in less.loss.values() if value), 0) >= 0
    more = found[0].more
    assert next((value for value in more.loss.values() if value), 0) <= 0
    with pytest.raises(ValueError):
        countyplan.worth(small, best, "post:nowhere")
    with pytest.raises(ValueError, match="does not fit"):
        countyplan.worth(countyplan.generate(base="invented", counties=2, seed=4), best, f"post:{post['id']}")
