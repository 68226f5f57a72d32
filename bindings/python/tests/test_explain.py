"""Why a staffing is as it is, and what would change it."""

import pytest

import countyplan


def test_a_person_and_a_post_are_explained(guangxi, allocation):
    posting = allocation.staffing[0]
    other = next(row["post"] for row in allocation.staffing if row["post"] != posting["post"])
    told = countyplan.explain(guangxi, allocation, expert=posting["expert"], why_not=other, most=3)
    assert told["why_here"]["post"] == posting["post"]
    assert told["why_not"]["post"] == other
    assert bool(told["why_not"]["refusals"]) == (told["why_not"]["effect"]["loss"] is None)
    assert len(told["other_posts"]) <= 3
    losses = [tuple(row["effect"]["loss"].values()) for row in told["other_posts"] if row["effect"]["loss"]]
    assert losses == sorted(losses)
    assert all(sentence["zh"] and sentence["en"] for sentence in told["sentences"])
    for short in allocation.unfilled[:1]:
        empty = countyplan.explain(guangxi, allocation, post=short.post)["why_empty"]
        assert empty["short_of_target"] == short.short_of_target
        assert empty["reason"]["en"] == short.reason.en


def test_the_whole_is_explained(guangxi, allocation):
    told = countyplan.explain(guangxi, allocation, subjects=True, hinges=4)
    assert len(told["hinges"]) == 4
    assert "why_here" not in told


def test_what_cannot_be_explained_is_refused(guangxi, allocation):
    for wrong in ({}, {"why_not": "P-1"}, {"expert": "nobody"}, {"post": "nowhere"}):
        with pytest.raises(ValueError):
            countyplan.explain(guangxi, allocation, **wrong)
    with pytest.raises(TypeError):
        countyplan.explain(guangxi, allocation, expert=3)
    with pytest.raises(OverflowError):
        countyplan.explain(guangxi, allocation, hinges=-1)
    with pytest.raises(ValueError):
        countyplan.explain(countyplan.generate(counties=1, seed=5), allocation, hinges=1)
