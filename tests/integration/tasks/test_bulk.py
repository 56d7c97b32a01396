"""The same verb on several tasks: rights are checked for each, and one refusal leaves the others done."""

import pytest
from sqlmodel import Session

from casetasks_app.errors import NotFound
from casetasks_app.tasks import bulk, hold
from casetasks_app.tasks.bulk import NothingSelected, Outcome, Refused
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.hold import CannotAssign, Recipient
from tests.factories import NOON, Office, a_task, actor
from tests.integration.tasks.looking import history, mails, open_steps


def _tasks(session: Session, office: Office, count: int = 3) -> list[int]:
    return [a_task(session, office).task_id for _ in range(count)]


def test_each_is_claimed_for_itself_and_the_lost_one_says_who_was_first(session: Session, office: Office) -> None:
    """B18."""
    first, second, third = _tasks(session, office)
    hold.claim(session, task_id=second, actor=actor(session, office.ana), now=NOON)

    found = bulk.claim(session, task_ids=[first, second, third], actor=actor(session, office.tom), now=NOON)

    assert found.done == (f"{office.reference}/1", f"{office.reference}/3")
    assert found.refused == (Refused(f"{office.reference}/2", "Ana Ruiz claimed this task at 12:00, just before you."),)
    assert [open_steps(session, each)[0].assignee_id for each in (first, second, third)] == [office.tom.id, office.ana.id, office.tom.id]
    assert len(history(session, "claimed")) == 3


def test_tasks_one_may_not_see_are_not_named(session: Session, office: Office) -> None:
    """S43, B17."""
    tasks = _tasks(session, office, 2)

    found = bulk.claim(session, task_ids=[*tasks, 4711], actor=actor(session, office.stranger), now=NOON)

    assert found == Outcome(refused=(Refused("", NotFound().message),) * 3)
    assert history(session, "claimed") == []


def test_assigning_mails_each_and_leaves_what_is_over(session: Session, office: Office) -> None:
    """B22, B24."""
    first, second, third = _tasks(session, office)
    manager = actor(session, office.manager)
    cancel(session, task_id=third, reason=Reason("No longer needed"), actor=manager, now=NOON)
    to = Recipient(office.officers.id, office.ana.id)

    found = bulk.assign(session, task_ids=[first, second, third], to=to, actor=manager, now=NOON)

    assert found.done == (f"{office.reference}/1", f"{office.reference}/2")
    assert found.refused[0].reason == f"{office.manager.name} cancelled this task at 12:00. It cannot be changed any more."
    assert [mail.task_id for mail in mails(session, "assigned")] == [first, second]


def test_releasing_asks_for_the_right_of_each(session: Session, office: Office) -> None:
    """S90."""
    mine, others = _tasks(session, office, 2)
    for task_id, who in ((mine, office.tom), (others, office.ana)):
        hold.claim(session, task_id=task_id, actor=actor(session, who), now=NOON)

    found = bulk.release(session, task_ids=[mine, others], actor=actor(session, office.tom), now=NOON)

    assert (found.done, len(found.refused)) == ((f"{office.reference}/1",), 1)
    assert open_steps(session, others)[0].assignee_id == office.ana.id


def test_recipients_are_those_of_the_tasks_that_may_be_given(session: Session, office: Office) -> None:
    """B22."""
    tasks = _tasks(session, office, 2)

    offered = bulk.recipients(session, task_ids=[*tasks, 4711], actor=actor(session, office.manager), now=NOON)

    assert (offered[0].name, offered[0].person_id) == ("Planning officers", None)
    assert {each.name for each in offered[1:]} == {"Tom Ellis", "Ana Ruiz", "Mia Lead"}
    with pytest.raises(CannotAssign):
        bulk.recipients(session, task_ids=tasks, actor=actor(session, office.stranger), now=NOON)


def test_batches_are_bounded_and_take_each_task_once() -> None:
    assert [len(batch) for batch in bulk.batches([1, 1, *range(600)])] == [20] * 25
    with pytest.raises(NothingSelected):
        bulk.batches([])
