"""Measures tracking and its peers beside it and writes benchmarks/results/track.md.

    taskset -c 1 /usr/bin/python3 benchmarks/track_table.py     everything, some minutes on one core
    /usr/bin/python3 benchmarks/track_table.py --report         write the table from what is kept

Runs the programs `bench_track_*`, three repetitions each, `bench_solve_table` for the longest paths alone, and, where
Python has them, igraph and networkx (track_peers.py) on the same networks. Kept in benchmarks/results/track.jsonl.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

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
    ("the same, 1 000 000 tasks", "schedule", "CriticalPathPasses/tasks:1000000/two_calendars:0", "time", "ns", 1e6, None),
    ("the same, 100 000 tasks, two calendars", "schedule", "CriticalPathPasses/tasks:100000/two_calendars:1", "time", "ns", 1e5, None),
    ("Boost.Graph, order known, per task, 100 000 tasks", "schedule", "BoostPasses/tasks:100000/sorts:0", "time", "ns", 1e5, None),
    ("Boost.Graph, sorted each time", "schedule", "BoostPasses/tasks:100000/sorts:1", "time", "ns", 1e5, None),
    ("cold: checks, order, layout, certificate, per task, 100 000 tasks", "schedule", "CriticalPathSolve/tasks:100000/two_calendars:0", "time", "ns", 1e5, None),
    ("the same, 1 000 000 tasks, 3 000 000 links, the whole", "schedule", "CriticalPathSolve/tasks:1000000/two_calendars:0", "time", "ms", 1e6, None),
    ("E tasks 1M, 5M links, longest paths alone, from an edge list", "table", "E-1M/countyplan", "ms", "ms", 1, 110),
    ("the same with Boost.Graph, its graph built beforehand", "table", "E-1M/boost-topological-sort", "ms", "ms", 1, None),
    ("E tasks 1M, the full engine, from the rows, with checks and certificate", "schedule", "MillionTasks/again:0", "time", "ms", 1e6, None),
    ("E tasks 1M, the full engine, both passes again (floats, drivers and longest path with them)", "schedule", "MillionTasks/again:1", "time", "ms", 1e6, 12),
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
    ("memory: 1 000 000 tasks solved, peak of the process (goal: 2.5 times the instance, and the answer)", "schedule", "CriticalPathSolve/tasks:1000000/two_calendars:0", "peak_mib", "MiB", 1, "memory"),
    ("memory: a ledger of a million facts, per fact, beside the plan", "ledger", "Build/1000000", "bytes_per_fact", "B", 1, None),
    ("a million facts from a log", "ledger", "LoadLog/1000000", "time", "s", 1e9, 2),
)  # fmt: skip

# Per peer the sizes it can do in a minute; per size our own rows beside it.
PEERS = {"networkx": (1000, 10_000, 100_000), "igraph": (1000, 10_000, 100_000), "igraph-bellman-ford": (1000, 10_000, 100_000)}
PEAK = "CriticalPathSolve/tasks:1000000/two_calendars:0"

# What keeps the rows that miss their goal from it, by a sampling profile.
LIMITS = """\
- **E tasks 1M.** From an edge list: see solve.md. Both passes again: the engine finds floats, drivers, driving links and
  the longest path as well; not profiled.
- **Report numbers.** Earned value takes nearly half (a third of that finds the moments of earned schedule on six levels),
  warnings a third, progress a sixth; a tenth of the whole is the system handing out memory for 10 MiB of answers.
- **As of.** A question reads the bucket of its hash, the line of its series and its facts, each somewhere in 17 MiB and each
  only once the one before is there; on a heap that nothing was loaded on before it is 196 and 202 ns.
"""


def run_benchmarks(programs, name, runs):
    wanted = "|".join(f"^{run}$" for run in runs)
    command = [programs / f"bench_track_{name}", f"--benchmark_filter={wanted}", "--benchmark_repetitions=3",
               "--benchmark_report_aggregates_only=true", "--benchmark_format=json"]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    text = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench_track_{name} ended with {process.returncode}")
    found = [f for f in json.loads(text)["benchmarks"] if f.get("error_occurred") or f["aggregate_name"] == "median"]
    print(f"bench_track_{name}: {len(found)} rows", flush=True)
    return [dict(f, program=name) for f in found], used.ru_maxrss / 1024


def run_solver(programs, row, solver):
    command = [programs / "bench_solve_table", row, solver, "1", "7"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    print(f"bench_solve_table {row} {solver}", flush=True)
    error = {"error_occurred": True, "error_message": "the answer is refused"} if found["certified"] is False else {}
    return {"program": "table", "run_name": f"{row}/{solver}", **found, **error}


def run_peers(programs):
    """Each peer in a process of its own; a peer that Python does not have is told and left out."""
    out = []
    with tempfile.TemporaryDirectory() as place:
        for peer, sizes in PEERS.items():
            for tasks in sizes:
                net = pathlib.Path(place) / str(tasks)
                if not net.exists():
                    subprocess.run([programs / "bench_track_schedule", "write", str(tasks), net], check=True)
                command = [sys.executable, HERE / "track_peers.py", peer, net]
                answer = subprocess.run(command, capture_output=True, text=True)
                if answer.returncode == 69:
                    print(f"{peer} is not there and is left out", flush=True)
                    out.append({"program": "peer", "run_name": peer, "missing": True})
                    break
                if answer.returncode != 0:
                    raise SystemExit(f"{peer}, {tasks} tasks: {answer.stderr.strip()}")
                out.append({"program": "peer", "run_name": f"{peer}/{tasks}", **json.loads(answer.stdout)})
                print(f"{peer}, {tasks} tasks", flush=True)
    return out


def measure(programs):
    records = []
    for name in dict.fromkeys(row[1] for row in ROWS):
        runs = [row[2] for row in ROWS if row[1] == name]
        if name == "table":
            records += [run_solver(programs, *run.split("/")) for run in runs]
            continue
        found, _ = run_benchmarks(programs, name, [run for run in dict.fromkeys(runs) if run != PEAK])
        records += found
        if PEAK in runs:  # alone in its process, for the sake of the peak
            found, peak = run_benchmarks(programs, name, [PEAK])
            records += [dict(one, peak_mib=peak) for one in found]
    records += run_peers(programs)
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
    whole = found.get(("schedule", PEAK), {})
    for line in lines:
        if line[3] == "passes":
            line[3] = None if passes is None else 2 * passes
        elif line[3] == "memory":
            line[3] = 2.5 * whole["instance_mib"] + whole["answer_mib"]
    cells = [[what, f"{number(v)} {unit}", f"{number(goal)} {unit}" if goal else "–",
              f"{v / goal:.2f}" if goal else "–", "–" if not goal else "met" if v <= goal else "**missed**"]
             for what, unit, v, goal in lines]  # fmt: skip
    missed = [cell[0] for cell in cells if cell[4] == "**missed**"]
    counted = f"Goals met: {sum(1 for cell in cells if cell[4] != '–') - len(missed)} of " \
              f"{sum(1 for cell in cells if cell[4] != '–')}." + (f" Missed: {'; '.join(missed)}." if missed else "")  # fmt: skip
    beside, left_out = [], []
    for record in records[1:]:
        if record["program"] != "peer":
            continue
        if record.get("missing"):
            left_out.append(record["run_name"])
            continue
        ours = found.get(("schedule", f"CriticalPathPasses/tasks:{record['tasks']}/two_calendars:0"))
        own = None if ours is None else ours["cpu_time"] * NANOSECONDS[ours["time_unit"]] / 1e6
        beside.append([record["run_name"].split("/")[0], str(record["tasks"]), record["what"], f"{number(record['ms'])} ms",
                       "–" if own is None else f"{number(own)} ms", "–" if own is None else f"{record['ms'] / own:,.0f}"])  # fmt: skip
    text = [
        "# Tracking: measured",
        f"Written by `benchmarks/track_table.py` on {head['date']}, {head['commit']}. {head['machine']}; "
        f"{head['cores']} cores seen, one thread. CPU time, medians of three repetitions; of an edit the wall clock. "
        "Certificates are checked and dates compared with those of Boost.Graph and of a schedule computed anew, after "
        "the clock has stopped.",
        "**Faults:** " + "; ".join(faults) + "." if faults else "Every answer was accepted.",
        table(["what", "measured", "goal", "of the goal", ""], cells),
        counted,
        LIMITS.rstrip(),
        "Beside igraph and networkx, on the same networks, their graphs built beforehand; the last finish is compared. Ours: "
        "both passes, floats and drivers with them. Theirs: what stands in the row." + (f" Not here: {', '.join(left_out)}." if left_out else ""),
        table(["peer", "tasks", "what it does", "peer", "ours", "times"], beside),
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
