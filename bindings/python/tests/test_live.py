"""Live edits: at all times the dates that solving the whole schedule gives."""

import datetime
import random

import pytest

import countyplan

pandas = pytest.importorskip("pandas")

columns = [
    "start", "finish", "early_start", "early_finish", "late_start", "late_finish", "early_start_day", "late_finish_day",
    "total_float", "free_float",
]  # fmt: skip


def chain(**more):
    return countyplan.schedule_file(
        projects=[{"id": "P", "start": "2026-03-02"}],
        tasks=[{"id": task, "duration": 2} for task in "abc"],
        links=[{"predecessor": "a", "successor": "b"}, {"predecessor": "b", "successor": "c"}],
        **more,
    )


@pytest.fixture
def live():
    return countyplan.LiveSchedule(chain())


def test_edits_move_what_hangs_on_them(live):
    assert (live.tasks, live.links, len(live), "b" in live, 3 in live) == (("a", "b", "c"), (0, 1), 3, True, False)
    assert live.finish() == datetime.date(2026, 3, 9)
    live.change_task("b", duration=5)
    assert live.finish("P") == datetime.date(2026, 3, 12) and 0 < live.steps <= 6
    live.add_task("d", duration=1, start_no_earlier="2026-03-20", name="检查")
    assert live.task("d")["name"] == "检查" and live.task("d")["start_no_earlier"] == datetime.date(2026, 3, 20)
    number = live.add_link("d", "c", type="FS", lag=1)
    assert number == 2 and live.link(number)["lag"] == 1
    assert live.dates("c")["start"] == datetime.date(2026, 3, 24)
    assert live.dates("a")["total_float"] == live.dates("b")["total_float"] == 9
    live.change_link(number, lag=None, type="SS")
    assert live.link(number)["lag"] is None and live.dates("c")["start"] == datetime.date(2026, 3, 20)
    live.change_task("d", start_no_earlier=None)
    assert live.task("d")["start_no_earlier"] is None and live.task("d")["name"] == "检查"
    live.remove_link(number)
    live.remove_task("b")
    assert (list(live), live.links) == (["a", "c", "d"], ())
    assert live.dates("c")["early_start"] == 0
    assert live.add_link("a", "c") == 3
    assert repr(live) == "<countyplan.LiveSchedule: 3 tasks, 1 links>"
    for gone in (0, 1, 2):
        with pytest.raises(countyplan.RefusedEdit):
            live.link(gone)


def test_a_cycle_is_refused_with_the_cycle(live):
    with pytest.raises(countyplan.RefusedEdit, match="a → b → c → a") as caught:
        live.add_link("c", "a")
    assert caught.value.tasks == ("a", "b", "c") and isinstance(caught.value, ValueError)
    assert live.links == (0, 1)
    with pytest.raises(countyplan.RefusedEdit):
        live.change_link(1, predecessor="b", successor="a")
    assert (live.link(1)["predecessor"], live.link(1)["successor"]) == ("b", "c")
    with pytest.raises(countyplan.InvalidPlan):
        live.add_link("a", "a")


def test_a_mandatory_date_that_would_break_is_refused_with_the_chain(live):
    live.change_task("c", must_finish="2026-03-10")
    before = live.solved()
    with pytest.raises(countyplan.RefusedEdit) as caught:
        live.change_task("a", duration=9)
    assert caught.value.tasks == ("a", "b", "c")
    live.add_task("d", duration=20)
    with pytest.raises(countyplan.RefusedEdit) as caught:
        live.add_link("d", "c")
    assert caught.value.tasks == ("d", "c")
    with pytest.raises(countyplan.RefusedEdit):
        live.add_task("e", duration=3, must_finish="2026-03-03")
    live.remove_task("d")
    assert live.solved() == before or live.solved().to_pandas("tasks").equals(before.to_pandas("tasks"))


def test_what_is_wrong_changes_nothing(live):
    before = live.file()
    for wrong in (
        lambda: live.add_task("a", duration=1),
        lambda: live.add_task("", duration=1),
        lambda: live.add_task("d", duration=-1),
        lambda: live.add_task("d"),
        lambda: live.add_task("d", duration=1, calendar="none"),
        lambda: live.add_task("d", duration=1, project="Q"),
        lambda: live.change_task("x", duration=1),
        lambda: live.change_task("a", duration="long"),
        lambda: live.remove_task("x"),
        lambda: live.add_link("a", "x"),
        lambda: live.remove_link(7),
        lambda: live.finish("Q"),
        lambda: live.dates("x"),
    ):
        with pytest.raises(ValueError):
            wrong()
    assert live.file() == before
    with pytest.raises(TypeError, match="did you mean 'duration'"):
        live.add_task("d", durations=1)
    with pytest.raises(TypeError, match="did you mean 'lag'"):
        live.add_link("a", "c", lags=1)
    with pytest.raises(TypeError):
        live.add_task(3, duration=1)
    with pytest.raises(TypeError):
        countyplan.LiveSchedule("file")
    lags = chain().rows("links")
    lags[0].update(bound="maximum", lag=3)
    with pytest.raises(countyplan.InvalidProblem):
        countyplan.LiveSchedule(
            countyplan.schedule_file(projects=chain().rows("projects"), tasks=chain().rows("tasks"), links=lags)
        )


@pytest.mark.parametrize("seed", range(6))
def test_law_edits_equal_solving_anew(seed):
    """Also where dates run beyond what the calendars were first made for: a week of six days, and long work."""
    rng = random.Random(seed)
    file = chain(
        calendars=[{"id": "five"}, {"id": "six", "week": ["mon", "tue", "wed", "thu", "fri", "sat"]}],
        exceptions=[{"calendar": "six", "from": "2026-03-07", "to": "2026-03-09", "kind": "off"}],
    )
    live = countyplan.LiveSchedule(file)
    accepted = 0
    for step in range(60):
        tasks, links = live.tasks, live.links
        fields = {
            "duration": rng.choice([0, 1, 3, 10, 9_000]),
            "calendar": rng.choice(["", "five", "six"]),
            "start_no_earlier": rng.choice([None, None, "2026-04-01", "2061-01-01"]),
            "deadline": rng.choice([None, "2026-04-10"]),
        }
        try:
            match rng.randrange(6):
                case 0 | 1:
                    live.add_task(f"t{step}", **fields)
                case 2:
                    live.add_link(*rng.sample(tasks, 2), type=rng.choice(["FS", "SS", "FF", "SF"]), lag=rng.randint(-3, 400))
                case 3:
                    live.change_task(rng.choice(tasks), **fields)
                case 4 if links:
                    live.change_link(rng.choice(links), lag=rng.randint(0, 20))
                case 5 if len(tasks) > 3:
                    live.remove_task(rng.choice(tasks))
            accepted += 1
        except countyplan.RefusedEdit as refused:
            assert refused.message.code == "exchange_circle"
        if step % 6 != 5:
            continue
        kept = live.solved()
        assert kept.verdict and kept.file == live.file()
        anew = countyplan.solve_schedule(live.file()).to_pandas("tasks")
        assert kept.to_pandas("tasks").equals(anew)
        for row in anew.sample(2, random_state=step).to_dict("records"):
            told = live.dates(row["id"])
            assert {name: pandas.Timestamp(told[name]) if "day" in name or name in ("start", "finish") else told[name] for name in columns} == {
                name: row[name] for name in columns
            }
    assert accepted > 30


def test_the_schedule_of_a_plan_is_edited_live(guangxi):
    file = countyplan.plan_schedule(guangxi)
    assert len(file.rows("tasks")) == len(guangxi.rows("tasks"))
    assert {row["id"] for row in file.rows("projects")} == {row["code"] for row in guangxi.rows("counties")}
    solved = countyplan.solve_schedule(file).to_pandas("tasks").set_index("id")
    live = countyplan.LiveSchedule(guangxi)
    assert len(live) == len(solved)
    task = solved.index[solved["on_longest_path"] & (solved["finish"] == solved["finish"].max())][0]
    for id in solved.index[:20]:
        assert pandas.Timestamp(live.dates(id)["finish"]) == solved.loc[id, "finish"]
    project = solved.loc[task, "project"]
    before = live.finish(project)
    live.change_task(task, duration=live.task(task)["duration"] + 300)
    assert live.finish(project) > before
    with pytest.raises(TypeError):
        countyplan.LiveSchedule(3)
    with pytest.raises(TypeError):
        countyplan.plan_schedule(file)
