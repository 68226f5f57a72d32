"""Do the examples in the docstrings print what they say?"""

import doctest
import importlib
import pkgutil

import pytest

import countyplan


def modules():
    yield countyplan
    for found in pkgutil.walk_packages(countyplan.__path__, "countyplan."):
        if found.name != "countyplan._core":
            yield importlib.import_module(found.name)


def test_every_example_prints_what_it_says():
    pytest.importorskip("matplotlib")
    ran = {module.__name__: doctest.testmod(module) for module in modules()}
    assert {name: result.failed for name, result in ran.items() if result.failed} == {}
    for name in ("countyplan", "countyplan.plot", "countyplan.solve"):
        assert ran[name].attempted > 2, name
