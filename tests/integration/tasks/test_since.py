"""What happened to a task since a mail about it, as each person may know it."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.errors import NotFound
from casetasks_app.tasks import hold, target
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.hold import Recipient
from casetasks_app.tasks.queries.since import since
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, actor, an_office
from tests.integration.tasks.looking import open_steps

LATER = NOON + timedelta(hours=1)
LATEST = NOON + timedelta(hours=2)


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, is_cancellable=True, allow_override=True, target_amount=2)


def told(session: Session, office: Office, task_id: int, person, moment=NOON) -> str:
    return since(session, task_id=task_id, moment=moment, actor=actor(session, person), now=LATEST)


def test_who_claimed_and_who_closed_it_is_said_in_order(session: Session, office: Office) -> None:
    task_id = a_task(session, office).task_id
    hold.claim(session, task_id=task_id, actor=actor(session, office.tom), now=LATER)
    step = open_steps(session, task_id)[0].id or 0
    done = {"outcome": "Done"}
    complete.complete_step(session, step_id=step, answers=done, actor=actor(session, office.tom), task_id=task_id, now=LATEST)

    assert told(session, office, task_id, office.ana) == "Tom Ellis claimed it and closed it"
    assert told(session, office, task_id, office.manager, LATER) == "Tom Ellis closed it"
    assert told(session, office, task_id, office.tom) == ""


def test_what_the_mail_was_about_is_no_news(session: Session, office: Office) -> None:
    task_id = a_task(session, office, assignee_id=office.tom.id).task_id

    assert told(session, office, task_id, office.tom) == ""


def test_a_cancellation_is_said_without_its_reason(session: Session, office: Office) -> None:
    """S75: the reason is a private note."""
    task_id = a_task(session, office, assignee_id=office.tom.id).task_id
    cancel(session, task_id=task_id, reason=Reason("No longer needed", "They moved"), actor=actor(session, office.manager), now=LATER)

    assert told(session, office, task_id, office.tom) == "Priya Shah cancelled it"


def test_only_the_last_of_a_kind_is_said(session: Session, office: Office) -> None:
    task_id = a_task(session, office, assignee_id=office.tom.id).task_id
    manager = actor(session, office.manager)
    for to in (office.ana, office.tom):
        given = Recipient(office.officers.id, to.id)
        hold.reassign(session, task_id=task_id, to=given, actor=manager, now=LATER)

    assert told(session, office, task_id, office.tom) == "Priya Shah gave it to Tom Ellis"


def test_a_new_target_is_said_with_its_moment(session: Session, office: Office) -> None:
    task_id = a_task(session, office, assignee_id=office.tom.id).task_id
    target.change(session, task_id=task_id, asked=WantedTarget("custom", 5), reason="", actor=actor(session, office.manager), now=LATER)

    assert told(session, office, task_id, office.tom) == "Priya Shah changed its target to Mon 23 Nov, 12:00"


def test_who_may_not_see_the_task_is_told_nothing(session: Session, office: Office) -> None:
    """S43."""
    task_id = a_task(session, office).task_id

    with pytest.raises(NotFound):
        told(session, office, task_id, office.stranger)
