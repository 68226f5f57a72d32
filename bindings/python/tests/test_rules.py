"""Rules of the caller's own, answers from earlier ones, and plans that contradict themselves."""

import math

import pytest

import countyplan
from countyplan import Rules


def test_who_is_not_allowed_does_not_serve(small):
    seen = set()

    def is_allowed(expert, post):
        return sum(map(ord, expert + post)) % 3 != 0

    def allows(expert, post):
        seen.add((expert["id"], post["id"]))
        return is_allowed(expert["id"], post["id"])

    answer = countyplan.allocate(small, rules=Rules(allows=allows))
    assert answer.termination == "optimal" and countyplan.verify(small, answer)
    assert all(is_allowed(row["expert"], row["post"]) for row in answer.staffing)
    assert {(row.expert, row.post) for row in answer.given} == seen
    assert len(answer.given) == len(seen), "each pair is asked once"
    assert all(row.allowed == is_allowed(row.expert, row.post) for row in answer.given)
    plain = countyplan.allocate(small)
    assert not plain.given
    assert not all(is_allowed(row["expert"], row["post"]) for row in plain.staffing), "the rule binds"


def test_a_factor_counts_with_its_lower_bound(small):
    def taste(expert, post):
        return (sum(map(ord, expert["id"])) % 900, 50.0) if post["subject"] else 250

    answer = countyplan.allocate(small, rules=Rules(factors=[("taste", 7, taste)]))
    assert countyplan.verify(small, answer)
    experts = {row["id"]: row for row in small.rows("experts")}
    posts = {row["id"]: row for row in small.rows("posts")}
    for row in answer.given:
        made = taste(experts[row.expert], posts[row.post])
        value, uncertainty = made if isinstance(made, tuple) else (made, 0)
        assert row.allowed and row.points == math.floor(7 * max(0, value - uncertainty))
        assert row.points + row.doubt == 7 * value
    plain = countyplan.allocate(small)
    points = {(row.expert, row.post): row.points for row in answer.given}
    gained = sum(points[row["expert"], row["post"]] for row in answer.staffing)
    lost = sum(points[row["expert"], row["post"]] for row in plain.staffing)
    assert answer.tiers["shortfall"] == plain.tiers["shortfall"]
    assert answer.tiers["fit"] >= plain.tiers["fit"] + lost, "the plain answer is one of those to choose from"
    assert gained > 0


def test_what_rules_said_is_written_and_read(small, tmp_path):
    rules = Rules(
        allows=lambda expert, post: expert["title"] != "none", factors=[("taste", 1, lambda expert, post: (500, 20))]
    )
    answer = countyplan.allocate(small, rules=rules)
    countyplan.write_allocation(small, answer, tmp_path / "result")
    assert (tmp_path / "result" / "given.csv").exists()
    assert countyplan.verify(small, tmp_path / "result")
    assert countyplan.read_allocation(tmp_path / "result").given == answer.given
    assert len(answer.to_pandas("given")) == len(answer.given)
    countyplan.write_allocation(small, countyplan.allocate(small), tmp_path / "result", replace=True)
    assert not (tmp_path / "result" / "given.csv").exists()


def test_item_96_what_rules_raise_comes_out_unchanged(small):
    raised = LookupError("from the rule")

    def broken(expert, post):
        raise raised

    for rules in (Rules(allows=broken), Rules(factors=[("bad", 1, broken)])):
        with pytest.raises(LookupError) as caught:
            countyplan.allocate(small, rules=rules)
        assert caught.value is raised
        assert caught.traceback[-1].name == "broken"
    assert countyplan.allocate(small).termination == "optimal"


@pytest.mark.parametrize("value", [math.nan, math.inf, -1, 1000.5, (5, -1), (5, math.nan), (math.nan, 0)])
def test_a_value_out_of_range_names_the_factor_and_the_pair(small, value):
    with pytest.raises(countyplan.InvalidMeasure) as caught:
        countyplan.allocate(small, rules=Rules(factors=[("odd", 1, lambda expert, post: value)]))
    assert isinstance(caught.value, ValueError)
    assert caught.value.factor == "odd"
    assert caught.value.expert in {row["id"] for row in small.rows("experts")}
    assert caught.value.post in {row["id"] for row in small.rows("posts")}
    assert "odd" in str(caught.value)


@pytest.mark.parametrize(
    ("rules", "error"),
    [
        (Rules(allows=3), TypeError),
        (Rules(allows=lambda expert, post: None), TypeError),
        (Rules(allows=lambda expert, post: 1), TypeError),
        (Rules(allows=lambda expert: True), TypeError),
        (Rules(factors=[("a", 1)]), TypeError),
        (Rules(factors=[(1, 1, lambda expert, post: 1)]), TypeError),
        (Rules(factors=[("a", 1.5, lambda expert, post: 1)]), TypeError),
        (Rules(factors=[("a", -1, lambda expert, post: 1)]), OverflowError),
        (Rules(factors=[("a", 10**6 + 1, lambda expert, post: 1)]), OverflowError),
        (Rules(factors=[("a", 1, "b")]), TypeError),
        (Rules(factors=[("a", 1, lambda expert, post: "9")]), TypeError),
        (Rules(factors=[("a", 1, lambda expert, post: True)]), TypeError),
        (Rules(factors=[("a", 1, lambda expert, post: (1, 2, 3))]), TypeError),
    ],
)
def test_rules_of_the_wrong_type(small, rules, error):
    with pytest.raises(error):
        countyplan.allocate(small, rules=rules)


def test_values_of_numpy_are_numbers(small):
    numpy = pytest.importorskip("numpy")
    rules = Rules(
        allows=lambda expert, post: numpy.bool_(True), factors=[("a", 2, lambda expert, post: numpy.float32(0.5))]
    )
    assert {row.points for row in countyplan.allocate(small, rules=rules).given} == {1}


def test_a_limit_ends_a_solve_with_rules(small):
    answer = countyplan.allocate(small, time_limit=0, rules=Rules(allows=lambda expert, post: True))
    assert answer.cause == "time" and countyplan.verify(small, answer)


def test_both_methods_are_as_good(guangxi, allocation):
    other = countyplan.allocate(guangxi, method=countyplan.NestedFlowMethod.shortest_path)
    assert other.tiers == allocation.tiers and countyplan.verify(guangxi, other)


def test_from_an_earlier_answer(document, small):
    before = countyplan.allocate(small)
    again = countyplan.allocate_from(small, before)
    assert again.tiers == before.tiers and countyplan.verify(small, again)
    data, write = document
    gone = before.staffing[0]["expert"]
    for table, field in (("experts", "id"), ("staffing", "expert"), ("mentors", "expert")):
        data[table] = [row for row in data[table] if row[field] != gone]
    less = countyplan.read_plan(write())
    repaired = countyplan.allocate_from(less, before)
    assert repaired.tiers == countyplan.allocate(less).tiers and countyplan.verify(less, repaired)
    assert not countyplan.verify(less, before)
    with pytest.raises(TypeError, match="previous"):
        countyplan.allocate_from(small, small)


def test_tiers_come_in_the_plans_order(document):
    data, write = document
    data["format_version"] = 2
    data["objective"] = ["hardship", "shortfall", "county_cover"]
    plan = countyplan.read_plan(write())
    answer = countyplan.allocate(plan)
    assert list(answer.tiers) == ["hardship", "shortfall", "county_cover"]
    assert countyplan.verify(plan, answer)


@pytest.fixture
def impossible(document):
    data, write = document
    data["format_version"] = 2
    data["quotas"] = [{"id": "Q-many", "holder": "plan:", "lower": 100_000}]
    return countyplan.read_plan(write())


def test_a_plan_that_contradicts_itself(impossible, tmp_path):
    answer = countyplan.allocate(impossible)
    assert answer.termination == "infeasible" and answer.claim == "proved"
    assert countyplan.verify(impossible, answer)
    assert "quota:Q-many" in {bound.set for bound in answer.conflict}
    assert {bound.side for bound in answer.conflict} <= {"lower", "upper"}
    assert all(bound.reason.zh and bound.reason.en for bound in answer.conflict)
    assert answer.prices and all(len(price.value) == 1 for price in answer.prices)
    assert not answer.staffing and not answer.tiers and not answer.unfilled
    assert "infeasible" in repr(answer)
    countyplan.write_allocation(impossible, answer, tmp_path / "result")
    assert not (tmp_path / "result" / "staffing.csv").exists()
    again = countyplan.read_allocation(tmp_path / "result")
    assert again == answer
    assert [bound.set for bound in again.conflict] == [bound.set for bound in answer.conflict]
    assert countyplan.verify(impossible, tmp_path / "result")
    assert list(answer.to_pandas("certificate").columns) == ["set", "value"]
    assert len(answer.to_pandas("conflict")) == len(answer.conflict)
    assert "Q-many" in countyplan.report(impossible, answer)


def test_nothing_found_in_time_claims_nothing(impossible):
    answer = countyplan.allocate(impossible, time_limit=0)
    assert answer.termination == "unknown" and answer.claim == "estimate" and not answer.prices
    assert countyplan.verify(impossible, answer)


def test_a_tier_of_ones_own_counts_where_the_objective_names_it(document, tmp_path):
    data, write = document
    data["format_version"] = 2
    data["objective"] = ["shortfall", "user_2", "fit"]
    plan = countyplan.read_plan(write())

    def rapport(expert, post):
        return sum(map(ord, expert["id"] + post["id"])) % 7 - 3

    answer = countyplan.allocate(plan, rules=Rules(tiers=[("user_2", "rapport", rapport)]))
    assert answer.termination == "optimal" and countyplan.verify(plan, answer)
    assert answer.user_tiers == {"user_2": "rapport"}
    points = {(row.expert, row.post): row.user for row in answer.given}
    assert all(user == (0, rapport({"id": e}, {"id": p}), 0) for (e, p), user in points.items())
    assert answer.tiers["user_2"] == sum(points[row["expert"], row["post"]][1] for row in answer.staffing) != 0
    countyplan.write_allocation(plan, answer, tmp_path / "result")
    again = countyplan.read_allocation(tmp_path / "result")
    assert again.user_tiers == answer.user_tiers and again.given == answer.given
    assert again.rules["left_out"] and again.rules["quotas"] == answer.rules["quotas"] and again.fairness is None
    for points_of, error in (
        (lambda expert, post: math.nan, countyplan.InvalidMeasure),
        (lambda expert, post: 10**9 + 1, countyplan.InvalidMeasure),
        (lambda expert, post: 0.5, countyplan.InvalidMeasure),
        (lambda expert, post: "many", TypeError),
        (lambda expert, post: {}["mine"], KeyError),
    ):
        with pytest.raises(error):
            countyplan.allocate(plan, rules=Rules(tiers=[("user_2", "rapport", points_of)]))
    for tiers in ([], [("user_1", "a", rapport)], [("user_2", "a", rapport)] * 2, [("fit", "a", rapport)]):
        with pytest.raises(ValueError):
            countyplan.allocate(plan, rules=Rules(tiers=tiers))
