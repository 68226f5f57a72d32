"""What lies behind the progress and the dates: values, reasons, quality, baselines, delays."""

import pytest

import countyplan

pandas = pytest.importorskip("pandas")


@pytest.fixture(scope="module")
def looked_twice(guangxi):
    return countyplan.track(guangxi, "2026-03-01", windows=["2025-12-31", "2026-02-01"])


def test_values_add_up_from_tasks_to_the_whole(tracking):
    table = tracking.to_pandas("earned_value")
    whole = table[table["level"] == "whole"].iloc[0]
    for level in ("province", "county", "task"):
        part = table[table["level"] == level]
        for column in ("bac", "pv", "ev"):
            if level != "task":  # tasks without data stand in none of the sums
                assert part[column].sum() == pytest.approx(whole[column])
    assert whole["sv"] == pytest.approx(whole["ev"] - whole["pv"])
    assert whole["spi"] == pytest.approx(whole["ev"] / whole["pv"])
    undefined = table[table["pv"] == 0]
    assert len(undefined) and undefined["spi"].isna().all()
    assert not table.select_dtypes("float").isin([float("inf"), float("-inf")]).any().any()
    assert tracking.value == "money" and tracking.baseline == "plan"


def test_timelines_and_reasons_are_those_of_the_tasks(tracking):
    tasks = tracking.to_pandas("tasks").set_index("id")
    line = tracking.to_pandas("timeline").set_index("id")
    assert set(line.index) == set(tasks.index)
    assert (line["finish"] == tasks.loc[line.index, "early_finish"]).all()
    for _, county in line.groupby("county", observed=True):
        assert county["start"].is_monotonic_increasing
    log = tracking.to_pandas("schedule_log")
    assert len(log) == 5 * len(tasks) and log["zh"].str.len().min() > 0
    by_link = log[log["driver"] == "link"]
    assert set(by_link["other"]) <= set(tasks.index) and (log[log["driver"] != "link"]["other"] == "").all()


def test_each_county_has_paths_and_fourteen_checks(guangxi, tracking):
    counties = [row["code"] for row in guangxi.rows("counties")]
    paths = tracking.to_pandas("float_paths")
    assert (paths.groupby("county").size() <= 3).all() and set(paths["county"]) <= set(counties)
    assert len(countyplan.track(guangxi, "2026-03-01", paths=1).to_pandas("float_paths")) == paths["county"].nunique()
    quality = tracking.to_pandas("quality")
    assert len(quality) == 14 * len(counties) and str(quality["passes"].dtype) == "boolean"
    known = quality[quality["denominator"] > 0]
    assert (known["value"] == known["numerator"] / known["denominator"]).all()
    assert quality[quality["denominator"] <= 0]["passes"].isna().all()
    assert list(tracking.to_pandas("baseline")["county"]) == counties


def test_delays_run_from_day_to_day(guangxi, tracking, looked_twice):
    assert not len(tracking.to_pandas("delays"))
    delays = looked_twice.to_pandas("delays")
    assert set(delays["until"]) == {pandas.Timestamp("2026-02-01"), pandas.Timestamp("2026-03-01")}
    assert countyplan.verify(guangxi, looked_twice)
    for wrong in (["2026-05-01"], ["2026-02-01", "2026-01-01"]):
        with pytest.raises(countyplan.InvalidProblem, match="windows"):
            countyplan.track(guangxi, "2026-03-01", windows=wrong)
    with pytest.raises(TypeError):
        countyplan.track(guangxi, "2026-03-01", windows="2026-02-01")
    for wrong in ({"logic": "retain"}, {"value": "gold"}, {"path_order": "total"}):
        with pytest.raises(ValueError):
            countyplan.track(guangxi, "2026-03-01", **wrong)


def test_the_day_may_be_named(small):
    assert countyplan.track(small, as_of="2026-05-30").to_pandas("tasks").equals(
        countyplan.track(small, "2026-05-30").to_pandas("tasks")
    )
