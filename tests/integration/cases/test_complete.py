"""Completing the steps of a task."""

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.cases.complete import FormIncomplete, NotYours, StepIsDone
from casetasks_app.models import Case
from casetasks_app.tasks import hold
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.queries import view
from tests.factories import NOON, Office, a_task, a_task_type, actor
from tests.integration.tasks.looking import history, mails, open_steps, the_task


def _complete(session: Session, task_id: int, person: object, **answers: object) -> complete.Completed:
    step = open_steps(session, task_id)[0]
    who = actor(session, person)  # pyright: ignore[reportArgumentType]
    return complete.complete_step(session, task_id=task_id, step_id=step.id or 0, answers=answers, actor=who, now=NOON)


def test_completing_the_last_step_closes_the_task_and_is_recorded(session: Session, office: Office) -> None:
    """S5, S19, B20."""
    made = a_task(session, office, assignee_id=office.tom.id)

    done = _complete(session, made.task_id, office.tom, outcome="Done", note="All well")

    task = the_task(session, made.task_id)
    assert (done.is_closed, task.status, task.ended_by_id, task.process) == (True, "closed", office.tom.id, None)
    closed = history(session, "task_closed")[0]
    assert (closed.is_private, closed.details["outcome"]) == (False, task.outcome)
    assert "All well" not in str([entry.details for entry in history(session, "step_completed")])


def test_a_refused_form_changes_nothing_and_says_everything(session: Session, office: Office) -> None:
    """B19."""
    made = a_task(session, office, assignee_id=office.tom.id)

    with pytest.raises(FormIncomplete) as refusal:
        _complete(session, made.task_id, office.tom, outcome="", note="x" * 4001)

    assert refusal.value.problems == {
        "outcome": "Select an outcome.",
        "note": "Note for the case manager must be 4,000 characters or less.",
    }
    assert the_task(session, made.task_id).status == "new"


def test_only_the_assignee_completes(session: Session, office: Office) -> None:
    """B19, S42."""
    made = a_task(session, office)

    for person in (office.tom, office.lead, office.manager):
        with pytest.raises(NotYours):
            _complete(session, made.task_id, person, outcome="Done")
    hold.claim(session, task_id=made.task_id, actor=actor(session, office.tom), now=NOON)
    with pytest.raises(NotYours):
        _complete(session, made.task_id, office.ana, outcome="Done")


def test_a_step_pressed_twice_is_completed_once(session: Session, office: Office) -> None:
    """B10."""
    made = a_task(session, office, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    _complete(session, made.task_id, office.tom, outcome="Done")

    with pytest.raises((StepIsDone, TaskIsOver)):
        complete.complete_step(
            session, task_id=made.task_id, step_id=step.id or 0, answers={"outcome": "Done"}, actor=actor(session, office.tom), now=NOON
        )
    assert len(history(session, "task_closed")) == 1


def test_a_draft_is_kept_and_travels_with_the_task(session: Session, office: Office) -> None:
    """B19, S90."""
    made = a_task(session, office, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    tom = actor(session, office.tom)
    complete.save_draft(session, task_id=made.task_id, step_id=step.id or 0, answers={"note": "half"}, actor=tom, now=NOON)
    hold.release(session, task_id=made.task_id, actor=tom, now=NOON)
    hold.claim(session, task_id=made.task_id, actor=actor(session, office.ana), now=NOON)

    page = view.page(session, reference=office.reference, number=made.number, actor=actor(session, office.ana), now=NOON)

    assert page.form
    assert (page.form.draft, page.form.draft_by) == ({"note": "half"}, "Tom Ellis")


def test_the_case_manager_is_told_each_time_nothing_is_outstanding(session: Session, office: Office) -> None:
    """S88."""
    first, second = (a_task(session, office, assignee_id=office.tom.id) for _ in range(2))

    _complete(session, first.task_id, office.tom, outcome="Done")
    assert mails(session, "all_completed") == []
    _complete(session, second.task_id, office.tom, outcome="Done")
    assert [mail.to_address for mail in mails(session, "all_completed")] == [office.manager.email]
    third = a_task(session, office, assignee_id=office.tom.id)
    _complete(session, third.task_id, office.tom, outcome="Done")
    assert len(mails(session, "all_completed")) == 2


def test_a_rejected_approval_goes_to_the_case_manager_and_back(session: Session, office: Office) -> None:
    """B20, S8, S9, S25."""
    approval = a_task_type(session, office.case_type, office.officers, plugin="approval")
    made = a_task(session, office, task_type_id=approval.id, assignee_id=office.tom.id)

    _complete(session, made.task_id, office.tom, decision="reject", reason="No plan")
    revise = open_steps(session, made.task_id)[0]
    assert (revise.name, revise.assignee_id) == ("revise", office.manager.id)
    assert [mail.to_address for mail in mails(session, "step_ready")] == [office.manager.email]
    _complete(session, made.task_id, office.manager, action="resubmit", reply="Here it is")
    assert open_steps(session, made.task_id)[0].assignee_id == office.tom.id
    done = _complete(session, made.task_id, office.tom, decision="approve")

    assert (done.is_closed, done.outcome.lower()) == (True, "approved")


def test_the_step_of_a_case_manager_who_has_left_goes_to_the_managers_team(session: Session, office: Office) -> None:
    """B20: nothing may wait for somebody who never signs in again."""
    approval = a_task_type(session, office.case_type, office.officers, plugin="approval", email_team=True)
    made = a_task(session, office, task_type_id=approval.id, assignee_id=office.tom.id)
    office.manager.is_active = False
    session.flush()

    _complete(session, made.task_id, office.tom, decision="reject", reason="No plan")

    step = open_steps(session, made.task_id)[0]
    assert (step.assignee_id, step.team_id) == (None, office.managers.id)
    assert [mail.to_address for mail in mails(session, "step_ready")] == [office.other_manager.email]
    hold.claim(session, task_id=made.task_id, actor=actor(session, office.other_manager), now=NOON)


def test_the_step_of_the_case_manager_follows_a_take_over(session: Session, office: Office) -> None:
    """B20."""
    approval = a_task_type(session, office.case_type, office.officers, plugin="approval")
    made = a_task(session, office, task_type_id=approval.id, assignee_id=office.tom.id)
    session.get_one(Case, office.case_id).manager_id = office.other_manager.id
    session.flush()

    _complete(session, made.task_id, office.tom, decision="reject", reason="No plan")

    assert open_steps(session, made.task_id)[0].assignee_id == office.other_manager.id
