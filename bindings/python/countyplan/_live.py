"""A schedule that is kept while tasks and links are added, changed and removed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from . import _core
from ._options import _nearest, keyword_options, one_of, whole
from ._plan import Plan
from ._rows import document, is_unset, plain
from ._schedule import ScheduleFile, SolvedSchedule, _id, plan_schedule

_task_fields = (
    "name",
    "project",
    "calendar",
    "duration",
    "start_no_earlier",
    "finish_no_earlier",
    "start_no_later",
    "finish_no_later",
    "must_start",
    "must_finish",
    "deadline",
    "actual_start",
    "actual_finish",
    "remaining",
)
_link_fields = ("type", "lag", "lag_calendar")


def _checked(fields: dict[str, Any], known: tuple[str, ...], function: str) -> dict[str, Any]:
    for name in fields:
        if name not in known:
            raise TypeError(f"{function}() has no field {name!r}; {_nearest(name, known)}")
    return fields


def _row(fields: dict[str, Any]) -> dict[str, Any]:
    """Without what is unset or empty."""
    return {name: plain(value, name) for name, value in fields.items() if not is_unset(value) and value != ""}


class LiveSchedule:
    """The schedule of a `ScheduleFile` or a `Plan` (see `plan_schedule`), at the cost of what each edit touches.

    At all times its dates are those that `solve_schedule` would give. Calendars, projects, the data date, ``logic`` and
    ``rules`` stay as they were; greatest lags are refused (`InvalidProblem`). Tasks go by id; links by number, at first
    that of their row, never given out again. An edit that cannot be raises `RefusedEdit` (a ValueError), with the cycle
    that it would close, or `InvalidPlan` for a field that is wrong; then nothing has changed. Not to be edited by two
    threads at once.

    >>> import countyplan
    >>> live = countyplan.LiveSchedule(countyplan.schedule_file(
    ...     projects=[{"id": "P", "start": "2026-03-02"}],
    ...     tasks=[{"id": "build", "duration": 5}, {"id": "move", "duration": 2}],
    ...     links=[{"predecessor": "build", "successor": "move"}]))
    >>> live.change_task("build", duration=8)
    >>> str(live.dates("move")["finish"])
    '2026-03-13'
    """

    __slots__ = ("_live", "_data_date")

    def __init__(self, file: ScheduleFile | Plan, /, *, logic: str = "retained", rules: str = "standard") -> None:
        if isinstance(file, Plan):
            file = plan_schedule(file)
        if not isinstance(file, ScheduleFile):
            raise TypeError(f"file must be a ScheduleFile or a Plan, not {type(file).__name__}")
        self._live = _core.LiveFile.of(
            file,
            one_of(logic, _core.ProgressLogic.__members__, "logic"),
            one_of(rules, _core.ScheduleRules.__members__, "rules"),
        )
        self._data_date = None if file.data_date is None else file.data_date.isoformat()

    def add_task(self, id: str, /, **fields: Any) -> None:
        """A task with the fields that a row of tasks has (``duration`` in working days is needed)."""
        self._live.add_task(self._task(_id(id, "id"), _checked(fields, _task_fields, "add_task")))

    def change_task(self, id: str, /, **fields: Any) -> None:
        """Gives the task other fields; those not named stay, None takes one away."""
        kept = self.task(id)
        self._live.change_task(self._task(kept.pop("id"), {**kept, **_checked(fields, _task_fields, "change_task")}))

    def remove_task(self, id: str, /) -> None:
        """Takes the task out, and its links."""
        self._live.remove_task(_id(id, "id"))

    def add_link(self, predecessor: str, successor: str, /, **fields: Any) -> int:
        """A link with ``type`` (`LinkKind`, FS), ``lag`` (working days) and ``lag_calendar``; its number."""
        _checked(fields, _link_fields, "add_link")
        return self._live.add_link(_link(_id(predecessor, "predecessor"), _id(successor, "successor"), fields))

    def change_link(self, number: int, /, **fields: Any) -> None:
        """Gives the link other fields, ends included; those not named stay, None takes one away."""
        ends = ("predecessor", "successor")
        kept = {**self.link(number), **_checked(fields, (*ends, *_link_fields), "change_link")}
        predecessor, successor = (_id(kept.pop(end), end) for end in ends)
        self._live.change_link(whole(number, "number"), _link(predecessor, successor, kept))

    def remove_link(self, number: int, /) -> None:
        self._live.remove_link(whole(number, "number"))

    def task(self, id: str, /) -> dict[str, Any]:
        """The row of a task."""
        return self._live.task(_id(id, "id"))

    def link(self, number: int, /) -> dict[str, Any]:
        """The row of a link."""
        return self._live.link(whole(number, "number"))

    @property
    def tasks(self) -> tuple[str, ...]:
        """The ids of the tasks, in the order of the rows of `file`."""
        return self._live.task_ids()

    @property
    def links(self) -> tuple[int, ...]:
        """The numbers of the links, in the order of the rows of `file`."""
        return self._live.link_numbers()

    @property
    def steps(self) -> int:
        """How many tasks the last edit looked at."""
        return self._live.steps()

    def dates(self, id: str, /) -> dict[str, Any]:
        """The dates and floats of one task, with the names of the table ``tasks`` of `SolvedSchedule.to_pandas`.

        Costs no more than a look, but for what takes no time (a milestone), which costs one at all tasks.
        """
        return self._live.dates(_id(id, "id"))

    def finish(self, project: str = "", /) -> datetime.date:
        """The last day of a project, set or reached; of the first one if not named."""
        return self._live.finish(_id(project, "project"))

    def file(self) -> ScheduleFile:
        """Tasks and links as they are."""
        return self._live.file()

    @keyword_options
    def solved(self, *, critical_float: int = 0) -> SolvedSchedule:
        """All dates with their certificate, checked; as `solve_schedule` of `file`, without solving anything."""
        return self._live.solved(whole(critical_float, "critical_float"))

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._live.has_task(id)

    def __iter__(self) -> Iterator[str]:
        return iter(self.tasks)

    def __len__(self) -> int:
        return self._live.sizes()[0]

    def __repr__(self) -> str:
        tasks, links = self._live.sizes()
        return f"<countyplan.LiveSchedule: {tasks} tasks, {links} links>"

    def _task(self, id: str, fields: dict[str, Any]) -> str:
        """A document in which project and calendar stand for the schedule's own."""
        row = {"id": id, **_row(fields)}
        calendar = row.get("calendar")
        return document(
            format="countyplan.schedule",
            format_version=1,
            data_date=self._data_date,
            projects=[{"id": row.get("project", "P"), "start": "2001-01-01"}],
            calendars=None if calendar is None else [{"id": calendar}],
            tasks=[row],
        )


def _link(predecessor: str, successor: str, fields: dict[str, Any]) -> str:
    ends = dict.fromkeys((predecessor, successor))
    return document(
        format="countyplan.schedule",
        format_version=1,
        projects=[{"id": "P", "start": "2001-01-01"}],
        tasks=[{"id": end, "duration": 1} for end in ends],
        links=[{"predecessor": predecessor, "successor": successor, "type": "FS", **_row(fields)}],
    )
