"""Who serves where: how far posts are filled, and the ways from senders to schools."""

from __future__ import annotations

from typing import Any

from .. import _core
from .._answer import Allocation
from .._options import keyword_options, one_of
from .._plan import Plan
from . import _style

_words = {
    "coverage": ("岗位到岗情况：在岗人数/需求人数", "Posts filled: people serving of people wanted"),
    "share": ("到岗比例", "share filled"),
    "all": ("合计", "all"),
    "any": ("不限学科", "any subject"),
    "staffing": ("人员去向：派出单位 → 县 → 学校（人）", "Who goes where: sender → county → school (people)"),
    "sender": ("派出单位", "sender"),
    "county": ("县", "county"),
    "school": ("学校", "school"),
}


def _name(row: Any, language: str, key: str) -> str:
    return str(getattr(row, f"name_{language}", "") or getattr(row, "name_zh", "") or getattr(row, key))


def _must_fit(plan: Any, allocation: Any) -> None:
    if not isinstance(plan, Plan):
        raise TypeError(f"plan must be a Plan, not {type(plan).__name__}")
    if not isinstance(allocation, Allocation):
        raise TypeError(f"allocation must be an Allocation, not {type(allocation).__name__}")
    if allocation.digests.plan != plan.fingerprint:
        raise ValueError("this allocation was computed from another plan")


@keyword_options
def coverage(plan: Plan, allocation: Allocation, /, *, by: str = "subject", language: str = "zh") -> Any:
    """Heat map of posts filled: a row per county, a column per subject (or ``by="role"``), and all together.

    A cell says people serving and people wanted (the posts' targets); a column without posts in a county is blank.
    ValueError for another plan's allocation, or where there are no posts.
    """
    text = _style.words(_words, language)
    _must_fit(plan, allocation)
    one_of(by, ("subject", "role"), "by")
    posts = plan.to_pandas("posts").set_index("id")
    if posts.empty:
        raise ValueError("the plan has no posts: there is nothing to draw")
    county = posts["school"].map(plan.to_pandas("schools").set_index("id")["county"])
    kind = posts[by].astype(object)
    serving = allocation.to_pandas("staffing")["post"].value_counts().reindex(posts.index, fill_value=0)
    counties = {row.code: _name(row, language, "code") for row in plan.to_pandas("counties").itertuples()}
    kinds = [k for k in _order(by) if k in set(kind)]
    kinds += sorted(set(kind) - set(kinds))
    wanted_cells = posts["target"].groupby([county, kind]).sum().unstack().reindex(index=list(counties), columns=kinds)
    serving_cells = serving.groupby([county, kind]).sum().unstack().reindex(index=list(counties), columns=kinds)
    wanted = wanted_cells.fillna(0).assign(**{"\0all": wanted_cells.sum(axis=1)}).to_numpy()
    served = serving_cells.fillna(0).assign(**{"\0all": serving_cells.sum(axis=1)}).to_numpy()
    titles = [_kind_text(by, k, language, text) for k in kinds] + [text("all")]
    rows, columns = wanted.shape
    upright = by == "role"
    width = 3.4 + 1.45 * columns if upright else 2.6 + 0.42 * columns
    size = (width, 1.7 + 0.24 * max(rows, 3) + (0 if upright else 0.6))
    with _style.drawing(*size, language=language) as (figure, axes):
        import numpy

        with numpy.errstate(invalid="ignore", divide="ignore"):
            share = numpy.where(wanted > 0, served / wanted, numpy.nan)
        image = axes.pcolormesh(
            numpy.clip(share, 0, 1), cmap="cividis", vmin=0, vmax=1, edgecolors="white", linewidth=1
        )
        for row in range(rows):
            for column in range(columns):
                if wanted[row, column] <= 0 and served[row, column] <= 0:
                    continue
                dark = share[row, column] < 0.55
                label = f"{served[row, column]:.0f}/{wanted[row, column]:.0f}"
                axes.text(
                    column + 0.5, row + 0.5, label, ha="center", va="center", size=7, color="white" if dark else "black"
                )
        axes.xaxis.tick_top()
        axes.set_xticks([c + 0.5 for c in range(columns)], titles)
        axes.set_yticks([r + 0.5 for r in range(rows)], list(counties.values()))
        if not upright:
            for label in axes.get_xticklabels():
                label.set(rotation=45, ha="left", rotation_mode="anchor")
        axes.tick_params(length=0)
        axes.axvline(columns - 1, color="black", linewidth=1)
        axes.invert_yaxis()
        for spine in axes.spines.values():
            spine.set_visible(False)
        figure.suptitle(text("coverage"), x=0.01, ha="left", fontsize=11)
        bar = figure.colorbar(image, ax=axes, shrink=0.6, pad=0.02, format=lambda x, _: f"{x:.0%}")
        bar.set_label(text("share"))
        bar.outline.set_visible(False)
    return figure


def _order(by: str) -> list[str]:
    return list(_core.Role) if by == "role" else list(_core.subject_words())


def _kind_text(by: str, kind: str, language: str, text: Any) -> str:
    if by == "role":
        return _core.Role(kind).text(language)
    if not kind:
        return text("any")
    known = _core.subject_words().get(kind)
    return known[_style.languages.index(language)] if known else kind


@keyword_options
def staffing(
    plan: Plan, allocation: Allocation, /, *, county: str | None = None, level: str = "city", language: str = "zh"
) -> Any:
    """The ways from sender to county to school, as wide as there are people.

    Senders are shown at ``level`` (a `SenderKind`), those above it as themselves; ``county`` (a code) leaves the others
    out. ValueError for another plan's allocation, or where nobody serves.
    """
    text = _style.words(_words, language)
    _must_fit(plan, allocation)
    kinds = list(_core.SenderKind)
    depth = kinds.index(one_of(level, kinds, "level"))
    senders = {row.id: row for row in plan.to_pandas("senders").itertuples()}
    schools = {row.id: row for row in plan.to_pandas("schools").itertuples()}
    counties = {row.code: row for row in plan.to_pandas("counties").itertuples()}
    if county is not None:
        one_of(county, counties, "county")

    def shown(sender: str) -> str:
        while kinds.index(senders[sender].kind) > depth and senders[sender].parent in senders:
            sender = senders[sender].parent
        return sender

    home = {row.id: shown(row.sender) for row in plan.to_pandas("experts").itertuples()}
    place = {row.id: row.school for row in plan.to_pandas("posts").itertuples()}
    ways: dict[tuple[str, str, str], int] = {}
    for row in allocation.to_pandas("staffing").itertuples():
        school = place[row.post]
        if county is None or schools[school].county == county:
            key = (home[row.expert], schools[school].county, school)
            ways[key] = ways.get(key, 0) + 1
    if not ways:
        raise ValueError("nobody serves there: there is nothing to draw")
    names = [
        {s: _name(senders[s], language, "id") for s in senders},
        {c: _name(counties[c], language, "code") for c in counties},
        {s: _name(schools[s], language, "id") for s in schools},
    ]
    totals = [_sums(ways, side, list(names[side])) for side in range(3)]
    people = sum(ways.values())
    most = max(len(side) for side in totals)
    height = max(4.0, 0.21 * most + 1.2)
    with _style.drawing(11.0, height, language=language) as (figure, axes):
        unit = (0.62 * most) / people  # a row of the fullest side is 1 high with its gap
        spots = [_spots(side, unit, float(most)) for side in totals]
        colours = {s: _style.cycle[at % len(_style.cycle)] for at, s in enumerate(totals[0])}
        first = {(a, b): 0 for a, b, _ in ways}
        second = {(b, c, a): 0 for a, b, c in ways}
        for (a, b, c), n in ways.items():
            first[a, b] += n
            second[b, c, a] += n
        _ribbons(axes, first, spots[0], spots[1], unit, 0.0, 1.0, lambda key: colours[key[0]])
        _ribbons(
            axes,
            {(b, c, a): n for (b, c, a), n in sorted(second.items(), key=lambda kv: _rank(kv[0], totals))},
            spots[1],
            spots[2],
            unit,
            1.0,
            2.0,
            lambda key: colours[key[2]],
        )
        for side, spot in enumerate(spots):
            for key, (top, size) in spot.items():
                axes.add_patch(
                    _style.matplotlib().patches.Rectangle(
                        (side - 0.012, top), 0.024, size, color=colours[key] if side == 0 else "#333333"
                    )
                )
                label = f"{_style.shortened(names[side][key], 44)}  {totals[side][key]}"
                x, align = (side - 0.025, "right") if side == 0 else (side + 0.025, "left")
                box = {"facecolor": "white", "alpha": 0.75, "edgecolor": "none", "pad": 0.6} if side == 1 else None
                axes.text(x, top + size / 2, label, ha=align, va="center", size=8, bbox=box)
            axes.text(side, -0.9, text(("sender", "county", "school")[side]), ha="center", size=9, weight="bold")
        axes.set(xlim=(-0.02, 2.02), ylim=(most + 0.3, -1.4))
        axes.axis("off")
        figure.suptitle(text("staffing"), x=0.01, ha="left", fontsize=11)
    return figure


def _sums(ways: dict[tuple[str, str, str], int], side: int, order: list[str]) -> dict[str, int]:
    out: dict[str, int] = {}
    for key, n in ways.items():
        out[key[side]] = out.get(key[side], 0) + n
    return {key: out[key] for key in order if key in out}


def _spots(totals: dict[str, int], unit: float, height: float) -> dict[str, tuple[float, float]]:
    """Top and size of each bar: as high as it has people, at least a line of text apart."""
    sizes = {key: n * unit for key, n in totals.items()}
    slots = {key: max(size, 0.88) for key, size in sizes.items()}
    spare = max(0.0, height - sum(slots.values()))
    gap = spare / max(1, len(slots) - 1) if len(slots) > 1 else 0.0
    scale = min(1.0, height / sum(slots.values()))
    at, out = (spare / 2 if len(slots) == 1 else 0.0), {}
    for key in totals:
        slot = slots[key] * scale
        size = min(sizes[key], slot)
        out[key] = (at + (slot - size) / 2, size)
        at += slot + gap
    return out


def _rank(key: tuple[str, str, str], totals: list[dict[str, int]]) -> tuple[int, int, int]:
    orders = [list(side) for side in totals]
    return orders[1].index(key[0]), orders[2].index(key[1]), orders[0].index(key[2])


def _ribbons(axes: Any, flows: Any, left: Any, right: Any, unit: float, x0: float, x1: float, colour: Any) -> None:
    """One band per flow between the bars of two sides, stacked in order at both ends."""
    mpl = _style.matplotlib()
    path = mpl.path.Path
    at_left = {key: top for key, (top, _) in left.items()}
    at_right = {key: top for key, (top, _) in right.items()}
    sums_left = dict.fromkeys(left, 0)
    sums_right = dict.fromkeys(right, 0)
    for key, n in flows.items():
        sums_left[key[0]] += n
        sums_right[key[1]] += n
    order = {key: at for at, key in enumerate(left)}
    ends = {key: at for at, key in enumerate(right)}
    x0, x1, middle = x0 + 0.012, x1 - 0.012, (x0 + x1) / 2
    starts = {}
    for key in sorted(flows, key=lambda k: (order[k[0]], ends[k[1]])):
        high = left[key[0]][1] * flows[key] / sums_left[key[0]]
        starts[key] = (at_left[key[0]], high)
        at_left[key[0]] += high
    for key in sorted(flows, key=lambda k: (ends[k[1]], order[k[0]])):
        low = right[key[1]][1] * flows[key] / sums_right[key[1]]
        y1, (y0, high) = at_right[key[1]], starts[key]
        at_right[key[1]] += low
        points = [(x0, y0), (middle, y0), (middle, y1), (x1, y1)]
        back = [(x1, y1 + low), (middle, y1 + low), (middle, y0 + high), (x0, y0 + high), (x0, y0)]
        codes = [path.MOVETO, path.CURVE4, path.CURVE4, path.CURVE4, path.LINETO, path.CURVE4, path.CURVE4]
        codes += [path.CURVE4, path.CLOSEPOLY]
        axes.add_patch(mpl.patches.PathPatch(path(points + back, codes), facecolor=colour(key), alpha=0.45, lw=0))
