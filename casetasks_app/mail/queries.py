"""Questions about the outbox: the Emails page, one mail, and whether mails are leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app import settings
from casetasks_app.errors import NotFound
from casetasks_app.mail import rules
from casetasks_app.mail.outbox import JOB
from casetasks_app.models import Case, Heartbeat, MailState, OutgoingMail, Person, Task, TaskType
from casetasks_app.models.columns import UtcDateTime

PAGE = 50
_WAITING = sa.text("state IN ('pending', 'claimed', 'sending')")
_FAILED = sa.text("state = 'dead'")
_NOT_FAILED = sa.text("state <> 'dead'")

# Counted by created_at, or SQLite would read an index over all mails instead of the small one over the failed ones.
COUNT_FAILED = sa.select(sa.func.count(col(OutgoingMail.created_at)).label("count")).select_from(OutgoingMail).where(_FAILED)

Columns = sa.Select[*tuple[Any, ...]]


class Shown(StrEnum):
    """The state of a mail in a reader's words."""

    WAITING = "Waiting"
    HELD = "Held"
    SENT = "Sent"
    FAILED = "Failed"
    DROPPED = "Dropped"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page of the list begins: after this mail."""

    is_failed: bool
    created_at: datetime
    mail_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """One line of the Emails page."""

    mail_id: int
    kind: str
    queued_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    to_name: str
    to_address: str
    case_reference: str
    task_number: int | None
    task_type: str
    state: Shown
    tries: int
    problem: str
    """The server's last words, or why the mail was dropped."""

    @property
    def reference(self) -> str:
        """Return the spoken reference of what the mail is about."""
        return f"{self.case_reference}/{self.task_number}" if self.task_number else self.case_reference


@dataclass(frozen=True, slots=True)
class MailPage:
    """Some lines of the Emails page, and where the next ones begin."""

    rows: list[MailRow]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class MailView:
    """One mail to be read."""

    row: MailRow
    subject: str
    text: str
    reply_to: str
    message_id: str


@dataclass(frozen=True, slots=True)
class MailHealth:
    """Whether mails leave: how many wait and since when, how many failed, and what the sender said last."""

    has_server: bool
    waiting: int
    oldest_waiting_at: datetime | None
    failed: int
    last_round_at: datetime | None
    problem: str


def emails(session: Session, *, actor: rules.Administrator, after: Cursor | None = None, limit: int = PAGE) -> MailPage:
    """Return mails, failed ones first, then the newest first; one query, whatever its length. Raises NotAllowed."""
    rules.ensure_administrator(actor)
    failed = _part(1, _FAILED, after if after and after.is_failed else None, limit)
    others = _part(0, _NOT_FAILED, None if after is None or after.is_failed else after, limit)
    page = (others if after and not after.is_failed else sa.union_all(failed, others)).subquery("page")
    query = (
        _shown(page.c.failed)
        .join(page, page.c.id == OutgoingMail.id)
        .order_by(page.c.failed.desc(), page.c.created_at.desc(), page.c.id.desc())
        .limit(limit + 1)
    )
    found = _rows(session, query)
    rows = [_row(*columns) for _, *columns in found[:limit]]
    if len(found) <= limit:
        return MailPage(rows, None)
    is_failed, mail, *_ = found[limit - 1]
    return MailPage(rows, Cursor(bool(is_failed), mail.created_at, mail.id))


def email(session: Session, *, mail_id: int, actor: rules.Administrator) -> MailView:
    """Return one mail to be read. Raises NotAllowed, NotFound."""
    rules.ensure_administrator(actor)
    found = _rows(session, _shown(sa.literal(0)).where(col(OutgoingMail.id) == mail_id))
    if not found:
        raise NotFound
    _, mail, *others = found[0]
    return MailView(_row(mail, *others), mail.subject, mail.text, mail.reply_to, mail.message_id)


def health(session: Session) -> MailHealth:
    """Tell whether mails are leaving; a mail waits from the moment it may go."""
    oldest_at = sa.func.min(col(OutgoingMail.not_before)).label("oldest")
    waiting = sa.select(sa.func.count().label("count"), oldest_at).select_from(OutgoingMail).where(_WAITING).subquery()
    failed = COUNT_FAILED.subquery()
    query = sa.select(waiting.c.count, waiting.c.oldest, failed.c.count, col(Heartbeat.at), col(Heartbeat.note)).select_from(
        waiting.join(failed, sa.true()).outerjoin(Heartbeat, col(Heartbeat.job) == JOB)
    )
    count, oldest, dead, at, note = _rows(session, query)[0]
    return MailHealth(bool(settings.load().mail_host), count, oldest, dead, at, note or "")


def failed(session: Session, *, actor: rules.Administrator) -> int:
    """Return how many mails could not be sent, for the header of administrators' pages. Raises NotAllowed."""
    rules.ensure_administrator(actor)
    return int(_rows(session, COUNT_FAILED)[0][0])


def _part(failed: int, which: sa.ColumnElement[Any] | sa.TextClause, after: Cursor | None, limit: int) -> Columns:
    created_at, mail_id = col(OutgoingMail.created_at), col(OutgoingMail.id)
    part = sa.select(mail_id, created_at, sa.literal(failed).label("failed")).where(which)
    if after is not None:
        part = part.where(sa.tuple_(created_at, mail_id) < sa.tuple_(sa.literal(after.created_at, UtcDateTime), sa.literal(after.mail_id)))
    return sa.select(part.order_by(created_at.desc(), mail_id.desc()).limit(limit + 1).subquery())


def _shown(failed: sa.ColumnElement[int]) -> Columns:
    return (
        sa.select(failed, OutgoingMail, col(Person.name), col(Case.reference), col(Task.number), col(TaskType.name))
        .select_from(OutgoingMail)
        .join(Person, col(Person.id) == OutgoingMail.person_id, isouter=True)
        .join(Case, col(Case.id) == OutgoingMail.case_id, isouter=True)
        .join(Task, col(Task.id) == OutgoingMail.task_id, isouter=True)
        .join(TaskType, col(TaskType.id) == Task.task_type_id, isouter=True)
    )


def _rows(session: Session, query: Any) -> Sequence[Any]:  # noqa: ANN401  rows of any columns
    return [*session.exec(query)]


def _row(mail: OutgoingMail, to_name: str | None, reference: str | None, number: int | None, task_type: str | None) -> MailRow:
    state = _state(mail)
    return MailRow(
        mail_id=mail.id or 0,
        kind=mail.kind,
        queued_at=mail.created_at,
        sent_at=mail.sent_at,
        next_try_at=mail.not_before if state is Shown.WAITING else None,
        to_name=to_name or "",
        to_address=mail.to_address,
        case_reference=reference or "",
        task_number=number,
        task_type=task_type or "",
        state=state,
        tries=mail.attempts,
        problem=mail.last_error,
    )


def _state(mail: OutgoingMail) -> Shown:
    if mail.state in {MailState.SENT, MailState.DEAD, MailState.CANCELLED}:
        return {MailState.SENT: Shown.SENT, MailState.DEAD: Shown.FAILED, MailState.CANCELLED: Shown.DROPPED}[mail.state]
    return Shown.WAITING if settings.load().mail_host else Shown.HELD
