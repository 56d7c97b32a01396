"""The YAML file: read with lines, written so that it reads back the same, safe against hostile files."""

from collections.abc import Iterator

import pytest

from casetasks_app.configuration import yaml
from casetasks_app.configuration.problems import ConfigurationRefused
from casetasks_app.configuration.setups import Amount, Configuration, in_order
from casetasks_app.models.configuration import Unit
from casetasks_app.task_types.fields import FieldRow


def refusal(text: str) -> list[str]:
    with pytest.raises(ConfigurationRefused) as refused:
        yaml.parsed(text)
    return [str(problem) for problem in refused.value.problems]


UNREADABLE = {
    "": "The file is empty.",
    "teams: [a": "Line 2: This is not YAML: did not find expected ',' or ']'.",
    "teams: &t []\ncalendars: *t": "Line 2: Aliases (*name) are not allowed here. Write the value out.",
    "teams: !!python/object/apply:os.system [ls]": ("Line 1: Tags (tag:yaml.org,2002:python/object/apply:os.system) are not allowed here."),
    "teams: []\n---\nteams: []": "Line 2: The file must hold one document; a second starts here.",
    "teams: " + "[" * 25 + "]" * 25: "Line 1: The file is nested deeper than 20 levels.",
    "teams: []\nteams: []": "Line 2: 'teams' stands here twice, first on line 1.",
    'teams: "\\0"': "Line 1: This text contains a character that cannot be shown.",
    "#" * 1_000_001: "The file is larger than 1,000,000 characters.",
    "? [a]\n: b": "Line 1: A name must be one word or a text.",
    "- teams": "Line 1: must be a list of settings with values.",
}


@pytest.mark.parametrize("text", UNREADABLE, ids=[text[:30] or "empty" for text in UNREADABLE])
def test_a_file_that_no_configuration_needs_is_refused(text: str) -> None:
    assert refusal(text) == [UNREADABLE[text]]


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    levels: Iterator[str] = (f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10))

    assert refusal("a0: &a0 [lol]\n" + "\n".join(levels)) == ["Line 2: Aliases (*name) are not allowed here. Write the value out."]


WRONG = """\
teams:
  - key: officers
    nme: Officers
calendars:
  - key: office
    name: Office
    zone: Europe/London
    week:
      mon: [9 to 5 o'clock]
    holidays:
      2026-02-30: No day
case_types:
  - key: planning
    name: Planning
    reference_prefix: PLN
    manager_teams: officers
    form:
      - name: site
        label: Site
        kind: sight
        colour: red
    tasks:
      - task_id: visit
        name: Visit
        plugin: plain
        list_order: first
        cancellable: perhaps
        sla:
          target: 5 weeks
          reminder: 1 day
"""


def test_every_wrong_value_is_named_with_its_line() -> None:
    assert refusal(WRONG) == [
        "Line 2: teams → 1: 'name' is missing.",
        "Line 3: teams → 1: 'nme' is not a setting. Did you mean 'name'?",
        "Line 9: calendars → 1 → week: '9 to 5 o'clock' is not a time of opening like '09:00 to 17:00'.",
        "Line 11: calendars → 1 → holidays: '2026-02-30' is not a date like 2026-12-25.",
        "Line 16: case_types → 1 → manager_teams: must be a list.",
        "Line 18: case_types → 1 → form: site: colour is not known here.",
        "Line 26: case_types → 1 → tasks → 1 → list_order: must be a whole number, not 'first'.",
        "Line 27: case_types → 1 → tasks → 1 → cancellable: must be yes or no, not 'perhaps'.",
        "Line 29: case_types → 1 → tasks → 1 → sla → target: must be a number of days or hours like '5 days' or '36 hours', not '5 weeks'.",
        "Line 30: case_types → 1 → tasks → 1 → sla: 'reminder' is not a setting. Did you mean 'reminders'?",
    ]


def test_words_are_never_guessed_to_be_something_else() -> None:
    text = """
case_types:
- key: no
  name: 007
  reference_prefix: PLN
  outcomes: [yes, 1.10, 2026-01-01]
  form:
  - {name: urgent, label: On, kind: choice, options: [yes, no, [maybe, Off]]}
  tasks:
  - task_id: visit
    name: null island
    plugin: plain
    plugin_settings: {a: yes, b: 'yes', c: 1, d: '1', e: 1.5, f: [no, off], g: 2026-01-01}
    sla: {target: 1 hour, reminders: [2 days]}
"""
    (case_type,) = yaml.parsed(text).configuration.case_types

    assert (case_type.key, case_type.name, case_type.outcomes) == ("no", "007", ("yes", "1.10", "2026-01-01"))
    assert case_type.form == (FieldRow("urgent", "On", "choice", options=(("yes", "yes"), ("no", "no"), ("maybe", "Off"))),)
    (task,) = case_type.tasks
    assert task.plugin_settings == {"a": True, "b": "yes", "c": 1, "d": "1", "e": 1.5, "f": [False, "off"], "g": "2026-01-01"}
    assert (task.sla.target, task.sla.reminders) == (Amount(1, Unit.HOURS), (Amount(2, Unit.DAYS),))


def test_a_problem_found_later_is_traced_back_to_its_line() -> None:
    parsed = yaml.parsed("teams:\n- key: a\n  name: A\n\ncase_types:\n- key: b\n  name: B\n  reference_prefix: BB\n")

    assert parsed.line(("case_types", 0, "reference_prefix")) == 8
    assert parsed.line(("case_types", 0, "tasks", 4, "sla")) == 6
    assert parsed.line(("somewhere",)) is None


def test_an_empty_configuration_reads_back() -> None:
    assert yaml.parsed(yaml.written(Configuration())).configuration == in_order(Configuration())
