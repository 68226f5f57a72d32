"""Facts: recorded, kept for ever, looked up as of a day."""

import datetime
import os

import pytest

import countyplan

pandas = pytest.importorskip("pandas")


def fact(plan, **more):
    task = plan.rows("tasks")[0]["id"]
    return {
        "id": "new-1",
        "recorded_at": "2026-06-01",
        "valid_at": "2026-05-29",
        "subject": f"task:{task}",
        "field": "percent",
        "value": "35",
        "source": "school",
        **more,
    }


@pytest.fixture
def folder(small, tmp_path):
    path = tmp_path / "plan"
    countyplan.write_plan(small, path)
    return path


def test_facts_go_to_the_end_of_a_plan(small):
    done = countyplan.record(small, [fact(small)])
    assert (done.facts, done.log, done.record) == (1, None, None)
    assert done.plan.rows("ledger")[:-1] == small.rows("ledger")
    last = done.plan.rows("ledger")[-1]
    assert (last["id"], last["valid_at"], last["value"]) == ("new-1", datetime.date(2026, 5, 29), "35")
    assert done.plan.fingerprint == small.fingerprint and done.plan != small
    assert countyplan.record(small, []).plan == small
    frame = pandas.DataFrame([fact(small, value=35, recorded_at=pandas.Timestamp("2026-06-01"), evidence=None)])
    assert countyplan.record(small, frame).plan == done.plan


def test_what_was_known_on_a_day_stays(small):
    after = countyplan.record(small, [fact(small)]).plan
    assert countyplan.known_by(after, "2026-05-31") == countyplan.known_by(small, "2026-05-31")
    assert countyplan.known_by(after, datetime.date(2026, 6, 1)) == after
    early = countyplan.known_by(after, "2024-01-01")
    assert not early.rows("ledger")
    before = countyplan.track(small, "2026-05-30")
    assert countyplan.track(after, "2026-05-30").to_pandas("tasks").equals(before.to_pandas("tasks"))
    begun = fact(small, subject=f"task:{small.rows('tasks')[-1]['id']}", field="started", value="2026-05-29")
    later = countyplan.record(small, [begun]).plan
    assert countyplan.track(later, "2026-05-30").to_pandas("tasks").equals(before.to_pandas("tasks"))
    known = countyplan.track(later, "2026-05-30", recorded="2026-06-01").to_pandas("tasks")
    assert not known.equals(before.to_pandas("tasks"))


def test_the_log_beside_a_plan_is_only_appended_to(small, folder):
    log = countyplan.ledger_log_path(folder)
    assert log == os.fspath(folder / "ledger.log") and not os.path.exists(log)
    assert countyplan.record(folder, [fact(small)], dry_run=True).record is None and not os.path.exists(log)
    first = countyplan.record(folder, [fact(small)])
    assert (first.log, first.record, first.facts) == (log, 1, 1)
    bytes_before = open(log, "rb").read()
    more = [fact(small, id=f"new-{n}", recorded_at="2026-06-02", value=str(40 + n)) for n in (2, 3)]
    second = countyplan.record(folder, pandas.DataFrame(more))
    assert second.record == 2
    assert open(log, "rb").read().startswith(bytes_before)
    assert countyplan.read_plan(folder) == second.plan == countyplan.record(first.plan, more).plan
    read = countyplan.read_ledger_log(log)
    assert (read.records, read.torn, read.bytes) == (2, 0, os.path.getsize(log))
    table = read.to_pandas()
    assert list(table["record"]) == [1, 2, 2] and list(table["id"]) == ["new-1", "new-2", "new-3"]
    assert read.facts == second.plan.rows("ledger")[-3:]
    assert repr(read) == "<countyplan.LedgerLog: 3 facts in 2 records>"


def test_a_table_of_facts_is_read_from_a_file(small, folder, tmp_path):
    path = tmp_path / "facts.csv"
    pandas.DataFrame([fact(small)]).to_csv(path, index=False)
    assert countyplan.record(folder, path).plan == countyplan.record(small, [fact(small)]).plan
    pandas.DataFrame([fact(small, id="new-2", value="lots")]).to_csv(path, index=False)
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.record(folder, path)
    assert caught.value.findings[0].file == str(path) and caught.value.findings[0].line == 2


def test_wrong_facts_are_refused_and_nothing_is_written(small, folder):
    for wrong in (
        {"subject": "task:none"},
        {"value": "lots"},
        {"recorded_at": "2020-01-01"},
        {"id": small.rows("ledger")[0]["id"]},
        {"valid_at": "spring"},
        {"retracts": "nothing"},
    ):
        for plan in (small, folder):
            with pytest.raises(countyplan.InvalidPlan) as caught:
                countyplan.record(plan, [fact(small, id="new-1") | wrong])
            assert any(finding.severity == "error" and finding.row == 0 for finding in caught.value.findings), wrong
    assert not (folder / "ledger.log").exists()
    with pytest.raises(ValueError, match="no field 'percent'"):
        countyplan.record(small, [{"percent": 3}])
    with pytest.raises(TypeError, match="must be rows"):
        countyplan.record(small, 3)
    with pytest.raises(TypeError, match="did you mean 'dry_run'"):
        countyplan.record(small, [], dryrun=True)


def test_a_damaged_log_is_refused(small, folder):
    log = countyplan.record(folder, [fact(small)]).log
    data = bytearray(open(log, "rb").read())
    data[-8] ^= 1
    open(log, "wb").write(data)
    with pytest.raises(countyplan.RefusedInput):
        countyplan.read_ledger_log(log)
    with pytest.raises(countyplan.InvalidPlan):
        countyplan.record(folder, [fact(small, id="new-2")])
    assert open(log, "rb").read() == data


def test_look_up_as_of_any_pair_of_days(small):
    task = small.rows("tasks")[0]["id"]
    first = fact(small, id="n1", value="20")
    corrected = fact(small, id="n2", value="15", recorded_at="2026-06-10", retracts="n1")
    future = fact(small, id="n3", value="60", recorded_at="2026-06-10", valid_at="2026-06-20")
    ledger = countyplan.Ledger(countyplan.record(small, [first, corrected, future]).plan)
    subject = f"task:{task}"
    assert ledger.find(subject, "percent", "2026-05-29", "2026-06-09")["id"] == "n1"
    assert ledger.find(subject, "percent", "2026-05-29", "2026-06-10")["value"] == "15"
    assert ledger.find(subject, "percent", "2026-06-20")["id"] == "n3"
    assert ledger.find(subject, "nonsense", "2026-06-20") is None
    ids = [row["id"] for row in ledger.history(subject, "percent", "2026-06-20")]
    assert ids[-2:] == ["n2", "n3"] and "n1" not in ids
    assert ledger.digest("2026-05-31") == countyplan.Ledger(small).digest("2026-05-31")
    assert ledger.digest("2026-06-10") != ledger.digest("2026-06-09")
    flaws = ledger.flaws("2026-06-20")
    assert ("n3", "from_future") in set(zip(flaws["fact"], flaws["kind"]))
    assert len(ledger) == len(small.rows("ledger")) + 3
    indicator = small.rows("indicators")[0]
    targets = ledger.targets(indicator["id"], "2026-06-20")
    assert targets[0]["target"] == indicator["target"] and targets[0]["fact"] == ""
    for wrong in (
        lambda: ledger.find("task", "percent", "2026-06-01"),
        lambda: ledger.find("thing:x", "percent", "2026-06-01"),
        lambda: ledger.targets("none", "2026-06-01"),
        lambda: ledger.find(subject, "percent", "June"),
    ):
        with pytest.raises(ValueError):
            wrong()


def test_a_plan_is_held_to_its_last_baseline(small):
    facts = countyplan.baseline_facts(small, "agreed", "2026-06-01")
    assert len(facts) == len(small.rows("tasks")) and {row["field"] for row in facts} == {"baseline.agreed"}
    held = countyplan.record(small, facts).plan
    table = countyplan.Ledger(held).baselines("2026-06-01")
    assert list(table["name"].unique()) == ["agreed"] and table["tasks"].sum() == len(facts)
    assert not len(countyplan.Ledger(held).baselines("2026-05-31"))
    assert countyplan.track(held, "2026-06-01").baseline == "agreed"
    assert countyplan.track(held, "2026-05-31").baseline == "plan"
    variance = countyplan.track(held, "2026-06-01").to_pandas("variance")
    assert len(variance) == len(facts)


def test_of_a_damaged_log_the_sound_part_is_read_on_demand(small, folder):
    countyplan.record(folder, [fact(small)])
    countyplan.record(folder, [fact(small, id="new-2")])
    log = countyplan.ledger_log_path(folder)
    with open(log, "r+b") as file:
        data = bytearray(file.read())
        data[-20] ^= 1
        file.seek(0)
        file.write(data)
    with pytest.raises(countyplan.InvalidPlan):
        countyplan.read_plan(folder)
    plan = countyplan.read_plan(folder, salvage=True)
    assert [row["id"] for row in plan.rows("ledger")][-1] == "new-1"
    assert any(finding.severity == "warning" for finding in countyplan.check(folder, salvage=True))
    assert any(finding.severity == "error" for finding in countyplan.check(folder))
