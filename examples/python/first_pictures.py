"""Allocates a plan, says why a post is empty, and draws a Gantt chart and a heat map.

    python3 first_pictures.py examples/guangxi pictures
"""

import pathlib
import sys

import countyplan
from countyplan import plot

plan, folder = countyplan.read_plan(sys.argv[1]), pathlib.Path(sys.argv[2])
allocation = countyplan.allocate(plan)
print(allocation, countyplan.verify(plan, allocation))
empty = allocation.unfilled[0]
print(empty.post, empty.reason.zh, empty.reason.en, sep="\n")
tracking = countyplan.track(plan, "2026-02-28")
folder.mkdir(exist_ok=True)
plot.save(plot.gantt(tracking, county="450124"), folder / "gantt.svg")
plot.save(plot.coverage(plan, allocation), folder / "coverage.svg")
