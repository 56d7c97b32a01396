"""What a configuration may be, checked as a whole: every refusal of behaviour section 2, all at once, each naming its setting."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from casetasks_app.configuration import task_rules
from casetasks_app.configuration.problems import Path, Problem
from casetasks_app.configuration.setups import CalendarSetup, CaseTypeSettings, Configuration
from casetasks_app.configuration.task_rules import Around, bad_text, unknown
from casetasks_app.sla.calendar import BusinessCalendar, InvalidCalendar
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import RowsRefused, from_rows

LONGEST_NAME = 60
LONGEST_ANSWER = 120
LONGEST_HOLIDAY = 80

_NOT_ON_CASES = {"files": "files; they are added to the case itself", "person": "a person", "team": "a team", "questions": "questions"}
OF_EVERY_CASE = {"title": "title", "contact_name": "contact’s name", "contact_email": "contact’s email address"}
"""What raising a case asks anyway; a question of the same name would get its corrections, or hide its own."""
_KEY = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class _Book:
    """What stands in the file and can be referred to."""

    teams: Collection[str]
    calendars: Mapping[str, int | None]
    clocks: Mapping[str, BusinessCalendar]
    plugins: Mapping[str, TaskPlugin]
    now: datetime
    retired_teams: Collection[str] = field(default_factory=tuple[str, ...])


def problems(configuration: Configuration, *, plugins: Mapping[str, TaskPlugin], now: datetime) -> list[Problem]:
    """Return everything that keeps a configuration from being saved; empty means that it may be.

    `plugins` are the installed ones by id; `now` is for settings forms that ask for dates.
    """
    book = _Book(
        teams={team.key for team in configuration.teams},
        calendars={calendar.key: _longest_day(calendar) for calendar in configuration.calendars},
        clocks={calendar.key: clock for calendar in configuration.calendars if (clock := _usable(calendar))},
        plugins=plugins,
        now=now,
        retired_teams={team.key for team in configuration.teams if team.is_retired},
    )
    return [
        *_twice("teams", "Team", [team.key for team in configuration.teams]),
        *_twice("calendars", "Calendar", [calendar.key for calendar in configuration.calendars]),
        *_twice("case_types", "Case type", [case_type.key for case_type in configuration.case_types]),
        *_prefixes_twice(configuration),
        *_team_problems(configuration),
        *(problem for index, calendar in enumerate(configuration.calendars) for problem in _calendar_problems(calendar, index)),
        *(problem for index, case_type in enumerate(configuration.case_types) for problem in _case_type_problems(case_type, index, book)),
    ]


def _twice(section: str, what: str, keys: list[str]) -> Iterator[Problem]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield Problem(what, f"'{key}' is used twice. Give each its own key.", (section, index))


def _prefixes_twice(configuration: Configuration) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for index, each in enumerate(configuration.case_types):
        if each.prefix in seen:
            message = f"'{each.prefix}' is also the prefix of '{seen[each.prefix]}'. References would be mixed up."
            yield Problem(f"Case type '{each.key}', Reference prefix", message, ("case_types", index, "reference_prefix"))
        seen.setdefault(each.prefix, each.key)


def _team_problems(configuration: Configuration) -> Iterator[Problem]:
    for index, team in enumerate(configuration.teams):
        yield from _named(f"Team '{team.key}'", team.key, team.name, ("teams", index))


def _named(where: str, key: str, name: str, path: Path) -> Iterator[Problem]:
    if not _KEY.fullmatch(key) or len(key) > LONGEST_NAME:
        message = f"'{key}' must be small letters and digits, joined by - or _, at most {LONGEST_NAME}."
        yield Problem(f"{where}, Key", message, (*path, "key"))
    if message := bad_text(name, longest=LONGEST_NAME, is_required=True):
        yield Problem(f"{where}, Name", message, (*path, "name"))


def _calendar_problems(calendar: CalendarSetup, index: int) -> Iterator[Problem]:
    path: Path = ("calendars", index)
    where = f"Calendar '{calendar.key}'"
    yield from _named(where, calendar.key, calendar.name, path)
    try:
        _business(calendar)
    except InvalidCalendar as invalid:
        yield Problem(where, invalid.message, path)
    for day, name in calendar.holidays.items():
        if message := bad_text(name, longest=LONGEST_HOLIDAY):
            yield Problem(f"{where}, Holiday {day}", message, (*path, "holidays"))


def _business(calendar: CalendarSetup) -> BusinessCalendar:
    return BusinessCalendar(calendar.zone, calendar.week, calendar.holidays, calendar.exceptions)


def _usable(calendar: CalendarSetup) -> BusinessCalendar | None:
    try:
        return _business(calendar)
    except InvalidCalendar:
        return None


def _longest_day(calendar: CalendarSetup) -> int | None:
    """Return the most hours a day is open, so that days and hours can be compared; None for an unusable calendar."""
    if _usable(calendar) is None:
        return None
    days = [*calendar.week.values(), *calendar.exceptions.values()]
    return max(sum(_minutes(closes) - _minutes(opens) for opens, closes in windows) for windows in days) // 60


def _minutes(wall: str) -> int:
    hours, minutes = wall.split(":")
    return int(hours) * 60 + int(minutes)


def _case_type_problems(case_type: CaseTypeSettings, index: int, book: _Book) -> Iterator[Problem]:
    path: Path = ("case_types", index)
    where = f"Case type '{case_type.key}'"
    yield from _named(where, case_type.key, case_type.name, path)
    if not _PREFIX.fullmatch(case_type.prefix):
        message = f"'{case_type.prefix}' must be 2 to 8 capital letters or digits, starting with a letter."
        yield Problem(f"{where}, Reference prefix", message, (*path, "reference_prefix"))
    yield from _manager_problems(case_type, where, path, book)
    if case_type.calendar and case_type.calendar not in book.calendars:
        yield Problem(f"{where}, Calendar", unknown("calendar", case_type.calendar, book.calendars), (*path, "calendar"))
    yield from _outcome_problems(case_type, where, path)
    yield from _form_problems(case_type, where, path)
    yield from _tasks_problems(case_type, where, path, book)


def _manager_problems(case_type: CaseTypeSettings, where: str, path: Path, book: _Book) -> Iterator[Problem]:
    where, path = f"{where}, Case manager teams", (*path, "manager_teams")
    if not case_type.manager_teams:
        yield Problem(where, "Choose at least one team, or nobody can look after these cases.", path)
    for team, count in Counter(case_type.manager_teams).items():
        if team not in book.teams:
            yield Problem(where, unknown("team", team, book.teams), path)
        elif team in book.retired_teams and not case_type.is_retired:
            yield Problem(where, f"The team '{team}' is retired.", path)
        if count > 1:
            yield Problem(where, f"The team '{team}' is named twice.", path)


def _outcome_problems(case_type: CaseTypeSettings, where: str, path: Path) -> Iterator[Problem]:
    where, path = f"{where}, Outcomes", (*path, "outcomes")
    for outcome, count in Counter(case_type.outcomes).items():
        message = bad_text(outcome, longest=LONGEST_ANSWER, is_required=True) or (f"'{outcome}' is named twice." if count > 1 else "")
        if message:
            yield Problem(where, message, path)


def _form_problems(case_type: CaseTypeSettings, where: str, path: Path) -> Iterator[Problem]:
    where, path = f"{where}, Form", (*path, "form")
    for row in case_type.form:
        if row.kind in _NOT_ON_CASES:
            yield Problem(where, f"{row.name}: a case form cannot ask for {_NOT_ON_CASES[row.kind]}.", path)
        if row.name in OF_EVERY_CASE:
            yield Problem(where, f"{row.name}: every case has a {OF_EVERY_CASE[row.name]} already. Give the question another name.", path)
    try:
        from_rows(case_type.form)
    except RowsRefused as refused:
        for message in refused.problems:
            yield Problem(where, message, path)


def _tasks_problems(case_type: CaseTypeSettings, where: str, path: Path, book: _Book) -> Iterator[Problem]:
    keys = [task.key for task in case_type.tasks]
    around = Around(
        teams=book.teams,
        retired_teams=book.retired_teams,
        calendars=book.calendars,
        clocks=book.clocks,
        plugins=book.plugins,
        fields=[row.name for row in case_type.form if row.has_answer],
        task_ids=keys,
        calendar=case_type.calendar,
        now=book.now,
    )
    for index, task in enumerate(case_type.tasks):
        task_where, task_path = f"{where}, task '{task.key}'", (*path, "tasks", index)
        if not _KEY.fullmatch(task.key) or len(task.key) > LONGEST_NAME:
            message = f"'{task.key}' must be small letters and digits, joined by - or _, at most {LONGEST_NAME}."
            yield Problem(f"{task_where}, Task ID", message, (*task_path, "task_id"))
        if task.key in keys[:index]:
            yield Problem(f"{task_where}, Task ID", "Another task of this case type has the same Task ID.", (*task_path, "task_id"))
        for setting, message, keys_below in task_rules.problems(task, around):
            yield Problem(f"{task_where}, {setting}", message, (*task_path, *keys_below))
    yield from _circles(case_type, where, path)


def _circles(case_type: CaseTypeSettings, where: str, path: Path) -> Iterator[Problem]:
    """Refuse prerequisites that wait for each other: none of them could ever be created."""
    needs = {task.key: task.limits.prerequisites for task in case_type.tasks}
    reported: set[str] = set()
    for index, task in enumerate(case_type.tasks):
        circle = [] if task.key in reported else _way_back(task.key, needs)
        if circle:
            reported.update(circle)
            message = f"These wait for each other: {' → '.join([*circle, task.key])}."
            label = f"{where}, task '{task.key}', Task Limits – Prerequisites"
            yield Problem(label, message, (*path, "tasks", index, "limits", "prerequisites"))


def _way_back(start: str, needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return a shortest chain of Task IDs that leads from `start` back to it, empty when there is none."""
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop(0)
        for key in needs.get(way[-1], ()):
            if key == start:
                return way
            if key not in seen:
                seen.add(key)
                ways.append([*way, key])
    return []
