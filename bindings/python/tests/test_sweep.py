"""Sweeps: the same rows on any executor, whatever dies, and a journal that a kill at any byte leaves usable."""

import concurrent.futures
import json
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import time

import numpy
import pytest

import countyplan
import sweep_functions

grid = {"scale": [1.0, 2.0], "word": ["甲", "b"]}


@pytest.fixture(scope="module")
def reference(small):
    return countyplan.sweep(sweep_functions.measured, grid, inputs=[small], seeds=6)


def test_rows_stand_in_the_order_of_the_grid(small, reference):
    assert [(r["scale"], r["word"], r["seed"]) for r in reference.rows] == [
        (s, w, n) for s in (1.0, 2.0) for w in ("甲", "b") for n in range(6)
    ]
    assert reference.rows[1] == {
        "scale": 1.0,
        "word": "甲",
        "seed": 1,
        "mixed": 41.0,
        "posts": len(small.rows("posts")),
        "word_again": "甲甲",
        "error": None,
    }
    assert reference.errors == [
        {"scale": 2.0, "word": word, "seed": 3, "error": "LookupError: no such point"} for word in ("甲", "b")
    ]
    assert (reference.computed, reference.resumed) == (24, 0)
    assert pickle.loads(pickle.dumps(reference)) == reference


@pytest.mark.parametrize(
    "executor",
    [
        lambda: concurrent.futures.ThreadPoolExecutor(3),
        lambda: concurrent.futures.ProcessPoolExecutor(2),
    ],
    ids=["threads", "processes"],
)
@pytest.mark.parametrize("batch", [None, 1, 7])
def test_executors_give_the_same_rows(small, reference, executor, batch):
    with executor() as pool:
        run = countyplan.sweep(
            sweep_functions.measured, grid, inputs=[small], seeds=6, executor=pool, batch=batch
        )
    assert run == reference


def test_a_pool_may_be_made_on_the_way_and_inputs_reach_workers_that_were_there_before(small, reference):
    made = []

    def pool():
        made.append(concurrent.futures.ProcessPoolExecutor(2))
        return made[-1]

    assert countyplan.sweep(sweep_functions.measured, grid, inputs=[small], seeds=6, executor=pool) == reference
    with pytest.raises(RuntimeError):
        made[0].submit(int)
    with concurrent.futures.ProcessPoolExecutor(1) as old:
        old.submit(int).result()  # forked: knows nothing of the sweep
        assert countyplan.sweep(sweep_functions.measured, grid, inputs=[small], seeds=6, executor=old) == reference


def test_common_random_numbers_are_those_of_the_seed(small):
    seen = []

    def function(*, seed, a):
        seen.append(seed)
        return seed

    countyplan.sweep(function, {"a": [1, 2]}, seeds=[4, 9])
    assert seen == [4, 9, 4, 9]
    seen.clear()
    countyplan.sweep(function, {"a": [1, 2]}, seeds=[4, 9], common=False)
    assert len(set(seen)) == 4
    again = list(seen)
    seen.clear()
    countyplan.sweep(function, {"a": [2, 1]}, seeds=[9, 4], common=False)
    assert sorted(seen) == sorted(again)
    one, other = (countyplan.sweep(function, {"a": order}, seeds=5) for order in ([1, 2, 3], [3, 1, 2]))
    assert one.rows != other.rows and one.digest == other.digest
    assert one.digest != countyplan.sweep(function, {"a": [1, 2]}, seeds=5).digest


def test_allocations_are_compared_with_pandas(small):
    run = countyplan.sweep(sweep_functions.plan_of_seed, {"experts": [20, 60]}, seeds=3)
    table = run.to_pandas()
    assert list(table.columns[:2]) == ["experts", "seed"] and table.columns[-1] == "error"
    assert table.shape == (6, 7)
    short = table.groupby("experts")["shortfall"].sum()
    assert short[20] > short[60]
    assert "6 rows over experts" in repr(run) and "6 rows" in run._repr_html_()


def test_a_worker_that_dies_loses_nothing(tmp_path):
    parameters = {"flag": [str(tmp_path / "flag")]}
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        run = countyplan.sweep(sweep_functions.dies_once, parameters, seeds=40, executor=pool)
    assert (tmp_path / "flag").exists()
    assert [row["value"] for row in run.rows] == list(range(40)) and run.errors == []


@pytest.mark.parametrize("retries", [0, 2])
def test_only_the_point_that_kills_its_workers_is_an_error(tmp_path, retries):
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        run = countyplan.sweep(
            sweep_functions.always_dies,
            {"deadly": [7]},
            seeds=20,
            executor=pool,
            retries=retries,
            journal=tmp_path / "journal",
        )
    assert [row["seed"] for row in run.errors] == [7]
    assert run.errors[0]["error"] == f"WorkerDied: its worker died {retries + 1} time(s)"
    assert [row["value"] for row in run.rows if row["error"] is None] == [n for n in range(20) if n != 7]
    others = [n for n in range(20) if n != 7]
    again = countyplan.sweep(
        sweep_functions.always_dies, {"deadly": [7]}, seeds=others, journal=tmp_path / "journal"
    )
    assert (again.computed, again.resumed) == (0, 19)


def test_what_dies_at_every_point_is_an_error_of_the_sweep():
    def deadly():
        return concurrent.futures.ProcessPoolExecutor(1, initializer=os._exit, initargs=(1,))

    with pytest.raises(concurrent.futures.BrokenExecutor):
        countyplan.sweep(sweep_functions.slept, {"milliseconds": [0]}, seeds=20, executor=deadly)


def test_what_cannot_travel_is_raised():
    with concurrent.futures.ProcessPoolExecutor(1) as pool, pytest.raises((pickle.PicklingError, AttributeError)):
        countyplan.sweep(lambda *, seed: seed, {}, seeds=2, executor=pool)


def test_errors_and_odd_answers_are_rows():
    whats = ["nan", "infinite", "list", "surrogate", "own_name", "number_name", "unknown"]
    rows = countyplan.sweep(sweep_functions.returns, {"what": whats}).rows
    kinds = {row["what"]: (row["error"] or "").partition(":")[0] for row in rows}
    assert rows[0]["value"] is None and rows[0]["error"] is None
    assert kinds == {
        "nan": "",
        "infinite": "ValueError",
        "list": "TypeError",
        "surrogate": "UnicodeEncodeError",
        "own_name": "ValueError",
        "number_name": "TypeError",
        "unknown": "KeyError",
    }
    assert countyplan.sweep(sweep_functions.exits, {}).rows == [{"seed": 0, "error": "SystemExit: gone"}]


def test_numpy_numbers_are_numbers():
    points = [{"a": numpy.int64(3), "b": numpy.float32(0.5), "c": numpy.bool_(True)}]
    row = countyplan.sweep(lambda *, seed, a, b, c: {"x": numpy.float64(a + b)}, points).rows[0]
    assert row == {"a": 3, "b": 0.5, "c": True, "seed": 0, "x": 3.5, "error": None}
    assert [type(row[name]) for name in "abcx"] == [int, float, bool, float]


@pytest.mark.parametrize(
    ("arguments", "options", "kind"),
    [
        ((3, {}), {}, TypeError),
        ((int, {"a": 3}), {}, TypeError),
        ((int, {"a": "text"}), {}, TypeError),
        ((int, {"a": [[1]]}), {}, TypeError),
        ((int, {"seed": [1]}), {}, ValueError),
        ((int, {"": [1]}), {}, ValueError),
        ((int, [{"a": 1}, {"b": 1}]), {}, ValueError),
        ((int, [3]), {}, TypeError),
        ((int, {"a": [float("inf")]}), {}, ValueError),
        ((int, {}), {"seeds": -1}, OverflowError),
        ((int, {}), {"seeds": [0.5]}, TypeError),
        ((int, {}), {"executor": 3}, TypeError),
        ((int, {}), {"inputs": [object()]}, TypeError),
        ((int, {}), {"batch": 0}, OverflowError),
        ((int, {}), {"retry": 1}, TypeError),
        ((int, {}), {"fingerprint": 3}, TypeError),
        ((int, {}), {"version": "\ud800"}, UnicodeEncodeError),
        ((int, {}), {"on_result": 1}, TypeError),
    ],
)
def test_wrong_arguments_are_refused(arguments, options, kind):
    with pytest.raises(kind):
        countyplan.sweep(*arguments, **options)


# The journal.


def run_with(journal, count=30, **options):
    return countyplan.sweep(sweep_functions.slept, {"milliseconds": [0]}, seeds=count, journal=journal, **options)


def test_a_journal_is_resumed_and_only_what_is_missing_is_computed(tmp_path):
    journal = tmp_path / "journal"
    first = run_with(journal, 10)
    assert (first.computed, first.resumed) == (10, 0)
    seen = []
    second = run_with(journal, 30, on_result=seen.append)
    assert (second.computed, second.resumed) == (20, 10)
    assert [row["seed"] for row in seen] == list(range(10, 30))
    whole = run_with(None, 30)
    assert second.rows == whole.rows and second.digest == whole.digest
    assert run_with(journal, 30, version="other").computed == 30
    assert run_with(journal, 30, fingerprint="other").computed == 30


def test_a_journal_torn_at_any_byte_is_resumed(tmp_path):
    journal = tmp_path / "journal"
    whole = run_with(journal, 2)
    data = journal.read_bytes()
    lines = data.splitlines(keepends=True)
    assert len(lines) == 2
    for size in range(len(data)):
        journal.write_bytes(data[:size])
        again = run_with(journal, 2)
        kept = sum(size >= sum(map(len, lines[:n])) for n in (1, 2))
        assert (again.resumed, again.rows, again.digest) == (kept, whole.rows, whole.digest)
        assert journal.read_bytes() == data
    journal.write_bytes(data + b"x" * 10_000)
    assert run_with(journal, 2).resumed == 2 and journal.read_bytes() == data


def test_a_damaged_line_is_refused(tmp_path):
    journal = tmp_path / "journal"
    run_with(journal, 3)
    data = journal.read_bytes()
    at = data.index(b'"value":')
    journal.write_bytes(data[: at + 8] + b"7" + data[at + 9 :])
    with pytest.raises(countyplan.RefusedInput):
        run_with(journal, 3)
    journal.write_bytes(b"not a journal\n" + data)
    with pytest.raises(countyplan.RefusedInput):
        run_with(journal, 3)


def script(tmp_path, text, **more):
    path = tmp_path / "script.py"
    path.write_text(text, encoding="utf-8")
    here = str(pathlib.Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([here, os.environ.get("PYTHONPATH", "")])}
    return subprocess.Popen([sys.executable, "-B", str(path)], env=environment, start_new_session=True, **more)


long_sweep = """
import concurrent.futures, sys
import countyplan, sweep_functions

if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        countyplan.sweep(
            sweep_functions.slept, {{"milliseconds": [10]}}, seeds=400, journal={journal!r}, executor={executor}
        )
"""


def wait_for_lines(journal, count):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if journal.exists() and journal.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.01)
    raise AssertionError("the journal has not grown")


@pytest.mark.parametrize(
    ("executor", "ending"), [("None", signal.SIGKILL), ("pool", signal.SIGKILL), ("pool", signal.SIGINT)]
)
def test_a_sweep_that_is_ended_half_way_resumes(tmp_path, executor, ending):
    journal = tmp_path / "journal"
    running = script(tmp_path, long_sweep.format(journal=str(journal), executor=executor), stderr=subprocess.DEVNULL)
    wait_for_lines(journal, 20)
    if ending == signal.SIGINT:
        with pytest.raises(BlockingIOError):
            run_with(journal)
    os.killpg(running.pid, ending)
    assert running.wait(30) != 0
    there = journal.read_bytes().count(b"\n")
    assert 20 <= there < 400

    def quick(*, seed, milliseconds):
        return seed * seed

    again = countyplan.sweep(quick, {"milliseconds": [10]}, seeds=400, journal=journal)
    assert (again.computed, again.resumed) == (400 - there, there)
    assert [row["value"] for row in again.rows] == [n * n for n in range(400)]
    assert journal.read_bytes().count(b"\n") == 400


def test_what_on_result_raises_ends_the_sweep(tmp_path):
    def stop(row):
        if row["seed"] == 4:
            raise RuntimeError("enough")

    for executor in (None, lambda: concurrent.futures.ThreadPoolExecutor(2)):
        journal = tmp_path / str(executor is None)
        with pytest.raises(RuntimeError, match="enough"):
            run_with(journal, executor=executor, on_result=stop)
        assert run_with(journal).resumed >= (5 if executor is None else 1)


def test_lines_say_what_the_format_says(tmp_path):
    journal = tmp_path / "journal"
    run_with(journal, 1)
    line = json.loads(journal.read_text(encoding="utf-8"))
    assert set(line) == {"key", "point", "seed", "row", "sum"}
    sample = (
        '{"key":"fbfae35bf7fd503a8ffb04b1c3efcc76","point":{"drop_out":0.1,"mechanism":"greedy"},'
        '"row":{"filled":318},"seed":1,"sum":"7fb87a12"}\n'
    )
    journal.write_text(sample, encoding="utf-8")
    grid = [{"drop_out": 0.1, "mechanism": "greedy"}]
    run = countyplan.sweep(int, grid, seeds=[1], fingerprint="guangxi", version="1.0", journal=journal)
    assert (run.computed, run.rows[0]["filled"]) == (0, 318)
    journal.unlink()
    told = countyplan.sweep(
        lambda *, seed, drop_out, mechanism: {"filled": 318},
        grid,
        seeds=[1],
        fingerprint="guangxi",
        version="1.0",
        journal=journal,
    )
    assert journal.read_text(encoding="utf-8") == sample
    assert told.digest == run.digest


def test_errors_are_computed_again_only_if_asked(tmp_path):
    journal = tmp_path / "journal"
    whats = {"what": ["nan", "list"]}
    countyplan.sweep(sweep_functions.returns, whats, journal=journal)
    assert countyplan.sweep(sweep_functions.returns, whats, journal=journal).computed == 0
    again = countyplan.sweep(lambda *, seed, what: 3, whats, journal=journal, retry_errors=True)
    assert (again.computed, again.errors) == (1, [])
    assert countyplan.sweep(sweep_functions.returns, whats, journal=journal).rows == again.rows


def test_every_line_of_the_shared_sample_is_read_and_written_the_same(tmp_path):
    sample = pathlib.Path(__file__).parents[3] / "tests" / "given" / "sweep_journal.jsonl"
    lines = sample.read_bytes().splitlines(keepends=True)
    assert len(lines) >= 5
    for line in lines:
        told = json.loads(line)
        again = tmp_path / told["key"]

        def tell(*, seed, **parameters):
            return told["row"]

        def fail(*, seed, **parameters):
            error = type(told["error"]["kind"], (Exception,), {})
            raise error(told["error"]["text"])

        options = {"seeds": [told["seed"]], "journal": again, "fingerprint": "sample", "version": "1.0"}
        countyplan.sweep(tell if "row" in told else fail, [told["point"]], **options)
        assert again.read_bytes() == line
        assert countyplan.sweep(tell, [told["point"]], **options).computed == 0


# Sweeps of a plan.


def test_a_plan_is_swept_over_mechanisms_and_scenarios(small):
    grid = {"mechanism": ["optimal", "greedy", "none"], "drop_out": [0.0, 0.3]}
    run = countyplan.sweep(small, grid, seeds=2)
    assert len(run.rows) == 12 and len(run.errors) == 4
    assert all(row["mechanism"] == "none" for row in run.errors)
    first = run.rows[0]
    [told] = countyplan.compare_mechanisms(small, ["optimal"])
    assert first["serving"] == told.measures.serving and first["shortfall"] == told.measures.shortfall
    assert first["tier_fit"] == told.measures.tiers["fit"]
    for executor in (concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor):
        with executor(2) as pool:
            assert countyplan.sweep(small, grid, seeds=2, executor=pool) == run
    with pytest.raises(TypeError):
        countyplan.sweep(small, grid, inputs=[small])


def test_the_program_and_the_package_read_each_others_journals(small, tmp_path):
    program = pathlib.Path(os.environ.get("COUNTYPLAN_BIN_DIR", "/nowhere")) / "countyplan"
    if not program.exists():
        pytest.skip("the program is not built")
    countyplan.write_plan(small, tmp_path / "small.plan.json")
    grid = {"mechanism": ["optimal", "greedy"], "drop_out": [0.0, 0.25], "quotas": [1.0]}
    manifest = {"format": "countyplan.sweep", "format_version": 1, "plan": "small.plan.json", "grid": grid, "seeds": 2}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    command = [program, "sweep", tmp_path / "manifest.json", "--journal", tmp_path / "rows.jsonl"]
    subprocess.run(command, check=True, capture_output=True)
    run = countyplan.sweep(small, grid, seeds=2, journal=tmp_path / "rows.jsonl")
    assert (run.computed, run.resumed) == (0, 8)
    own = tmp_path / "own.jsonl"
    assert countyplan.sweep(small, grid, seeds=2, journal=own).rows == run.rows
    assert sorted(own.read_bytes().splitlines()) == sorted((tmp_path / "rows.jsonl").read_bytes().splitlines())
