"""Measures whole allocations and their peers and writes benchmarks/results/allocate.md.

    /usr/bin/python3 benchmarks/allocate_table.py            everything, some minutes on one core
    /usr/bin/python3 benchmarks/allocate_table.py --rows guangxi,guangxi-fair   try these; nothing is written
    /usr/bin/python3 benchmarks/allocate_table.py --report   write the table from what is kept

Each measurement runs in a process of its own: `bench_allocate_table` for C++ and CBC, this file again for HiGHS.
Kept in benchmarks/results/allocate.jsonl.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results"
PROGRAM = HERE.parent / "build" / "release" / "bin" / "bench_allocate_table"
LIMIT = 60  # seconds for one peer on one row, unless told otherwise
PEERS = ("cbc", "highs")
ASKED = ("guangxi", "guangxi-all", "national")  # rows that are asked what comes after a solve
ROWS = ("guangxi", "guangxi-fair", "guangxi-all", "national", "national-fair")
# milliseconds that a figure of a row may take, and the goals of questions by how many counties there are
GOALS = {"build_ms": ("eligibility, scores", 1000), "ms": ("solve", 300), "allocate_ms": ("allocate", 2000)}
ASKED_GOALS = {
    ("guangxi", "repair of one event"): 1,
    ("national", "repair of one event"): 20,
    ("guangxi", "explanation of one refusal"): 50,
    ("guangxi", "whole trade-off, moves and fit"): 5000,
    ("guangxi", "whole trade-off, hardship and fit"): 5000,
}


def read_program(path):
    import numpy as np

    data = pathlib.Path(path).read_bytes()
    columns, rows, entries, tiers = (int(x) for x in np.frombuffer(data, np.int64, 4))
    at = 32

    def take(kind, count):
        nonlocal at
        values = np.frombuffer(data, kind, count, at)
        at += values.nbytes
        return values

    lower, upper = take(np.float64, columns), take(np.float64, columns)
    cost = take(np.float64, columns * tiers).reshape(tiers, columns)
    row_lower, row_upper = take(np.float64, rows), take(np.float64, rows)
    row, column, value = take(np.int64, entries), take(np.int64, entries), take(np.float64, entries)
    return lower, upper, cost, row_lower, row_upper, row, column, value


def measure_highs(name, program):
    """Tier after tier, each held at its best value by a row more; the matrix is totally unimodular."""
    import resource

    import numpy as np
    import scipy
    from scipy import optimize, sparse

    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([program, "write", name, file.name], check=True)
        lower, upper, cost, row_lower, row_upper, row, column, value = read_program(file.name)
    matrix = sparse.csr_matrix((value, (row, column)), shape=(len(row_lower), len(lower)))
    costs, seconds = [], 0.0
    for tier in cost:
        constraint = optimize.LinearConstraint(matrix, row_lower, row_upper)
        start = time.perf_counter()
        answer = optimize.milp(tier, bounds=optimize.Bounds(lower, upper), constraints=constraint)
        seconds += time.perf_counter() - start
        if answer.status != 0:
            raise SystemExit(f"highs: {answer.message}")
        costs.append(str(int(round(answer.fun))))
        matrix = sparse.vstack([matrix, sparse.csr_matrix(tier)], format="csr")
        row_lower, row_upper = np.append(row_lower, -np.inf), np.append(row_upper, round(answer.fun))
    print(json.dumps({
        "row": name, "solver": "highs", "costs": costs, "ms": round(1e3 * seconds, 3),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "compiler": f"SciPy {scipy.__version__}",
    }))  # fmt: skip


def measure(row, solver, program, limit):
    if solver == "highs":
        command = [sys.executable, __file__, "--program", str(program), "--in-python", row]
    else:
        command = [str(program), row, solver]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return {"row": row, "solver": solver, "failed": f"not finished in {limit} s"}
    if answer.returncode != 0:
        return {"row": row, "solver": solver, "failed": answer.stderr.strip().splitlines()[-1][:80]}
    return json.loads(answer.stdout.strip().splitlines()[-1])


def ask(row, program):
    """A record per question."""
    answer = subprocess.run([str(program), row, "questions"], capture_output=True, text=True, timeout=10 * LIMIT)
    if answer.returncode != 0:
        raise SystemExit(answer.stderr)
    return [json.loads(line) for line in answer.stdout.splitlines()]


def commit_of():
    answer = subprocess.run(["git", "-C", HERE, "log", "-1", "--format=%h"], capture_output=True, text=True)
    return answer.stdout.strip()


def written(ms):
    return f"{ms:.2f}" if ms < 10 else f"{ms:.0f}" if ms < 10_000 else f"{ms / 1000:.1f} s"


def judged(ms, goal):
    return f"{goal}, met" if ms <= goal else f"{goal}, missed by {ms / goal:.2g} times"


def report(records):
    by = {(r["row"], r["solver"]): r for r in records if "row" in r and "question" not in r}
    head = next(r for r in records if "commit" in r)
    lines = [
        "# Allocation: one run", "",
        f"Written by `benchmarks/allocate_table.py` on {head['date']}, program of {head['commit']}, "
        f"{head['compiler']}. Milliseconds, medians; one thread. The plans are generated "
        "(`experiment/generate`); `fair` is critical shortfall, shortfall, leximin over counties, fit; `all` is ten tiers, quotas, decisions and roads. Peers solve the "
        "same problem as a linear program, one tier after the other; only their own solving is counted, on our side "
        "nothing is left out of `allocate`.", "",
        "| plan | experts | posts | pairs | eligibility, scores | solve | allocate, certificate included | verify | "
        "peak MiB | CBC | HiGHS | same values |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for row in ROWS:
        own = by[(row, "countyplan")]
        cells = []
        same = []
        for peer in PEERS:
            record = by.get((row, peer), {"failed": "not run"})
            if "failed" in record:
                cells.append(record["failed"])
                continue
            cells.append(f"{written(record['ms'])} ({record['ms'] / own['ms']:.0f} times)")
            same.append(record["costs"] == own["costs"])
        lines.append(
            f"| {row} | {own['experts']} | {own['posts']} | {own['pairs']} | {written(own['build_ms'])} | "
            f"{written(own['ms'])} | {written(own['allocate_ms'])} | {written(own['verify_ms'])} | {own['peak_mib']:.0f} "
            f"| {' | '.join(cells)} | {'–' if not same else 'yes' if all(same) else 'NO'} |"
        )
        if not own["certified"]:
            lines.append(f"| {row}: NOT CERTIFIED |")
    lines += ["", "| plan | figure | ms | goal |", "|---|---|---|---|"]
    for row in ("national", "national-fair"):
        for key, (what, goal) in GOALS.items():
            ms = by[(row, "countyplan")][key]
            lines.append(f"| {row} | {what} | {written(ms)} | {judged(ms, goal)} |")
    lines += [
        "", "## Questions after a solve", "",
        "Repair: resigned and ill in turn, each from the answer before, the last as good as a full solve; the peers have "
        "nothing to start from and solve the whole problem again (their time above). Refusal: why somebody is not in "
        "another post, with all that would have to change. Trade-off: all corners with their proofs, verified.", "",
        "| plan | question | asked | median | goal of the median | slowest | points | open | right | CBC anew | HiGHS anew |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for record in records:
        if "question" not in record:
            continue
        is_repair = record["question"].startswith("repair")
        is_curve = "trade-off" in record["question"]
        peers = []
        for peer in PEERS:
            other = by.get((record["row"], peer), {"failed": "not run"})
            peers.append("–" if not is_repair else other["failed"] if "failed" in other else written(other["ms"]))
        goal = ASKED_GOALS[(record["row"].split("-")[0], record["question"])]
        lines.append(
            f"| {record['row']} | {record['question']} | {record['times']} | {written(record['ms'])} | "
            f"{judged(record['ms'], goal)} | {written(record['most_ms'])} | {record['points'] if is_curve else '–'} | "
            f"{record['open'] if is_curve else '–'} | {'yes' if record['right'] else 'NO'} | {' | '.join(peers)} |"
        )
    (RESULTS / "allocate.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM)
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--rows", default="", help="names with commas between them; measured and printed only")
    parser.add_argument("--limit", type=int, default=LIMIT, help="seconds for one peer on one row")
    parser.add_argument("--in-python", metavar="ROW", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.in_python:
        measure_highs(arguments.in_python, arguments.program)
        return
    kept = RESULTS / "allocate.jsonl"
    if arguments.report:
        records = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    else:
        records = []
        chosen = [row for row in ROWS if row in arguments.rows.split(",")] if arguments.rows else ROWS
        for row in chosen:
            for solver in ("countyplan",) + PEERS:
                records.append(measure(row, solver, arguments.program, arguments.limit))
                print(json.dumps(records[-1]), flush=True)
        for row in chosen:
            for answer in ask(row, arguments.program) if row in ASKED else ():
                records.append(answer)
                print(json.dumps(answer), flush=True)
        if arguments.rows:
            return
        records.insert(0, {"commit": commit_of(), "date": datetime.date.today().isoformat(),
                           "compiler": records[0].get("compiler", "")})  # fmt: skip
        kept.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")
    report(records)


if __name__ == "__main__":
    main()
