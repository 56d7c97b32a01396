"""What tests look at: the rows a verb left behind."""

from sqlmodel import Session, col, select

from casetasks_app.models import HistoryEntry, OutgoingMail, Task, TaskStep


def the_task(session: Session, task_id: int) -> Task:
    """Return the task as the database has it."""
    session.flush()
    return session.exec(select(Task).where(Task.id == task_id).execution_options(populate_existing=True)).one()


def open_steps(session: Session, task_id: int) -> list[TaskStep]:
    """Return the open steps of a task."""
    session.flush()
    query = select(TaskStep).where(TaskStep.task_id == task_id, col(TaskStep.completed_at).is_(None))
    return list(session.exec(query.execution_options(populate_existing=True)))


def mails(session: Session, kind: str = "", *, state: str = "pending") -> list[OutgoingMail]:
    """Return the mails in the outbox, oldest first."""
    session.flush()
    query = select(OutgoingMail).where(col(OutgoingMail.state) == state).order_by(col(OutgoingMail.id))
    found = session.exec(query.execution_options(populate_existing=True))
    return [mail for mail in found if not kind or mail.kind == kind]


def history(session: Session, kind: str) -> list[HistoryEntry]:
    """Return the history entries of one kind, oldest first."""
    session.flush()
    return list(session.exec(select(HistoryEntry).where(HistoryEntry.kind == kind).order_by(col(HistoryEntry.id))))
