"""When a mail is tried again, when it has lost its point, and who may look at the outbox: pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from casetasks_app.errors import NotAllowed
from casetasks_app.mail.facts import SLA_KINDS, MailKind

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
"""How long a mail waits after its first, second … failed try; after the last it is given up (about two days)."""

JITTER = 0.2
"""By how much of itself each wait is made longer or shorter, so that mails do not come back all at once."""

PRIORITY = {
    MailKind.ASSIGNED: 1,
    MailKind.UNASSIGNED: 2,
    MailKind.CANCELLED: 2,
    MailKind.STEP_READY: 2,
    MailKind.BREACHED: 3,
    MailKind.REMINDER: 4,
    MailKind.TEAM_TASK: 5,
    MailKind.ALL_COMPLETED: 5,
}
"""Which mails go first when many wait; smaller is sooner."""

LETTER = "letter"
"""The kind of a mail that a plugin wrote; it stays true when the task is over."""

LETTER_PRIORITY = 2
MOST_ENCLOSED = 10_000_000
"""Bytes of files in one letter: more than most mail servers take."""


class Administrator(Protocol):
    """Whoever asks, as far as mails care."""

    @property
    def is_administrator(self) -> bool:
        """Tell whether the person administers the configuration."""
        ...


@dataclass(frozen=True, slots=True)
class TaskNow:
    """The task a waiting mail tells about, as it is at the moment of sending."""

    is_open: bool
    generation: int
    due_at: datetime | None
    holders: frozenset[int]


def retry_at(attempts: int, now: datetime, chance: float) -> datetime | None:
    """Return when a mail is tried again after `attempts` failed tries, or None when it is given up.

    `chance` is a random number from 0 to 1.
    """
    if attempts > len(RETRY_AFTER):
        return None
    wait = RETRY_AFTER[max(attempts, 1) - 1]
    return now + wait * (1 + JITTER * (2 * chance - 1))


def why_pointless(kind: str, *, generation: int | None, person_id: int | None, task: TaskNow | None, now: datetime) -> str:
    """Return why a waiting mail is dropped instead of sent, or an empty text when it still says something true (R21, R23)."""
    if task is None:
        return ""
    if kind in SLA_KINDS:
        return _why_target_is_moot(kind, generation, task, now)
    if kind == MailKind.ASSIGNED and task.is_open and person_id is not None and person_id not in task.holders:
        return "Somebody else has the task by now."
    return ""


def ensure_administrator(actor: Administrator) -> None:
    """Raise NotAllowed unless the person administers the configuration."""
    if not actor.is_administrator:
        msg = "Only administrators can look at emails."
        raise NotAllowed(msg)


def _why_target_is_moot(kind: str, generation: int | None, task: TaskNow, now: datetime) -> str:
    if not task.is_open:
        return "The task was over before this could be sent."
    if generation is not None and generation != task.generation:
        return "The target was changed before this could be sent."
    if kind == MailKind.REMINDER and task.due_at is not None and now >= task.due_at:
        return "The target had passed before this could be sent."
    return ""
