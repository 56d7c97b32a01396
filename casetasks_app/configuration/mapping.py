"""From rows to the configuration as people write it, and back to the columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casetasks_app.configuration.setups import (
    ROUND_THE_CLOCK,
    Amount,
    CalendarSetup,
    CaseTypeSettings,
    Details,
    Generation,
    Groups,
    Repeat,
    Sla,
    TaskLimits,
    TaskTypeSettings,
    Windows,
)
from casetasks_app.models import Calendar, CaseType, TaskType, Unit
from casetasks_app.task_types.fields import FieldRow

Columns = dict[str, object]


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids of what a configuration refers to by key."""

    teams: Mapping[str, int]
    calendars: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of what rows refer to by id."""

    teams: Mapping[int, str]
    calendars: Mapping[int, str]


def calendar_setup(row: Calendar, holidays: Mapping[date, str]) -> CalendarSetup:
    """Return a calendar's row with its closed days as people write it."""
    return CalendarSetup(
        key=row.key,
        name=row.name,
        zone=row.zone,
        week={day: _windows(stored) for day, stored in row.week.items()},
        holidays=holidays,
        exceptions={date.fromisoformat(day): _windows(stored) for day, stored in row.exceptions.items()},
    )


def calendar_columns(calendar: CalendarSetup) -> Columns:
    """Return the columns of a calendar; its closed days are rows of their own."""
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "week": {day: [list(window) for window in windows] for day, windows in calendar.week.items()},
        "exceptions": {day.isoformat(): [list(window) for window in windows] for day, windows in calendar.exceptions.items()},
    }


def case_type_settings(row: CaseType, managers: tuple[str, ...], tasks: tuple[TaskTypeSettings, ...], keys: Keys) -> CaseTypeSettings:
    """Return a case type's row with its teams and task types as people write it."""
    return CaseTypeSettings(
        key=row.key,
        name=row.name,
        prefix=row.prefix,
        manager_teams=managers,
        calendar=keys.calendars.get(row.calendar_id or 0, ""),
        outcomes=tuple(row.outcomes),
        form=tuple(FieldRow.from_json(stored) for stored in row.form),
        tasks=tasks,
        is_retired=row.is_retired,
    )


def case_type_columns(case_type: CaseTypeSettings, ids: Ids) -> Columns:
    """Return the columns of a case type; its teams and task types are rows of their own."""
    return {
        "name": case_type.name,
        "prefix": case_type.prefix,
        "form": [row.to_json() for row in case_type.form],
        "outcomes": list(case_type.outcomes),
        "calendar_id": ids.calendars[case_type.calendar] if case_type.calendar else None,
        "is_retired": case_type.is_retired,
    }


def task_type_settings(row: TaskType, teams: tuple[str, ...], keys: Keys) -> TaskTypeSettings:
    """Return a task type's row with its assignment groups as people write it."""
    return TaskTypeSettings(
        key=row.key,
        name=row.name,
        plugin=row.plugin,
        plugin_settings=row.plugin_settings,
        hint=row.hint,
        order_index=row.order_index,
        default_description=row.default_description,
        default_summary=row.default_summary,
        details=Details(row.ask_description, row.ask_summary, row.ask_attachments, row.ask_case_details),
        groups=Groups(row.auto_assign, teams, row.email_team),
        sla=_sla(row, keys),
        is_cancellable=row.is_cancellable,
        cancel_reasons=tuple(row.cancel_reasons),
        generation=Generation(row.auto_generate, keys.teams.get(row.auto_team_id or 0, ""), row.auto_attachments, row.auto_field),
        limits=TaskLimits(row.minimum, row.maximum, tuple(row.prerequisites)),
        is_retired=row.is_retired,
    )


def task_type_columns(task: TaskTypeSettings, ids: Ids) -> Columns:
    """Return the columns of a task type; its assignment groups are rows of their own."""
    details, made, limits = task.details, task.generation, task.limits
    return {
        "name": task.name,
        "hint": task.hint,
        "plugin": task.plugin,
        "plugin_settings": dict(task.plugin_settings),
        "order_index": task.order_index,
        "default_description": task.default_description,
        "default_summary": task.default_summary,
        "ask_description": details.description,
        "ask_summary": details.summary,
        "ask_attachments": details.attachments,
        "ask_case_details": details.case_details,
        "auto_assign": task.groups.auto_assign,
        "email_team": task.groups.email_team,
        **_sla_columns(task.sla, ids),
        "is_cancellable": task.is_cancellable,
        "cancel_reasons": list(task.cancel_reasons),
        "auto_generate": made.enabled,
        "auto_team_id": ids.teams[made.team] if made.team else None,
        "auto_attachments": made.attachments,
        "auto_field": made.field,
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "prerequisites": list(limits.prerequisites),
        "is_retired": task.is_retired,
    }


def amounts(stored: list[dict[str, object]]) -> tuple[Amount, ...]:
    """Return stored reminders, `{"amount": 4, "unit": "hours"}`, as amounts."""
    return tuple(Amount(int(str(each["amount"])), Unit(each["unit"])) for each in stored)


def _sla(row: TaskType, keys: Keys) -> Sla:
    repeats = row.breach_repeat_days is not None and row.breach_repeat_times is not None
    return Sla(
        target=Amount(row.target_amount, row.target_unit) if row.target_amount is not None else None,
        reminders=amounts(row.reminders),
        repeat=Repeat(row.breach_repeat_days or 0, row.breach_repeat_times or 0) if repeats else None,
        override=row.allow_override,
        calendar=ROUND_THE_CLOCK if row.round_the_clock else keys.calendars.get(row.calendar_id or 0, ""),
    )


def _sla_columns(sla: Sla, ids: Ids) -> Columns:
    is_round_the_clock = sla.calendar == ROUND_THE_CLOCK
    return {
        "target_amount": sla.target.amount if sla.target else None,
        "target_unit": sla.target.unit if sla.target else Unit.DAYS,
        "reminders": [{"amount": each.amount, "unit": each.unit.value} for each in sla.reminders],
        "breach_repeat_days": sla.repeat.every_days if sla.repeat else None,
        "breach_repeat_times": sla.repeat.at_most if sla.repeat else None,
        "allow_override": sla.override,
        "round_the_clock": is_round_the_clock,
        "calendar_id": ids.calendars[sla.calendar] if sla.calendar and not is_round_the_clock else None,
    }


def _windows(stored: list[list[str]]) -> Windows:
    return tuple((window[0], window[1]) for window in stored)
