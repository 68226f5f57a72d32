"""Is the difference between two ways real? Paired differences of a sweep, with intervals."""

from __future__ import annotations

import dataclasses
import html
import warnings
from collections.abc import Iterable
from typing import Any

from . import _frames, _points
from ._options import keyword_options, one_of, real, whole
from ._sweep import Sweep

_columns = (
    "measure", "value", "baseline", "pairs", "lost",
    "mean", "mean_baseline", "difference", "low", "high", "p", "p_holm",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Comparison:
    """What a `compare` found: ``rows`` are dicts, one per measure, group and value other than the baseline.

    Each has the parameters of its group, ``measure``, ``value`` and ``baseline`` (of ``factor``), ``pairs`` (of rows
    that differ in the factor only), ``lost`` (pairs with an error or without the measure), the means of both, the mean
    ``difference``, its interval ``low`` to ``high``, ``p`` (two-sided; None of a single pair) and ``p_holm``, corrected
    for all comparisons in the table (Holm, Scandinavian Journal of Statistics 6, 1979). ``source``: the sweep's digest.
    """

    rows: list[dict[str, Any]]
    factor: str
    by: tuple[str, ...]
    level: float
    method: str
    source: str

    def to_pandas(self) -> Any:
        """The rows as a DataFrame. ImportError without pandas."""
        return _frames.pandas().DataFrame(self.rows, columns=[*self.by, *_columns])

    def __repr__(self) -> str:
        real_ones = sum(row["p_holm"] is not None and row["p_holm"] < 1 - self.level for row in self.rows)
        return (
            f"<countyplan.Comparison by {self.factor}: {len(self.rows)} differences, {real_ones} of them at "
            f"{self.level:g} ({self.method}, Holm)>"
        )

    def _repr_html_(self) -> str:
        names = [*self.by, *_columns]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)

        def cell(value: Any) -> str:
            return f"<td>{html.escape(f'{value:.4g}' if isinstance(value, float) else str(value))}</td>"

        body = "".join("<tr>" + "".join(cell(row[name]) for name in names) + "</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _scipy() -> Any:
    try:
        from scipy import stats
    except ImportError as error:
        raise ImportError(
            "comparisons need SciPy, which is not installed for this Python (Debian: python3-scipy)"
        ) from error
    return stats


def _interval(differences: list[float], level: float, method: str, seed: int) -> tuple[Any, Any, Any]:
    """(low, high, p) of the mean of paired differences."""
    import numpy

    count = len(differences)
    if count < 2:
        return None, None, None
    low, high = min(differences), max(differences)
    if high - low <= 1e-9 * max(abs(low), abs(high)):  # no spread: all signs alike, or no difference at all
        return low, high, 1.0 if low == high == 0 else 2.0 ** (1 - count)
    stats = _scipy()
    array = numpy.asarray(differences, dtype=float)
    if method == "t":
        test = stats.ttest_1samp(array, 0.0)
        interval = test.confidence_interval(level)
        return float(interval.low), float(interval.high), float(test.pvalue)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        interval = stats.bootstrap(
            (array,),
            numpy.mean,
            confidence_level=level,
            n_resamples=9999,
            method="BCa",
            random_state=numpy.random.Generator(numpy.random.Philox(seed)),
        ).confidence_interval
    flipped = stats.permutation_test(
        (array, numpy.zeros_like(array)),
        lambda a, b, axis: numpy.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=9999,
        random_state=numpy.random.Generator(numpy.random.Philox(seed + 1)),
    )
    return float(interval.low), float(interval.high), float(flipped.pvalue)


def _correct(rows: list[dict[str, Any]]) -> None:
    """Holm: the k-th least of m values times m - k + 1, never less than the one before."""
    tested = sorted((row for row in rows if row["p"] is not None), key=lambda row: row["p"])
    least = 0.0
    for at, row in enumerate(tested):
        least = max(least, min(1.0, row["p"] * (len(tested) - at)))
        row["p_holm"] = least


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


@keyword_options
def compare(
    result: Sweep,
    /,
    *,
    factor: str,
    baseline: Any,
    measure: str | Iterable[str],
    by: Iterable[str] | None = None,
    level: float = 0.95,
    method: str = "t",
    seed: int = 0,
) -> Comparison:
    """How much each value of a parameter changes a measure, against its baseline, over pairs of rows.

    ``factor``: the parameter; ``baseline``: the value that others are held against. A pair are two rows of a `sweep`
    with the same seed and the same other parameters, so that what chance does to both falls out. ``by``: the parameters
    that make groups of their own, None: all others; pairs of other seeds, and of what is not named, are one sample.
    ``measure``: one or more columns of numbers or truths. ``level`` of the intervals. ``method``: ``t`` (Student;
    SciPy's `ttest_1samp`) or ``bootstrap`` (SciPy's `bootstrap`, BCa, and `permutation_test` by signs, from ``seed``);
    where all differences are alike the interval is that one and p that of all signs alike. Same sweep and options, same
    table. ValueError for a name or value that the sweep does not have, ImportError without SciPy.
    """
    if not isinstance(result, Sweep):
        raise TypeError(f"result must be a Sweep, not {type(result).__name__}")
    one_of(factor, result.parameters, "factor")
    others = [name for name in result.parameters if name != factor]
    if isinstance(by, str):
        raise TypeError("by must be several names, not one text")
    groups = others if by is None else [one_of(name, others, "by") for name in by]
    measured = list(dict.fromkeys(name for row in result.rows for name in row))
    measured = [name for name in measured if name not in (*result.parameters, "seed", "error")]
    measures = [one_of(m, measured, "measure") for m in ([measure] if isinstance(measure, str) else measure)]
    level = real(level, "level")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level!r}")
    one_of(method, ("t", "bootstrap"), "method")
    whole(seed, "seed", least=0)
    base = _points.plain(baseline, "baseline")
    values = list(dict.fromkeys((type(row[factor]), row[factor]) for row in result.rows))
    if (type(base), base) not in values:
        raise ValueError(f"baseline cannot be {baseline!r}; {factor} is {', '.join(repr(v) for _, v in values)}")

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        return (*((type(row[name]), row[name]) for name in others), row["seed"])

    rows_of: dict[Any, dict[Any, dict[str, Any]]] = {value: {} for value in values}
    for row in result.rows:
        rows_of[type(row[factor]), row[factor]][place(row)] = row
    out = []
    for name in measures:
        for value in values:
            if value == (type(base), base):
                continue
            samples: dict[tuple[Any, ...], list[tuple[dict[str, Any], dict[str, Any]]]] = {}
            for key, row in rows_of[value].items():
                other = rows_of[type(base), base].get(key)
                if other is not None:
                    samples.setdefault(tuple(row[group] for group in groups), []).append((row, other))
            for group, pairs in samples.items():
                known = [(a[name], b[name]) for a, b in pairs if _is_number(a.get(name)) and _is_number(b.get(name))]
                differences = [float(a - b) for a, b in known]
                low, high, p = _interval(differences, level, method, seed)
                out.append(
                    {
                        **dict(zip(groups, group, strict=True)),
                        "measure": name,
                        "value": value[1],
                        "baseline": base,
                        "pairs": len(known),
                        "lost": len(pairs) - len(known),
                        "mean": _mean([float(a) for a, _ in known]),
                        "mean_baseline": _mean([float(b) for _, b in known]),
                        "difference": _mean(differences),
                        "low": low,
                        "high": high,
                        "p": p,
                        "p_holm": None,
                    }
                )
    _correct(out)
    return Comparison(out, factor, tuple(groups), level, method, result.digest)


def _is_number(value: Any) -> bool:
    return isinstance(value, (bool, int, float))
