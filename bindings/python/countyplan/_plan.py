"""Plans: reading, checking, writing, making."""

from __future__ import annotations

import dataclasses
import html
import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core, _frames
from ._errors import InvalidPlan
from ._options import day, flag, keyword_options, one_of, path, text, whole
from ._rows import records_of
from ._values import Finding

Plan = _core.Plan
Plan.__module__ = "countyplan"
Plan.__doc__ = """The programme of all counties: checked and immutable; cheap to copy, safe to share between threads.

Made by `read_plan`, `Plan.from_frames` and `generate`. Two plans are equal when all their rows are. Pickles as a
sealed snapshot.

Attributes: ``name``, ``version``, ``period`` (two dates, both included), ``fingerprint`` (a UUID; leaves facts and
staffing out), ``digests``, ``warnings`` (a list of `Finding`), ``weights`` (dict), ``tables`` (names).
"""

_encodings = ("automatic", "utf_8", "gb18030")


def _table(plan: Plan, table: str) -> str:
    return one_of(table, plan.tables, "table")


def _rows(self: Plan, table: str) -> list[dict[str, Any]]:
    """The rows of a table, as dicts by column, in order.

    Days are `datetime.date`, money is `decimal.Decimal` (yuan with two decimals), durations and lags are working
    days, lists are tuples, enumerations are their members, what is unset is None. ValueError for an unknown table.
    """
    return self._rows(_table(self, table))


def _to_pandas(self: Plan, table: str) -> Any:
    """A table as a DataFrame: one row per row, one column per column of the files.

    Days are ``datetime64[ns]`` with NaT for unset (a column with a day that pandas cannot hold, before 1677-09-22
    or after 2262-04-11, is of `datetime.date`), whole numbers ``int64`` (``Int64`` where some may be unset),
    decimals ``float64`` with NaN for unset, enumerations ``category`` (titles and degrees ordered), money
    `decimal.Decimal` in yuan, lists tuples. ValueError for an unknown table, ImportError without pandas.
    """
    wanted = _table(self, table)
    _frames.pandas()
    return _frames.frame(self._columns(wanted))


def _repr(self: Plan) -> str:
    sizes = self._sizes()
    counts = ", ".join(f"{sizes[table]} {table}" for table in ("counties", "schools", "posts", "experts", "tasks"))
    return f"<countyplan.Plan {self.name!r} {self.version!r}: {counts}>"


def _repr_html(self: Plan) -> str:
    cells = "".join(f"<tr><th>{table}</th><td>{size}</td></tr>" for table, size in self._sizes().items() if size)
    first, last = self.period
    caption = f"{html.escape(self.name)} {html.escape(self.version)} ({first} – {last})"
    return f"<table><caption>{caption}</caption><tbody>{cells}</tbody></table>"


def _from_frames(
    *,
    name: str = "",
    version: str = "",
    period: tuple[Any, Any],
    weights: Mapping[str, int] | None = None,
    objective: Iterable[str] | None = None,
    **tables: Any,
) -> Plan:
    """A plan of columns: one argument per table (see ``plan.tables``), such as ``counties=frame``.

    A table is a DataFrame, or a mapping from the names of columns to sequences, with the columns of the files and of
    `to_pandas`: ids and codes are texts, days dates or ``datetime64``, lists tuples; None, NaN and NaT are unset, and
    columns may be left out. ``period``: the first and the last day. ``weights``: of the factors of fit; ``objective``:
    `Tier` names in order. Raises `InvalidPlan` with all findings, whose places are such as ``posts[3].school``;
    TypeError and ValueError for what is no table.
    """
    if isinstance(period, str) or len(tuple(period)) != 2:
        raise TypeError("period must be two days")
    first, last = (day(one, "period").isoformat() for one in period)
    document: dict[str, Any] = {"format": "countyplan.plan", "period": {"from": first, "to": last}}
    document |= {"name": text(name, "name"), "version": text(version, "version")}
    if weights is not None:
        document["weights"] = {key: whole(value, f"weights[{key!r}]") for key, value in dict(weights).items()}
    if objective is not None:
        document["objective"] = [one_of(tier, _core.Tier.__members__, "objective") for tier in objective]
    for table, given in tables.items():
        if given is not None:
            document[one_of(table, _core.plan_tables(), "table")] = records_of(given, table)
    try:
        return _core.read_plan_text(json.dumps(document, ensure_ascii=False))
    except InvalidPlan as invalid:
        findings = [dataclasses.replace(one, line=None, column=None, pointer="") for one in invalid.findings]
    raise InvalidPlan(findings)


for _name, _method in {"rows": _rows, "to_pandas": _to_pandas, "__repr__": _repr, "_repr_html_": _repr_html}.items():
    _method.__name__ = _name
    _method.__qualname__ = f"Plan.{_name}"
    setattr(Plan, _name, _method)

_from_frames.__name__ = "from_frames"
_from_frames.__qualname__ = "Plan.from_frames"
Plan.from_frames = staticmethod(_from_frames)


@keyword_options
def read_plan(path_: str | os.PathLike[str], /, *, encoding: str = "automatic", salvage: bool = False) -> Plan:
    """The plan in a directory of CSV tables, a ``.plan.json`` or a ``.plan.snapshot``.

    ``encoding`` of CSV tables: ``automatic`` (UTF-8, else GB18030 with a warning), ``utf_8``, ``gb18030``.
    ``salvage``: of a damaged ledger's log the records before the damage are read, and a warning says what is left out.
    Raises `InvalidPlan` with all findings when there is an error among them, `RefusedInput` for a file that is
    too large or damaged, OSError (such as FileNotFoundError) where the system refuses. Warnings are in
    ``plan.warnings``, and with their lines in ``check(path)``.
    """
    return _core.read_plan(path(path_), one_of(encoding, _encodings, "encoding"), flag(salvage, "salvage"))


@keyword_options
def check(
    plan: Plan | str | os.PathLike[str], /, *, encoding: str = "automatic", salvage: bool = False
) -> list[Finding]:
    """Everything that is wrong with a plan or with the files at a path, all at once; wrong data do not raise.

    Findings of a path name file, line and column, or JSON Pointer; reading stops at 100 of them and says so.
    ``encoding`` and ``salvage`` as for `read_plan`.
    Raises `RefusedInput` and OSError as `read_plan` does.
    """
    one_of(encoding, _encodings, "encoding")
    flag(salvage, "salvage")
    if isinstance(plan, Plan):
        return _core.check_plan(plan)
    return _core.check_path(path(plan), encoding, salvage)


@keyword_options
def write_plan(plan: Plan, path_: str | os.PathLike[str], /, *, replace: bool = False) -> None:
    """Writes a plan, whole or not at all, in the format that the path's name says: ``.plan.json``,
    ``.plan.snapshot``, or a directory of CSV tables where it has no suffix.

    What exists is replaced only if ``replace``. Raises FileExistsError and other OSErrors, `RefusedInput` for
    another suffix. Reading it back gives an equal plan.
    """
    _core.write_plan(plan, path(path_), flag(replace, "replace"))


@keyword_options
def generate(
    *,
    base: str = "guangxi",
    counties: int = 20,
    seed: int = 1,
    schools: int | None = None,
    posts: int | None = None,
    experts: int | None = None,
    second_ring_schools: int = 26,
    local_teachers: int = 12,
    policy: bool | None = None,
) -> Plan:
    """An invented programme of any size, for trying things out; same options, same plan on every machine.

    ``base``: ``guangxi`` (its 20 real counties) or ``invented`` (1 to 1,600 counties). ``schools`` (assisted),
    ``posts`` and ``experts`` are totals; None follows the published means. ``policy``: whether there are quotas,
    decisions, roads and an objective of all tiers; None: in Guangxi. Raises `InvalidProblem` for a size out of range,
    OverflowError for a number beyond 64 bits.
    """

    def size(value: int | None, name: str) -> int | None:
        return None if value is None else whole(value, name)

    return _core.generate(
        one_of(base, _core.GenerateBase.__members__, "base"),
        whole(seed, "seed", least=0, most=2**64 - 1),
        whole(counties, "counties"),
        size(schools, "schools"),
        size(posts, "posts"),
        size(experts, "experts"),
        whole(second_ring_schools, "second_ring_schools"),
        whole(local_teachers, "local_teachers"),
        None if policy is None else flag(policy, "policy"),
    )


def plan_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``.plan.json``."""
    return json.loads(_core.plan_schema())
