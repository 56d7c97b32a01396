"""Cancelling a task."""

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete, queries
from casetasks_app.errors import NotFound
from casetasks_app.tasks import hold
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.cancel import CannotCancel, NotCancellable, Reason, ReasonNeeded, cancel
from casetasks_app.tasks.queries import of_case
from tests.factories import NOON, Office, a_person, a_task, actor
from tests.integration.tasks.looking import history, mails, open_steps, the_task

REASON = Reason("No longer needed", "The applicant withdrew.")


def _cancel(session: Session, office: Office, task_id: int, reason: Reason = REASON) -> None:
    cancel(session, task_id=task_id, reason=reason, actor=actor(session, office.manager), now=NOON)


def test_a_cancelled_task_keeps_its_row_and_its_process_is_stopped(session: Session, office: Office) -> None:
    """S20, S76, S77, B25, B27."""
    made = a_task(session, office)

    _cancel(session, office, made.task_id)

    task = the_task(session, made.task_id)
    assert (task.status, task.process, task.next_sla_at, open_steps(session, made.task_id)) == ("cancelled", None, None, [])
    row = of_case.tasks(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON)[0]
    assert (row.number, row.description, row.status_word, row.target.line1) == (1, "Visit Mill Lane extension", "Cancelled", "Not counted")
    assert not row.may_cancel


def test_the_reason_is_a_private_note_that_only_case_managers_see(session: Session, office: Office) -> None:
    """S74, S75, B28."""
    made = a_task(session, office)
    _cancel(session, office, made.task_id)

    entry = queries.entries(session, case_id=office.case_id, actor=actor(session, office.other_manager))[0]
    assert entry.is_private
    assert entry.lines == ("Reason: No longer needed.", "“The applicant withdrew.”")
    with pytest.raises(NotFound):
        queries.entries(session, case_id=office.case_id, actor=actor(session, office.tom))


def test_the_assignee_is_mailed_without_the_free_text(session: Session, office: Office) -> None:
    """S78, B29."""
    made = a_task(session, office, assignee_id=office.tom.id)

    _cancel(session, office, made.task_id)

    mail = mails(session, "cancelled")[0]
    assert mail.to_address == office.tom.email
    assert "No longer needed" in mail.text
    assert "withdrew" not in mail.text + mail.html


def test_nobody_is_mailed_when_nobody_had_it_and_unsent_mails_are_withdrawn(session: Session, office: Office) -> None:
    """B27, B29."""
    made = a_task(session, office)
    assert len(mails(session, "team_task")) == 3

    _cancel(session, office, made.task_id)

    assert mails(session) == []
    assert len(mails(session, "team_task", state="cancelled")) == 3


def test_only_the_case_manager_cancels(session: Session, office: Office) -> None:
    """S79, B25."""
    made = a_task(session, office)
    hold.claim(session, task_id=made.task_id, actor=actor(session, office.tom), now=NOON)

    for person in (office.tom, office.lead, office.other_manager):
        with pytest.raises(CannotCancel):
            cancel(session, task_id=made.task_id, reason=REASON, actor=actor(session, person), now=NOON)
    for outsider in (office.stranger, a_person(session, is_administrator=True)):
        with pytest.raises(NotFound):
            cancel(session, task_id=made.task_id, reason=REASON, actor=actor(session, outsider), now=NOON)


def test_a_forged_cancel_of_a_type_that_cannot_be_cancelled_is_refused(session: Session, office: Office) -> None:
    """S70, S71, S72, B25."""
    made = a_task(session, office)
    rows = of_case.tasks(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON)
    assert rows[0].may_cancel
    office.task_type.is_cancellable = False

    assert not of_case.tasks(session, case_id=office.case_id, actor=actor(session, office.manager), now=NOON)[0].may_cancel
    with pytest.raises(NotCancellable, match="This type of task cannot be cancelled"):
        _cancel(session, office, made.task_id)


@pytest.mark.parametrize(
    ("reason", "field", "message"),
    [
        (Reason(), "reason", "Select why you are cancelling the task."),
        (Reason("Forged reason"), "reason", "Select why you are cancelling the task."),
        (Reason("Another reason", "  "), "text", "Enter the reason for cancelling."),
        (Reason("No longer needed", "x" * 1001), "text", "Reason must be 1,000 characters or less."),
    ],
)
def test_a_cancel_without_a_reason_is_refused(session: Session, office: Office, reason: Reason, field: str, message: str) -> None:
    """S73, B26."""
    made = a_task(session, office)

    with pytest.raises(ReasonNeeded) as refusal:
        _cancel(session, office, made.task_id, reason)

    assert (refusal.value.field, str(refusal.value)) == (field, message)
    assert the_task(session, made.task_id).status == "new"


def test_a_cancel_that_meets_a_completion_loses_and_says_so(session: Session, office: Office) -> None:
    """B30, B24."""
    made = a_task(session, office, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    tom = actor(session, office.tom)
    complete.complete_step(session, task_id=made.task_id, step_id=step.id or 0, answers={"outcome": "Done"}, actor=tom, now=NOON)

    with pytest.raises(TaskIsOver, match=r"Tom Ellis closed this task at 12:00\. It cannot be changed any more\."):
        _cancel(session, office, made.task_id)

    assert history(session, "task_cancelled") == []


def test_a_completion_that_meets_a_cancel_loses_and_says_so(session: Session, office: Office) -> None:
    """B30."""
    made = a_task(session, office, assignee_id=office.tom.id)
    step = open_steps(session, made.task_id)[0]
    _cancel(session, office, made.task_id)

    with pytest.raises(TaskIsOver, match="Priya Shah cancelled this task at 12:00"):
        complete.complete_step(
            session, task_id=made.task_id, step_id=step.id or 0, answers={"outcome": "Done"}, actor=actor(session, office.tom), now=NOON
        )
