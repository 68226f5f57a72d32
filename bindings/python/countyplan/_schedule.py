"""Schedules of other programs: read, solve with a proof, write, and ask why a date is what it is."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import _core, _frames
from ._answer import _languages, _run_options
from ._options import day, flag, keyword_options, one_of, path, whole
from ._plan import Plan, _encodings
from ._rows import document, rows_of
from ._values import Finding, Tick

ScheduleFile = _core.ScheduleFile
ScheduleFile.__module__ = "countyplan"
ScheduleFile.__doc__ = """What a file of tasks and links says, whichever program wrote it; immutable.

Made by `read_schedule` and `schedule_file`. Two are equal when all their rows are. Pickles without its warnings.

Attributes: ``name``, ``data_date`` (the last day that progress speaks of, or None), ``format`` (`ScheduleFormat`),
``warnings`` (a list of `Finding`: what the file says that is not used).
"""

SolvedSchedule = _core.SolvedSchedule
SolvedSchedule.__module__ = "countyplan"
SolvedSchedule.__doc__ = """The dates of all tasks of a `ScheduleFile`, with their proof; immutable, keeps its file.

Attributes: ``file``, ``termination``, ``cause``, ``claim``, ``verdict`` (what the checker says, a `Verdict`),
``conflict`` (where ``termination`` is ``infeasible`` the `Message` that names the tasks; else an empty one),
``steps``. Without dates its tables have no rows.
"""

_file_tables = ("projects", "calendars", "exceptions", "tasks", "links")
_dates_tables = ("tasks", "links", "log")
_formats = ("automatic", *_core.ScheduleFormat.__members__)


def _file_rows(self: ScheduleFile, table: str) -> list[dict[str, Any]]:
    """The rows of a table (``projects``, ``calendars``, ``exceptions``, ``tasks``, ``links``), as dicts by column.

    Types as in `Plan.rows`. ValueError for an unknown table.
    """
    return self._rows(one_of(table, _file_tables, "table"))


def _file_to_pandas(self: ScheduleFile, table: str) -> Any:
    """A table as a DataFrame, with the columns that docs/format.md lists and the types of `Plan.to_pandas`."""
    wanted = one_of(table, _file_tables, "table")
    _frames.pandas()
    return _frames.frame(self._columns(wanted))


def _file_repr(self: ScheduleFile) -> str:
    tasks, links = self._sizes()
    return f"<countyplan.ScheduleFile {self.name!r} ({self.format}): {tasks} tasks, {links} links>"


def _restored(text: str) -> ScheduleFile:
    return _core.schedule_of(text)


def _file_reduce(self: ScheduleFile) -> tuple[Callable, tuple[str]]:
    return _restored, (self._document(),)


def _dates_to_pandas(self: SolvedSchedule, table: str) -> Any:
    """A table as a DataFrame.

    ``tasks``: id, name, project; start and finish, as reported, else as scheduled; early and late start and finish as
    working-day indices from the project's start (0 is the morning of its first working day) and, with ``_day``, as
    days; total, free and interfering float (unset once complete), critical_by_float, on_longest_path, provisional.
    ``links``: whether each drives its successor, and whether what has happened violates it. ``log``: for each date of
    each task what drives it (`DateDriver`), the other task where it is a link, the days off between, and the sentence
    in zh and en. ValueError for another table, ImportError without pandas.
    """
    wanted = one_of(table, _dates_tables, "table")
    _frames.pandas()
    return _frames.frame(_core.schedule_log(self) if wanted == "log" else self._columns(wanted))


def _dates_repr(self: SolvedSchedule) -> str:
    return f"<countyplan.SolvedSchedule {self.termination} ({self.claim}): dates of {self._size()} tasks>"


def _float_paths(self: SolvedSchedule, last: str, /, *, most: int = 10, order: str = "free_float") -> list[dict]:
    """The chains of tasks that lead to the task ``last``, the nearest first, at most so many.

    Dicts with ``tasks`` (ids in the order of work), ``joins`` (the task of a nearer path into which it leads; None:
    the first path) and ``distance`` in working days (by ``order``, a `FloatPathOrder`; None of a complete task). Each
    task is on one of them. ValueError for an unknown task and for a schedule without dates.
    """
    return _core.float_paths(
        self,
        _id(last, "last"),
        whole(most, "most", least=0, most=1_000_000),
        one_of(order, _core.FloatPathOrder.__members__, "order"),
    )


def _longest_paths(self: SolvedSchedule, /, *, most: int = 10) -> list[dict[str, Any]]:
    """The longest chains of tasks, at most so many: dicts with ``tasks`` and ``slack``, the working days by which it is
    shorter than a longest one."""
    return _core.longest_paths(self, whole(most, "most", least=0, most=1_000_000))


def _critical_paths(self: SolvedSchedule) -> int:
    """How many critical paths there are; counted without listing them, 2^64 - 1 stands for more."""
    return _core.count_critical_paths(self)


def _id(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a task's id, not {type(value).__name__}")
    return str(value)


for _type, _name, _method in (
    (ScheduleFile, "rows", _file_rows),
    (ScheduleFile, "to_pandas", _file_to_pandas),
    (ScheduleFile, "__repr__", _file_repr),
    (ScheduleFile, "__reduce__", _file_reduce),
    (SolvedSchedule, "to_pandas", _dates_to_pandas),
    (SolvedSchedule, "float_paths", keyword_options(_float_paths)),
    (SolvedSchedule, "longest_paths", keyword_options(_longest_paths)),
    (SolvedSchedule, "count_critical_paths", _critical_paths),
    (SolvedSchedule, "__repr__", _dates_repr),
):
    _method.__name__ = _name
    _method.__qualname__ = f"{_type.__name__}.{_name}"
    setattr(_type, _name, _method)


@keyword_options
def read_schedule(
    path_: str | os.PathLike[str],
    /,
    *,
    format: str = "automatic",
    data_date: datetime.date | str | None = None,
    start: datetime.date | str | None = None,
    encoding: str = "automatic",
) -> ScheduleFile:
    """The schedule in a file of PSPLIB (``.sm``), Microsoft Project (MSPDI ``.xml``), Primavera P6 (``.xer``) or
    countyplan (``.json``).

    ``format`` (`ScheduleFormat`): automatic: by suffix, then by content. ``data_date``: instead of the file's own;
    ``start``: of a file without dates (PSPLIB), None: 2001-01-01. Raises `InvalidPlan` (a ValueError) with all
    findings when there is an error among them, by line or JSON Pointer; `RefusedInput` for a file that is too large,
    OSError where the system refuses.
    """
    options = {
        "format": one_of(format, _formats, "format"),
        "data_date": None if data_date is None else day(data_date, "data_date"),
        "start": None if start is None else day(start, "start"),
        "encoding": one_of(encoding, _encodings, "encoding"),
    }
    return _core.read_schedule(path(path_), options)


@keyword_options
def schedule_file(
    *,
    projects: Iterable[Mapping[str, Any]] | Any,
    tasks: Iterable[Mapping[str, Any]] | Any,
    links: Iterable[Mapping[str, Any]] | Any = (),
    calendars: Iterable[Mapping[str, Any]] | Any = (),
    exceptions: Iterable[Mapping[str, Any]] | Any = (),
    name: str = "",
    data_date: datetime.date | str | None = None,
) -> ScheduleFile:
    """A schedule of your own rows: dicts, or DataFrames as `ScheduleFile.to_pandas` gives them; unset fields left out.

    Needed are ``id`` and ``start`` of a project, ``id`` and ``duration`` (working days) of a task, ``predecessor`` and
    ``successor`` of a link (``type``: FS). Raises `InvalidPlan` with everything that is wrong, rows as JSON Pointers.
    """
    tables = {
        "projects": rows_of(projects, "projects"),
        "calendars": rows_of(calendars, "calendars"),
        "exceptions": rows_of(exceptions, "exceptions"),
        "tasks": rows_of(tasks, "tasks"),
        "links": [{"type": "FS", **row} for row in rows_of(links, "links")],
    }
    if not isinstance(name, str):
        raise TypeError(f"name must be a text, not {type(name).__name__}")
    return _core.schedule_of(
        document(
            format="countyplan.schedule",
            format_version=1,
            name=str(name) or None,
            data_date=None if data_date is None else day(data_date, "data_date").isoformat(),
            **tables,
        )
    )


def plan_schedule(plan: Plan, /) -> ScheduleFile:
    """The tasks and links of a plan without progress, one project per county: to be written for other programs, or
    edited live. It has the dates that `track` plans."""
    if not isinstance(plan, Plan):
        raise TypeError(f"plan must be a Plan, not {type(plan).__name__}")
    return _core.plan_schedule(plan)


@keyword_options
def solve_schedule(
    file: ScheduleFile,
    /,
    *,
    critical_float: int = 0,
    logic: str = "retained",
    rules: str = "standard",
    time_limit: float | datetime.timedelta | None = None,
    step_limit: int | None = None,
    progress: Callable[[Tick], object] | None = None,
    on_interrupt: str = "return",
) -> SolvedSchedule:
    """Early and late dates of all tasks with their certificate, which has been checked.

    ``critical_float``: critical by float is what has at most so many working days of total float. ``logic``
    (`ProgressLogic`): what links into begun work still say. ``rules`` (`ScheduleRules`): ``ms_project``: bounds go
    before links. The other options are those of `allocate`. Raises `InvalidProblem` where a date leaves the years 1 to
    9999; dates that cannot hold are no error: see ``termination`` and ``conflict``.
    """
    options = {
        "critical_float": whole(critical_float, "critical_float"),
        "logic": one_of(logic, _core.ProgressLogic.__members__, "logic"),
        "rules": one_of(rules, _core.ScheduleRules.__members__, "rules"),
    }
    return _core.solve_schedule(file, options, _run_options(time_limit, step_limit, progress, on_interrupt))


@keyword_options
def write_schedule(
    schedule: SolvedSchedule | ScheduleFile,
    path_: str | os.PathLike[str],
    /,
    *,
    replace: bool = False,
    language: str = "en",
) -> list[Finding]:
    """Writes a schedule, whole or not at all, in the format that the name says: iCalendar (``.ics``), Microsoft Project
    (``.xml``), a table of dates (``.csv``) or countyplan's own (``.json``, tasks and links without dates).

    Returns, as warnings, what the format cannot hold. A `ScheduleFile` has no dates, so it goes into ``.json`` only.
    ``language``: of iCalendar's words. ValueError for another suffix and for a schedule without dates, `InvalidPlan`
    where the format has no place for it at all, FileExistsError unless ``replace``, other OSErrors.
    """
    target = path(path_)
    format_ = _core.schedule_output_of(target)
    if format_ is None:
        raise ValueError(f"the name of a schedule must end with .ics, .xml, .csv or .json, not {os.fsdecode(target)!r}")
    options = (flag(replace, "replace"), one_of(language, _languages, "language"))
    if isinstance(schedule, ScheduleFile):
        if format_ != "json":
            raise ValueError(f"{format_} needs dates: write what solve_schedule gives")
        _core.write_schedule_file(schedule, target, options[0])
        return []
    if not isinstance(schedule, SolvedSchedule):
        raise TypeError(f"schedule must be a SolvedSchedule or a ScheduleFile, not {type(schedule).__name__}")
    return _core.write_dates(schedule, target, format_, *options)


@keyword_options
def write_indicators(
    plan: Plan,
    path_: str | os.PathLike[str],
    /,
    *,
    publisher: str = "",
    as_of: datetime.date | str | None = None,
    recorded: datetime.date | str | None = None,
    replace: bool = False,
) -> list[Finding]:
    """Writes a plan's indicators, whole or not at all, in the format that the name says: IATI 2.03 results
    (``.iati.xml``) or a DHIS2 ``dataValueSets`` payload (``.dhis2.json``, to be imported with ``idScheme=CODE``).

    ``publisher``: IATI's identifier of the reporting organisation, which IATI needs. ``as_of``: values up to this day,
    None: all; ``recorded``: as far as was known then, None: ``as_of``. Returns, as warnings, the indicators that the
    format has no place for. ValueError for another suffix, FileExistsError unless ``replace``, other OSErrors.
    """
    if not isinstance(plan, Plan):
        raise TypeError(f"plan must be a Plan, not {type(plan).__name__}")
    if not isinstance(publisher, str):
        raise TypeError(f"publisher must be a text, not {type(publisher).__name__}")
    if as_of is None and recorded is not None:
        raise ValueError("recorded needs as_of")
    target = path(path_)
    format_ = _core.indicator_format_of(target)
    if format_ is None:
        raise ValueError(f"the name must end with .iati.xml or .dhis2.json, not {os.fsdecode(target)!r}")
    if format_ == "iati" and not publisher:
        raise ValueError("IATI needs a publisher, such as XM-DAC-730")
    held = None if as_of is None else day(as_of, "as_of")
    known = held if recorded is None else day(recorded, "recorded")
    return _core.write_indicators(plan, target, format_, held, known, str(publisher), flag(replace, "replace"))


def explain_move(before: SolvedSchedule, after: SolvedSchedule, task: str, /) -> dict[str, Any]:
    """Why the finish of a task is not where it was: the chain of drivers down to the first cause.

    Tasks are the same where their ids are; ``task`` is one of ``after``. A dict: ``is_later``, ``steps`` (dicts with
    ``task``, which ``date``, the days ``before`` and ``after``, the ``cause`` (`MoveCause`), the ``other`` task,
    ``bound`` (`DateDriver`), lags and work before and after) and ``sentences`` (a tuple of `Message`). No steps: it
    has not moved. ValueError for an unknown task and for schedules without dates.
    """
    for name, schedule in (("before", before), ("after", after)):
        if not isinstance(schedule, SolvedSchedule):
            raise TypeError(f"{name} must be a SolvedSchedule, not {type(schedule).__name__}")
    return _core.explain_move(before, after, _id(task, "task"))


def schedule_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of countyplan's schedule files."""
    return json.loads(_core.schedule_schema())
