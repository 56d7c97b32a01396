"""The outbox: mails are queued in the transaction of what they tell about, withdrawn with it, or tried again by hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from casetasks_app import settings
from casetasks_app.db.statements import looked_up
from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import CaseTasksError
from casetasks_app.mail import headers, rules
from casetasks_app.mail.facts import MailFacts, MailKind, Recipient
from casetasks_app.mail.render import Rendered, Source, changed_texts, variables, write
from casetasks_app.models import MailState, OutgoingMail, Person
from casetasks_app.moments import long_moment

UNSENT = (MailState.PENDING, MailState.CLAIMED, MailState.SENDING)
TOPIC = "mails"
_AGAIN_AT_ONCE = 500


class NotFailed(CaseTasksError):
    """This email has not failed, or somebody has tried it again already."""


@dataclass(frozen=True, slots=True)
class Queued:
    """One mail that was put into the outbox just now."""

    mail_id: int
    person_id: int | None
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """One thing to be told to several people, a mail for each."""

    kind: MailKind
    recipients: tuple[Recipient, ...]
    facts: MailFacts
    event: str


_ACTIVE = sa.select(col(Person.id)).where(col(Person.id).in_(sa.bindparam("ids", expanding=True)), col(Person.is_active))

_WITHDRAWN = (
    sa.update(OutgoingMail)
    .where(col(OutgoingMail.task_id) == sa.bindparam("about"), col(OutgoingMail.state).in_(UNSENT))
    .values(state=MailState.CANCELLED, lease_until=None, last_error=sa.bindparam("why"))
)
_WITHDRAWN_KINDS = _WITHDRAWN.where(col(OutgoingMail.kind).in_(sa.bindparam("kinds", expanding=True)))


def queue(
    session: Session, *, kind: MailKind, recipients: Iterable[Recipient], facts: MailFacts, event: str, now: datetime
) -> list[Queued]:
    """Put one mail for each recipient into the outbox, written and addressed as things are now; returns what was added.

    Inactive people and people without an address are left out; an address that cannot be used fails where it is
    seen, on the Emails page. `event` names what happened (`ev5521`, or the moment of a target); the same kind, task,
    event, recipient and ordinal is queued once only, however often this is called.
    """
    return queue_many(session, mailings=[Mailing(kind, tuple(recipients), facts, event)], now=now)[0]


def queue_many(session: Session, *, mailings: Sequence[Mailing], now: datetime) -> list[list[Queued]]:
    """Queue several mailings in as few statements as one; returns what was added, for each of them in order."""
    active = _active(session, mailings)
    changed = {kind: changed_texts(session, kind) for kind in {each.kind for each in mailings}}
    found = [_addressed(each, active) for each in mailings]
    rows = [row for each, to in zip(mailings, found, strict=True) for row in _rows(each, to, changed[each.kind], now)]
    added = insert(session, rows) if rows else {}
    if added:
        touch(session, TOPIC)
    return [[Queued(added[key], to.person_id, to.name, to.address) for key, to in each.items() if key in added] for each in found]


def withdraw(session: Session, *, task_id: int, now: datetime, kinds: Collection[MailKind] | None = None) -> int:
    """Take back a task's mails that have not left, all or some kinds; returns how many (B27, R16, R17, R21).

    A mail that is on the wire right now may still arrive; then it is recorded as sent, and never tried again.
    """
    statement = _WITHDRAWN if kinds is None else _WITHDRAWN_KINDS
    values: dict[str, object] = {"about": task_id, "why": f"Withdrawn {long_moment(now)}."}
    values |= {} if kinds is None else {"kinds": [kind.value for kind in kinds]}
    count = session.connection().execute(statement, values).rowcount
    if count:
        touch(session, TOPIC)
    return count


def withdraw_from(session: Session, *, person_id: int, now: datetime) -> int:
    """Take back every mail to a person that has not left; returns how many."""
    theirs = sa.update(OutgoingMail).where(col(OutgoingMail.person_id) == person_id, col(OutgoingMail.state).in_(UNSENT))
    why = f"Withdrawn {long_moment(now)}: the person was deactivated."
    count = _rowcount(session, theirs.values(state=MailState.CANCELLED, lease_until=None, last_error=why))
    if count:
        touch(session, TOPIC)
    return count


def requeue(session: Session, *, mail_id: int, actor: rules.Administrator, now: datetime) -> int:
    """Try a failed mail again as a new row; returns the new mail's id. Raises NotAllowed, NotFailed."""
    rules.ensure_administrator(actor)
    again = _requeue(session, mail_id=mail_id, now=now)
    if again is None:
        raise NotFailed
    touch(session, TOPIC)
    return again


def requeue_all(session: Session, *, actor: rules.Administrator, now: datetime) -> int:
    """Try all failed mails again, at most 500 at once; returns how many. Raises NotAllowed."""
    rules.ensure_administrator(actor)
    failed = session.exec(
        select(OutgoingMail.id).where(OutgoingMail.state == MailState.DEAD).order_by(col(OutgoingMail.id)).limit(_AGAIN_AT_ONCE)
    ).all()
    count = sum(_requeue(session, mail_id=mail_id, now=now) is not None for mail_id in failed if mail_id is not None)
    touch(session, TOPIC)
    return count


def _active(session: Session, mailings: Sequence[Mailing]) -> set[int | None]:
    ids = {to.person_id for each in mailings for to in each.recipients} - {None}
    return {person_id for (person_id,) in looked_up(session, _ACTIVE, ids=sorted(each for each in ids if each))} if ids else set()


def _addressed(mailing: Mailing, active: Collection[int | None]) -> dict[str, Recipient]:
    """Return who gets this, by the key that lets it be queued once."""
    unique = {(to.person_id, to.address): to for to in mailing.recipients if to.address.strip()}
    kept = (to for to in unique.values() if to.person_id is None or to.person_id in active)
    return {_key(mailing.kind, mailing.facts, mailing.event, to): to for to in kept}


def _rows(mailing: Mailing, addressed: Mapping[str, Recipient], changed: Sequence[Source], now: datetime) -> list[dict[str, Any]]:
    kind, facts = mailing.kind, mailing.facts
    texts: dict[bool, Rendered] = {}
    rows: list[dict[str, Any]] = []
    for key, to in addressed.items():
        is_own = to.person_id is not None and to.person_id == facts.actor_id
        if is_own not in texts:
            texts[is_own] = write(kind, changed, variables(facts, now, is_own=is_own))
        rows.append(_row(kind, to, facts, texts[is_own]) | FRESH | {"dedupe_key": key, "not_before": now, "created_at": now})
    return rows


def _key(kind: MailKind, facts: MailFacts, event: str, to: Recipient) -> str:
    who = f"u{to.person_id}" if to.person_id is not None else f"a{sha256(to.address.casefold().encode()).hexdigest()[:16]}"
    return f"{kind}:{_about(facts.task_id, facts.case_id)}:{event}:{who}" + (f":{facts.ordinal}" if facts.ordinal else "")


def _about(task_id: int | None, case_id: int | None) -> str:
    return str(task_id) if task_id is not None else f"c{case_id}"


def _row(kind: MailKind, to: Recipient, facts: MailFacts, texts: Rendered) -> dict[str, Any]:
    config = settings.load()
    host = headers.host_of(config.mail_from)
    replies_to_manager = kind in {MailKind.ASSIGNED, MailKind.CANCELLED} and headers.is_address(facts.manager_email)
    return {
        "kind": kind.value,
        "case_id": facts.case_id,
        "task_id": facts.task_id,
        "generation": facts.generation,
        "person_id": to.person_id,
        "to_address": to.address[: headers.LONGEST_ADDRESS],
        "reply_to": facts.manager_email if replies_to_manager else config.mail_reply_to,
        "subject": texts.subject,
        "text": texts.text,
        "html": texts.html,
        "enclosures": None,
        "message_id": headers.new_message_id(host, about=f"{kind}-{_about(facts.task_id, facts.case_id)}"),
        "thread_id": headers.thread_id(host, facts.case_id),
        "priority": rules.PRIORITY[kind],
    }


FRESH: dict[str, Any] = {
    "state": MailState.PENDING,
    "attempts": 0,
    "lease_until": None,
    "owner": "",
    "last_code": None,
    "last_error": "",
    "sent_at": None,
}
"""The state of a mail that nobody has tried to send."""


def insert(session: Session, rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Insert these mails and return the ids of those that nobody had queued before, by their key."""
    add = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        add(OutgoingMail)
        .on_conflict_do_nothing(index_elements=["dedupe_key"])
        .returning(col(OutgoingMail.id), col(OutgoingMail.dedupe_key))
    )
    return {key: mail_id or 0 for mail_id, key in session.connection().execute(statement, rows)}


def _requeue(session: Session, *, mail_id: int, now: datetime) -> int | None:
    # Of two people who press the button one wins; the failed row stays as the record of the failure.
    won = _rowcount(
        session,
        sa.update(OutgoingMail)
        .where(col(OutgoingMail.id) == mail_id, col(OutgoingMail.state) == MailState.DEAD)
        .values(state=MailState.CANCELLED, lease_until=None),
    )
    failed = session.get(OutgoingMail, mail_id, populate_existing=True) if won else None
    if failed is None:
        return None
    host = headers.host_of(settings.load().mail_from)
    copy = failed.model_dump(exclude={"id"}) | FRESH
    copy |= {
        "dedupe_key": f"{failed.dedupe_key.partition(':again')[0]}:again{mail_id}",
        "message_id": headers.new_message_id(host, about=f"{failed.kind}-{_about(failed.task_id, failed.case_id)}"),
        "not_before": now,
        "created_at": now,
    }
    added = insert(session, [copy])
    return next(iter(added.values()), None)


def _rowcount(session: Session, change: sa.Update) -> int:
    return session.connection().execute(change).rowcount
