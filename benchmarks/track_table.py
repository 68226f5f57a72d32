"""Measures tracking and Boost.Graph beside it and writes benchmarks/results/track.md.

    taskset -c 1 /usr/bin/python3 benchmarks/track_table.py     everything, some minutes on one core
    /usr/bin/python3 benchmarks/track_table.py --report         write the table from what is kept

Runs the programs `bench_track_*`, three repetitions each. Kept in benchmarks/results/track.jsonl.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from solve_report import machine, number, table  # noqa: E402

RESULTS = HERE / "results"
PROGRAMS = HERE.parent / "build" / "release" / "bin"
NANOSECONDS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}

# What is measured, program, benchmark, what counts (the time, or a counter), its unit, what one divides by, goal.
ROWS = (
    ("both passes, order known, per task, 1 000 tasks", "schedule", "CriticalPathPasses/tasks:1000/two_calendars:0", "time", "ns", 1e3, None),
    ("the same, 10 000 tasks", "schedule", "CriticalPathPasses/tasks:10000/two_calendars:0", "time", "ns", 1e4, None),
    ("the same, 100 000 tasks, 300 000 links", "schedule", "CriticalPathPasses/tasks:100000/two_calendars:0", "time", "ns", 1e5, 20),
    ("the same, two calendars", "schedule", "CriticalPathPasses/tasks:100000/two_calendars:1", "time", "ns", 1e5, None),
    ("Boost.Graph, order known, per task, 100 000 tasks", "schedule", "BoostPasses/tasks:100000/sorts:0", "time", "ns", 1e5, None),
    ("Boost.Graph, sorted each time", "schedule", "BoostPasses/tasks:100000/sorts:1", "time", "ns", 1e5, None),
    ("cold: checks, order, layout, certificate, per task, 100 000 tasks", "schedule", "CriticalPathSolve/tasks:100000/two_calendars:0", "time", "ns", 1e5, None),
    ("checking the certificate, per task", "schedule", "CriticalPathVerify/100000", "time", "ns", 1e5, None),
    ("live edit, 100 000 tasks, median", "live_schedule", "LiveScheduleEdits/tasks:100000/two_calendars:0/iterations:10", "p50_us", "µs", 1, 5),
    ("live edit, 99th percentile (goal: two full passes)", "live_schedule", "LiveScheduleEdits/tasks:100000/two_calendars:0/iterations:10", "p99_us", "µs", 1, "passes"),
    ("both passes beside it", "live_schedule", "FullPasses/tasks:100000/two_calendars:0", "time", "µs", 1e3, None),
    ("roll-up, 160 counties, whole", "roll_up", "roll_up_whole/160", "time", "ms", 1e6, None),
    ("roll-up, one change, six levels deep", "roll_up", "roll_up_one_change/160", "time", "ns", 1, 1000),
    ("report numbers, 160 counties, 2 schools, 60 milestones", "roll_up", "report_numbers/160", "time", "ms", 1e6, 10),
    ("as of the end, a million facts, per question", "ledger", "Find/facts:1000000/old:0", "ns_per_find", "ns", 1, 200),
    ("as of random days, a million facts, per question", "ledger", "Find/facts:1000000/old:1", "ns_per_find", "ns", 1, 200),
    ("a million facts from a table, read, checked, indexed", "ledger", "LoadTable/1000000", "time", "s", 1e9, 2),
    ("a million facts from a log", "ledger", "LoadLog/1000000", "time", "s", 1e9, 2),
)  # fmt: skip


def measure(programs):
    records = []
    for name in dict.fromkeys(row[1] for row in ROWS):
        wanted = "|".join(f"^{row[2]}$" for row in ROWS if row[1] == name)
        command = [programs / f"bench_track_{name}", f"--benchmark_filter={wanted}", "--benchmark_repetitions=3",
                   "--benchmark_report_aggregates_only=true", "--benchmark_format=json"]  # fmt: skip
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        for found in json.loads(answer.stdout)["benchmarks"]:
            if found.get("error_occurred") or found.get("aggregate_name") == "median":
                records.append(dict(found, program=name))
        print(f"bench_track_{name}", flush=True)
    answer = subprocess.run(["git", "-C", HERE, "log", "-1", "--format=%h"], capture_output=True, text=True)
    model, cores = machine()
    head = {"commit": answer.stdout.strip(), "date": datetime.date.today().isoformat(), "machine": model, "cores": cores}
    return [head] + records


def report(records):
    head, found = records[0], {(r["program"], r["run_name"]): r for r in records[1:]}
    value, faults, lines = {}, [], []
    for what, program, run, field, unit, divisor, goal in ROWS:
        record = found.get((program, run))
        if record is None or record.get("error_occurred"):
            faults.append(f"{what}: {record['error_message'] if record else 'not measured'}")
            continue
        raw = record["cpu_time"] * NANOSECONDS[record["time_unit"]] if field == "time" else record[field]
        value[what] = raw / divisor
        lines.append([what, unit, value[what], goal])
    passes = value.get("both passes beside it")
    for line in lines:
        if line[3] == "passes":
            line[3] = None if passes is None else 2 * passes
    cells = [[what, f"{number(v)} {unit}", f"{number(goal)} {unit}" if goal else "–",
              f"{v / goal:.2f}" if goal else "–"] for what, unit, v, goal in lines]  # fmt: skip
    text = [
        "# Tracking: measured",
        f"Written by `benchmarks/track_table.py` on {head['date']}, {head['commit']}. {head['machine']}; "
        f"{head['cores']} cores seen, one thread. CPU time, medians of three repetitions; of an edit the wall clock. "
        "Certificates are checked and dates compared with those of Boost.Graph and of a schedule computed anew, after "
        "the clock has stopped. igraph and networkx are not run.",
        "**Faults:** " + "; ".join(faults) + "." if faults else "Every answer was accepted.",
        table(["what", "measured", "goal", "of the goal"], cells),
    ]
    (RESULTS / "track.md").write_text("\n\n".join(text) + "\n", encoding="utf-8")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=pathlib.Path, default=PROGRAMS, help="where bench_track_* are")
    parser.add_argument("--report", action="store_true", help="measure nothing")
    arguments = parser.parse_args()
    kept = RESULTS / "track.jsonl"
    if arguments.report:
        records = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    else:
        records = measure(arguments.programs)
        kept.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    faults = report(records)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
