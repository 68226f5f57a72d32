"""Pictures: what they show is what the tables say, every label is whole, same data give the same bytes."""

import datetime
import itertools
import os
import sys

import pytest

import countyplan

matplotlib = pytest.importorskip("matplotlib")
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402

from countyplan import plot  # noqa: E402
from countyplan.plot import _style  # noqa: E402

chinese = pytest.mark.skipif(_style.chinese_font() is None, reason="no font with Chinese characters is installed")
county = "450124"


@pytest.fixture(scope="module")
def curve(guangxi):
    return countyplan.trade_off(guangxi, [], first="hardship", second="fit", most_points=8)


@pytest.fixture(scope="module")
def pictures(guangxi, allocation, tracking, curve):
    """Functions that draw one picture of each kind, by name."""
    days = [datetime.date(2025, month, 1) for month in (1, 4, 7, 10)]
    rows = [{"name": n, "estimate": e, "low": e - 1, "high": e + 2} for n, e in (("a", 1.0), ("b", 3.0), ("c", 2.5))]
    ticks = [countyplan.Tick(t / 10, t, best=20.0 - t, bound=float(t)) for t in range(9)]
    return {
        "coverage": lambda language: plot.coverage(guangxi, allocation, language=language),
        "roles": lambda language: plot.coverage(guangxi, allocation, by="role", language=language),
        "staffing": lambda language: plot.staffing(guangxi, allocation, language=language),
        "counties": lambda language: plot.gantt(tracking, language=language),
        "gantt": lambda language: plot.gantt(tracking, county=county, language=language),
        "burn_up": lambda language: plot.burn_up(tracking, language=language),
        "earned_value": lambda language: plot.earned_value(
            [countyplan.track(guangxi, day) for day in days], language=language
        ),
        "pareto": lambda language: plot.pareto(rows, "estimate", "high", label="name", language=language),
        "trade_off": lambda language: plot.trade_off(curve, language=language),
        "comparison": lambda language: plot.comparison(rows, reference=0, language=language),
        "gap": lambda language: plot.gap(ticks, language=language),
    }


names = "coverage roles staffing counties gantt burn_up earned_value pareto trade_off comparison gap".split()
is_full = os.environ.get("COUNTYPLAN_LAWS") == "full"
seen = [(name, "zh") for name in names] + [(name, "en") for name in (names if is_full else ("coverage", "roles"))]


def shown_texts(figure):
    """Every text that is drawn."""
    yield from figure.texts
    if figure._suptitle is not None:
        yield figure._suptitle
    for axes in figure.axes:
        yield from (axes.title, axes._left_title, *axes.texts)
        if axes.get_legend() is not None:
            yield from axes.get_legend().get_texts()
        for axis in (axes.xaxis, axes.yaxis) if axes.axison else ():
            low, high = sorted(axis.get_view_interval())
            yield axis.label
            for tick in axis.get_major_ticks():
                if low <= tick.get_loc() <= high:
                    yield from (label for label in (tick.label1, tick.label2) if label.get_visible())


def boxes(figure):
    """(text, box in pixels, whether it is upright) of every text that is drawn."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    for text in dict.fromkeys(shown_texts(figure)):
        if text.get_visible() and text.get_text().strip():
            yield text.get_text(), text.get_window_extent(renderer), text.get_rotation() == 0


@chinese
@pytest.mark.parametrize(("name", "language"), seen)
def test_every_label_is_whole_and_none_lies_on_another(pictures, name, language):
    figure = pictures[name](language)
    width, height = figure.get_size_inches() * figure.dpi
    found = list(boxes(figure))
    assert len(found) > 5
    for text, box, _ in found:
        assert box.x0 > -1 and box.y0 > -1 and box.x1 < width + 1 and box.y1 < height + 1, (text, box)
    upright = [(text, box) for text, box, is_upright in found if is_upright]
    for (one, a), (other, b) in itertools.combinations(upright, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert wide < 2 or high < 0.35 * min(a.height, b.height), (one, other)


@chinese
@pytest.mark.parametrize("name", names if is_full else ("roles", "trade_off"))
def test_same_data_give_the_same_bytes(pictures, name, tmp_path):
    for suffix in ("svg", "png", "pdf"):
        written = []
        for at in range(2):
            target = tmp_path / f"{at}.{suffix}"
            plot.save(pictures[name]("zh"), target)
            written.append(target.read_bytes())
        assert written[0] == written[1], suffix
    assert b"<date>" not in (tmp_path / "0.svg").read_bytes() and b"dc:date" not in (tmp_path / "0.svg").read_bytes()


@chinese
def test_what_a_caller_has_set_for_matplotlib_changes_nothing(pictures, tmp_path):
    plot.save(pictures["burn_up"]("zh"), tmp_path / "plain.svg")
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True, "lines.linewidth": 9, "svg.fonttype": "none"}):
        plot.save(pictures["burn_up"]("zh"), tmp_path / "styled.svg")
        assert matplotlib.rcParams["font.size"] == 30
    assert (tmp_path / "plain.svg").read_bytes() == (tmp_path / "styled.svg").read_bytes()


def test_the_heat_map_says_what_the_answer_says(guangxi, allocation):
    figure = plot.coverage(guangxi, allocation, language="en")
    cells = [text.get_text() for text in figure.axes[0].texts]
    rows = allocation.counties
    for row in rows:
        assert f"{row.serving}/{row.wanted}" in cells
    wide = len(figure.axes[0].get_xticks())
    totals = [t for t in figure.axes[0].texts if t.get_position()[0] == wide - 0.5]
    assert [t.get_text() for t in totals] == [f"{row.serving}/{row.wanted}" for row in rows]
    kinds = sum(int(t.get_text().split("/")[0]) for t in figure.axes[0].texts if t not in totals)
    assert kinds == sum(row.serving for row in rows) == len(allocation.staffing)


def test_the_ways_carry_everybody(guangxi, allocation):
    figure = plot.staffing(guangxi, allocation, language="en", level="school")
    people = len(allocation.staffing)
    numbers = [int(t.get_text().rsplit("  ", 1)[1]) for t in figure.axes[0].texts if "  " in t.get_text()]
    assert sum(numbers) == 3 * people
    one = plot.staffing(guangxi, allocation, county=county, language="en")
    numbers = [int(t.get_text().rsplit("  ", 1)[1]) for t in one.axes[0].texts if "  " in t.get_text()]
    assert sum(numbers) == 3 * next(row.serving for row in allocation.counties if row.county == county)


def test_the_front_is_what_no_point_beats():
    rows = [{"x": x, "y": y} for x, y in ((1, 5), (2, 4), (2, 3), (3, 4), (4, 1), (0, 5), (4, 0), (float("nan"), 9))]
    for goals, front in (
        (("max", "max"), {(1, 5), (3, 4), (4, 1)}),
        (("min", "min"), {(0, 5), (2, 3), (4, 0)}),
        (("min", "max"), {(0, 5)}),
        (("max", "min"), {(4, 0)}),
    ):
        figure = plot.pareto(rows, "x", "y", goals=goals, language="en")
        big = [c for c in figure.axes[0].collections if len(c.get_sizes()) and c.get_sizes()[0] > 40]
        assert {tuple(point) for c in big for point in c.get_offsets().tolist()} == front, goals


def test_bars_end_where_the_tasks_do(tracking):
    figure = plot.gantt(tracking, county=county, language="en")
    tasks = tracking.to_pandas("tasks")
    tasks = tasks[(tasks["county"] == county) & ~tasks["cancelled"] & ~tasks["milestone"]]
    to_number = matplotlib.dates.date2num
    wanted = sorted(
        (to_number(row.early_start), to_number(row.early_finish) + 1)
        for row in tasks.dropna(subset=["early_start", "early_finish"]).itertuples()
    )
    outlines = [bar for bar in figure.axes[0].patches if bar.get_linewidth() > 1]
    assert sorted((bar.get_x(), bar.get_x() + bar.get_width()) for bar in outlines) == pytest.approx(wanted)
    critical = tasks["on_longest_path"].sum()
    assert sum(bar.get_hatch() is not None for bar in outlines) == critical > 0


def test_without_a_chinese_font_the_hint_says_what_to_install(pictures, monkeypatch):
    monkeypatch.setattr(_style, "chinese_font", lambda: None)
    with pytest.raises(RuntimeError, match="fonts-wqy-zenhei"):
        pictures["gap"]("zh")
    assert pictures["gap"]("en").axes


def test_without_matplotlib_the_hint_says_what_to_install(pictures, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match="python3-matplotlib"):
        pictures["gap"]("en")


def test_wrong_calls_are_refused_by_name(guangxi, small, allocation, tracking, tmp_path):
    for call, error, words in (
        (lambda: plot.coverage(small, allocation), ValueError, "another plan"),
        (lambda: plot.coverage(guangxi, tracking), TypeError, "allocation must be an Allocation"),
        (lambda: plot.coverage(guangxi, allocation, by="rolle"), ValueError, "did you mean 'role'"),
        (lambda: plot.coverage(guangxi, allocation, language="fr"), ValueError, "language cannot be 'fr'"),
        (lambda: plot.coverage(guangxi, allocation, langage="en"), TypeError, "did you mean 'language'"),
        (lambda: plot.staffing(guangxi, allocation, county="450125"), ValueError, "did you mean '451"),
        (lambda: plot.gantt(allocation), TypeError, "tracking must be a Tracking"),
        (lambda: plot.gantt(tracking, county="nowhere"), ValueError, "county cannot be"),
        (lambda: plot.earned_value([]), ValueError, "nothing to draw"),
        (lambda: plot.earned_value([tracking, tracking]), ValueError, "each as of another day"),
        (lambda: plot.pareto([], "x", "y"), ValueError, "no rows"),
        (lambda: plot.pareto([{"x": "1", "y": 2}], "x", "y"), TypeError, "must be a number, not str"),
        (lambda: plot.pareto([{"x": 1, "y": 2}], "x", "z"), ValueError, "y cannot be 'z'"),
        (
            lambda: plot.comparison([{"name": "a", "estimate": 1, "low": 2, "high": 3}]),
            ValueError,
            "row 0: low <= estimate <= high",
        ),
        (lambda: plot.gap([]), ValueError, "nothing to draw"),
        (lambda: plot.gap([1]), TypeError, "must be a Tick"),
        (lambda: plot.save(1, tmp_path / "a.svg"), TypeError, "must be a matplotlib Figure"),
        (lambda: plot.save(plot.burn_up(tracking, language="en"), tmp_path / "a.gif"), ValueError, "must end in"),
    ):
        with pytest.raises(error, match=words):
            call()
    assert not list(tmp_path.iterdir())


def test_an_empty_plan_gives_no_picture():
    plan = countyplan.Plan.from_frames(period=("2024-09-01", "2026-02-28"))
    allocation, tracking = countyplan.allocate(plan), countyplan.track(plan, "2025-01-01")
    for draw in (
        lambda: plot.coverage(plan, allocation),
        lambda: plot.staffing(plan, allocation),
        lambda: plot.gantt(tracking),
        lambda: plot.burn_up(tracking),
    ):
        with pytest.raises(ValueError, match="there is nothing to draw"):
            draw()
