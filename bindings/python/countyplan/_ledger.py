"""What has been reported and what was known when: recording facts, looking them up, reading the log."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _core, _frames
from ._options import day, flag, keyword_options, one_of, path
from ._plan import Plan, _encodings
from ._rows import rows_of
from ._values import Finding

LedgerLog = _core.LedgerLog
LedgerLog.__module__ = "countyplan"
LedgerLog.__doc__ = """The append-only log of a ledger, every byte of it checked.

Attributes: ``facts`` (list of dicts, as ``Plan.rows("ledger")``), ``records`` (how many there are; each holds the facts
of one recording), ``bytes`` (of head and whole records), ``torn`` (bytes behind them, of a record whose writing was cut
off; it was never acknowledged).
"""

_fields = ("id", "recorded_at", "valid_at", "subject", "field", "value", "source", "evidence", "retracts")


@dataclasses.dataclass(frozen=True, slots=True)
class Recording:
    """What became of facts that were to be recorded.

    ``plan``: with the facts. ``warnings``: what is strange about them; they are recorded all the same. ``log`` and
    ``record``: the file, and the number of the record that holds them; None where nothing was written.
    """

    plan: Plan
    facts: int
    warnings: list[Finding]
    log: str | None
    record: int | None


def _facts(facts: Any, encoding: str) -> _core.FactTable:
    if isinstance(facts, (str, bytes, os.PathLike)):
        return _core.FactTable.at(path(facts), encoding)
    rows = rows_of(facts, "facts")
    for at, row in enumerate(rows):
        unknown = [name for name in row if name not in _fields]
        if unknown:
            raise ValueError(f"facts[{at}] has no field {unknown[0]!r}; known: {', '.join(_fields)}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_fields)
    for row in rows:
        writer.writerow([row.get(name, "") for name in _fields])
    return _core.FactTable.of(text.getvalue())


@keyword_options
def record(
    plan: Plan | str | os.PathLike[str],
    facts: Iterable[Mapping[str, Any]] | Any,
    /,
    *,
    dry_run: bool = False,
    encoding: str = "automatic",
) -> Recording:
    """Records facts: at the end of the ledger of a `Plan`, which gives a new plan, or of the plan at a path, whose log
    they are appended to, on the disk when this returns, all of them or none.

    ``facts``: dicts or a DataFrame with the columns of ``ledger.csv`` (days as dates or texts, values as texts or
    numbers), or the path of such a table, read in ``encoding``. ``dry_run``: writes nothing. Raises `InvalidPlan` with
    all findings where one may not be recorded: unknown subjects, values that are none, a day before the ledger's last
    one, an id that is taken; `RefusedInput` for a log that is damaged, OSError (such as a log that another process
    writes).
    """
    one_of(encoding, _encodings, "encoding")
    flag(dry_run, "dry_run")
    table = _facts(facts, encoding)
    if isinstance(plan, Plan):
        after, warnings, log, number = _core.record_in(plan, table)
    else:
        after, warnings, log, number = _core.record_at(path(plan), table, encoding, dry_run)
    return Recording(after, table.size(), warnings, None if number is None else os.fsdecode(log), number)


def baseline_facts(plan: Plan, name: str, recorded: datetime.date | str, /) -> list[dict[str, Any]]:
    """The facts that record the dates of the plan's own schedule and its budgets as a baseline, for `record`.

    They hold from ``recorded`` on; a county is then held to the last baseline that it has recorded. Raises
    `InvalidPlan` where the plan has no dates that keep all bounds.
    """
    return _core.baseline_facts(plan, _text(name, "name"), day(recorded, "recorded"))


def known_by(plan: Plan, recorded: datetime.date | str, /) -> Plan:
    """The plan as it stood in the knowledge of a day: without the facts recorded later."""
    return _core.known_by(plan, day(recorded, "recorded"))


def read_ledger_log(path_: str | os.PathLike[str], /) -> LedgerLog:
    """The log in a file. Raises `RefusedInput` with the record and the byte where it is damaged, OSError."""
    return _core.read_ledger_log(path(path_))


def ledger_log_path(plan: str | os.PathLike[str], /) -> str:
    """Where the log of the plan at a path lies: ``ledger.log`` in a directory, else beside the file."""
    return os.fsdecode(_core.ledger_log_path(path(plan)))


def _log_to_pandas(self: LedgerLog) -> Any:
    """The facts as a DataFrame, with the number of the ``record`` that holds each; types as in `Plan.to_pandas`."""
    _frames.pandas()
    return _frames.frame(self._columns())


def _log_repr(self: LedgerLog) -> str:
    return f"<countyplan.LedgerLog: {self._size()} facts in {self.records} records>"


for _name, _method in (("to_pandas", _log_to_pandas), ("__repr__", _log_repr)):
    _method.__name__ = _name
    _method.__qualname__ = f"LedgerLog.{_name}"
    setattr(LedgerLog, _name, _method)


class Ledger:
    """The facts of a plan, ready for look-up: what held on a day (``valid``), as far as was known on another
    (``recorded``, None: the same day). Answers never change by what is recorded later. Immutable."""

    __slots__ = ("_ledger",)

    def __init__(self, plan: Plan, /) -> None:
        if not isinstance(plan, Plan):
            raise TypeError(f"plan must be a Plan, not {type(plan).__name__}")
        self._ledger = _core.Ledger(plan)

    def find(
        self, subject: str, field: str, /, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> dict[str, Any] | None:
        """The fact about a subject (such as ``task:T-1``) and a field (such as ``percent``) that counts, or None."""
        return self._ledger.find(_text(subject, "subject"), _text(field, "field"), *_as_of(valid, recorded))

    def history(
        self, subject: str, field: str, /, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> list[dict[str, Any]]:
        """All facts about a subject and a field that count, oldest first."""
        return self._ledger.history(_text(subject, "subject"), _text(field, "field"), *_as_of(valid, recorded))

    def digest(self, recorded: datetime.date | str, /) -> str:
        """The fingerprint of the facts recorded by a day."""
        return self._ledger.digest(day(recorded, "recorded"))

    def flaws(self, valid: datetime.date | str, recorded: datetime.date | str | None = None) -> Any:
        """What is strange about the facts that count, as a DataFrame: fact, kind (`LedgerFlawKind`), against (the fact
        that it contradicts) and whether it is refused, so that no schedule rests on it."""
        _frames.pandas()
        return _frames.frame(self._ledger.flaws(*_as_of(valid, recorded)))

    def baselines(self, valid: datetime.date | str, recorded: datetime.date | str | None = None) -> Any:
        """The recorded baselines that count, as a DataFrame: county, name, recorded_at, valid_at and the number of
        tasks; of each county the oldest first, so that the last one is what it is held to."""
        _frames.pandas()
        return _frames.frame(self._ledger.baselines(*_as_of(valid, recorded)))

    def targets(
        self, indicator: str, /, valid: datetime.date | str, recorded: datetime.date | str | None = None
    ) -> list[dict[str, Any]]:
        """All targets that an indicator has had, oldest first: dicts with ``fact`` (empty: the plan's own), ``target``,
        ``since`` and ``reason``. ValueError for an unknown indicator."""
        return self._ledger.targets(_text(indicator, "indicator"), *_as_of(valid, recorded))

    def __len__(self) -> int:
        return self._ledger.size()

    def __repr__(self) -> str:
        return f"<countyplan.Ledger: {len(self)} facts>"


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, not {type(value).__name__}")
    return str(value)


def _as_of(valid: Any, recorded: Any) -> tuple[datetime.date, datetime.date]:
    held = day(valid, "valid")
    return held, held if recorded is None else day(recorded, "recorded")
