"""Mechanisms on one plan, compared on the same measures."""

import dataclasses
import pickle

import pytest

import countyplan


@pytest.fixture(scope="module")
def plan():
    return countyplan.generate()


@pytest.fixture(scope="module")
def found(plan):
    return countyplan.compare_mechanisms(plan)


def test_every_mechanism_is_there_in_order(found):
    assert [str(result.mechanism) for result in found] == list(countyplan.Mechanism)
    assert len(found) == len(countyplan.Mechanism)
    assert found["greedy"].mechanism == countyplan.Mechanism.greedy
    with pytest.raises(KeyError):
        found["gready"]


def test_the_best_is_that_of_allocate(plan, found):
    allocation = countyplan.allocate(plan)
    assert found["optimal"].measures.tiers == allocation.tiers
    assert found["optimal"].staffing == allocation.staffing


def test_rules_that_are_heeded_are_kept(found):
    for result in found:
        assert all(rule.breaches == 0 for rule in result.rules if rule.is_heeded)
        assert set(result.broken) <= set(result.ignored)
    assert "sender.quota_total" in found["top_trading_cycles"].broken
    assert found["status_quo"].measures.moves == 0
    assert found["experts_propose"].measures.blocking == 0 < found["optimal"].measures.blocking


def test_measures_of_a_staffing_are_those_of_its_mechanism(plan, found):
    for result in found:
        assert countyplan.measures_of(plan, result.staffing) == result.measures


def test_options(plan):
    one = countyplan.compare_mechanisms(plan, ["serial_dictatorship"])
    assert len(one) == 1
    with pytest.raises(ValueError, match="did you mean 'greedy'"):
        countyplan.compare_mechanisms(plan, ["gready"])
    with pytest.raises(TypeError, match="not a text"):
        countyplan.compare_mechanisms(plan, "greedy")
    with pytest.raises(TypeError, match="'order'"):
        countyplan.compare_mechanisms(plan, oder=[])
    with pytest.raises(countyplan.InvalidProblem, match=r"order\[0\]"):
        countyplan.compare_mechanisms(plan, ["serial_dictatorship"], order=["nobody"])


def test_results_pickle_and_show(found):
    assert pickle.loads(pickle.dumps(found)) == found
    assert "greedy" in found._repr_html_()
    assert dataclasses.is_dataclass(found["greedy"])


def test_tables(found):
    pytest.importorskip("pandas")
    measures = found.to_pandas()
    assert list(measures["mechanism"]) == list(countyplan.Mechanism)
    assert measures["filled"].max() <= measures["wanted"].max()
    assert measures["tier_critical_shortfall"].min() == found["optimal"].measures.critical_shortfall
    assert len(found.to_pandas("staffing")) == sum(len(result.staffing) for result in found)
    assert set(found.to_pandas("rules")["mechanism"]) == set(countyplan.Mechanism)
    with pytest.raises(ValueError, match="table"):
        found.to_pandas("tiers")


def test_scenarios_drop_the_same_people(plan):
    few = countyplan.in_scenario(plan, seed=3, drop_out=0.1)
    fewer = countyplan.in_scenario(plan, seed=3, drop_out=0.3, quotas=0.5, objective=["fit"], weights={"wish": 50})
    assert few == countyplan.in_scenario(plan, seed=3, drop_out=0.1)
    ids = [{row["id"] for row in made.rows("experts")} for made in (plan, few, fewer)]
    assert ids[0] > ids[1] > ids[2]
    assert countyplan.in_scenario(plan) == plan
    assert list(countyplan.allocate(fewer).tiers) == ["fit"]


def test_scenarios_refuse_what_they_do_not_know(plan):
    with pytest.raises(countyplan.InvalidProblem, match="drop_out"):
        countyplan.in_scenario(plan, drop_out=1.5)
    with pytest.raises(countyplan.InvalidProblem, match="no 'wishes'"):
        countyplan.in_scenario(plan, weights={"wishes": 1})
    with pytest.raises(ValueError, match="did you mean 'fit'"):
        countyplan.in_scenario(plan, objective=["fitt"])
    with pytest.raises(TypeError, match="drop_outs"):
        countyplan.in_scenario(plan, drop_outs=0.1)
    with pytest.raises(OverflowError):
        countyplan.in_scenario(plan, seed=-1)
