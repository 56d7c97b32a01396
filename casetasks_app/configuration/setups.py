"""The whole configuration as frozen values, the way people write it: keys instead of ids (behaviour, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from casetasks_app.models.configuration import Unit
from casetasks_app.sla.windows import WEEKDAYS
from casetasks_app.task_types.fields import FieldRow

ROUND_THE_CLOCK = "round the clock"
"""Stands for SLA – Calendar where a task type runs without one; no calendar's key can have spaces."""

Windows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of days or hours: a target, or how long before it a reminder goes out."""

    amount: int
    unit: Unit

    @property
    def words(self) -> str:
        """Return the amount as people say it: "1 day", "36 hours"."""
        return f"{self.amount} {self.unit.value.removesuffix('s') if self.amount == 1 else self.unit.value}"


@dataclass(frozen=True, slots=True)
class TeamSetup:
    """A team without its people: who belongs to it is not configuration."""

    key: str
    name: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class CalendarSetup:
    """Opening times of one office; the keys of `week` are "mon" to "sun"."""

    key: str
    name: str
    zone: str = "Europe/London"
    week: Mapping[str, Windows] = field(default_factory=dict[str, Windows])
    holidays: Mapping[date, str] = field(default_factory=dict[date, str])
    exceptions: Mapping[date, Windows] = field(default_factory=dict[date, Windows])


@dataclass(frozen=True, slots=True)
class Details:
    """Which fields the Details step shows."""

    description: bool = False
    summary: bool = False
    attachments: bool = False
    case_details: bool = False


@dataclass(frozen=True, slots=True)
class Groups:
    """Who can be given the task."""

    auto_assign: bool = False
    teams: tuple[str, ...] = ()
    email_team: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """Further breach mails: every so many days, at most so many times."""

    every_days: int = 0
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class Sla:
    """Target and mails; `calendar` is a key, ROUND_THE_CLOCK, or empty for the case type's."""

    target: Amount | None = None
    reminders: tuple[Amount, ...] = ()
    repeat: Repeat | None = None
    override: bool = False
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Generation:
    """Whether a task is created when a case is raised, for whom and on which condition."""

    enabled: bool = False
    team: str = ""
    attachments: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """How many tasks of the type a case needs and may have, and what comes first; 0 is none."""

    minimum: int = 0
    maximum: int = 0
    prerequisites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskTypeSettings:
    """Every setting of one task type; `key` is the Task ID."""

    key: str
    name: str
    plugin: str
    plugin_settings: Mapping[str, object] = field(default_factory=dict[str, object])
    hint: str = ""
    order_index: int = 0
    default_description: str = ""
    default_summary: str = ""
    details: Details = field(default_factory=Details)
    groups: Groups = field(default_factory=Groups)
    sla: Sla = field(default_factory=Sla)
    is_cancellable: bool = False
    cancel_reasons: tuple[str, ...] = ()
    generation: Generation = field(default_factory=Generation)
    limits: TaskLimits = field(default_factory=TaskLimits)
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class CaseTypeSettings:
    """A case type with its form and its task types."""

    key: str
    name: str
    prefix: str
    manager_teams: tuple[str, ...] = ()
    calendar: str = ""
    outcomes: tuple[str, ...] = ()
    form: tuple[FieldRow, ...] = ()
    tasks: tuple[TaskTypeSettings, ...] = ()
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that one YAML file holds."""

    teams: tuple[TeamSetup, ...] = ()
    calendars: tuple[CalendarSetup, ...] = ()
    case_types: tuple[CaseTypeSettings, ...] = ()


def in_order(configuration: Configuration) -> Configuration:
    """Return the same configuration in the one order in which it is stored and exported."""
    return Configuration(
        teams=tuple(sorted(configuration.teams, key=lambda team: team.key)),
        calendars=tuple(sorted((_calendar_in_order(each) for each in configuration.calendars), key=lambda each: each.key)),
        case_types=tuple(sorted((_case_type_in_order(each) for each in configuration.case_types), key=lambda each: each.key)),
    )


def _calendar_in_order(calendar: CalendarSetup) -> CalendarSetup:
    week = {day: calendar.week[day] for day in WEEKDAYS if calendar.week.get(day)}
    holidays, exceptions = dict(sorted(calendar.holidays.items())), dict(sorted(calendar.exceptions.items()))
    return replace(calendar, week=week, holidays=holidays, exceptions=exceptions)


def _case_type_in_order(case_type: CaseTypeSettings) -> CaseTypeSettings:
    tasks = sorted(case_type.tasks, key=lambda task: (task.order_index, task.name, task.key))
    return replace(case_type, manager_teams=tuple(sorted(case_type.manager_teams)), tasks=tuple(tasks))
