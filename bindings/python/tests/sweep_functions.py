"""What the tests of sweeps run: functions that any worker can import."""

import os
import pathlib
import signal
import time

import countyplan


def measured(plan, *, seed, scale, word):
    """A few numbers that depend on everything given."""
    if seed == 3 and scale == 2.0:
        raise LookupError("no such point")
    return {"mixed": (seed * 7919 % 101) * scale, "posts": len(plan.rows("posts")), "word_again": word * 2}


def slept(*, seed, milliseconds):
    time.sleep(milliseconds / 1000)
    return seed * seed


def plan_of_seed(*, seed, experts):
    """An allocation of a plan made from the seed."""
    plan = countyplan.generate(base="invented", counties=2, seed=seed, experts=experts, local_teachers=0)
    allocation = countyplan.allocate(plan)
    return {str(tier): value for tier, value in allocation.tiers.items()}


def dies_once(*, seed, flag):
    """Kills its worker at seed 5, the first time."""
    path = pathlib.Path(flag)
    if seed == 5 and not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return seed


def always_dies(*, seed, deadly):
    if seed == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return seed


def returns(*, seed, what):
    return {
        "nan": float("nan"),
        "infinite": {"x": float("inf")},
        "list": [1],
        "surrogate": "\ud800",
        "own_name": {"what": 1},
        "number_name": {1: 2},
    }[what]


def exits(*, seed):
    raise SystemExit("gone")
