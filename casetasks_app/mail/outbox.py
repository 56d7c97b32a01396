"""What the sender does to rows of the outbox: claim, begin, finish, renew, release; each a conditional change."""

import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from casetasks_app.db.unit_of_work import touch
from casetasks_app.history import service as history
from casetasks_app.history.service import Happened
from casetasks_app.mail import rules
from casetasks_app.mail.facts import MailKind
from casetasks_app.mail.rules import TaskNow
from casetasks_app.mail.service import TOPIC
from casetasks_app.mail.smtp import Answer, Verdict
from casetasks_app.models import Heartbeat, MailState, OutgoingMail, Person, Task, TaskStatus, TaskStep
from casetasks_app.models.columns import UtcDateTime

JOB = "mailer"
_WAITING = sa.text("state IN ('pending', 'claimed', 'sending')")
_IN_HAND = (MailState.CLAIMED, MailState.SENDING)
_TRIES = len(rules.RETRY_AFTER) + 1


# What runs for every mail is put together once, not each time; it asks for columns, because a task's process may be large.
_IDS: sa.BindParameter[int] = sa.bindparam("ids", type_=sa.Integer(), expanding=True)
_OWNER: sa.BindParameter[str] = sa.bindparam("me", type_=sa.String())
_ACCEPTED = (
    sa.update(OutgoingMail)
    .where(col(OutgoingMail.id).in_(_IDS), col(OutgoingMail.state) != MailState.SENT)
    .values(state=MailState.SENT, sent_at=sa.bindparam("at", type_=UtcDateTime()), lease_until=None, last_code=250, last_error="")
)
_CLAIMED = sa.and_(col(OutgoingMail.id).in_(_IDS), col(OutgoingMail.owner) == _OWNER, col(OutgoingMail.state) == MailState.CLAIMED)
_NEXT = (
    sa.select(col(OutgoingMail.id), col(OutgoingMail.kind), col(OutgoingMail.generation), col(OutgoingMail.person_id))
    .add_columns(col(OutgoingMail.attempts), col(Task.id), col(Task.status), col(Task.target_generation), col(Task.due_at))
    .add_columns(col(Task.assignee_id))
    .outerjoin_from(OutgoingMail, Task, col(Task.id) == col(OutgoingMail.task_id))
    .where(_CLAIMED)
)
_BEGUN = (
    sa.update(OutgoingMail)
    .where(_CLAIMED)
    .values(state=MailState.SENDING, attempts=col(OutgoingMail.attempts) + 1, lease_until=sa.bindparam("until", type_=UtcDateTime()))
    .returning(col(OutgoingMail.id))
)


@dataclass(frozen=True, slots=True)
class Lease:
    """Who works on the mails, and until when nobody else touches them."""

    owner: str
    length: timedelta


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try to send one mail went."""

    mail_id: int
    answer: Answer


def claim(session: Session, *, lease: Lease, limit: int, now: datetime) -> list[OutgoingMail]:
    """Take the next mails that are due, so that no other sender takes them; also those a dead sender left behind."""
    is_free = sa.or_(
        col(OutgoingMail.state) == MailState.PENDING,
        sa.and_(col(OutgoingMail.state).in_(_IN_HAND), col(OutgoingMail.lease_until) < now),
    )
    # What was never tried is due from its first moment, also when the clock has been set back since.
    is_due = sa.or_(col(OutgoingMail.not_before) <= now, col(OutgoingMail.attempts) == 0)
    picked = (
        select(OutgoingMail.id)
        .where(_WAITING, is_due, is_free)
        .order_by(col(OutgoingMail.priority), col(OutgoingMail.not_before), col(OutgoingMail.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("picked")
    )
    change = (
        sa.update(OutgoingMail)
        .where(col(OutgoingMail.id).in_(sa.select(picked.c.id)))
        .values(state=MailState.CLAIMED, owner=lease.owner, lease_until=now + lease.length)
        .returning(OutgoingMail)
        .execution_options(synchronize_session=False)
    )
    mails = [mail for (mail,) in session.exec(change)]
    return sorted(mails, key=lambda mail: (mail.priority, mail.not_before, mail.id or 0))


def step(session: Session, *, outcomes: Sequence[Outcome], beginning: Collection[int], lease: Lease, now: datetime) -> set[int]:
    """Record how tries went and mark the next mails as being sent; returns which of those may really go out.

    One transaction for all connections at once: before a mail goes on the wire it is marked, and what the server
    accepted is recorded before the next mail of that connection is marked.
    """
    _record(session, outcomes, lease=lease, now=now)
    return _begin(session, beginning, lease=lease, now=now) if beginning else set()


def renew(session: Session, *, lease: Lease, now: datetime) -> None:
    """Keep what this sender has in hand for another length of the lease."""
    session.connection().execute(_mine(lease).values(lease_until=now + lease.length))


def release(session: Session, *, lease: Lease) -> None:
    """Give back what was claimed and not begun."""
    session.connection().execute(
        _mine(lease).where(col(OutgoingMail.state) == MailState.CLAIMED).values(state=MailState.PENDING, owner="", lease_until=None)
    )


def beat(session: Session, *, process: str, note: str, has_changes: bool, now: datetime) -> None:
    """Write the sender's sign of life, with what keeps mails from leaving."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {"process": process[:80], "at": now, "note": note[:200]}
    statement = insert(Heartbeat).values(job=JOB, **values)
    session.connection().execute(statement.on_conflict_do_update(index_elements=["job"], set_=values))
    if has_changes:
        touch(session, TOPIC)


def _record(session: Session, outcomes: Sequence[Outcome], *, lease: Lease, now: datetime) -> None:
    accepted = [outcome.mail_id for outcome in outcomes if outcome.answer.verdict is Verdict.ACCEPTED]
    if accepted:
        # The server's yes is the truth, even when the mail was withdrawn or taken over meanwhile.
        session.connection().execute(_ACCEPTED, {"ids": accepted, "at": now})
    for outcome in outcomes:
        if outcome.answer.verdict is not Verdict.ACCEPTED:
            _record_failure(session, outcome, lease=lease, now=now)


def _record_failure(session: Session, outcome: Outcome, *, lease: Lease, now: datetime) -> None:
    answer = outcome.answer
    mail = session.exec(
        select(OutgoingMail)
        .where(OutgoingMail.id == outcome.mail_id, OutgoingMail.owner == lease.owner, col(OutgoingMail.state).in_(_IN_HAND))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if mail is None:
        return
    mail.last_code, mail.last_error = answer.code, answer.text[:500]
    mail.lease_until, mail.owner = None, ""
    if answer.verdict is Verdict.CHANNEL:
        # The mail is not to blame, so the try does not count.
        mail.state, mail.attempts = MailState.PENDING, max(0, mail.attempts - 1)
        return
    again_at = rules.retry_at(mail.attempts, now, random.random()) if answer.verdict is Verdict.PUT_OFF else None  # noqa: S311  spreads load, guards nothing
    if again_at is not None:
        mail.state, mail.not_before = MailState.PENDING, again_at
        return
    _give_up(session, mail, now)


def _give_up(session: Session, mail: OutgoingMail, now: datetime) -> None:
    mail.state = MailState.DEAD
    if mail.case_id is not None:
        history.record(
            session,
            case_id=mail.case_id,
            task_id=mail.task_id,
            kind=Happened.MAIL_FAILED,
            now=now,
            mail=mail.kind,
            to=session.exec(select(Person.name).where(Person.id == mail.person_id)).first() or mail.to_address,
            mail_id=mail.id,
            person_id=mail.person_id,
        )
    touch(session, TOPIC)


def _begin(session: Session, ids: Collection[int], *, lease: Lease, now: datetime) -> set[int]:
    allowed: list[int] = []
    for mail_id, kind, generation, person_id, attempts, *task in session.connection().execute(_NEXT, {"ids": list(ids), "me": lease.owner}):
        about = _task_now(session, kind, *task)
        why = rules.why_pointless(kind, generation=generation, person_id=person_id, task=about, now=now)
        if why:
            _drop(session, mail_id, lease=lease, why=why)
        elif attempts >= _TRIES:
            answer = Answer(Verdict.REFUSED, None, "Sending this mail was begun too often without an end.")
            _record_failure(session, Outcome(mail_id, answer), lease=lease, now=now)
        else:
            allowed.append(mail_id)
    return _mark(session, allowed, lease=lease, now=now)


def _mark(session: Session, ids: Sequence[int], *, lease: Lease, now: datetime) -> set[int]:
    if not ids:
        return set()
    values = {"ids": ids, "me": lease.owner, "until": now + lease.length}
    return {mail_id or 0 for mail_id in session.connection().execute(_BEGUN, values).scalars()}


def _drop(session: Session, mail_id: int, *, lease: Lease, why: str) -> None:
    session.connection().execute(
        _mine(lease)
        .where(col(OutgoingMail.id) == mail_id, col(OutgoingMail.state) == MailState.CLAIMED)
        .values(state=MailState.CANCELLED, lease_until=None, last_error=why)
    )
    touch(session, TOPIC)


def _task_now(session: Session, kind: str, task_id: int | None, *columns: Any) -> TaskNow | None:  # noqa: ANN401  a row's columns
    if task_id is None:
        return None
    status, generation, due_at, assignee_id = columns
    holders: set[int | None] = {assignee_id}
    if kind == MailKind.ASSIGNED:
        holders |= set(session.exec(select(TaskStep.assignee_id).where(TaskStep.task_id == task_id, col(TaskStep.completed_at).is_(None))))
    is_open = status == TaskStatus.NEW
    return TaskNow(is_open, generation, due_at, frozenset(person for person in holders if person is not None))


def _mine(lease: Lease) -> sa.Update:
    return sa.update(OutgoingMail).where(_WAITING, col(OutgoingMail.owner) == lease.owner)
