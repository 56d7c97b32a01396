"""Import and export of the configuration, on every database."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from casetasks_app.configuration import queries, service, yaml
from casetasks_app.configuration.problems import ConfigurationRefused
from casetasks_app.errors import NotAllowed
from casetasks_app.models import Calendar, CaseType, TaskType, Team
from casetasks_app.people.rules import Actor
from tests.factories import NOON, a_case, a_person, a_team, actor

TEXT = """\
teams:
- key: managers
  name: Managers
- key: officers
  name: Officers
- key: surveyors
  name: Surveyors
calendars:
- key: office
  name: Office
  zone: Europe/London
  week:
    mon: ['09:00 to 17:00']
  holidays:
    2026-12-25: Christmas Day
case_types:
- key: planning
  name: Planning
  reference_prefix: PLN
  manager_teams: [managers]
  calendar: office
  outcomes: [Done]
  form:
  - name: site
    label: Site
    required: no
  tasks:
  - task_id: visit
    name: Visit
    plugin: standard
    list_order: 1
    groups:
      assignment_groups: [surveyors, officers]
    cancellable: yes
  - task_id: letter
    name: Letter
    plugin: standard
    list_order: 2
    groups:
      assignment_groups: [officers]
"""


def load(session: Session, administrator: Actor, text: str = TEXT) -> service.Changes:
    return service.import_configuration(session, text=text, actor=administrator, now=NOON)


def refused(session: Session, administrator: Actor, text: str) -> list[str]:
    with pytest.raises(ConfigurationRefused) as refusal:
        load(session, administrator, text)
    return [str(problem) for problem in refusal.value.problems]


def revisions(session: Session) -> dict[str, int]:
    return {row.key: row.revision for table in (Calendar, CaseType, TaskType) for row in session.exec(select(table))}


def planning(session: Session) -> int:
    return queries.case_type_by_key(session, key="planning").id


def test_what_was_imported_is_exported_word_for_word(session: Session, administrator: Actor) -> None:
    changes = load(session, administrator)

    assert service.export_configuration(session) == TEXT
    assert (len(changes.added), changes.changed, changes.removed) == (7, [], [])


def test_importing_the_same_again_touches_nothing(session: Session, administrator: Actor) -> None:
    load(session, administrator)

    changes = load(session, administrator)

    assert not changes
    assert set(revisions(session).values()) == {1}


def test_only_what_differs_gets_a_new_revision(session: Session, administrator: Actor) -> None:
    load(session, administrator)

    changes = load(session, administrator, TEXT.replace("name: Letter", "name: Long letter").replace("Christmas Day", "Christmas"))

    assert changes.changed == ["Calendar 'office'", "Task type 'planning / letter'"]
    assert revisions(session) == {"office": 2, "planning": 1, "visit": 1, "letter": 2}


def test_nobody_but_an_administrator_imports(session: Session) -> None:
    somebody = actor(session, a_person(session))

    with pytest.raises(NotAllowed):
        load(session, somebody)

    assert session.exec(select(CaseType.id)).all() == []


def test_a_refused_file_changes_nothing_and_names_lines_and_settings(session: Session, administrator: Actor) -> None:
    load(session, administrator)

    problems = refused(
        session, administrator, TEXT.replace("plugin: standard\n    list_order: 2", "plugin: standart").replace("[Done]", "[Done, Done]")
    )

    assert problems == [
        "Line 22: Case type 'planning', Outcomes: 'Done' is named twice.",
        "Line 37: Case type 'planning', task 'letter', Plugin: There is no plugin 'standart'. Did you mean 'standard'?",
    ]
    assert service.export_configuration(session) == TEXT


def test_what_is_left_out_and_unused_is_removed(session: Session, administrator: Actor) -> None:
    load(session, administrator)
    smaller = (
        TEXT[: TEXT.index("  - task_id: letter")]
        .replace("- key: surveyors\n  name: Surveyors\n", "")
        .replace("[surveyors, officers]", "[officers]")
    )

    changes = load(session, administrator, smaller)

    assert changes.removed == ["Team 'surveyors'", "Task type 'planning / letter'"]
    assert service.export_configuration(session) == smaller


def test_a_task_id_with_tasks_is_only_retired(session: Session, administrator: Actor) -> None:
    load(session, administrator, TEXT.replace("    list_order: 2", "    list_order: 2\n    auto_generate: {enabled: yes, team: officers}"))
    a_case(session, session.exec(select(CaseType)).one(), None)
    without = TEXT[: TEXT.index("  - task_id: letter")]

    problems = refused(session, administrator, without)
    load(session, administrator, TEXT + "    retired: yes\n")

    assert problems == [
        "Line 27: Case type 'planning', task 'letter', Task ID: Has 1 task and can be neither removed nor renamed. "
        "Keep it and set 'retired: yes' instead."
    ]
    assert [each.key for each in queries.task_types(session, case_type_id=planning(session))] == ["visit"]
    assert len(queries.task_types(session, case_type_id=planning(session), with_retired=True)) == 2


def test_a_case_type_with_cases_keeps_its_prefix_and_stays(session: Session, administrator: Actor) -> None:
    load(session, administrator)
    a_case(session, session.exec(select(CaseType)).one(), None)

    assert refused(session, administrator, TEXT.replace("PLN", "PL")) == [
        "Line 19: Case type 'planning', Reference prefix: Cases have references with 'PLN' already, so it cannot become 'PL'."
    ]
    assert refused(session, administrator, TEXT[: TEXT.index("case_types:")] + "case_types: []\n") == [
        "Line 16: Case type 'planning': Has 1 case and cannot be removed. Keep it and set 'retired: yes' instead."
    ]


def test_a_team_with_members_is_not_removed(session: Session, administrator: Actor) -> None:
    a_team(session, a_person(session), name="Others")

    (problem,) = refused(session, administrator, TEXT)

    assert problem.endswith("Has 1 member and cannot be removed. Keep it and set 'retired: yes' instead.")
    assert session.exec(select(Team.name)).all() == ["Others"]


def test_two_case_types_without_cases_swap_their_prefixes(session: Session, administrator: Actor) -> None:
    second = "- key: housing\n  name: Housing\n  reference_prefix: HSG\n  manager_teams: [managers]\n"
    load(session, administrator, TEXT + second)

    load(session, administrator, (TEXT + second).replace("PLN", "X").replace("HSG", "PLN").replace("prefix: X", "prefix: HSG"))

    assert dict(session.exec(select(CaseType.key, CaseType.prefix)).all()) == {"planning": "HSG", "housing": "PLN"}


def test_the_list_follows_the_task_list_order_index(session: Session, administrator: Actor) -> None:
    """S33, B3: changing Task List Order Index changes the order; ties by name."""
    load(session, administrator)
    before = [each.key for each in queries.task_types(session, case_type_id=planning(session))]

    load(session, administrator, TEXT.replace("list_order: 1", "list_order: 3"))
    after = [each.key for each in queries.task_types(session, case_type_id=planning(session))]
    load(session, administrator, TEXT.replace("list_order: 1", "list_order: 2"))
    tied = [each.name for each in queries.task_types(session, case_type_id=planning(session))]

    assert (before, after, tied) == (["visit", "letter"], ["letter", "visit"], ["Letter", "Visit"])


def test_exactly_the_configured_groups_are_offered_in_their_order(session: Session, administrator: Actor) -> None:
    """S36, S37."""
    load(session, administrator)

    visit, letter = queries.task_types(session, case_type_id=planning(session))

    assert [team.name for team in visit.teams] == ["Surveyors", "Officers"]
    assert [team.name for team in letter.teams] == ["Officers"]


def test_cancellable_is_kept_for_each_task_type_of_each_case_type(session: Session, administrator: Actor) -> None:
    """S72."""
    other = (
        TEXT[TEXT.index("- key: planning") :]
        .replace("key: planning", "key: housing")
        .replace("PLN", "HSG")
        .replace("cancellable: yes", "cancellable: no")
    )

    load(session, administrator, TEXT + other)

    rows = session.exec(
        select(CaseType.key, TaskType.key, TaskType.is_cancellable).join(TaskType, col(TaskType.case_type_id) == CaseType.id)
    )
    assert {(case_type, key) for case_type, key, is_cancellable in rows if is_cancellable} == {("planning", "visit")}


def test_the_calendar_that_counts_is_the_task_types_own_then_the_case_types(session: Session, administrator: Actor) -> None:
    load(session, administrator, TEXT.replace("    cancellable: yes", "    sla: {calendar: round the clock}"))

    visit, letter = queries.task_types(session, case_type_id=planning(session))

    office = session.exec(select(Calendar.id)).one()
    assert (visit.calendar_id, letter.calendar_id) == (None, office)


def test_a_change_of_order_alone_is_exported_in_the_new_order(session: Session, administrator: Actor) -> None:
    load(session, administrator)
    (case_type,) = yaml.parsed(TEXT).configuration.case_types
    turned = replace(case_type, tasks=case_type.tasks[::-1])

    changes = load(session, administrator, yaml.written(replace(yaml.parsed(TEXT).configuration, case_types=(turned,))))

    assert not changes
