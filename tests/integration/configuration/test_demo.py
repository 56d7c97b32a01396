"""The demo organisation: complete, sound, and loaded once."""

from datetime import date

from sqlmodel import Session, select

from casetasks_app import demo
from casetasks_app.configuration import queries, service
from casetasks_app.models import Case, CaseStatus, Person, Task, TaskStatus, Team
from casetasks_app.people import passwords
from casetasks_app.task_types import registry
from tests.factories import NOON, a_person


def test_the_demo_has_what_a_tour_needs(session: Session) -> None:
    """S7: one of its case types has no task types. S11: every bundled plugin can be tried."""
    people = demo.load(session, now=NOON)

    counts = {row.key: row.task_types for row in queries.case_types(session)}
    types = [each for row in queries.case_types(session) for each in queries.task_types(session, case_type_id=row.id)]
    assert len(people) == 12
    assert len(session.exec(select(Team)).all()) >= 5
    assert (len(counts), counts["noise-report"]) == (5, 0)
    assert any(each.prerequisites and each.maximum for each in types)
    assert any(each.minimum for each in types)
    assert {bool(each.auto_field) for each in types if each.auto_generate} == {True, False}
    assert {each.plugin for each in types} == set(registry.installed())


def test_its_cases_are_in_several_states(session: Session) -> None:
    demo.load(session, now=NOON)

    assert set(session.exec(select(Case.status))) == {CaseStatus.OPEN, CaseStatus.CLOSED}
    assert set(session.exec(select(Task.status))) == set(TaskStatus)
    assert None in set(session.exec(select(Case.manager_id)))
    assert all(at <= NOON for at in session.exec(select(Case.raised_at)))


def test_everybody_can_sign_in_with_the_password_that_is_printed(session: Session) -> None:
    people = demo.load(session, now=NOON)

    hashes = dict(session.exec(select(Person.email, Person.password_hash)).all())
    assert all(passwords.is_right(one.password, hashes[one.email]) for one in people[:2])
    assert len({one.password for one in people}) == 12
    assert all(len(one.password) >= passwords.MIN_LENGTH for one in people)


def test_loading_again_changes_nothing(session: Session) -> None:
    first = demo.load(session, now=NOON)
    before = service.export_configuration(session), session.exec(select(Case.version).order_by(Case.id)).all()

    again = demo.load(session, now=NOON)

    assert again == first
    assert (service.export_configuration(session), session.exec(select(Case.version).order_by(Case.id)).all()) == before


def test_a_database_with_other_people_is_left_alone(session: Session) -> None:
    a_person(session)

    assert demo.load(session, now=NOON) == []
    assert len(session.exec(select(Person)).all()) == 1


def test_the_bank_holidays_of_2026_to_2028_are_rows_on_working_days(session: Session) -> None:
    demo.load(session, now=NOON)

    from casetasks_app.models import Calendar, Holiday

    days = session.exec(select(Holiday.on).join(Calendar).where(Calendar.key == "office-hours").order_by(Holiday.on)).all()
    assert len(days) == 24
    assert [sum(day.year == year for day in days) for year in (2026, 2027, 2028)] == [8, 8, 8]
    assert all(day.weekday() < 5 for day in days)
    assert {date(2026, 4, 3), date(2027, 12, 28), date(2028, 1, 3)} <= set(days)
