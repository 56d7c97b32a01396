"""The tokens with which programs act as a person: made, listed, revoked, and asked for whom they stand."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import changed, looked_up
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.models import AccessToken, Person
from casetasks_app.models.columns import UtcDateTime
from casetasks_app.people import queries, rules, service
from casetasks_app.people.rules import Actor
from casetasks_app.people.service import digest_of
from casetasks_app.task_types.forms import cleaned

PREFIX = "casetasks_"
"""So that a token that was published by mistake is known for what it is."""

LONGEST_NAME = 60
KEPT_AFTER_THE_END = timedelta(days=90)
_MOST = 1000


class TooLong(CaseTasksError):
    """A token lasts at least 1 and at most 365 days."""


class CannotSignIn(CaseTasksError):
    """This person can no longer sign in, so no program can act as them."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A fresh token: `text` is known now and never again."""

    text: str
    id: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token in a list; `ended` says why it no longer works, empty while it does."""

    id: int
    email: str
    name: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended: str


@dataclass(frozen=True, slots=True)
class Holder:
    """For whom a token stands; `is_fresh` when its use was not noted today."""

    token_id: int
    actor: Actor
    is_fresh: bool


_FOUND = (
    sa.select(col(AccessToken.id), col(AccessToken.person_id), col(AccessToken.used_at))
    .where(col(AccessToken.digest) == sa.bindparam("digest"), col(AccessToken.revoked_at).is_(None))
    .where(col(AccessToken.expires_at) > sa.bindparam("now", type_=UtcDateTime()))
)


def make(session: Session, *, person_id: int, name: str, days: int, now: datetime) -> NewToken:
    """Make a token (256 random bits) that ends after so many days; raises TooLong, CannotSignIn or NotFound."""
    if not 1 <= days <= rules.LONGEST_TOKEN_DAYS:
        raise TooLong
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    if not person.is_active:
        raise CannotSignIn
    text = PREFIX + secrets.token_urlsafe(32)
    stored = AccessToken(
        digest=digest_of(text),
        person_id=person_id,
        name=cleaned(name, lines=False)[:LONGEST_NAME],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    session.add(stored)
    session.flush()
    return NewToken(text, stored.id or 0, stored.expires_at)


def holder(session: Session, *, text: str, address: str, now: datetime) -> Holder | None:
    """Return for whom a token stands; None for one that is unknown, expired, revoked, or of somebody who has left.

    Raises TooManyTries, before the token is looked at, for a network address that sent too many wrong ones.
    """
    service.check_address(session, address=_counted(address), now=now)
    for token_id, person_id, used_at in looked_up(session, _FOUND, digest=digest_of(text), now=now):
        actor = queries.actor(session, person_id=person_id)
        if actor is not None:
            return Holder(token_id, actor, used_at is None or used_at.date() != now.date())
    return None


def note_use(session: Session, *, token_id: int, now: datetime) -> None:
    """Note that a token is in use."""
    changed(session, sa.update(AccessToken).where(col(AccessToken.id) == token_id).values(used_at=now))


def record_failure(session: Session, *, text: str, address: str, now: datetime) -> None:
    """Count a wrong token; raises TooManyTries when others that arrived with it were counted meanwhile.

    Counted apart from sign-ins: a program with an old token keeps no office from signing in.
    """
    service.check_address(session, address=_counted(address), now=now)
    service.record_failure(session, email=text, address=_counted(address), now=now)


def listed(session: Session, *, now: datetime, person_id: int | None = None) -> Sequence[TokenRow]:
    """Return the tokens of a person, or of everybody, newest first (at most 1,000)."""
    query = select(AccessToken, Person.email, Person.is_active).join(Person, col(Person.id) == AccessToken.person_id)
    if person_id is not None:
        query = query.where(AccessToken.person_id == person_id)
    found = session.exec(query.order_by(col(AccessToken.id).desc()).limit(_MOST))
    return [
        TokenRow(each.id or 0, email, each.name, each.created_at, each.expires_at, each.used_at, _ended(each, now, is_active=is_active))
        for each, email, is_active in found
    ]


def revoke(session: Session, *, token_id: int, now: datetime) -> None:
    """End a token at once; raises NotFound for one that is not there or has been revoked."""
    alive = (col(AccessToken.id) == token_id, col(AccessToken.revoked_at).is_(None))
    if not changed(session, sa.update(AccessToken).where(*alive).values(revoked_at=now)):
        raise NotFound("There is no such token, or it was revoked before. `casetasks person tokens` lists them.")


def forget(session: Session, *, now: datetime) -> int:
    """Remove tokens that ended 90 days ago; returns how many."""
    return changed(session, sa.delete(AccessToken).where(col(AccessToken.expires_at) < now - KEPT_AFTER_THE_END))


def _counted(address: str) -> str:
    return f"token {address}"[:64]


def _ended(token: AccessToken, now: datetime, *, is_active: bool) -> str:
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at <= now:
        return "expired"
    return "" if is_active else "person has left"
