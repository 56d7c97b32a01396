"""Somebody is deactivated and comes back: sign-ins, offers, mails, and the tasks they leave behind."""

import pytest
from sqlmodel import Session, select

from casetasks_app.errors import NotAllowed
from casetasks_app.models import MailState, OutgoingMail, Person
from casetasks_app.people import choices, queries, searching, service
from casetasks_app.people.rules import Actor
from casetasks_app.people.service import Browser, WrongDetails
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.tasks import leavers
from casetasks_app.tasks.leavers import DeactivatedAlready, LastAdministrator, LeftTask, NotDeactivated
from casetasks_app.tasks.queries import assigning, creation
from casetasks_app.tasks.wanted import TaskRefused
from tests.factories import NOON, Office, a_person, a_task, actor

OPERATOR = Actor(0, "Command line", "", is_administrator=True)
PASSWORD = "correct horse battery"


def leave(session: Session, person: Person) -> leavers.Left:
    return leavers.deactivate(session, person_id=person.id or 0, actor=OPERATOR, now=NOON)


def test_what_somebody_leaves_behind_is_named_and_stays_theirs(session: Session, office: Office) -> None:
    a_task(session, office, assignee_id=office.tom.id, description="Measure the wall")
    a_task(session, office)

    left, managed = leave(session, office.tom), leave(session, office.manager)

    assert (left.name, left.tasks, left.cases) == ("Tom Ellis", (LeftTask(f"{office.reference}/1", "Measure the wall"),), ())
    assert (managed.tasks, managed.cases) == ((), (office.reference,))


def test_sign_ins_end_and_no_new_one_begins(session: Session, office: Office) -> None:
    service.set_password(session, person_id=office.tom.id or 0, password=PASSWORD)
    token = service.open_sign_in(session, person_id=office.tom.id or 0, browser=Browser(), now=NOON).token
    session.flush()

    leave(session, office.tom)

    session.expire_all()
    assert queries.actor_of_session(session, digest=service.digest_of(token), now=NOON) is None
    with pytest.raises(WrongDetails):
        service.sign_in(session, email=office.tom.email, password=PASSWORD, browser=Browser(), now=NOON)


def test_whoever_left_is_offered_nowhere_and_given_nothing(session: Session, office: Office) -> None:
    """B4, S39."""
    task_id = a_task(session, office).task_id
    manager, question = actor(session, office.manager), FieldRow("who", "Who", kind="person")

    leave(session, office.tom)

    session.expire_all()
    offered = [
        [each.name for each in creation.people(session, team_id=office.officers.id or 0, actor=manager, now=NOON)],
        [each.name for each in assigning.choices(session, task_id=task_id, actor=manager, now=NOON)],
        [each.name for each in searching.people(session, text="tom").found],
        [each.name for each in queries.members(session, team_id=office.officers.id or 0)],
        list(choices.offered(session, asked=[question]).people.values()),
    ]
    assert not [names for names in offered if "Tom Ellis" in names]
    with pytest.raises(TaskRefused, match="no longer in"):
        a_task(session, office, assignee_id=office.tom.id)


def test_mails_to_them_stop_and_waiting_ones_are_withdrawn(session: Session, office: Office) -> None:
    office.task_type.email_team = True
    a_task(session, office)

    left = leave(session, office.tom)
    a_task(session, office)

    session.expire_all()
    states = {(mail.person_id == office.tom.id, mail.state) for mail in session.exec(select(OutgoingMail))}
    assert left.mails == 1
    assert states == {(True, MailState.CANCELLED), (False, MailState.PENDING)}


def test_the_last_administrator_stays(session: Session, office: Office) -> None:
    first, second = (a_person(session, name, is_administrator=True) for name in ("Ada", "Bea"))
    leave(session, first)

    with pytest.raises(LastAdministrator):
        leave(session, second)


def test_only_administrators_deactivate_and_nobody_twice(session: Session, office: Office) -> None:
    with pytest.raises(NotAllowed):
        leavers.deactivate(session, person_id=office.tom.id or 0, actor=actor(session, office.manager), now=NOON)
    leave(session, office.tom)

    with pytest.raises(DeactivatedAlready):
        leave(session, office.tom)


def test_who_comes_back_has_the_same_teams_and_password(session: Session, office: Office) -> None:
    service.set_password(session, person_id=office.tom.id or 0, password=PASSWORD)
    leave(session, office.tom)

    name = leavers.reactivate(session, person_id=office.tom.id or 0, actor=OPERATOR)

    session.expire_all()
    service.sign_in(session, email=office.tom.email, password=PASSWORD, browser=Browser(), now=NOON)
    assert (name, office.officers.id in actor(session, office.tom).teams) == ("Tom Ellis", True)
    with pytest.raises(NotDeactivated):
        leavers.reactivate(session, person_id=office.tom.id or 0, actor=OPERATOR)
