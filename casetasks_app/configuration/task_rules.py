"""What the settings of one task type may be (behaviour, section 2)."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from casetasks_app.configuration.problems import UNPRINTABLE
from casetasks_app.configuration.setups import ROUND_THE_CLOCK, Amount, TaskTypeSettings
from casetasks_app.models.configuration import Unit
from casetasks_app.sla.calendar import NoWorkingTime
from casetasks_app.sla.clocks import Clock
from casetasks_app.sla.rules import Amount as RuleAmount
from casetasks_app.sla.rules import due_moment
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form, Known, Problems, check_answers, rows

LARGEST_AMOUNT = 10_000
LONGEST_NAME = 60
LONGEST_LINE = 120
LONGEST_SUMMARY = 4000
MOST_ORDER = 1_000_000
HOURS_OF_A_DAY = 24

_SLOT = re.compile(r"\{\{([^{}]*)\}\}")

Found = tuple[str, str, tuple[str, ...]]
"""The label of a setting, the sentence, and the keys below the task type in the file."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a task type can refer to.

    `calendars` gives the hours of each one's longest day, None when unusable; `clocks` has those that are usable.
    """

    teams: Collection[str]
    retired_teams: Collection[str]
    calendars: Mapping[str, int | None]
    clocks: Mapping[str, Clock]
    plugins: Mapping[str, TaskPlugin]
    fields: Collection[str]
    task_ids: Collection[str]
    calendar: str
    now: datetime


def problems(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    """Give everything that is wrong with one task type but for its Task ID and circles of prerequisites."""
    yield from _texts(task)
    yield from _slots(task, around)
    yield from _plugin(task, around)
    yield from _groups(task, around)
    yield from _sla(task, around)
    yield from _cancelling(task)
    yield from _generation(task, around)
    yield from _limits(task, around)


def bad_text(text: str, *, longest: int, is_required: bool = False, lines: bool = False) -> str:
    """Return why a text cannot be taken, or ""; only with `lines` may it have several."""
    if is_required and not text:
        return "Enter a text."
    if len(text) > longest:
        return f"Must be {longest:,} characters or less; this is {len(text):,}."
    if UNPRINTABLE.search(text) or (not lines and "\n" in text):
        return "Contains a character that cannot be shown."
    return ""


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """Return the sentence for a name that nothing has, with the nearest one that something has."""
    close = get_close_matches(name, list(known), n=1)
    return f"There is no {what} '{name}'." + (f" Did you mean '{close[0]}'?" if close else "")


def _texts(task: TaskTypeSettings) -> Iterator[Found]:
    for label, key, text, longest in (
        ("Task name", "name", task.name, LONGEST_NAME),
        ("Hint", "hint", task.hint, LONGEST_LINE),
        ("Default description", "default_description", task.default_description, LONGEST_LINE),
        ("Default summary", "default_summary", task.default_summary, LONGEST_SUMMARY),
    ):
        if message := bad_text(text, longest=longest, is_required=key == "name", lines=key == "default_summary"):
            yield label, message, (key,)
    if abs(task.order_index) > MOST_ORDER:
        yield "Task List Order Index", f"Must be between -{MOST_ORDER:,} and {MOST_ORDER:,}.", ("list_order",)


def _slots(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    """Refuse slots that would stay empty on every case: only what a case has can be filled in."""
    known = ["case.title", "case.reference", *(f"case.{name}" for name in around.fields)]
    for label, key, text in (
        ("Default description", "default_description", task.default_description),
        ("Default summary", "default_summary", task.default_summary),
    ):
        for slot in (written.strip() for written in _SLOT.findall(text)):
            if slot not in known:
                yield label, unknown("value", slot, known), (key,)


def _plugin(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    plugin = around.plugins.get(task.plugin)
    if plugin is None:
        yield "Plugin", unknown("plugin", task.plugin, around.plugins), ("plugin",)
        return
    if plugin.settings is None:
        if task.plugin_settings:
            yield "Plugin settings", f"{plugin.name} has no settings.", ("plugin_settings",)
        return
    teams = dict(_setting_teams(task, plugin.settings, around))
    yield from (("Plugin settings", f"{name}: {message}", ("plugin_settings", name)) for name, message in teams.items())
    outcome = check_answers(plugin.settings, task.plugin_settings, known=Known(now=around.now, teams=around.teams))
    for problem in outcome.items if isinstance(outcome, Problems) else ():
        if problem.field not in teams:
            message = f"{problem.field}: {problem.message}" if problem.field else _unknown_settings(task, plugin) or problem.message
            yield "Plugin settings", message, ("plugin_settings", problem.field) if problem.field else ("plugin_settings",)


def _setting_teams(task: TaskTypeSettings, settings: type[Form], around: Around) -> Iterator[tuple[str, str]]:
    """The settings that name a team which cannot be used, each with its sentence."""
    for row in rows(settings):
        team = task.plugin_settings.get(row.name)
        if row.kind != "team" or not isinstance(team, str) or not team:
            continue
        if team not in around.teams:
            yield row.name, unknown("team", team, around.teams)
        elif team in around.retired_teams and not task.is_retired:
            yield row.name, f"The team '{team}' is retired."


def _unknown_settings(task: TaskTypeSettings, plugin: TaskPlugin) -> str:
    known = plugin.with_defaults(None)
    strange = sorted(set(task.plugin_settings) - set(known))
    return f"{plugin.name} has no setting {', '.join(repr(name) for name in strange)}." if strange else ""


def _groups(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    label, keys = "Groups – Assignment groups", ("groups", "assignment_groups")
    teams = task.groups.teams
    if not teams and not task.groups.auto_assign:
        yield label, "Choose at least one team, or set Auto-assign to yes.", keys
    for index, team in enumerate(teams):
        if team not in around.teams:
            yield label, unknown("team", team, around.teams), keys
        elif team in around.retired_teams and not task.is_retired:
            yield label, f"The team '{team}' is retired.", keys
        if team in teams[:index]:
            yield label, f"The team '{team}' is named twice.", keys


def _sla(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    sla = task.sla
    if sla.target and not _is_in_range(sla.target.amount):
        yield "SLA – Target", _out_of_range(sla.target.amount), ("sla", "target")
    elif sla.target and not _is_reached(sla.target, task, around):
        message = f"{sla.target.words} of its working time do not fit into 30 years. Choose a smaller target or another calendar."
        yield "SLA – Target", message, ("sla", "target")
    yield from _reminders(task, around)
    if sla.repeat:
        for amount in (sla.repeat.every_days, sla.repeat.at_most):
            if not _is_in_range(amount):
                yield "SLA – Breach repeat", _out_of_range(amount), ("sla", "breach_repeat")
    if sla.calendar and sla.calendar != ROUND_THE_CLOCK and sla.calendar not in around.calendars:
        yield "SLA – Calendar", unknown("calendar", sla.calendar, [*around.calendars, ROUND_THE_CLOCK]), ("sla", "calendar")


def _reminders(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    target, reminders = task.sla.target, task.sla.reminders
    for index, reminder in enumerate(reminders):
        message = ""
        if not _is_in_range(reminder.amount):
            message = _out_of_range(reminder.amount)
        elif reminder in reminders[:index]:
            message = f"{reminder.words} is named twice."
        elif target and _hours(reminder, task, around) >= _hours(target, task, around):
            message = f"{reminder.words} must be shorter than the target of {target.words}."
        elif target is None and not task.sla.override:
            message = f"{reminder.words} before what? Set a target, or let case managers set one (Override)."
        if message:
            yield "SLA – Reminder", message, ("sla", "reminders")


def _hours(amount: Amount, task: TaskTypeSettings, around: Around) -> int:
    """Return an amount in hours; on a business calendar a day counts as that calendar's longest day."""
    key = task.sla.calendar or around.calendar
    day = HOURS_OF_A_DAY if key in {"", ROUND_THE_CLOCK} else around.calendars.get(key) or HOURS_OF_A_DAY
    return amount.amount * (day if amount.unit is Unit.DAYS else 1)


def _is_reached(target: Amount, task: TaskTypeSettings, around: Around) -> bool:
    """Tell whether a task created now would ever be due (R28); a calendar that is unusable or unknown is another problem."""
    clock = around.clocks.get(task.sla.calendar or around.calendar)
    try:
        if clock:
            due_moment(around.now, RuleAmount(target.amount, target.unit), clock)
    except (NoWorkingTime, OverflowError):
        return False
    return True


def _is_in_range(amount: int) -> bool:
    return 1 <= amount <= LARGEST_AMOUNT


def _out_of_range(amount: int) -> str:
    return f"{amount:,} must be a whole number from 1 to {LARGEST_AMOUNT:,}."


def _cancelling(task: TaskTypeSettings) -> Iterator[Found]:
    for index, reason in enumerate(task.cancel_reasons):
        message = bad_text(reason, longest=LONGEST_LINE, is_required=True)
        if reason in task.cancel_reasons[:index]:
            message = f"'{reason}' is named twice."
        if message:
            yield "Cancel reasons", message, ("cancel_reasons",)


def _generation(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    made = task.generation
    label, keys = "Auto-generate – Team", ("auto_generate", "team")
    if made.team and made.team not in around.teams:
        yield label, unknown("team", made.team, around.teams), keys
    elif made.team in around.retired_teams and not task.is_retired:
        yield label, f"The team '{made.team}' is retired.", keys
    if made.field and made.field not in around.fields:
        message = unknown("field", made.field, around.fields) + " It must be a field of this case type's form."
        yield "Auto-generate – Conditional field", message, ("auto_generate", "conditional_field")
    if made.enabled and not made.team and not task.groups.auto_assign:
        yield label, "Choose the team that gets the task, or set Auto-assign to yes.", keys
    if made.enabled and task.limits.prerequisites:
        message = "A task with prerequisites cannot be generated when a case is raised: none of them is completed then."
        yield "Auto-generate", message, ("auto_generate", "enabled")


def _limits(task: TaskTypeSettings, around: Around) -> Iterator[Found]:
    limits = task.limits
    for name, value in (("Minimum", limits.minimum), ("Maximum", limits.maximum)):
        if not 0 <= value <= LARGEST_AMOUNT:
            message = f"{value:,} must be a whole number from 0 to {LARGEST_AMOUNT:,}; 0 is none."
            yield f"Task Limits – {name}", message, ("limits", name.lower())
    if limits.maximum and limits.minimum > limits.maximum:
        yield "Task Limits – Minimum", f"{limits.minimum} is more than the maximum of {limits.maximum}.", ("limits", "minimum")
    for index, key in enumerate(limits.prerequisites):
        if key not in around.task_ids:
            yield "Task Limits – Prerequisites", unknown("Task ID", key, around.task_ids), ("limits", "prerequisites")
        elif key in limits.prerequisites[:index]:
            yield "Task Limits – Prerequisites", f"'{key}' is named twice.", ("limits", "prerequisites")
