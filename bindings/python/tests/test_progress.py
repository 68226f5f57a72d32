"""What a solve says while it runs: a line, a bar, log records."""

import io
import logging
import sys
import types

import pytest

import countyplan
from countyplan import _progress


@pytest.fixture
def ticks():
    return [countyplan.Tick(0.5, 1000), countyplan.Tick(1.25, 2_500_000, best=12.0, bound=10.5)]


def test_true_writes_one_line_that_ends(monkeypatch, ticks):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    shown = _progress.observer(True)
    for tick in ticks:
        shown(tick)
    del shown
    written = stream.getvalue()
    assert written.count("\n") == 1 and written.endswith("\n")
    assert written.split("\r")[-1].strip() == "1.2 s, 2,500,000 steps, best 12, bound 10.5"


def test_nothing_is_written_where_there_was_no_tick(monkeypatch, small):
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    countyplan.allocate(small, progress=True, step_limit=0)
    assert stream.getvalue() in ("", stream.getvalue().rstrip("\n") + "\n")


def test_notebooks_get_a_bar(monkeypatch, ticks):
    made = []

    class Bar:
        n, closed = 0, False

        def __init__(self, **options):
            made.append(self)

        def set_postfix_str(self, text):
            self.text = text

        def update(self, more):
            self.n += more

        def close(self):
            self.closed = True

    shell = types.SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    notebook = types.ModuleType("tqdm.notebook")
    notebook.tqdm = Bar
    monkeypatch.setitem(sys.modules, "tqdm.notebook", notebook)
    shown = _progress.observer(True)
    for tick in ticks:
        shown(tick)
    assert made[0].n == 2_500_000 and "bound 10.5" in made[0].text
    del shown
    assert made[0].closed


def test_the_log_tells_ticks_and_ends(caplog, small, ticks):
    with caplog.at_level(logging.DEBUG, logger="countyplan"):
        seen = []
        shown = _progress.observer(seen.append)
        for tick in ticks:
            shown(tick)
        countyplan.allocate(small)
    assert seen == ticks
    assert [r.levelno for r in caplog.records if "steps, best" in r.getMessage()] == [logging.DEBUG]
    assert any("allocate: optimal (proved, proved)" in r.getMessage() for r in caplog.records if r.levelno == 20)
    assert _progress.observer(None) is None and _progress.observer(False) is None
    with pytest.raises(TypeError, match="progress must be callable"):
        _progress.observer(3)
