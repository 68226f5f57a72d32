"""What do all pictures share: fonts, colours, words, and bytes that do not change?"""

from __future__ import annotations

import contextlib
import functools
import os
import pathlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from .._options import one_of, whole

languages = ("zh", "en")

# Okabe and Ito (2008): told apart by every kind of colour vision, and in grey
blue, orange, green, vermilion, sky, purple, yellow, black = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#56B4E9",
    "#CC79A7",
    "#F0E442",
    "#000000",
)
cycle = (blue, orange, green, vermilion, purple, sky, black)
pale, faint = "#BBBBBB", "#E6E6E6"

_families = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Hiragino Sans GB",
    "AR PL UMing CN",
    "Droid Sans Fallback",
)
_files = re.compile(r"wqy|notosans(cjk|sc|-sc)|sourcehansans|msyh|simhei|pingfang|uming|droidsansfallback", re.IGNORECASE)
_han = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_suffixes = (".svg", ".png", ".pdf")


def matplotlib() -> Any:
    """matplotlib, imported when a picture is first asked for."""
    try:
        import matplotlib
        import matplotlib.dates
        import matplotlib.figure
        import matplotlib.font_manager
        import matplotlib.lines
        import matplotlib.patches
        import matplotlib.path
    except ImportError as error:
        raise ImportError(
            "plots need matplotlib, which is not installed for this Python (Debian: python3-matplotlib)"
        ) from error
    return matplotlib


@functools.cache
def chinese_font() -> str | None:
    """The family of a font with Chinese characters, or None; fonts newer than matplotlib's cache are found, too."""
    manager = matplotlib().font_manager
    known = {font.name for font in manager.fontManager.ttflist}
    for file in sorted(manager.findSystemFonts()):
        if _files.search(pathlib.Path(file).name) and not known.intersection(_families):
            manager.fontManager.addfont(file)
            known = {font.name for font in manager.fontManager.ttflist}
    return next((family for family in _families if family in known), None)


def _settings(needs_chinese: bool) -> dict[str, Any]:
    font = chinese_font()
    if needs_chinese and font is None:
        raise RuntimeError(
            "no font with Chinese characters is installed (Debian: fonts-noto-cjk or fonts-wqy-zenhei); "
            'language="en" does without where names are not Chinese'
        )
    return {
        "font.family": ["DejaVu Sans"] if font is None else ["DejaVu Sans", font],
        "font.size": 9.0,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.titlelocation": "left",
        "axes.titlesize": 11.0,
        "axes.titleweight": "normal",
        "figure.facecolor": "white",
        "figure.dpi": 100.0,
        "legend.frameon": False,
        "hatch.linewidth": 0.6,
        "svg.fonttype": "path",
        "svg.hashsalt": "countyplan",
        "pdf.fonttype": 42,
    }


@contextlib.contextmanager
def drawing(width: float, height: float, *, language: str, columns: int = 1) -> Iterator[tuple[Any, Any]]:
    """A figure of this size in inches and its axes (an array where there are more columns); laid out at the end."""
    mpl = matplotlib()
    base = {key: value for key, value in mpl.rcParamsDefault.items() if key not in ("backend", "interactive")}
    with mpl.rc_context():
        mpl.rcParams.update(base)
        mpl.rcParams.update(_settings(language == "zh"))
        figure = mpl.figure.Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.subplots(1, columns)
        if any(_han.search(text.get_text()) for text in figure.findobj(mpl.text.Text)):
            _settings(True)  # names of the plan's own may be Chinese in every language
        figure.canvas.draw()  # tick labels are made here, with these fonts
        figure.countyplan_language = language


def save(figure: Any, path: str | os.PathLike[str], /, *, dpi: int = 150, replace: bool = True) -> None:
    """Writes a picture as ``.svg``, ``.png`` (at ``dpi``) or ``.pdf``: same data, same bytes, without date.

    Characters are drawn as outlines, so that the file needs no font. ValueError for another suffix, FileExistsError
    where it is there and not ``replace``, OSError.
    """
    mpl = matplotlib()
    if not isinstance(figure, mpl.figure.Figure):
        raise TypeError(f"figure must be a matplotlib Figure, not {type(figure).__name__}")
    target = pathlib.Path(os.fsdecode(path))
    if target.suffix not in _suffixes:
        raise ValueError(f"{target.name!r} must end in {', '.join(_suffixes)}")
    if not replace and target.exists():
        raise FileExistsError(f"{target} is there already")
    without_date: dict[str, Any] = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(target.suffix, {})
    with mpl.rc_context():
        mpl.rcParams.update(_settings(getattr(figure, "countyplan_language", "en") == "zh"))
        figure.savefig(target, dpi=whole(dpi, "dpi", least=10, most=1200), metadata=without_date)


def words(table: dict[str, tuple[str, str]], language: str) -> Callable[[str], str]:
    """The texts of a table in one language."""
    at = languages.index(one_of(language, languages, "language"))
    return lambda name: table[name][at]


def shortened(text: str, most: int) -> str:
    """At most so many columns wide (Chinese characters take two), cut with an ellipsis."""
    width, out = 0, ""
    for character in text:
        width += 2 if _han.match(character) else 1
        if width > most:
            return out.rstrip() + "…"
        out += character
    return text
