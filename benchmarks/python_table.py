"""Times Python against C++ on one plan, tables, import, sweeps and their overhead; writes results/python.md.

    /usr/bin/python3 benchmarks/python_table.py [--build build/release] [--only import,national] [--write]
"""

import argparse
import concurrent.futures
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent


def seconds(work, times):
    """The median of some runs."""
    told = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        told.append(time.perf_counter() - begin)
    return statistics.median(told)


def nothing(*, seed):
    return seed


def allocated(plan, *, seed):
    import countyplan

    return {"fit": int(countyplan.allocate(plan).tiers["fit"])}


def of_import(build):
    script = "import time; t = time.perf_counter(); import countyplan; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", script]
    return f"{1000 * statistics.median(float(subprocess.check_output(command)) for _ in range(9)):.0f} ms"


def of_national(build):
    """Python, C++, Python, C++, … on the same plan: the medians."""
    import countyplan

    plan = countyplan.generate(base="invented", counties=160, policy=False)
    python, cpp = [], []
    for _ in range(3):
        python += [seconds(lambda: countyplan.allocate(plan), 1) for _ in range(5)]
        command = [build / "bin" / "bench_allocate_table", "national", "countyplan"]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        cpp.append(json.loads(told)["allocate_ms"] / 1000)
    ours, theirs = statistics.median(python), statistics.median(cpp)
    return f"{ours / theirs:.3f} ({1000 * ours:.0f} ms / {1000 * theirs:.0f} ms)"


def of_pandas(build):
    """Teachers: an id of its own each, a school, two lists of texts, two words, a number."""
    import countyplan

    plan = countyplan.generate(base="invented", counties=1600, local_teachers=200, second_ring_schools=0)
    rows = len(plan.rows("teachers"))
    told = seconds(lambda: plan.to_pandas("teachers"), 5)
    return f"{1e9 * told / rows:.0f} ms ({rows:,} rows of teachers in {1000 * told:.0f} ms)"


def of_allocations(build):
    import countyplan

    plan = countyplan.generate(policy=False)
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        begin = time.perf_counter()
        run = countyplan.sweep(allocated, {}, inputs=[plan], seeds=10_000, executor=pool)
        told = time.perf_counter() - begin
    assert len(run.rows) == 10_000 and not run.errors
    return f"{told:.1f} s"


def of_serial(build):
    import countyplan

    return f"{1000 * seconds(lambda: countyplan.sweep(nothing, {}, seeds=2000), 5) / 2000:.3f} ms"


def of_processes(build):
    import countyplan

    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        countyplan.sweep(nothing, {}, seeds=10, executor=pool)
        told = seconds(lambda: countyplan.sweep(nothing, {}, seeds=2000, executor=pool), 5)
    return f"{1000 * told / 2000:.3f} ms"


def of_dask(build):
    import countyplan
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        executor = client.get_executor(pure=False)
        countyplan.sweep(nothing, {}, seeds=10, executor=executor)
        alone = seconds(lambda: countyplan.sweep(nothing, {}, seeds=300, executor=executor, batch=1), 5) / 300
        together = seconds(lambda: countyplan.sweep(nothing, {}, seeds=3000, executor=executor), 5) / 3000
    return f"{1000 * alone:.2f} ms one by one, {1000 * together:.3f} ms in batches"


rows = {
    "national": ("`allocate` in Python / in C++, national size", of_national, "within 5 %"),
    "pandas": ("a million rows to pandas", of_pandas, "100 ms"),
    "import": ("import", of_import, "300 ms"),
    "allocations": ("10,000 Guangxi allocations, `sweep` on two processes", of_allocations, "60 s"),
    "serial": ("overhead per point, serial", of_serial, "2 ms"),
    "processes": ("overhead per point, two processes", of_processes, "–"),
    "dask": ("overhead per point, two Dask workers", of_dask, "5 ms"),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=root / "build" / "release")
    parser.add_argument("--only", default=",".join(rows))
    parser.add_argument("--note", default="", help="a sentence on the state of the machine")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(options.build / "python"))
    os.environ["PYTHONPATH"] = str(options.build / "python")
    import countyplan

    lines = [
        "# Python: one run",
        "",
        f"Written by `benchmarks/python_table.py` on {datetime.date.today()}, countyplan {countyplan.__version__}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Medians; the 10,000 allocations once. {options.note}",
        "",
        "| what | found | goal |",
        "|---|---|---|",
    ]
    for name in options.only.split(","):
        what, measure, goal = rows[name]
        lines.append(f"| {what} | {measure(options.build)} | {goal} |")
        print(lines[-1], flush=True)
    if options.write:
        text = "\n".join(line.rstrip() for line in lines) + "\n"
        (root / "benchmarks" / "results" / "python.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
