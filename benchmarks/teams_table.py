"""Measures teams on instance F and writes benchmarks/results/teams.md.

    /usr/bin/python3 benchmarks/teams_table.py                         five seeds, 10 s each, HiGHS on seed 1, two threads
    /usr/bin/python3 benchmarks/teams_table.py --long 1 5              those, and seeds 1 and 5 for 60 s
    /usr/bin/python3 benchmarks/teams_table.py --also other.jsonl      rows measured by another program, kept as well
    /usr/bin/python3 benchmarks/teams_table.py --report                write the table from what is kept

A line of --also has `instance`, `what`, `limit`, `ms`, `objective`, `bound`, `accepted` and may have `goal` (percent).

Runs `bench_solve_teams`, which checks every certificate after the clock has stopped, and beside it HiGHS through SciPy's
`milp` where there is SciPy. Kept in benchmarks/results/teams.jsonl, one line per run.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from solve_report import machine, table  # noqa: E402

RESULTS = HERE / "results"
BINARIES = pathlib.Path(os.environ.get("COUNTYPLAN_BIN_DIR", HERE.parent / "build" / "release" / "bin"))
PROGRAM = BINARIES / "bench_solve_teams"


def ours(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def highs(seed, seconds):
    """The instance as a mixed-integer program: a column per pair, one per sender and school that pairs join."""
    import numpy
    import scipy.optimize
    import scipy.sparse

    text = subprocess.run([PROGRAM, "write", str(seed)], check=True, capture_output=True, text=True).stdout
    numbers = iter(map(int, text.split()))
    _, posts, experts, _, charge, pairs = (next(numbers) for _ in range(6))
    sender = [next(numbers) for _ in range(experts)]
    school = [next(numbers) for _ in range(posts)]
    rows = [(next(numbers), next(numbers), next(numbers)) for _ in range(pairs)]
    link = {}
    for expert, post, _ in rows:
        link.setdefault((sender[expert], school[post]), pairs + len(link))
    cost = [c for _, _, c in rows] + [charge] * len(link)
    entries, lower, upper = [], [], []

    def add(columns, values, low, high):
        entries.extend((len(lower), column, value) for column, value in zip(columns, values))
        lower.append(low)
        upper.append(high)

    of_post, of_expert = [[] for _ in range(posts)], [[] for _ in range(experts)]
    for column, (expert, post, _) in enumerate(rows):
        of_post[post].append(column)
        of_expert[expert].append(column)
        add((column, link[sender[expert], school[post]]), (1, -1), -1, 0)
    for columns in of_post:
        add(columns, [1] * len(columns), 1, 1)
    for columns in of_expert:
        add(columns, [1] * len(columns), 0, 1)
    where, column, value = zip(*entries)
    matrix = scipy.sparse.csr_array((value, (where, column)), shape=(len(lower), len(cost)))
    start = time.monotonic()
    result = scipy.optimize.milp(
        numpy.array(cost), integrality=numpy.ones(len(cost)), bounds=scipy.optimize.Bounds(0, 1),
        constraints=scipy.optimize.LinearConstraint(matrix, lower, upper), options={"time_limit": seconds},
    )  # fmt: skip
    found = {"ms": 1e3 * (time.monotonic() - start), "bound": result.mip_dual_bound}
    if result.x is not None:
        found["objective"] = result.fun
    return found


def gap(run):
    if run.get("bound") is None or run.get("objective", 0) <= 0:
        return None
    return 100 * (run["objective"] - run["bound"]) / run["objective"]


def report(runs):
    model, cores = machine()
    lines = [
        "# Teams: measured",
        "",
        f"Written by `benchmarks/teams_table.py` on {datetime.date.today()}. {model}; {cores} cores seen, one thread. "
        f"Wall clock; load of the machine up to {max(run.get('load', 0.0) for run in runs):.1f}. Instance F: 34 schools "
        "of 10 posts, 600 experts, 60 senders, 3000 for each sender at a school. Bounds are those of certificates, each checked after the clock stopped.",
        "",
    ]
    rows = []
    for run in runs:
        if run["what"] in ("moves", "lanes"):
            continue
        share = gap(run)
        goal = run.get("goal")
        met = "–" if goal is None else "met" if share is not None and share <= goal and run["accepted"] else "**missed**"
        rows.append((
            run["instance"], run["what"], f"{run['limit']:g}", f"{run['ms'] / 1e3:.2f}",
            f"{run['objective']:.0f}" if "objective" in run else "–",
            "–" if run["bound"] is None else f"{run['bound']:.0f}",
            "–" if share is None else f"{share:.2f} %", "–" if goal is None else f"{goal} %", met,
            f"{run['check_ms']:.0f}" if "check_ms" in run else "–",
        ))  # fmt: skip
    lines.append(table(("instance", "solver", "limit, s", "s", "found", "bound", "gap", "goal", "", "checking, ms"), rows))
    for run in runs:
        if run["what"] == "moves":
            lines += ["", f"Changes of one expert judged: {run['moves'] / run['ms'] / 1e3:.2f} million per second "
                      "(goal 1), each taken back unless it is better."]  # fmt: skip
        if run["what"] == "lanes":
            lines += ["", f"{run['steps']} steps of {run['instance']}: {run['ms'] / 1e3:.2f} s on one thread, "
                      f"{run['ms_two'] / 1e3:.2f} s on two, {run['ms'] / run['ms_two']:.2f} times (goal 1.6); "
                      f"{'the same result' if run['same'] else '**another result**'}."]  # fmt: skip
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--long", type=int, nargs="*", default=[], help="seeds that get 60 s as well")
    parser.add_argument("--peer", type=float, default=10.0, help="seconds for HiGHS on seed 1; 0 leaves it out")
    parser.add_argument("--also", type=pathlib.Path, help="lines measured by another program")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()
    kept = RESULTS / "teams.jsonl"
    if not options.report:
        runs = [{"what": "moves", "instance": "seed 1", **ours("moves", 1)}]
        runs.append({"what": "lanes", "instance": "seed 1", **ours("lanes", 1, 6000)})
        limits = [(seed, options.seconds) for seed in range(1, options.seeds + 1)]
        for seed, seconds in limits + [(seed, 60.0) for seed in options.long]:
            run = {"what": "countyplan", "instance": f"seed {seed}", "limit": seconds, **ours("solve", seed, seconds)}
            if seconds in (10.0, 60.0):
                run["goal"] = 1.0 if seconds < 60.0 else 0.5
            run["load"] = os.getloadavg()[0]
            runs.append(run)
            print(seed, seconds, run["objective"], run["bound"], f"{gap(run):.2f} %", run["accepted"], flush=True)
        if options.peer > 0:
            runs.append({"what": "HiGHS", "instance": "seed 1", "limit": options.peer, **highs(1, options.peer)})
        if options.also:
            runs += [json.loads(line) for line in options.also.read_text().splitlines()]
        kept.write_text("".join(json.dumps(run) + "\n" for run in runs))
    runs = [json.loads(line) for line in kept.read_text().splitlines()]
    (RESULTS / "teams.md").write_text(report(runs))


if __name__ == "__main__":
    main()
