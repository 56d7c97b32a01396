"""Closing a case."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from casetasks_app.cases import queries
from casetasks_app.cases import service as cases
from casetasks_app.cases.service import CannotClose, CaseBlocked, ClosingRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.models import Case, Task
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.cancel import Reason, cancel
from tests.factories import NOON, Office, a_task, actor, an_office
from tests.integration.cases.test_complete import _complete
from tests.integration.tasks.looking import history, the_task


def _close(session: Session, office: Office, outcome: str = "Resolved", note: str = "Done.") -> None:
    manager = actor(session, office.manager)
    cases.close(session, case_id=office.case_id, outcome=outcome, note=note, actor=manager, now=NOON)


def test_a_case_with_an_outstanding_task_cannot_be_closed(session: Session, office: Office) -> None:
    """S27, B31, B32."""
    made = a_task(session, office)
    checklist = queries.checklist(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON)

    assert [row.task_id for row in checklist.tasks] == [made.task_id]
    with pytest.raises(CaseBlocked, match=r"You cannot close this case yet\. 1 thing is left\."):
        _close(session, office)


def test_after_the_last_task_is_completed_or_cancelled_the_case_can_be_closed(session: Session, office: Office) -> None:
    """S28, S80, B34."""
    done, dropped = a_task(session, office, assignee_id=office.tom.id), a_task(session, office)
    _complete(session, done.task_id, office.tom, outcome="Done")
    manager = actor(session, office.manager)
    cancel(session, task_id=dropped.task_id, reason=Reason("No longer needed"), actor=manager, now=NOON)

    _close(session, office)

    case = session.get_one(Case, office.case_id)
    session.refresh(case)
    assert (case.status, case.outcome, case.closed_by_id) == ("closed", "Resolved", office.manager.id)
    assert [entry.is_private for entry in history(session, "case_closed")] == [False, True]


def test_a_minimum_that_is_not_reached_blocks_closing_and_cancelled_tasks_do_not_count(session: Session, office: Office) -> None:
    """S81, S82, B31, B33."""
    office.task_type.minimum = 1
    made = a_task(session, office)
    cancel(session, task_id=made.task_id, reason=Reason("No longer needed"), actor=actor(session, office.manager), now=NOON)

    with pytest.raises(CaseBlocked), session.begin_nested():
        _close(session, office)
    left = queries.checklist(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON).minimums
    assert [(each.key, each.left, each.created) for each in left] == [(office.task_type.key, 1, 1)]
    again = a_task(session, office, assignee_id=office.tom.id)
    _complete(session, again.task_id, office.tom, outcome="Done")
    _close(session, office)


def test_closing_asks_for_an_outcome_and_a_note(session: Session, office: Office) -> None:
    """B34."""
    with pytest.raises(ClosingRefused) as refusal:
        _close(session, office, outcome="forged", note=" ")

    assert refusal.value.problems == {
        "outcome": "Select the outcome of the case.",
        "note": "Enter a note about how the case ended.",
    }


def test_only_the_case_manager_closes(session: Session, office: Office) -> None:
    for person, refusal in ((office.other_manager, CannotClose), (office.tom, NotFound), (office.stranger, NotFound)):
        with pytest.raises(refusal):
            cases.close(session, case_id=office.case_id, outcome="Resolved", note="x", actor=actor(session, person), now=NOON)


def test_a_task_created_at_the_moment_of_closing_cannot_slip_through(database: str) -> None:
    """B31."""
    with unit_of_work() as session:
        office = an_office(session)
        manager = actor(session, office.manager)

    def attempt(number: int) -> None:
        try:
            with unit_of_work() as session:
                _one(session, office, manager, number)
        except CaseTasksError:
            pass

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(attempt, range(12)))

    with unit_of_work.read() as session:
        case = session.get_one(Case, office.case_id)
        made = session.exec(select(Task).where(Task.case_id == office.case_id)).all()
        assert (case.status == "closed") == (made == []), database
        assert sorted(task.number for task in made) == list(range(1, len(made) + 1))


def _one(session: Session, office: Office, manager: Actor, number: int) -> None:
    if number % 2:
        a_task(session, office)
    else:
        cases.close(session, case_id=office.case_id, outcome="Resolved", note="x", actor=manager, now=NOON)


def test_a_refused_closing_leaves_the_case_as_it_was(database: str) -> None:
    """B31."""
    with unit_of_work() as session:
        office = an_office(session)
        made = a_task(session, office)

    with pytest.raises(CaseBlocked), unit_of_work() as session:
        _close(session, office)

    with unit_of_work.read() as session:
        assert session.get_one(Case, office.case_id).status == "open", database
        assert the_task(session, made.task_id).status == "new"
