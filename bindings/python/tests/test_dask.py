"""Sweeps on Dask: the same rows, also when a worker is killed."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

import countyplan
import sweep_functions

distributed = pytest.importorskip("distributed", reason="Dask is not installed (Debian: python3-distributed)")

grid = {"scale": [1.0, 2.0], "word": ["甲", "b"]}
here = pathlib.Path(__file__).parent


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler and two worker processes on loopback: (client, processes of the workers)."""
    folder = tmp_path_factory.mktemp("dask")
    address = folder / "scheduler.json"
    package = pathlib.Path(countyplan.__file__).parent.parent
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(here), str(package), os.environ.get("PYTHONPATH", "")]),
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    }
    started = []

    def start(program, *options):
        log = open(folder / f"{program}-{len(started)}.log", "wb")
        command = [sys.executable, "-B", "-m", f"distributed.cli.{program}", *options]
        started.append(
            subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        )
        log.close()
        return started[-1]

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(address), "--no-dashboard")
    until = time.monotonic() + 60
    while not address.exists() and time.monotonic() < until:
        time.sleep(0.05)
    workers = [
        start(
            "dask_worker", "--scheduler-file", str(address), "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--host", "127.0.0.1", "--local-directory", str(folder / f"worker-{n}"),
        )
        for n in range(2)
    ]  # fmt: skip
    try:
        with distributed.Client(scheduler_file=str(address), timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            yield client, workers
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_two_workers_give_the_rows_of_one_process(small, cluster):
    client, _ = cluster
    executor = client.get_executor(pure=False)
    for options in ({"inputs": [small]}, {"inputs": [small], "batch": 1}):
        expected = countyplan.sweep(sweep_functions.measured, grid, seeds=6, **options)
        run = countyplan.sweep(sweep_functions.measured, grid, seeds=6, executor=executor, **options)
        assert run == expected and run.digest == expected.digest
        assert len(run.errors) == 2


def test_allocations_are_the_same_on_workers(cluster):
    client, _ = cluster
    parameters = {"experts": [20, 40, 60]}
    expected = countyplan.sweep(sweep_functions.plan_of_seed, parameters, seeds=4)
    run = countyplan.sweep(
        sweep_functions.plan_of_seed, parameters, seeds=4, executor=client.get_executor(pure=False)
    )
    assert run == expected


def test_a_worker_killed_in_mid_run_loses_nothing(cluster, tmp_path):  # the last one: it leaves one worker
    client, workers = cluster
    seen = []

    def kill_one(row):
        seen.append(row["seed"])
        if len(seen) == 20:
            os.kill(workers[0].pid, signal.SIGKILL)

    run = countyplan.sweep(
        sweep_functions.slept,
        {"milliseconds": [10]},
        seeds=150,
        executor=client.get_executor(pure=False),
        on_result=kill_one,
        journal=tmp_path / "journal",
    )
    assert workers[0].wait(10) == -signal.SIGKILL and workers[1].poll() is None
    assert [row["value"] for row in run.rows] == [n * n for n in range(150)]
    assert run.errors == [] and sorted(seen) == list(range(150))
    again = countyplan.sweep(sweep_functions.slept, {"milliseconds": [10]}, seeds=150, journal=tmp_path / "journal")
    assert again.computed == 0 and again.digest == run.digest
