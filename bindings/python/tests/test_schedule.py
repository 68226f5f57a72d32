"""Schedules of other programs: read, solved, written, and why a date is what it is."""

import datetime
import json
import pickle

import pytest

import countyplan

pandas = pytest.importorskip("pandas")

psplib = """\
************************************************************************
file with basedata            : hand.bas
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  6
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           6
   5        1          1           6
   6        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration
------------------------------------------------------------------------
  1      1     0
  2      1     3
  3      1     5
  4      1     4
  5      1     4
  6      1     0
************************************************************************
"""


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def school():
    """Equipment (5 days) before training (4) and teaching (3); an inspection (6) beside them; the opening after all."""
    return countyplan.schedule_file(
        name="school",
        projects=[{"id": "P", "start": "2026-03-02"}],
        tasks=[
            {"id": "buy", "name": "设备采购", "duration": 5},
            {"id": "train", "duration": 4},
            {"id": "teach", "duration": 3},
            {"id": "inspect", "duration": 6},
            {"id": "open", "duration": 0},
        ],
        links=[
            {"predecessor": "buy", "successor": "train"},
            {"predecessor": "buy", "successor": "teach", "lag": 2},
            {"predecessor": "train", "successor": "open"},
            {"predecessor": "teach", "successor": "open"},
            {"predecessor": "inspect", "successor": "open"},
        ],
    )


def test_dates_of_a_net_by_hand(school):
    dates = countyplan.solve_schedule(school)
    assert (dates.termination, dates.cause, dates.claim) == ("optimal", "proved", "proved")
    assert dates.verdict and not dates.conflict and dates.file == school
    table = dates.to_pandas("tasks").set_index("id")
    spans = {task: tuple(table.loc[task, ["early_start", "early_finish", "late_start", "late_finish"]]) for task in table.index}
    assert spans == {
        "buy": (0, 5, 0, 5),
        "train": (5, 9, 6, 10),
        "teach": (7, 10, 7, 10),
        "inspect": (0, 6, 4, 10),
        "open": (10, 10, 10, 10),
    }
    assert list(table["total_float"]) == [0, 1, 0, 4, 0]
    assert list(table["free_float"]) == [0, 1, 0, 4, 0]
    assert list(table["critical_by_float"]) == list(table["on_longest_path"]) == [True, False, True, False, True]
    assert table.loc["teach", "early_start_day"] == pandas.Timestamp("2026-03-11")
    assert table.loc["teach", "early_finish_day"] == pandas.Timestamp("2026-03-13")
    assert table.loc["open", "finish"] == pandas.Timestamp("2026-03-13")
    assert table.loc["buy", "name"] == "设备采购" and set(table["project"]) == {"P"}
    links = dates.to_pandas("links")
    assert list(links["driving"]) == [True, True, False, True, False]
    assert not links["out_of_sequence"].any()
    looser = countyplan.solve_schedule(school, critical_float=1).to_pandas("tasks")
    assert list(looser["critical_by_float"]) == [True, True, True, False, True]


def test_progress_moves_what_is_left_behind_the_data_date(school):
    tasks = school.rows("tasks")
    tasks[0].update(actual_start=day("2026-03-02"), actual_finish=day("2026-03-10"))
    reported = countyplan.schedule_file(
        projects=school.to_pandas("projects"), tasks=tasks, links=school.rows("links"), data_date="2026-03-10"
    )
    table = countyplan.solve_schedule(reported).to_pandas("tasks").set_index("id")
    assert table.loc["buy", "finish"] == pandas.Timestamp("2026-03-10")
    assert table["total_float"].isna()["buy"] and str(table["total_float"].dtype) == "Int64"
    assert table.loc["inspect", "start"] == pandas.Timestamp("2026-03-11")
    assert table.loc["train", "start"] == pandas.Timestamp("2026-03-11")


def test_tables_go_out_and_in_again(school):
    frames = {table: school.to_pandas(table) for table in ("projects", "tasks", "links")}
    assert list(frames["tasks"]["duration"]) == [5, 4, 3, 6, 0]
    assert frames["projects"]["start"][0] == pandas.Timestamp("2026-03-02")
    assert countyplan.schedule_file(name="school", **frames) == school
    assert pickle.loads(pickle.dumps(school)) == school and hash(pickle.loads(pickle.dumps(school))) == hash(school)
    assert countyplan.schedule_file(**frames) != school
    assert repr(school) == "<countyplan.ScheduleFile 'school' (json): 5 tasks, 5 links>"
    assert repr(countyplan.solve_schedule(school)) == "<countyplan.SolvedSchedule optimal (proved): dates of 5 tasks>"


@pytest.mark.parametrize("suffix", [".xml", ".json"])
def test_what_is_written_reads_back_to_the_same_dates(school, tmp_path, suffix):
    path = tmp_path / f"school{suffix}"
    dates = countyplan.solve_schedule(school)
    assert countyplan.write_schedule(dates, path) == []
    back = countyplan.read_schedule(path)
    assert back.format == {".xml": "mspdi", ".json": "json"}[suffix]
    columns = ["early_start", "early_finish", "late_start", "late_finish", "total_float"]
    assert countyplan.solve_schedule(back).to_pandas("tasks")[columns].equals(dates.to_pandas("tasks")[columns])
    with pytest.raises(FileExistsError):
        countyplan.write_schedule(dates, path)
    countyplan.write_schedule(dates, path, replace=True)


def test_calendars_and_spreadsheets(school, tmp_path):
    dates = countyplan.solve_schedule(school)
    countyplan.write_schedule(dates, tmp_path / "school.ics", language="zh")
    text = (tmp_path / "school.ics").read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 5 and "DTSTART;VALUE=DATE:20260302" in text
    countyplan.write_schedule(dates, tmp_path / "school.csv")
    table = pandas.read_csv(tmp_path / "school.csv")
    assert list(table["early_finish"]) == list(dates.to_pandas("tasks")["early_finish"])
    countyplan.write_schedule(school, tmp_path / "school.json")
    assert json.loads((tmp_path / "school.json").read_text())["format"] == "countyplan.schedule"
    with pytest.raises(ValueError, match="needs dates"):
        countyplan.write_schedule(school, tmp_path / "other.ics")
    with pytest.raises(ValueError, match=r"\.ics, \.xml, \.csv or \.json"):
        countyplan.write_schedule(dates, tmp_path / "school.xls")
    with pytest.raises(TypeError):
        countyplan.write_schedule("school", tmp_path / "school.json")


def test_psplib(tmp_path):
    path = tmp_path / "hand.sm"
    path.write_text(psplib)
    file = countyplan.read_schedule(path, start="2026-03-02")
    assert (file.format, len(file.rows("tasks")), len(file.rows("links"))) == ("psplib", 6, 6)
    table = countyplan.solve_schedule(file).to_pandas("tasks")
    assert list(table["early_finish"]) == [0, 3, 5, 7, 9, 9]
    assert table["start"].min() == pandas.Timestamp("2026-03-02")
    assert countyplan.read_schedule(path).rows("projects")[0]["start"] == day("2001-01-01")
    assert countyplan.read_schedule(path, format="psplib") == countyplan.read_schedule(path)
    with pytest.raises(countyplan.InvalidPlan):
        countyplan.read_schedule(path, format="xer")


def test_wrong_files_are_refused_with_everything_found(tmp_path):
    path = tmp_path / "wrong.json"
    document = {
        "format": "countyplan.schedule",
        "format_version": 1,
        "projects": [{"id": "P", "start": "2026-03-02"}],
        "tasks": [{"id": "a", "duration": -1}, {"id": "b", "duration": 2}],
        "links": [
            {"predecessor": "b", "successor": "b", "type": "FS"},
            {"predecessor": "a", "successor": "c", "type": "FS"},
        ],
    }
    path.write_text(json.dumps(document))
    with pytest.raises(ValueError) as caught:
        countyplan.read_schedule(path)
    findings = caught.value.findings
    assert isinstance(caught.value, countyplan.InvalidPlan)
    assert {(f.place, f.code) for f in findings} >= {
        ("tasks[0].duration", "exchange_number_range"),
        ("links[0].successor", "exchange_self_link"),
        ("links[1].successor", "exchange_no_such_id"),
    }
    assert all(finding.file == str(path) and finding.line for finding in findings)
    del document["format"], document["format_version"]
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.schedule_file(**document)
    assert all(not finding.file for finding in caught.value.findings)
    with pytest.raises(FileNotFoundError):
        countyplan.read_schedule(tmp_path / "none.xer")
    circle = [{"predecessor": "a", "successor": "b"}, {"predecessor": "b", "successor": "a"}]
    tasks = [{"id": "a", "duration": 1}, {"id": "b", "duration": 1}]
    with pytest.raises(countyplan.InvalidPlan, match="a → b → a"):
        countyplan.schedule_file(projects=document["projects"], tasks=tasks, links=circle)
    for wrong in ({"format": "sm"}, {"encoding": "latin1"}, {"data_date": "2026-3-1"}):
        with pytest.raises(ValueError):
            countyplan.read_schedule(path, **wrong)
    with pytest.raises(TypeError, match="did you mean 'data_date'"):
        countyplan.read_schedule(path, datadate="2026-03-01")
    with pytest.raises(TypeError, match=r"tasks\[0\] must be a dict"):
        countyplan.schedule_file(projects=document["projects"], tasks=["a"])
    assert countyplan.schedule_schema()["required"] == ["format", "format_version", "projects"]


def test_dates_that_cannot_hold_are_told_not_raised(school, tmp_path):
    tasks = school.rows("tasks")
    tasks[4]["must_finish"] = "2026-03-06"
    tight = countyplan.schedule_file(projects=school.rows("projects"), tasks=tasks, links=school.rows("links"))
    dates = countyplan.solve_schedule(tight)
    assert dates.termination == "infeasible" and dates.verdict and not len(dates.to_pandas("tasks"))
    assert "buy → teach → open" in dates.conflict.en
    for ask in (
        lambda: countyplan.write_schedule(dates, tmp_path / "tight.csv"),
        lambda: dates.to_pandas("log"),
        dates.longest_paths,
        dates.count_critical_paths,
        lambda: dates.float_paths("open"),
    ):
        with pytest.raises(ValueError, match="has no dates"):
            ask()
    stopped = countyplan.solve_schedule(school, step_limit=0)
    assert (stopped.termination, stopped.cause) == ("unknown", "steps")
    with pytest.raises(ValueError, match="did you mean 'retained'"):
        countyplan.solve_schedule(school, logic="retain")


def test_paths_to_the_end(school):
    dates = countyplan.solve_schedule(school)
    assert dates.count_critical_paths() == 1
    assert dates.longest_paths(most=3) == [
        {"tasks": ("buy", "teach", "open"), "slack": 0},
        {"tasks": ("buy", "train", "open"), "slack": 1},
        {"tasks": ("inspect", "open"), "slack": 4},
    ]
    paths = dates.float_paths("open")
    assert [(path["tasks"], path["distance"]) for path in paths] == [
        (("buy", "teach", "open"), 0),
        (("train",), 1),
        (("inspect",), 4),
    ]
    assert [path["joins"] for path in paths] == [None, "open", "open"]
    assert len(dates.float_paths("open", most=1)) == 1
    with pytest.raises(ValueError, match="no task 'close'"):
        dates.float_paths("close")
    with pytest.raises(ValueError, match="total_float"):
        dates.float_paths("open", order="total")


def test_what_each_date_rests_on(school):
    log = countyplan.solve_schedule(school).to_pandas("log").set_index(["id", "date"])
    assert log.loc[("buy", "start"), "driver"] == "project_start"
    assert tuple(log.loc[("teach", "start"), ["driver", "other"]]) == ("link", "buy")
    assert log.loc[("teach", "start"), "en"].startswith("start: waits for buy (finish to start, lag 2)")
    assert "等待 buy" in log.loc[("teach", "start"), "zh"]
    assert log.loc[("teach", "finish"), "driver"] == "work"
    assert log.loc[("open", "late_finish"), "driver"] == "project_end"
    assert len(log) == 25


def test_why_a_date_moved(school):
    before = countyplan.solve_schedule(school)
    tasks = school.rows("tasks")
    tasks[0]["duration"] = 8
    after = countyplan.solve_schedule(
        countyplan.schedule_file(projects=school.rows("projects"), tasks=tasks, links=school.rows("links"))
    )
    move = countyplan.explain_move(before, after, "open")
    assert move["is_later"]
    assert [(step["task"], step["cause"]) for step in move["steps"]][-1] == ("buy", "work")
    last = move["steps"][-1]
    assert (last["before"], last["after"]) == (day("2026-03-06"), day("2026-03-11"))
    assert (last["work_before"], last["work_after"]) == (5, 8)
    assert any("8 working days instead of 5" in sentence.en for sentence in move["sentences"])
    assert countyplan.explain_move(before, before, "open")["steps"] == []
    assert not countyplan.explain_move(after, before, "open")["is_later"]
    with pytest.raises(ValueError, match="no task 'x'"):
        countyplan.explain_move(before, after, "x")
