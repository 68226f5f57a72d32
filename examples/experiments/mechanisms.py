"""Which way of placing people keeps counties even when some of them do not come?

Six mechanisms, three places of fairness in the objective, four rates of drop-outs, thirty seeds, at the size of
Guangxi. Writes cells.csv (means with intervals), differences.csv (paired, against the optimum), digest.txt, pareto.svg.

    python3 examples/experiments/mechanisms.py [--workers 2] [--seeds 30] [--journal FILE] [--out DIRECTORY]
"""

import argparse
import concurrent.futures
import math
import pathlib
import statistics

import countyplan

mechanisms = (
    "optimal", "experts_propose", "posts_propose", "top_trading_cycles", "serial_dictatorship", "greedy",
)  # fmt: skip
fairness = {  # where evenness over counties stands in the objective
    "critical_shortfall;fit": "none",
    "critical_shortfall;shortfall;county_cover;fit": "third",
    "county_cover;critical_shortfall;fit": "first",
}
drop_out = [0.05, 0.1, 0.2, 0.3]
measures = ("cover", "worst_cover", "gini", "critical_shortfall", "mean_wish", "blocking", "rules_broken")


def cells(run, half_width):
    """A row per mechanism, place of fairness and rate: means over seeds with their intervals."""
    groups = {}
    for row in run.rows:
        groups.setdefault((row["mechanism"], fairness[row["objective"]], row["drop_out"]), []).append(row)
    out = []
    for (mechanism, place, rate), rows in groups.items():
        cell = {"mechanism": mechanism, "fairness": place, "drop_out": rate, "seeds": len(rows)}
        for name in measures:
            values = [float(row[name]) for row in rows]
            half = half_width(len(values)) * statistics.stdev(values) / math.sqrt(len(values))
            cell |= {name: statistics.fmean(values), f"{name}_half": half}
        out.append(cell)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", type=int, default=30)
    parser.add_argument("--journal")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    from pandas import DataFrame
    from scipy import stats

    plan = countyplan.generate(policy=False)
    grid = {"mechanism": mechanisms, "objective": list(fairness), "drop_out": drop_out}
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        run = countyplan.sweep(plan, grid, seeds=options.seeds, executor=pool, journal=options.journal)
    if run.errors:
        raise SystemExit(f"{len(run.errors)} errors, the first: {run.errors[0]}")
    found = countyplan.compare(run, factor="mechanism", baseline="optimal", measure=["cover", "worst_cover", "gini"])
    options.out.mkdir(parents=True, exist_ok=True)
    table = DataFrame(cells(run, lambda n: stats.t.ppf(0.975, n - 1)))
    table.to_csv(options.out / "cells.csv", index=False, float_format="%.6g")
    differences = found.to_pandas()
    differences["objective"] = differences["objective"].map(fairness)
    differences.rename(columns={"objective": "fairness"}).to_csv(
        options.out / "differences.csv", index=False, float_format="%.6g"
    )
    (options.out / "digest.txt").write_text(f"{run.digest}\n", encoding="utf-8")
    at = table[table["drop_out"] == 0.1]
    figure = countyplan.plot.pareto(
        at, "worst_cover", "mean_wish", goals=("max", "min"), group="mechanism", language="en"
    )
    figure.axes[0].errorbar(
        at["worst_cover"], at["mean_wish"], xerr=at["worst_cover_half"], yerr=at["mean_wish_half"],
        fmt="none", ecolor="0.6", elinewidth=0.8, zorder=0,
    )  # fmt: skip
    countyplan.plot.save(figure, options.out / "pareto.svg")
    print(f"{len(run.rows)} rows, {run.computed} computed, digest {run.digest}")


if __name__ == "__main__":
    main()
