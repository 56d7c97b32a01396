"""What health, jobs and pages ask about targets."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from casetasks_app.models import Heartbeat, Task
from casetasks_app.sla.sweeping import JOB

LATE_AFTER = timedelta(minutes=5)
"""From when on an unattended target is an alarm."""


@dataclass(frozen=True, slots=True)
class TargetHealth:
    """How well targets are looked after; `oldest_waiting_at` is the longest unattended moment, None if there is none."""

    last_swept_at: datetime | None
    oldest_waiting_at: datetime | None
    waiting_seconds: int
    is_late: bool
    note: str


def target_health(session: Session, *, now: datetime) -> TargetHealth:
    """Return when targets were last looked at and how long the oldest unattended one has waited."""
    oldest = session.exec(
        select(Task.next_sla_at).where(col(Task.next_sla_at) <= now).order_by(col(Task.next_sla_at), col(Task.id)).limit(1)
    ).first()
    last = session.get(Heartbeat, JOB)
    waiting = now - oldest if oldest else timedelta()
    return TargetHealth(
        last_swept_at=last.at if last else None,
        oldest_waiting_at=oldest,
        waiting_seconds=int(waiting.total_seconds()),
        is_late=waiting > LATE_AFTER,
        note=last.note if last else "",
    )
