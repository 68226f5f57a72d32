"""Times Python against C++ on one plan, tables, import, sweeps and their overhead; writes results/python.md.

    /usr/bin/python3 benchmarks/python_table.py [--build build/release] [--write]
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
goals = {
    "python / C++, national": "within 5 %",
    "million rows to pandas": "100 ms",
    "import": "300 ms",
    "10,000 Guangxi allocations": "60 s",
    "overhead per point, serial": "2 ms",
    "overhead per point, processes": "",
    "overhead per point, Dask": "5 ms",
}


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


def of_cpp(build, times):
    """Median seconds of `allocate` in the C++ program of the benchmarks, on the same plan."""
    command = [build / "bin" / "bench_allocate_table", "national", "countyplan", str(times)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(told)["allocate_ms"] / 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=root / "build" / "release")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(options.build / "python"))
    os.environ["PYTHONPATH"] = str(options.build / "python")
    import countyplan

    found = {}
    script = "import time; t = time.perf_counter(); import countyplan; print(time.perf_counter() - t)"
    command = [sys.executable, "-c", script]
    found["import"] = statistics.median(float(subprocess.check_output(command)) for _ in range(5))

    plan = countyplan.generate(policy=False)
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        begin = time.perf_counter()
        run = countyplan.sweep(allocated, {}, inputs=[plan], seeds=10_000, executor=pool)
        found["10,000 Guangxi allocations"] = time.perf_counter() - begin
    assert len(run.rows) == 10_000 and not run.errors

    found["overhead per point, serial"] = seconds(lambda: countyplan.sweep(nothing, {}, seeds=2000), 3) / 2000
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        countyplan.sweep(nothing, {}, seeds=10, executor=pool)
        found["overhead per point, processes"] = (
            seconds(lambda: countyplan.sweep(nothing, {}, seeds=2000, executor=pool), 3) / 2000
        )
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        executor = client.get_executor(pure=False)
        countyplan.sweep(nothing, {}, seeds=10, executor=executor)
        found["overhead per point, Dask"] = (
            seconds(lambda: countyplan.sweep(nothing, {}, seeds=500, executor=executor, batch=1), 3) / 500
        )

    national = countyplan.generate(base="invented", counties=160, policy=False)
    python = seconds(lambda: countyplan.allocate(national), 7)
    cpp = of_cpp(options.build, 7)
    found["python / C++, national"] = python / cpp
    facts = countyplan.generate(base="invented", counties=1600, local_teachers=350, second_ring_schools=0)
    rows = len(facts.to_pandas("teachers"))
    found["million rows to pandas"] = seconds(lambda: facts.to_pandas("teachers"), 3) * 1_000_000 / rows

    lines = [
        "# Python: one run",
        "",
        f"Written by `benchmarks/python_table.py` on {datetime.date.today()}, countyplan {countyplan.__version__}, "
        f"Python {platform.python_version()}, {os.cpu_count()} cores. Medians; the 10,000 allocations once.",
        "",
        "| what | found | goal |",
        "|---|---|---|",
    ]
    for name, goal in goals.items():
        value = found[name]
        told = f"{value:.3f}" if "C++" in name else f"{value:.1f} s" if value > 2 else f"{1000 * value:.3g} ms"
        if "C++" in name:
            told += f" ({1000 * python:.0f} ms / {1000 * cpp:.0f} ms)"
        lines.append(f"| {name} | {told} | {goal} |")
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        (root / "benchmarks" / "results" / "python.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
