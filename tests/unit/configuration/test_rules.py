"""Every refusal of behaviour section 2, each with its exact words."""

from dataclasses import replace
from typing import Any

import pytest

from casetasks_app.configuration import rules
from casetasks_app.configuration.setups import (
    ROUND_THE_CLOCK,
    Amount,
    CalendarSetup,
    Configuration,
    Generation,
    Groups,
    Repeat,
    Sla,
    TaskLimits,
    TeamSetup,
)
from casetasks_app.models.configuration import Unit
from casetasks_app.task_types.fields import FieldRow
from tests.unit.configuration.setting_up import NOW, OFFICE, PLUGINS, a_configuration, a_task


def problems(configuration: Configuration) -> list[str]:
    return [str(problem) for problem in rules.problems(configuration, plugins=PLUGINS, now=NOW)]


def days(amount: int) -> Amount:
    return Amount(amount, Unit.DAYS)


def hours(amount: int) -> Amount:
    return Amount(amount, Unit.HOURS)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"plugin": "plaine"}, "Plugin: There is no plugin 'plaine'. Did you mean 'plain'?"),
    ({"plugin_settings": {"colour": "red"}}, "Plugin settings: Plain has no settings."),
    ({"plugin": "asking"}, "Plugin settings: questions: Enter at least one question."),
    (
        {"plugin": "asking", "plugin_settings": {"questions": "Why?", "colour": "red"}},
        "Plugin settings: Asking has no setting 'colour'.",
    ),
    ({"plugin": "signed"}, "Plugin settings: signed_by: Select the team that signs."),
    (
        {"plugin": "signed", "plugin_settings": {"signed_by": "oficers"}},
        "Plugin settings: signed_by: There is no team 'oficers'. Did you mean 'officers'?",
    ),
    ({"plugin": "signed", "plugin_settings": {"signed_by": "old"}}, "Plugin settings: signed_by: The team 'old' is retired."),
    ({"name": ""}, "Task name: Enter a text."),
    ({"name": "x" * 61}, "Task name: Must be 60 characters or less; this is 61."),
    ({"hint": "two\nlines"}, "Hint: Contains a character that cannot be shown."),
    ({"default_description": "x" * 121}, "Default description: Must be 120 characters or less; this is 121."),
    ({"default_description": "{{ case.sight }}"}, "Default description: There is no value 'case.sight'. Did you mean 'case.site'?"),
    ({"default_summary": "{{ 7*7 }}"}, "Default summary: There is no value '7*7'."),
    ({"default_summary": "x" * 4001}, "Default summary: Must be 4,000 characters or less; this is 4,001."),
    ({"order_index": 1_000_001}, "Task List Order Index: Must be between -1,000,000 and 1,000,000."),
    ({"groups": Groups()}, "Groups – Assignment groups: Choose at least one team, or set Auto-assign to yes."),
    ({"groups": Groups(teams=("oficers",))}, "Groups – Assignment groups: There is no team 'oficers'. Did you mean 'officers'?"),
    ({"groups": Groups(teams=("old",))}, "Groups – Assignment groups: The team 'old' is retired."),
    ({"groups": Groups(teams=("officers", "officers"))}, "Groups – Assignment groups: The team 'officers' is named twice."),
    ({"sla": Sla(target=days(0))}, "SLA – Target: 0 must be a whole number from 1 to 10,000."),
    ({"sla": Sla(target=hours(10_001))}, "SLA – Target: 10,001 must be a whole number from 1 to 10,000."),
    (
        {"sla": Sla(days(3_200))},
        "SLA – Target: 3200 days of its working time do not fit into 30 years. Choose a smaller target or another calendar.",
    ),
    (
        {"sla": Sla(hours(10_000), calendar="half")},
        "SLA – Target: 10000 hours of its working time do not fit into 30 years. Choose a smaller target or another calendar.",
    ),
    ({"sla": Sla(days(3), (days(3),))}, "SLA – Reminder: 3 days must be shorter than the target of 3 days."),
    ({"sla": Sla(days(1), (hours(8),))}, "SLA – Reminder: 8 hours must be shorter than the target of 1 day."),
    ({"sla": Sla(days(1), (hours(24),), calendar=ROUND_THE_CLOCK)}, "SLA – Reminder: 24 hours must be shorter than the target of 1 day."),
    ({"sla": Sla(days(3), (days(1), days(1)))}, "SLA – Reminder: 1 day is named twice."),
    ({"sla": Sla(days(3), (hours(0),))}, "SLA – Reminder: 0 must be a whole number from 1 to 10,000."),
    ({"sla": Sla(None, (days(1),))}, "SLA – Reminder: 1 day before what? Set a target, or let case managers set one (Override)."),
    ({"sla": Sla(days(3), repeat=Repeat(1, 0))}, "SLA – Breach repeat: 0 must be a whole number from 1 to 10,000."),
    ({"sla": Sla(days(3), calendar="offfice")}, "SLA – Calendar: There is no calendar 'offfice'. Did you mean 'office'?"),
    ({"cancel_reasons": ("",)}, "Cancel reasons: Enter a text."),
    ({"cancel_reasons": ("Twice", "Twice")}, "Cancel reasons: 'Twice' is named twice."),
    ({"generation": Generation(enabled=True)}, "Auto-generate – Team: Choose the team that gets the task, or set Auto-assign to yes."),
    ({"generation": Generation(team="nobody")}, "Auto-generate – Team: There is no team 'nobody'."),
    ({"generation": Generation(team="old")}, "Auto-generate – Team: The team 'old' is retired."),
    (
        {"generation": Generation(field="sight")},
        "Auto-generate – Conditional field: There is no field 'sight'. Did you mean 'site'? It must be a field of this case type's form.",
    ),
    ({"limits": TaskLimits(minimum=3, maximum=2)}, "Task Limits – Minimum: 3 is more than the maximum of 2."),
    ({"limits": TaskLimits(minimum=-1)}, "Task Limits – Minimum: -1 must be a whole number from 0 to 10,000; 0 is none."),
    ({"limits": TaskLimits(maximum=10_001)}, "Task Limits – Maximum: 10,001 must be a whole number from 0 to 10,000; 0 is none."),
    ({"limits": TaskLimits(prerequisites=("vist",))}, "Task Limits – Prerequisites: There is no Task ID 'vist'. Did you mean 'visit'?"),
    ({"limits": TaskLimits(prerequisites=("visit",))}, "Task Limits – Prerequisites: These wait for each other: visit → visit."),
    ({"key": "Site Visit"}, "Task ID: 'Site Visit' must be small letters and digits, joined by - or _, at most 60."),
]


def test_a_sound_configuration_has_no_problems() -> None:
    assert problems(a_configuration()) == []


@pytest.mark.parametrize(("settings", "message"), REFUSED, ids=[message[:60] for _, message in REFUSED])
def test_a_task_type_is_refused_with_the_setting_named(settings: dict[str, Any], message: str) -> None:
    task = a_task(**settings)

    found = problems(a_configuration(task))

    assert found == [f"Case type 'planning', task '{task.key}', {message}"]


ACCEPTED: list[dict[str, Any]] = [
    {"default_description": "{{ case.title }} {{case.reference}} {{ case.site }}"},
    {"groups": Groups(auto_assign=True)},
    {"groups": Groups(auto_assign=True), "generation": Generation(enabled=True)},
    {"generation": Generation(enabled=True, team="officers", field="site")},
    {"sla": Sla(days(1), (hours(7),))},
    {"sla": Sla(days(3_000), (days(2_999),), Repeat(10_000, 10_000))},
    {"sla": Sla(days(10_000), (days(9_999),), calendar=ROUND_THE_CLOCK)},
    {"sla": Sla(None, (days(1),), override=True)},
    {"sla": Sla(hours(23), (hours(22),), calendar=ROUND_THE_CLOCK)},
    {"limits": TaskLimits(minimum=2, maximum=2)},
    {"is_retired": True, "groups": Groups(teams=("old",))},
    {"plugin": "asking", "plugin_settings": {"questions": "Why?"}},
    {"plugin": "signed", "plugin_settings": {"signed_by": "officers"}},
]


@pytest.mark.parametrize("settings", ACCEPTED, ids=[f"{number} {next(iter(each))}" for number, each in enumerate(ACCEPTED)])
def test_a_task_type_at_the_edge_of_what_is_allowed_is_accepted(settings: dict[str, Any]) -> None:
    assert problems(a_configuration(a_task(**settings))) == []


def test_the_same_task_id_twice_is_refused() -> None:
    found = problems(a_configuration(a_task(), a_task()))

    assert found == ["Case type 'planning', task 'visit', Task ID: Another task of this case type has the same Task ID."]


def test_a_circle_of_prerequisites_is_refused_once_with_the_way_round() -> None:
    tasks = [a_task(key, limits=TaskLimits(prerequisites=(before,))) for key, before in (("a", "c"), ("b", "a"), ("c", "b"))]

    found = problems(a_configuration(*tasks, a_task("after", limits=TaskLimits(prerequisites=("a",)))))

    assert found == ["Case type 'planning', task 'a', Task Limits – Prerequisites: These wait for each other: a → c → b → a."]


def test_generating_a_task_that_has_prerequisites_is_refused() -> None:
    task = a_task("later", generation=Generation(enabled=True, team="officers"), limits=TaskLimits(prerequisites=("visit",)))

    found = problems(a_configuration(a_task(), task))

    assert found == [
        "Case type 'planning', task 'later', Auto-generate: A task with prerequisites cannot be generated when a case is raised: "
        "none of them is completed then."
    ]


CASE_TYPES: list[tuple[dict[str, Any], str]] = [
    ({"key": "Planning"}, "Key: 'Planning' must be small letters and digits, joined by - or _, at most 60."),
    ({"name": ""}, "Name: Enter a text."),
    ({"prefix": "p"}, "Reference prefix: 'p' must be 2 to 8 capital letters or digits, starting with a letter."),
    ({"manager_teams": ()}, "Case manager teams: Choose at least one team, or nobody can look after these cases."),
    ({"manager_teams": ("managr",)}, "Case manager teams: There is no team 'managr'. Did you mean 'managers'?"),
    ({"manager_teams": ("old",)}, "Case manager teams: The team 'old' is retired."),
    ({"manager_teams": ("managers", "managers")}, "Case manager teams: The team 'managers' is named twice."),
    ({"calendar": "nights"}, "Calendar: There is no calendar 'nights'."),
    ({"outcomes": ("Done", "Done")}, "Outcomes: 'Done' is named twice."),
    ({"form": (FieldRow("site", ""),)}, "Form: site: the label is missing."),
    (
        {"form": (FieldRow("papers", "Papers", "files"),)},
        "Form: papers: a case form cannot ask for files; they are added to the case itself.",
    ),
    ({"form": (FieldRow("title", "Title"),)}, "Form: title: every case has a title already. Give the question another name."),
    (
        {"form": (FieldRow("contact_name", "Your name"),)},
        "Form: contact_name: every case has a contact’s name already. Give the question another name.",
    ),
    (
        {"form": (FieldRow("contact_email", "Email"),)},
        "Form: contact_email: every case has a contact’s email address already. Give the question another name.",
    ),
]


@pytest.mark.parametrize(("settings", "message"), CASE_TYPES, ids=[message[:50] for _, message in CASE_TYPES])
def test_a_case_type_is_refused_with_the_setting_named(settings: dict[str, Any], message: str) -> None:
    found = problems(a_configuration(**settings))

    assert found == [f"Case type '{settings.get('key', 'planning')}', {message}"]


CALENDARS: list[tuple[dict[str, Any], str]] = [
    ({"week": {}}, "Calendar 'office': This calendar has no working time. Give it opening times on at least one day."),
    ({"zone": "Europe/Londn"}, "Calendar 'office': There is no time zone called 'Europe/Londn'. Use a name like Europe/London."),
    ({"name": "x" * 61}, "Calendar 'office', Name: Must be 60 characters or less; this is 61."),
]


@pytest.mark.parametrize(("settings", "message"), CALENDARS, ids=["no working time", "zone", "name"])
def test_a_calendar_is_refused_with_the_reason(settings: dict[str, Any], message: str) -> None:
    calendar: CalendarSetup = replace(OFFICE, **settings)

    found = problems(replace(a_configuration(), calendars=(calendar,)))

    assert found == [message]


def test_keys_and_prefixes_that_are_used_twice_are_refused() -> None:
    sound = a_configuration()
    (case_type,) = sound.case_types
    doubled = Configuration((*sound.teams, TeamSetup("managers", "More")), (OFFICE, OFFICE), (case_type, replace(case_type, key="other")))

    found = problems(doubled)

    assert found == [
        "Team: 'managers' is used twice. Give each its own key.",
        "Calendar: 'office' is used twice. Give each its own key.",
        "Case type 'other', Reference prefix: 'PLN' is also the prefix of 'planning'. References would be mixed up.",
    ]


def test_all_problems_are_reported_at_once() -> None:
    task = a_task(plugin="gone", groups=Groups(), limits=TaskLimits(minimum=2, maximum=1))

    found = problems(a_configuration(task, calendar="nights"))

    assert [each.split(": ")[0].rpartition(", ")[2] for each in found] == [
        "Calendar",
        "Plugin",
        "Groups – Assignment groups",
        "Task Limits – Minimum",
    ]
