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


def test_thresholds_and_limits_are_yours(guangxi, tracking):
    as_given = countyplan.track(guangxi, tracking.as_of, warning={"slow_red": 0.8}, quality={"lags": 0.05})
    assert as_given == countyplan.track(guangxi, tracking.as_of)
    strict = countyplan.track(guangxi, tracking.as_of, warning={"little_float": 10_000, "parents": "worst"})
    ranks = {"grey": 0, "blue": 0, "green": 1, "amber": 2, "red": 3}
    for table in ("tasks", "counties"):
        mild, worse = (list(one.to_pandas(table)["colour"].map(ranks)) for one in (tracking, strict))
        assert all(b >= a for a, b in zip(mild, worse)) and (mild != worse or table == "counties")
    loose = countyplan.track(guangxi, tracking.as_of, quality={"missing_logic": 1.0, "long_days": 10_000})
    checks = loose.to_pandas("quality").set_index("check")
    assert (checks.loc["missing_logic", "limit"] == 1.0).all() and checks.loc["missing_logic", "passes"].all()
    assert (checks.loc["long_duration", "numerator"] == 0).all()
    assert countyplan.verify(guangxi, strict) and countyplan.verify(guangxi, loose)
    for wrong in ({"slow": 1}, {"parents": "best"}, {"large_share": 2.0}):
        with pytest.raises(ValueError):
            countyplan.track(guangxi, tracking.as_of, warning=wrong)
    with pytest.raises(ValueError, match="missing_logic"):
        countyplan.track(guangxi, tracking.as_of, quality={"missing_logik": 1.0})
    with pytest.raises(TypeError):
        countyplan.track(guangxi, tracking.as_of, quality={"lags": "all"})


def test_indicators_go_out_to_iati_and_dhis2(guangxi, tmp_path):
    import json
    import xml.etree.ElementTree

    results = tmp_path / "results.iati.xml"
    left_out = countyplan.write_indicators(guangxi, results, publisher="XM-TEST-1", as_of="2026-03-01")
    assert all(finding.severity == "warning" for finding in left_out)
    root = xml.etree.ElementTree.parse(results).getroot()
    assert root.tag == "iati-activities" and len(root.findall("iati-activity")) > 0
    values = tmp_path / "values.dhis2.json"
    countyplan.write_indicators(guangxi, values)
    known = {row["id"] for row in guangxi.rows("indicators")}
    assert {row["dataElement"] for row in json.loads(values.read_text())["dataValues"]} <= known
    with pytest.raises(FileExistsError):
        countyplan.write_indicators(guangxi, values)
    countyplan.write_indicators(guangxi, values, replace=True)
    for name, more in (("a.xml", {}), ("b.iati.xml", {}), ("c.dhis2.json", {"recorded": "2026-03-01"})):
        with pytest.raises(ValueError):
            countyplan.write_indicators(guangxi, tmp_path / name, **more)
        assert not (tmp_path / name).exists()
