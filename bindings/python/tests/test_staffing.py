"""Staffings that somebody made: audits, comparisons, pairings."""

import copy
import datetime
import pickle

import pytest

import countyplan


def swapped(allocation):
    """Two people change places, one stays at home."""
    rows = copy.deepcopy(allocation.staffing)
    rows[0]["post"], rows[1]["post"] = rows[1]["post"], rows[0]["post"]
    return rows[:-1]


def test_the_best_staffing_breaks_no_hard_rule(guangxi, allocation):
    audit = countyplan.audit(guangxi, allocation)
    assert audit and audit.ok
    assert len(audit.amounts) == len(audit.findings)
    assert audit.digests == guangxi.digests
    assert audit.blocking_count >= len(audit.blocking)
    assert countyplan.audit(guangxi, allocation.staffing) == audit
    assert len(countyplan.audit(guangxi, allocation, blocking_pairs=1).blocking) <= 1
    assert pickle.loads(pickle.dumps(audit)) == audit


def test_a_file_and_a_frame_are_audited_as_the_rows_are(guangxi, allocation, tmp_path):
    rows = swapped(allocation)
    path = tmp_path / "hand.csv"
    lines = ["expert,post,from,to", *(f"{r['expert']},{r['post']},{r['from']},{r['to']}" for r in rows)]
    path.write_text("\n".join(lines) + "\nXX-1,P-none,2026-01-01,2026-02-01\n", encoding="gb18030")
    audit = countyplan.audit(guangxi, path)
    assert not audit
    unknown = [f for f in audit.findings if f.rule == "staffing.expert"]
    assert [(f.file, f.line, f.value) for f in unknown] == [(str(path), len(rows) + 2, "XX-1")]
    assert unknown[0].message.zh and unknown[0].message.en
    pandas = pytest.importorskip("pandas")
    assert countyplan.audit(guangxi, pandas.DataFrame(rows)) == countyplan.audit(guangxi, rows)


def test_what_is_no_staffing_is_refused(guangxi, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text("expert,post,from\nE,P,2026-01-01\n", encoding="utf-8")
    with pytest.raises(countyplan.InvalidPlan) as refused:
        countyplan.audit(guangxi, path)
    assert refused.value.findings[0].code == "missing_column"
    with pytest.raises(FileNotFoundError):
        countyplan.audit(guangxi, tmp_path / "none.csv")
    with pytest.raises(ValueError, match=r"staffing\[0\] has no 'to'"):
        countyplan.audit(guangxi, [{"expert": "E", "post": "P", "from": datetime.date(2026, 1, 1)}])
    with pytest.raises(ValueError, match="must be a day"):
        countyplan.audit(guangxi, [{"expert": "E", "post": "P", "from": "soon", "to": "later"}])
    with pytest.raises(TypeError):
        countyplan.audit(guangxi, [("E", "P")])
    with pytest.raises(TypeError, match="did you mean 'blocking_pairs'"):
        countyplan.audit(guangxi, [], blocking_pair=1)
    with pytest.raises(OverflowError):
        countyplan.audit(guangxi, [], blocking_pairs=-1)


def test_items_add_up_to_the_difference_of_the_tiers(guangxi, allocation):
    now = guangxi.rows("staffing")
    found = countyplan.compare_staffings(guangxi, now, allocation)
    assert {tier.tier: tier.b for tier in found.tiers} == allocation.tiers
    for tier in found.tiers:
        assert tier.difference == sum(item.b - item.a for item in tier.items)
    fit = next(tier for tier in found.tiers if tier.tier == "fit")
    assert sum(person.difference for person in found.people) == fit.difference
    for person in found.people:
        for line in (*person.a, *person.b):
            assert line.points == line.value * line.weight
    assert found.is_better and found.decided_by is countyplan.Tier.critical_shortfall
    assert pickle.loads(pickle.dumps(found)) == found


def test_changes_say_who_moves_from_where_to_where(guangxi, allocation):
    rows = swapped(allocation)
    found = countyplan.compare_staffings(guangxi, allocation, rows)
    kinds = {change.expert: change for change in found.changes}
    first, second, last = allocation.staffing[0], allocation.staffing[1], allocation.staffing[-1]
    assert kinds[first["expert"]].kind is countyplan.PostingChangeKind.moved
    assert kinds[first["expert"]].was == first and kinds[first["expert"]].now["post"] == second["post"]
    assert kinds[last["expert"]].kind == "ended" and kinds[last["expert"]].now is None
    assert not found.is_better
    same = countyplan.compare_staffings(guangxi, rows, rows)
    assert same.decided_by is None and not same.changes and not same.people and not same.is_better


def test_a_pairing_is_proved_and_its_rows_are_the_plans(guangxi):
    answer = countyplan.pair(guangxi)
    assert answer.termination is countyplan.Termination.optimal and answer.claim == "proved"
    assert answer.verdict
    assert sum(r.need - r.served for r in answer.receivers) == answer.tiers["unserved"]
    assert sum(p.amount * p.cost for p in answer.pairings) == answer.tiers[countyplan.PairingTier.cost]
    new = {(p.sender, p.receiver) for p in answer.pairings if not p.present}
    assert set(answer.begun) == new
    assert {row["receiver"] for row in answer.rows} >= {p.receiver for p in answer.pairings}
    fewest = countyplan.pair(guangxi, unit="partner", most=4, order=("unserved", "changes", "cost"))
    assert fewest.tiers["changes"] == sum(p.amount for p in fewest.pairings if not p.present)
    assert countyplan.pair(guangxi) == answer
    stopped = countyplan.pair(guangxi, step_limit=0)
    assert stopped.claim != "proved" and stopped.cause == "steps"


def test_options_of_a_pairing_are_checked(guangxi):
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.pair(guangxi, under="nobody")
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.pair(guangxi, order=("cost",))
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.pair(guangxi, distance=-1)
    with pytest.raises(ValueError, match="did you mean 'partner'"):
        countyplan.pair(guangxi, unit="partners")
    with pytest.raises(TypeError):
        countyplan.pair(guangxi, order="unserved")
    with pytest.raises(TypeError):
        countyplan.pair(guangxi, languages={"440300": "cantonese"})
