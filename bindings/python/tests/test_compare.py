"""Comparisons of a sweep: pairs, intervals and the correction for many."""

import math
import statistics

import pytest

import countyplan

stats = pytest.importorskip("scipy.stats", reason="SciPy is not installed (Debian: python3-scipy)")


def noisy(*, seed, way, load):
    """Noise of the seed that both ways share, and a little of their own."""
    shared = (seed * 2654435761 % 1000) / 10
    own = (seed * 40503 + len(way) * 977 + int(load) * 131) % 1009 / 202
    if way == "broken" and seed % 3 == 0:
        raise RuntimeError("no answer")
    return {"cost": shared + load + {"old": 0.0, "new": -2.0, "same": 0.0, "broken": 0.0}[way] + own, "flat": 3}


@pytest.fixture(scope="module")
def run():
    return countyplan.sweep(noisy, {"way": ["old", "new", "same", "broken"], "load": [1.0, 50.0]}, seeds=30)


def test_pairs_take_away_what_chance_does_to_both(run):
    found = countyplan.compare(run, factor="way", baseline="old", measure="cost")
    assert found.by == ("load",) and len(found.rows) == 6
    first = found.rows[0]
    assert (first["load"], first["value"], first["baseline"]) == (1.0, "new", "old")
    assert (first["pairs"], first["lost"]) == (30, 0)
    value = {(r["way"], r["seed"]): r["cost"] for r in run.rows if r["load"] == 1.0 and r["error"] is None}
    differences = [value["new", n] - value["old", n] for n in range(30)]
    mean, spread = statistics.fmean(differences), statistics.stdev(differences) / math.sqrt(30)
    assert first["difference"] == pytest.approx(mean)
    half = 2.045229642 * spread  # Student's t, 29 degrees of freedom, 0.975
    assert (first["low"], first["high"]) == pytest.approx((mean - half, mean + half))
    assert first["high"] < 0 and first["p_holm"] < 0.05
    wide = statistics.stdev([value["new", n] for n in range(30)])
    assert first["high"] - first["low"] < wide / 10


def test_errors_are_lost_pairs(run):
    found = countyplan.compare(run, factor="way", baseline="old", measure="cost")
    broken = [r for r in found.rows if r["value"] == "broken"]
    assert [(r["pairs"], r["lost"]) for r in broken] == [(20, 10), (20, 10)]


def test_groups_may_be_pooled_and_measures_several(run):
    found = countyplan.compare(run, factor="way", baseline="old", measure=["cost", "flat"], by=[])
    assert [(r["measure"], r["value"], r["pairs"]) for r in found.rows] == [
        ("cost", "new", 60), ("cost", "same", 60), ("cost", "broken", 40),
        ("flat", "new", 60), ("flat", "same", 60), ("flat", "broken", 40),
    ]  # fmt: skip
    assert all((r["difference"], r["low"], r["high"], r["p"]) == (0, 0, 0, 1.0) for r in found.rows[3:])
    assert list(found.to_pandas().columns[:3]) == ["measure", "value", "baseline"]
    assert "6 differences" in repr(found) and "<table>" in found._repr_html_()


def test_holm_is_what_the_definition_says(run):
    found = countyplan.compare(run, factor="way", baseline="old", measure="cost").rows
    p = sorted(r["p"] for r in found)
    expected = []
    for k, value in enumerate(p):
        expected.append(max([min(1.0, value * (len(p) - k)), *expected[-1:]]))
    assert expected != [min(1.0, value * len(p)) for value in p]
    assert sorted(r["p_holm"] for r in found) == pytest.approx(expected, rel=1e-9, abs=0)
    assert all(r["p_holm"] >= r["p"] for r in found)


def test_the_bootstrap_is_deterministic_and_near_the_t_interval(run):
    options = {"factor": "way", "baseline": "old", "measure": "cost", "by": []}
    one = countyplan.compare(run, method="bootstrap", seed=5, **options)
    assert one == countyplan.compare(run, method="bootstrap", seed=5, **options)
    assert one != countyplan.compare(run, method="bootstrap", seed=6, **options)
    t = countyplan.compare(run, **options).rows[0]
    boot = one.rows[0]
    assert boot["low"] == pytest.approx(t["low"], abs=0.3) and boot["high"] == pytest.approx(t["high"], abs=0.3)
    assert boot["p"] < 0.01 and t["p"] < 0.01


def test_one_pair_has_no_interval():
    run = countyplan.sweep(noisy, {"way": ["old", "new"], "load": [1.0]}, seeds=1)
    [row] = countyplan.compare(run, factor="way", baseline="old", measure="cost").rows
    assert (row["pairs"], row["low"], row["high"], row["p"], row["p_holm"]) == (1, None, None, None, None)


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"factor": "ways"}, ValueError),
        ({"baseline": "older"}, ValueError),
        ({"baseline": ["old"]}, TypeError),
        ({"measure": "costs"}, ValueError),
        ({"measure": "seed"}, ValueError),
        ({"by": ["way"]}, ValueError),
        ({"by": "load"}, TypeError),
        ({"level": 1.0}, ValueError),
        ({"level": float("nan")}, ValueError),
        ({"method": "z"}, ValueError),
        ({"seed": -1}, OverflowError),
        ({"basline": 1}, TypeError),
    ],
)
def test_wrong_options_are_refused(run, options, kind):
    with pytest.raises(kind):
        countyplan.compare(run, **{"factor": "way", "baseline": "old", "measure": "cost", **options})


def test_only_sweeps_are_compared(run):
    with pytest.raises(TypeError):
        countyplan.compare(run.rows, factor="way", baseline="old", measure="cost")
