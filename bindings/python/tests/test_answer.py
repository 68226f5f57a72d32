"""Answers: allocating, tracking, verifying, and the machinery round them."""

import datetime
import gc
import json
import multiprocessing
import os
import signal
import threading
import time

import pytest

import countyplan


def test_allocation_is_optimal_proved_and_verified(guangxi, allocation):
    assert allocation.termination is countyplan.Termination.optimal
    assert allocation.cause == "proved" and allocation.claim == "proved"
    verdict = countyplan.verify(guangxi, allocation)
    assert verdict and verdict.accepted and str(verdict) == "accepted"
    assert allocation.digests == guangxi.digests
    own = {tier for tier in countyplan.Tier if tier.startswith("user_")}  # the caller's, of which there are none
    assert set(allocation.tiers) == set(countyplan.Tier) - own
    assert all(isinstance(value, int) for value in allocation.tiers.values())


def test_tiers_are_what_the_tables_add_up_to(guangxi, allocation):
    """A second method: shortfalls counted here, from the rows."""
    posted = {}
    for row in allocation.staffing:
        posted[row["post"]] = posted.get(row["post"], 0) + 1
    short = critical = weighted = 0
    below = {}
    for post in guangxi.rows("posts"):
        here = posted.get(post["id"], 0)
        assert here <= post["max"]
        short += max(0, post["min"] - here)
        critical += max(0, post["min"] - here) if post["critical"] else 0
        weighted += post["priority"] * max(0, post["target"] - here)
        if here < post["target"]:
            below[post["id"]] = (max(0, post["min"] - here), post["target"] - here)
    assert allocation.tiers[countyplan.Tier.shortfall] == short
    assert allocation.tiers["critical_shortfall"] == critical
    assert allocation.tiers["weighted_shortfall"] == weighted
    assert {u.post: (u.short_of_min, u.short_of_target) for u in allocation.unfilled} == below
    assert below, "the example is scarce on purpose"
    assert all(u.reason.zh and u.reason.en for u in allocation.unfilled)


def test_the_same_plan_gives_the_same_allocation(guangxi, allocation):
    again = countyplan.allocate(guangxi)
    assert again == allocation and hash(again) == hash(allocation)
    assert again.staffing == allocation.staffing


def test_frames_of_an_allocation(guangxi, allocation):
    pandas = pytest.importorskip("pandas")
    staffing = allocation.to_pandas("staffing")
    assert list(staffing.columns) == ["expert", "post", "from", "to"]
    assert len(staffing) == len(allocation.staffing)
    joined = staffing.merge(guangxi.to_pandas("posts"), left_on="post", right_on="id", validate="many_to_one")
    assert len(joined) == len(staffing)
    unfilled = allocation.to_pandas("unfilled")
    assert list(unfilled["reason_zh"]) == [u.reason.zh for u in allocation.unfilled]
    tiers = allocation.to_pandas("tiers").set_index("tier")["value"]
    assert tiers["fit"] == allocation.tiers["fit"]
    certificate = allocation.to_pandas("certificate")
    assert certificate["set"].is_unique and (certificate.drop(columns="set").dtypes == "int64").all()
    assert list(certificate.columns) == ["set", *allocation.tiers]
    assert [tuple(row) for row in certificate.drop(columns="set").to_numpy()] == [p.value for p in allocation.prices]
    counties = allocation.to_pandas("counties")
    assert counties["serving"].sum() == len(allocation.staffing)
    assert allocation.to_pandas("conflict").empty and allocation.to_pandas("given").empty
    assert all(len(loss) == len(allocation.tiers) for loss in unfilled["loss"])
    scarce = allocation.to_pandas("scarce")
    assert (scarce["need"] > scarce["supply"]).all()
    assert isinstance(scarce, pandas.DataFrame)
    with pytest.raises(ValueError, match="did you mean 'staffing'"):
        allocation.to_pandas("stafing")


def test_another_plans_answer_is_refused(small, allocation):
    verdict = countyplan.verify(small, allocation)
    assert not verdict
    assert verdict.part and verdict.why.zh and verdict.why.en
    with pytest.raises(ValueError, match="does not fit"):
        countyplan.report(small, allocation)


def test_written_answers_read_back_and_broken_ones_are_refused(guangxi, allocation, tmp_path):
    directory = tmp_path / "result"
    countyplan.write_allocation(guangxi, allocation, directory)
    with pytest.raises(FileExistsError):
        countyplan.write_allocation(guangxi, allocation, directory)
    assert countyplan.verify(guangxi, directory)
    again = countyplan.read_allocation(directory)
    assert again.staffing == allocation.staffing and again.tiers == allocation.tiers

    staffing = directory / "staffing.csv"
    rows = staffing.read_bytes().split(b"\n")
    dropped = rows[1].split(b",")
    staffing.write_bytes(b"\n".join(rows[:1] + rows[2:]))
    verdict = countyplan.verify(guangxi, directory)
    assert not verdict

    staffing.write_bytes(b"\n".join([rows[0], b",".join([b"nobody", *dropped[1:]]), *rows[2:]]))
    verdict = countyplan.verify(guangxi, directory)
    assert not verdict and "nobody" in verdict.place

    staffing.write_bytes(b"expert,post\n")
    with pytest.raises(countyplan.InvalidPlan) as caught:
        countyplan.verify(guangxi, directory)
    assert caught.value.findings

    staffing.write_bytes(b"\n".join(rows))
    certificate = json.loads((directory / "certificate.json").read_text(encoding="utf-8"))
    changed = json.dumps(certificate).replace('"post:', '"past:', 1)
    (directory / "certificate.json").write_text(changed, encoding="utf-8")
    try:
        assert not countyplan.verify(guangxi, directory)
    except countyplan.InvalidPlan:
        pass


def test_frames_of_a_tracking(guangxi, tracking):
    pytest.importorskip("pandas")
    assert countyplan.verify(guangxi, tracking)
    tasks = tracking.to_pandas("tasks")
    assert list(tasks["id"]) == [row["id"] for row in guangxi.rows("tasks")]
    assert (tasks["early_start"] <= tasks["early_finish"]).all()
    assert ((tasks["total_float"] <= 0) == tasks["critical_by_float"]).all()
    counties = tracking.to_pandas("counties")
    assert len(counties) == 20
    assert counties["coverage"].between(0, 1).all()
    assert tracking.to_pandas("provinces")["code"].tolist() == ["450000"]
    assert len(tracking.to_pandas("goals")) == len(guangxi.rows("goals"))
    assert len(tracking.to_pandas("indicators")) == len(guangxi.rows("indicators"))
    assert tracking.as_of == datetime.date(2026, 3, 1)
    assert "2026-03-01" in repr(tracking)


def test_what_is_recorded_later_changes_nothing(guangxi):
    early = countyplan.track(guangxi, "2026-03-01", recorded="2025-12-31")
    assert early.recorded == datetime.date(2025, 12, 31)
    assert countyplan.verify(guangxi, early)


def test_links_in_a_circle_are_found_before_they_are_tracked(document):
    data, write = document
    first, second = data["tasks"][0]["id"], data["tasks"][1]["id"]
    data["links"] = [
        {"predecessor": first, "successor": second, "type": "FS", "lag": 0},
        {"predecessor": second, "successor": first, "type": "FS", "lag": 0},
    ]
    path = write()
    if any(finding.severity == "error" for finding in countyplan.check(path)):
        with pytest.raises(countyplan.InvalidPlan):
            countyplan.read_plan(path)
        return
    with pytest.raises(countyplan.InvalidProblem) as caught:
        countyplan.track(countyplan.read_plan(path), "2026-03-01")
    assert isinstance(caught.value, ValueError) and caught.value.place and caught.value.message.zh


def test_an_option_out_of_range_names_it():
    with pytest.raises(countyplan.InvalidProblem) as caught:
        countyplan.generate(base="guangxi", counties=19)
    assert caught.value.place and caught.value.message.zh


@pytest.mark.parametrize(
    ("call", "wanted"),
    [
        (lambda plan: countyplan.allocate(plan, time_limits=3), "did you mean 'time_limit'"),
        (lambda plan: countyplan.track(plan, "2026-01-01", coverage=0.5), "coverage_needed"),
        (lambda plan: countyplan.generate(county=3), "did you mean 'counties'"),
        (lambda plan: countyplan.report(plan, lang="zh"), "language"),
        (lambda plan: countyplan.allocate(plan, 5), "positional"),
    ],
)
def test_unknown_options_name_the_nearest(small, call, wanted):
    with pytest.raises(TypeError, match=wanted):
        call(small)


def test_stopping_early_is_no_error(guangxi):
    free = countyplan.generate(seed=7, policy=False)  # nobody has to serve
    answer = countyplan.allocate(free, step_limit=0)
    assert answer.termination == "feasible" and answer.cause == "steps" and answer.claim == "feasible"
    assert countyplan.verify(free, answer)
    assert list(answer.tiers) == list(countyplan.Tier)[:4]  # those of the standard objective
    bound = countyplan.allocate(guangxi, step_limit=0)  # who has to serve does not yet
    assert bound.termination == "unknown" and bound.cause == "steps" and bound.claim == "estimate"
    assert countyplan.verify(guangxi, bound)
    some = countyplan.allocate(guangxi, step_limit=100)
    assert some == countyplan.allocate(guangxi, step_limit=100)
    assert countyplan.allocate(guangxi, time_limit=0).cause == "time"
    assert countyplan.allocate(guangxi, time_limit=datetime.timedelta(hours=1)).cause == "proved"


@pytest.fixture(scope="session")
def large():
    """Takes seconds to allocate."""
    return countyplan.generate(base="invented", counties=300, seed=1)


def test_other_threads_run_while_solving(large):
    count = 0
    stop = threading.Event()

    def work():
        nonlocal count
        while not stop.is_set():
            count += 1
            time.sleep(0.001)

    thread = threading.Thread(target=work)
    thread.start()
    countyplan.allocate(large, time_limit=0.5)
    stop.set()
    thread.join()
    assert count > 100


def interrupt_after(seconds):
    sent = []

    def interrupt():
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(seconds, interrupt)
    timer.start()
    return timer, sent


def test_ctrl_c_gives_back_the_best_so_far(large):
    timer, sent = interrupt_after(0.3)
    answer = countyplan.allocate(large, time_limit=60)
    took = time.monotonic() - sent[0]
    timer.join()
    assert answer.cause == "cancelled" and answer.termination == "feasible"
    assert countyplan.verify(large, answer)
    assert took < 3  # a tenth of it on a machine that has nothing else to do


def test_ctrl_c_raises_when_asked(large):
    timer, _ = interrupt_after(0.3)
    with pytest.raises(KeyboardInterrupt):
        countyplan.allocate(large, time_limit=30, on_interrupt="raise")
    timer.join()
    assert countyplan.allocate(large, step_limit=5).cause == "steps"


def test_a_signal_handlers_exception_comes_out(large):
    def handler(number, frame):
        raise TimeoutError("enough")

    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(TimeoutError, match="enough"):
            countyplan.allocate(large, time_limit=30)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_progress_is_called_on_this_thread_and_may_end_the_solve(large):
    ticks = []

    def look(tick):
        ticks.append((tick, threading.get_ident()))
        return False

    answer = countyplan.allocate(large, time_limit=60, progress=look)
    assert answer.cause == "cancelled"
    assert {thread for _, thread in ticks} == {threading.get_ident()}
    first = ticks[0][0]
    assert first.elapsed > 0 and first.steps >= 0


def test_item_96_a_callback_that_raises_comes_out_and_leaves_everything_usable(large, guangxi, allocation):
    def look(tick):
        raise LookupError("from the callback")

    with pytest.raises(LookupError, match="from the callback"):
        countyplan.allocate(large, time_limit=60, progress=look)
    assert countyplan.allocate(guangxi) == allocation


def test_item_96_a_callback_may_solve_and_may_drop_the_plan(small, allocation, guangxi):
    holder = [countyplan.generate(base="invented", counties=300, seed=2)]
    inner = []

    def look(tick):
        holder.clear()
        gc.collect()
        inner.append(countyplan.allocate(guangxi) == allocation)
        return False

    answer = countyplan.allocate(holder[0], time_limit=60, progress=look)
    assert answer.cause in ("cancelled", "proved") and inner in ([True], [])


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"time_limit": "3"}, TypeError),
        ({"time_limit": True}, TypeError),
        ({"time_limit": float("nan")}, ValueError),
        ({"time_limit": float("inf")}, ValueError),
        ({"time_limit": -1}, ValueError),
        ({"time_limit": 1 + 2j}, TypeError),
        ({"step_limit": 2.0}, TypeError),
        ({"step_limit": True}, TypeError),
        ({"step_limit": 2**63}, OverflowError),
        ({"step_limit": -1}, OverflowError),
        ({"progress": 3}, TypeError),
        ({"on_interrupt": "ignore"}, ValueError),
        ({"on_interrupt": None}, TypeError),
        ({"method": "simplex"}, ValueError),
        ({"method": 1}, TypeError),
        ({"rules": lambda expert, post: True}, TypeError),
        ({"block": 8}, TypeError),
    ],
)
def test_item_95_wrong_options_are_typed_errors(small, options, error):
    with pytest.raises(error, match=next(iter(options))):
        countyplan.allocate(small, **options)


def test_item_95_numpy_scalars_are_exact(small):
    numpy = pytest.importorskip("numpy")
    assert countyplan.allocate(small, step_limit=numpy.int8(3), time_limit=numpy.float32(60)).cause in ("steps", "proved")
    day = countyplan.track(small, numpy.datetime64("2026-03-01")).as_of
    assert day == datetime.date(2026, 3, 1)
    for wrong in (numpy.datetime64("NaT"), numpy.datetime64("2026-03-01T08:00"), numpy.array(3), numpy.bool_(True)):
        with pytest.raises((TypeError, ValueError)):
            countyplan.track(small, wrong)
    for wrong in (numpy.bool_(True), numpy.array([1, 2]), numpy.float64(2)):
        with pytest.raises(TypeError):
            countyplan.allocate(small, step_limit=wrong)
    # 94: an array is no plan, whatever its layout
    for array in (numpy.zeros((2, 3), order="F")[::-1], numpy.array(1j), numpy.array([None]), numpy.zeros(2, ">f4")):
        for call in (countyplan.allocate, countyplan.check):
            with pytest.raises(TypeError):
                call(array)


@pytest.mark.parametrize(
    ("day", "error"),
    [
        ("2026-02-30", ValueError),
        ("20260301", ValueError),
        ("2026-03-01T00:00", ValueError),
        (20260301, TypeError),
        (None, TypeError),
        (datetime.datetime(2026, 3, 1, 8), ValueError),
        (datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc), ValueError),
    ],
)
def test_item_95_days_are_days(small, day, error):
    with pytest.raises(error, match="as_of"):
        countyplan.track(small, day)


def test_item_95_timestamps_of_pandas(small):
    pandas = pytest.importorskip("pandas")
    assert countyplan.track(small, pandas.Timestamp("2026-03-01")).as_of == datetime.date(2026, 3, 1)
    for wrong in (pandas.NaT, pandas.Timestamp("2026-03-01 00:00:00.000000001")):
        with pytest.raises((ValueError, TypeError)):
            countyplan.track(small, wrong)


def test_item_95_texts(small, tmp_path):
    class Name(str):
        pass

    countyplan.write_plan(small, Name(tmp_path / "a.plan.json"))
    assert countyplan.read_plan(Name(tmp_path / "a.plan.json")) == small
    for wrong in ("a\0b.plan.json", "\ud800.plan.json"):
        with pytest.raises(ValueError):
            countyplan.read_plan(wrong)
    for wrong in (None, 3, b"bytes", object()):
        with pytest.raises((TypeError, FileNotFoundError, countyplan.RefusedInput)):
            countyplan.read_plan(wrong)
    with pytest.raises(ValueError, match="language"):
        countyplan.report(small, language="fr")
    with pytest.raises(ValueError, match="encoding"):
        countyplan.read_plan(tmp_path, encoding="latin-1")


def test_item_95_big_numbers_are_refused_not_cut():
    for wrong in ({"seed": 2**64}, {"seed": -1}, {"counties": 2**63}, {"experts": -(2**70)}):
        with pytest.raises(OverflowError):
            countyplan.generate(**wrong)
    assert countyplan.generate(base="invented", counties=1, seed=2**64 - 1)


def _allocate_in_a_child(plan, queue):
    queue.put((plan.fingerprint, countyplan.allocate(plan).staffing))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_item_97_processes(small, method):
    context = multiprocessing.get_context(method)
    queue = context.Queue()
    child = context.Process(target=_allocate_in_a_child, args=(small, queue))
    child.start()
    fingerprint, staffing = queue.get(timeout=60)
    child.join()
    assert child.exitcode == 0
    assert fingerprint == small.fingerprint and staffing == countyplan.allocate(small).staffing


def test_item_98_threads_share_a_plan(small):
    answers = [None] * 4

    def work(at):
        answers[at] = countyplan.allocate(small)

    threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(answer == answers[0] for answer in answers)
    with pytest.raises(AttributeError):
        small.name = "another"
    with pytest.raises(AttributeError):
        answers[0].staffing = []


def test_representations(allocation):
    assert "optimal (proved)" in repr(allocation)
    assert "<table>" in allocation._repr_html_()
