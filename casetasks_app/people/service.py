"""Sign in and out; add people and teams."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import changed, execute
from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.models import AccessToken, Membership, Person, SignIn, SignInFailure, Team
from casetasks_app.people import passwords, rules
from casetasks_app.task_types.forms import cleaned


class WrongDetails(CaseTasksError):
    """The email address or password is not right. Check both and try again."""


class TooManyTries(CaseTasksError):
    """Too many tries. Wait a few minutes, or ask your service desk."""

    def __init__(self, until: datetime) -> None:
        """Remember when the next try is allowed."""
        super().__init__()
        self.until = until


class NotAnEmail(CaseTasksError):
    """Enter an email address in the correct format, like name@example.gov.uk."""


class PasswordTooShort(CaseTasksError):
    """Password must be 12 characters or more."""


class EmailTaken(CaseTasksError):
    """Somebody with this email address exists already."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh sign-in: the token goes into the cookie, only its digest is stored."""

    token: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a sign-in comes from."""

    address: str = ""
    name: str = ""


def digest_of(token: str) -> str:
    """Return what is stored of a cookie's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def check_throttle(session: Session, *, email: str, address: str, now: datetime) -> None:
    """Refuse before the password is looked at; raises TooManyTries (5 an address of mail, 30 a network address, in 5 minutes)."""
    _check(session, col(SignInFailure.email_digest) == digest_of(email), rules.FAILURES_PER_EMAIL, now)
    check_address(session, address=address, now=now)


def check_address(session: Session, *, address: str, now: datetime) -> None:
    """Refuse what comes from a network address with 30 failures in 5 minutes; raises TooManyTries."""
    _check(session, col(SignInFailure.address) == address, rules.FAILURES_PER_ADDRESS, now)


def _check(session: Session, whose: sa.ColumnElement[bool], limit: int, now: datetime) -> None:
    since = now - rules.THROTTLE_WINDOW
    newest = select(SignInFailure.at).where(whose, col(SignInFailure.at) > since).order_by(col(SignInFailure.at).desc()).limit(limit)
    until = rules.blocked_until(session.exec(newest).all(), limit, now)
    if until:
        raise TooManyTries(until)


def password_hash_of(session: Session, *, email: str) -> tuple[int | None, str | None]:
    """Return id and password hash of the active person with this address, or two Nones."""
    row = session.exec(select(Person.id, Person.password_hash).where(Person.email == email, col(Person.is_active))).first()
    return (row[0], row[1]) if row else (None, None)


def record_failure(session: Session, *, email: str, address: str, now: datetime) -> None:
    """Count a refused sign-in and forget those older than a day."""
    execute(session, sa.delete(SignInFailure).where(col(SignInFailure.at) < now - timedelta(days=1)))
    session.add(SignInFailure(email_digest=digest_of(email), address=address, at=now))


def open_sign_in(session: Session, *, person_id: int, browser: Browser, now: datetime) -> SignedIn:
    """Start a sign-in with a token of its own (256 random bits)."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            digest=digest_of(token),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            address=browser.address[:64],
            browser=browser.name[:200],
        )
    )
    return SignedIn(token, person_id)


def sign_in(session: Session, *, email: str, password: str, browser: Browser, now: datetime) -> SignedIn:
    """Check a password and start a sign-in; raises TooManyTries or WrongDetails.

    A caller that must keep the failure on record after WrongDetails does the steps one by one, each in its own
    unit of work: check_throttle, passwords.is_right, record_failure or open_sign_in.
    """
    address = rules.clean_email(email) or ""
    check_throttle(session, email=address, address=browser.address, now=now)
    person_id, stored = password_hash_of(session, email=address)
    if not passwords.is_right(password, stored) or person_id is None:
        raise WrongDetails
    return open_sign_in(session, person_id=person_id, browser=browser, now=now)


def seen(session: Session, *, digest: str, now: datetime) -> None:
    """Note that a sign-in is in use."""
    execute(session, sa.update(SignIn).where(col(SignIn.digest) == digest, col(SignIn.ended_at).is_(None)).values(last_seen_at=now))


def sign_out(session: Session, *, digest: str, now: datetime) -> None:
    """End one sign-in."""
    touch(session, "sessions")
    execute(session, sa.update(SignIn).where(col(SignIn.digest) == digest).values(ended_at=now))


def sign_out_everywhere(session: Session, *, person_id: int, now: datetime) -> list[str]:
    """End every sign-in of a person and return their digests, so that open pages can be emptied; their tokens end too."""
    touch(session, "sessions")
    mine = (col(AccessToken.person_id) == person_id, col(AccessToken.revoked_at).is_(None))
    execute(session, sa.update(AccessToken).where(*mine).values(revoked_at=now))
    ended = execute(
        session,
        sa.update(SignIn)
        .where(col(SignIn.person_id) == person_id, col(SignIn.ended_at).is_(None))
        .values(ended_at=now)
        .returning(col(SignIn.digest)),
    )
    return list(ended.scalars())


def add_person(session: Session, *, email: str, name: str, password: str | None, is_administrator: bool = False, now: datetime) -> Person:
    """Add somebody who can sign in; raises NotAnEmail, PasswordTooShort or EmailTaken."""
    address = rules.clean_email(email)
    if address is None:
        raise NotAnEmail
    if password is not None and len(password) < passwords.MIN_LENGTH:
        raise PasswordTooShort
    if session.exec(select(Person.id).where(Person.email == address)).first():
        raise EmailTaken
    person = Person(
        email=address,
        name=cleaned(name, lines=False)[:120] or address,
        password_hash=passwords.hashed(password) if password else None,
        is_administrator=is_administrator,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def add_team(session: Session, *, key: str, name: str) -> Team:
    """Add a team."""
    team = Team(key=key, name=name)
    session.add(team)
    session.flush()
    return team


def set_members(session: Session, *, team_id: int, members: Collection[int], leads: Collection[int] = ()) -> None:
    """Make exactly these people the members of a team, and these of them its leads."""
    execute(session, sa.delete(Membership).where(col(Membership.team_id) == team_id))
    session.add_all(Membership(person_id=person, team_id=team_id, is_lead=person in leads) for person in sorted({*members, *leads}))
    touch(session, f"team:{team_id}", *(f"person:{person}" for person in members))


def join(session: Session, *, person_id: int, team_id: int, is_lead: bool = False) -> None:
    """Make a person a member of a team, or its lead; whoever is one already becomes what is asked for."""
    session.merge(Membership(person_id=person_id, team_id=team_id, is_lead=is_lead))
    touch(session, f"team:{team_id}", f"person:{person_id}")


def leave(session: Session, *, person_id: int, team_id: int) -> None:
    """End a person's membership of a team; what they were given stays theirs."""
    execute(session, sa.delete(Membership).where(col(Membership.person_id) == person_id, col(Membership.team_id) == team_id))
    touch(session, f"team:{team_id}", f"person:{person_id}")


def set_password(session: Session, *, person_id: int, password: str) -> None:
    """Give a person a new password; raises PasswordTooShort or NotFound."""
    if len(password) < passwords.MIN_LENGTH:
        raise PasswordTooShort
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound
    person.password_hash = passwords.hashed(password)


def person_by_email(session: Session, *, email: str) -> Person:
    """Return the person with this address; raises NotFound."""
    person = session.exec(select(Person).where(Person.email == (rules.clean_email(email) or ""))).first()
    if person is None:
        raise NotFound
    return person


def team_by_key(session: Session, *, key: str) -> Team:
    """Return the team with this key; raises NotFound."""
    team = session.exec(select(Team).where(Team.key == key)).first()
    if team is None:
        raise NotFound
    return team


def forget_sign_ins(session: Session, *, now: datetime) -> int:
    """Remove sign-ins that nobody has used for 90 days; returns how many."""
    return changed(session, sa.delete(SignIn).where(col(SignIn.last_seen_at) < now - timedelta(days=90)))
