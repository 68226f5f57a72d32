"""Plans in use: events, who has to move, and what moving is worth."""

import copy
import datetime
import json

import pytest

import countyplan


@pytest.fixture(scope="module")
def leaves(allocation):
    """The first person who serves resigns, the second is ill for long."""
    first, second = (row["expert"] for row in allocation.staffing[:2])
    day = allocation.staffing[0]["from"] + datetime.timedelta(days=7)
    return [
        {"number": 1, "day": day, "kind": "resigns", "subject": f"expert:{first}", "reason": None},
        {
            "number": 2,
            "day": day.isoformat(),
            "kind": countyplan.EventKind.ill,
            "subject": f"expert:{second}",
            "to": datetime.date(2028, 12, 31),
        },
    ]


@pytest.fixture(scope="module")
def replanned(guangxi, allocation, leaves):
    return countyplan.replan(guangxi, allocation, leaves)


def test_events_change_the_plan_and_its_staffing(guangxi, allocation, leaves, replanned):
    gone = {row["subject"].removeprefix("expert:") for row in leaves}
    assert replanned.plan == countyplan.apply_events(guangxi, leaves)
    assert replanned.plan != guangxi
    assert countyplan.verify(replanned.plan, replanned.allocation)
    assert replanned.allocation.termination == "optimal"
    assert not gone & {row["expert"] for row in replanned.allocation.staffing}
    assert replanned.last_event == 2
    assert replanned.warnings == []


def test_changes_lead_from_the_former_staffing_to_the_new_one(allocation, leaves, replanned):
    rows = {(row["expert"], row["post"]): row for row in copy.deepcopy(allocation.staffing)}
    for change in replanned.changes:
        assert isinstance(change["kind"], countyplan.PostingChangeKind)
        assert change["words"].zh and change["words"].en
        if change["was"]:
            assert rows.pop((change["was"]["expert"], change["was"]["post"])) == change["was"]
    stays = len(rows)
    for change in replanned.changes:
        if change["now"]:
            rows[change["now"]["expert"], change["now"]["post"]] = change["now"]
    assert sorted(rows.items()) == sorted(
        ((row["expert"], row["post"]), row) for row in replanned.allocation.staffing
    )
    assert replanned.stays == stays + sum(change["kind"] == "redated" for change in replanned.changes)
    assert {change["expert"] for change in replanned.changes if change["kind"] == "ended"} >= {
        row["subject"].removeprefix("expert:") for row in leaves
    }


def test_a_file_is_read_as_the_list_is(guangxi, leaves, tmp_path):
    changed = countyplan.apply_events(guangxi, leaves)
    table = tmp_path / "events.csv"
    lines = ["number,day,kind,subject,to"]
    lines += [f"{e['number']},{e['day']},{e['kind']},{e['subject']},{e.get('to', '')}" for e in leaves]
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert countyplan.apply_events(guangxi, table) == changed
    document = tmp_path / "events.json"
    events = [{k: str(v) if k != "number" else v for k, v in e.items() if v is not None} for e in leaves]
    document.write_text(json.dumps({"format": "countyplan.events", "format_version": 1, "events": events}))
    assert countyplan.apply_events(guangxi, str(document)) == changed
    with pytest.raises(FileNotFoundError):
        countyplan.apply_events(guangxi, tmp_path / "none.csv")


def test_a_log_may_come_in_parts_and_hold_rows(guangxi, leaves):
    half = countyplan.apply_events(guangxi, leaves[:1])
    assert countyplan.apply_events(half, leaves[1:], last_event=1) == countyplan.apply_events(guangxi, leaves)
    teacher = next(row for row in guangxi.rows("posts") if row["role"] == "teacher")
    post = {**teacher, "id": "P-new"}
    new = {"number": 1, "day": leaves[0]["day"], "kind": "new_post", "post": post}
    assert countyplan.apply_events(guangxi, [new]).rows("posts")[-1] == post


def test_wrong_events_are_refused_with_all_findings(guangxi, allocation, leaves):
    wrong = [{**leaves[0], "subject": "expert:nobody"}, {**leaves[1], "number": 3}]
    with pytest.raises(countyplan.InvalidPlan) as refused:
        countyplan.replan(guangxi, allocation, wrong)
    places = {finding.place: (finding.file, finding.line) for finding in refused.value.findings}
    assert places["events[0].subject"] == places["events[1].number"] == ("", None)
    with pytest.raises(countyplan.InvalidPlan):
        countyplan.apply_events(guangxi, [{"number": 1}])
    with pytest.raises(TypeError, match=r"events\[0\] must be a dict"):
        countyplan.apply_events(guangxi, ["resigns"])
    with pytest.raises(TypeError, match="cannot hold a value of type"):
        countyplan.apply_events(guangxi, [{**leaves[0], "reason": object()}])
    with pytest.raises(TypeError):
        countyplan.replan(guangxi, "result", leaves)
    with pytest.raises(OverflowError):
        countyplan.apply_events(guangxi, leaves, last_event=-1)


def test_the_trade_off_goes_from_the_fewest_moves_to_the_best(allocation, replanned):
    curve = countyplan.trade_off(replanned.plan, allocation.staffing, second="fit")
    assert curve.termination == "optimal" and curve.claim == "proved" and curve.verified is True
    assert curve.first is countyplan.Tier.moves and curve.second is countyplan.Tier.fit
    assert curve.digests == replanned.plan.digests
    moves = [point["first"] for point in curve.points]
    values = [point["second"] for point in curve.points]
    assert moves == sorted(set(moves)) and values == sorted(set(values))
    best = replanned.allocation.tiers
    kept = list(best)[: list(best).index(countyplan.Tier.moves)]
    assert all(point["tiers"][tier] == best[tier] for point in curve.points for tier in kept)
    assert values[-1] >= best[countyplan.Tier.fit]
    former = {(row["expert"], row["post"]) for row in allocation.staffing}
    for point in curve.points:
        assert point["tiers"]["fit"] == point["second"]
        kept = {(row["expert"], row["post"]) for row in point["staffing"]}
        assert len(former - kept) == point["first"]
        assert countyplan.audit(replanned.plan, point["staffing"])
    for box in curve.open:
        assert box["from"] <= box["to"] and box["possible"] > box["known"]
    assert countyplan.trade_off(replanned.plan, allocation) == curve


def test_any_two_tiers_can_be_weighed(guangxi, allocation):
    tiers = list(allocation.tiers)
    first, second = tiers[-2:]
    curve = countyplan.trade_off(guangxi, [], first=first, second=second, dropped=tiers[:-2], most_points=3)
    assert curve.verified is True and curve.dropped == tiers[:-2]
    assert (curve.first, curve.second) == (first, second)
    for point in curve.points:
        assert (point["first"], point["second"]) == (point["tiers"][first], point["tiers"][second])


def test_what_has_no_trade_off_is_refused(small, allocation, replanned):
    with pytest.raises(ValueError):
        countyplan.trade_off(replanned.plan, allocation, second="speed")
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.trade_off(replanned.plan, allocation, first="fit")
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.trade_off(replanned.plan, allocation, dropped=["fit"])
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.trade_off(replanned.plan, allocation, most_points=1)
    stopped = countyplan.trade_off(small, [], time_limit=0)
    assert stopped.termination != "optimal" and stopped.claim != "proved"


def test_an_allocation_with_rules_is_not_replanned_without_them(small):
    rules = countyplan.Rules(factors=[("even", 10, lambda expert, post: 0.5)])
    given = countyplan.allocate(small, rules=rules)
    with pytest.raises(ValueError, match="rules"):
        countyplan.replan(small, given, [])
    with pytest.raises(ValueError, match="rules"):
        countyplan.price_of_fairness(small, given)


def test_people_are_frozen_in_the_present_post(guangxi):
    present = {row["expert"]: row for row in guangxi.rows("staffing")}
    person = next(iter(present))
    school = next(row["school"] for row in guangxi.rows("posts") if row["id"] == present[person]["post"])
    frozen = countyplan.freeze(guangxi, of=[f"school:{school}"], reason="announced")
    added = frozen.rows("decisions")[len(guangxi.rows("decisions")) :]
    assert added and all(row["kind"] == "keep" and row["reason"] == "announced" for row in added)
    assert f"expert:{person}" in {row["who"] for row in added}
    everybody = countyplan.freeze(guangxi)
    assert len(everybody.rows("decisions")) - len(guangxi.rows("decisions")) == len(present)
    first = min(row["from"] for row in present.values())
    with pytest.raises(countyplan.InvalidProblem):  # nobody is meant
        countyplan.freeze(guangxi, before=first)
    assert countyplan.freeze(guangxi, after=first.isoformat()) == everybody


def test_nobody_worse_is_one_decision(guangxi):
    plan = countyplan.nobody_worse(guangxi, reason="agreed")
    assert plan.rows("decisions")[-1]["kind"] == "no_worse"
    assert plan.rows("decisions")[-1]["reason"] == "agreed"
    answer = countyplan.allocate(plan)
    assert countyplan.verify(plan, answer)
    assert not countyplan.verify(guangxi, answer)


def test_what_cannot_be_frozen_is_refused(guangxi):
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.freeze(guangxi, of=["school:NOWHERE"])
    with pytest.raises(TypeError):
        countyplan.freeze(guangxi, of="county:451024")
    with pytest.raises(TypeError):
        countyplan.freeze(guangxi, of=[7])
    with pytest.raises(ValueError):
        countyplan.freeze(guangxi, of=["goal:G-1"])
    with pytest.raises(ValueError):
        countyplan.freeze(guangxi, before="soon")
    with pytest.raises(TypeError):
        countyplan.nobody_worse(guangxi, reason=None)
