"""Write history entries."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session

from casetasks_app.db.unit_of_work import touch
from casetasks_app.models import HistoryEntry


class Happened(StrEnum):
    """What a history entry tells (behaviour, section 9)."""

    CASE_RAISED = "case_raised"
    MANAGER_ASSIGNED = "manager_assigned"
    TASK_CREATED = "task_created"
    STEP_COMPLETED = "step_completed"
    TIMER_FIRED = "timer_fired"
    JOB_DONE = "job_done"
    JOB_FAILED = "job_failed"
    MESSAGE_RECEIVED = "message_received"
    NOTE_WRITTEN = "note_written"
    TASK_CLOSED = "task_closed"
    TASK_CANCELLED = "task_cancelled"
    CLAIMED = "claimed"
    RELEASED = "released"
    REASSIGNED = "reassigned"
    TARGET_SET = "target_set"
    TARGET_CHANGED = "target_changed"
    TARGET_REMOVED = "target_removed"
    REMINDER_SENT = "reminder_sent"
    BREACHED = "breached"
    FILE_ADDED = "file_added"
    MAIL_FAILED = "mail_failed"
    CASE_CLOSED = "case_closed"
    TASK_MIGRATED = "task_migrated"


_WRITE = sa.insert(HistoryEntry)


def record(
    session: Session,
    *,
    case_id: int,
    kind: Happened,
    now: datetime,
    actor_id: int | None = None,
    task_id: int | None = None,
    **details: object,
) -> None:
    """Write one entry; without an actor it was the system. `is_private=True` hides it from all but case managers.

    A public entry never carries a task's description, summary or answers (behaviour, section 9).
    """
    is_private = bool(details.pop("is_private", False))
    row = {"case_id": case_id, "task_id": task_id, "at": now, "kind": kind.value, "actor_id": actor_id}
    session.connection().execute(_WRITE, row | {"is_private": is_private, "details": details})
    touch(session, f"case:{case_id}")
