"""What the creation dialog offers."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from casetasks_app.errors import NotFound
from casetasks_app.models import Unit
from casetasks_app.tasks import drafts, hold
from casetasks_app.tasks.queries import creation, of_case
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_case, a_case_type, a_person, a_task, a_task_type, a_team, actor


def _options(session: Session, office: Office) -> list[creation.TypeOption]:
    session.flush()
    return creation.options(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON)


def test_every_type_of_this_case_type_is_offered_in_its_order_and_no_other(session: Session, office: Office) -> None:
    """S30, S31, S32, S33, B3."""
    office.task_type.order_index = 5
    a_task_type(session, office.case_type, office.officers, name="Legal opinion", order_index=5)
    a_task_type(session, office.case_type, office.officers, name="Site visit", order_index=1)
    a_task_type(session, a_case_type(session, office.managers), office.officers, name="Elsewhere")

    names = [option.name for option in _options(session, office)]

    assert names == ["Site visit", *sorted(["Legal opinion", office.task_type.name])]


def test_a_type_that_cannot_be_used_says_why(session: Session, office: Office) -> None:
    """B3, S31."""
    later = a_task_type(session, office.case_type, office.officers, prerequisites=[office.task_type.key])
    office.task_type.maximum = 1
    a_task(session, office)

    why = {option.id: option.why_not for option in _options(session, office)}

    assert why == {
        office.task_type.id: "already created 1 of 1 time",
        later.id: f"first complete “{office.task_type.name}”",
    }


@pytest.mark.parametrize(
    ("settings", "steps"),
    [
        ({"auto_assign": True}, ()),
        ({}, ("assignment",)),
        ({"ask_summary": True}, ("assignment", "details")),
        ({"auto_assign": True, "allow_override": True}, ("targets",)),
        ({"ask_attachments": True, "allow_override": True}, ("assignment", "details", "targets")),
    ],
)
def test_a_step_is_skipped_where_the_configuration_asks_nothing(
    session: Session, office: Office, settings: dict[str, object], steps: tuple[str, ...]
) -> None:
    """S29, S34, S35, S47, S56, B4, B5, B7, B8."""
    made = a_task_type(session, office.case_type, office.officers, **settings)

    option = next(each for each in _options(session, office) if each.id == made.id)

    assert (option.steps, option.needs_no_answer) == (steps, True)


def test_the_teams_are_those_of_the_task_type_and_the_people_those_of_the_team(session: Session, office: Office) -> None:
    """S36, S37, S38, S39, B4."""
    a_team(session, office.stranger)
    hold.claim(session, task_id=a_task(session, office).task_id, actor=actor(session, office.ana), now=NOON)
    session.flush()

    teams = creation.teams(session, task_type_id=office.task_type.id or 0)
    people = creation.people(session, team_id=office.officers.id or 0, actor=actor(session, office.tom), now=NOON)

    assert [(team.name, team.people, team.open_tasks) for team in teams] == [("Planning officers", 3, 1)]
    assert [(person.name, person.load) for person in people] == [("Mia Lead", "0 open"), ("Tom Ellis", "0 open"), ("Ana Ruiz", "1 open")]
    assert [person.name for person in people if person.is_me] == ["Tom Ellis"]


def test_what_somebody_has_due_today_is_counted_by_the_office_s_own_day(session: Session, office: Office) -> None:
    """S39: in summer London is an hour ahead of UTC, so half past midnight there is tomorrow already."""
    evening = datetime(2026, 7, 1, 20, 0, tzinfo=UTC)
    for amount in (2, 4):
        a_task(session, office, now=evening, assignee_id=office.tom.id, target=WantedTarget("custom", amount, Unit.HOURS))
    session.flush()

    people = creation.people(session, team_id=office.officers.id or 0, actor=actor(session, office.manager), now=evening)

    assert [(person.open, person.due_today) for person in people if person.name == "Tom Ellis"] == [(2, 1)]


def test_the_exact_moment_of_a_target_is_said_before_anything_is_created(session: Session, office: Office) -> None:
    """B7."""
    asked = WantedTarget("custom", 5)
    seen = creation.target_preview(session, task_type_id=office.task_type.id or 0, asked=asked, now=NOON)

    assert (seen.amount, seen.due) == ("5 days", "Monday 23 November 2026, 12:00")
    assert seen.reminders == ("1 day before (Sun 22 Nov, 12:00)",)


def test_a_draft_is_kept_for_one_person_and_case_and_forgotten_after_thirty_days(session: Session, office: Office) -> None:
    """B11."""
    manager, other = (actor(session, person) for person in (office.manager, office.other_manager))
    drafts.save(session, case_id=office.case_id, answered=drafts.Answered({"team": "7"}, 1, 1), actor=manager, now=NOON)
    kept = drafts.save(session, case_id=office.case_id, answered=drafts.Answered({"person": "9"}, 1, 1), actor=manager, now=NOON)

    found = drafts.find(session, case_id=office.case_id, actor=manager)

    assert found == kept
    assert kept.answers == {"team": "7", "person": "9"}
    assert drafts.find(session, case_id=office.case_id, actor=other) is None
    assert drafts.forget_old(session, now=NOON + drafts.KEPT_FOR) == 0
    assert drafts.forget_old(session, now=NOON + drafts.KEPT_FOR * 2) == 1


def test_strangers_are_offered_nothing(session: Session, office: Office) -> None:
    """B2."""
    for person in (office.tom, office.stranger, a_person(session, is_administrator=True)):
        with pytest.raises(NotFound):
            creation.options(session, case_id=office.case_id, actor=actor(session, person), now=NOON)


def test_the_tasks_tab_exists_with_a_task_type_or_a_task(session: Session, office: Office) -> None:
    """S6, S7, B1."""
    empty = a_case_type(session, office.managers)
    bare, _ = a_case(session, empty, office.manager)
    a_task(session, office)
    office.task_type.is_retired = True
    session.flush()

    assert not of_case.has_tasks_tab(session, case_id=bare, case_type_id=empty.id or 0)
    assert of_case.has_tasks_tab(session, case_id=office.case_id, case_type_id=office.case_type.id or 0)


def test_the_tab_lists_every_task_of_this_case_and_of_no_other(session: Session, office: Office) -> None:
    """S13, S14, S21, S43."""
    other, _ = a_case(session, office.case_type, office.manager)
    made = [a_task(session, office).number for _ in range(3)]
    session.flush()

    mine = of_case.tasks(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON)

    assert [row.number for row in mine] == made
    assert {row.status for row in mine} <= {"new", "closed", "cancelled"}
    assert of_case.tasks(session, case_id=other, actor=actor(session, office.manager), now=NOON) == []
    assert of_case.tasks(session, case_id=office.case_id, actor=actor(session, office.stranger), now=NOON) == []
