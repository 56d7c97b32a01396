"""When a person last looked at what needs their attention."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select, update

from casetasks_app.db.statements import changed
from casetasks_app.models import Person
from casetasks_app.people.rules import Actor

NEW_FOR = timedelta(days=30)
"""What happened longer ago is new to nobody, however long they have not looked."""

WRITTEN_EVERY = timedelta(minutes=1)


def last_look(session: Session, *, actor: Actor, now: datetime) -> datetime:
    """Return when the actor last looked, at most thirty days ago; who never did has all of these before them."""
    found = session.exec(select(Person.looked_at).where(Person.id == actor.person_id)).first()
    return max(found or now - NEW_FOR, now - NEW_FOR)


def look(session: Session, *, actor: Actor, now: datetime) -> datetime:
    """Return when the actor last looked before now, and note that they look now; written at most once a minute."""
    before = last_look(session, actor=actor, now=now)
    is_old = col(Person.looked_at).is_(None) | (col(Person.looked_at) < now - WRITTEN_EVERY)
    changed(session, update(Person).where(col(Person.id) == actor.person_id, is_old).values(looked_at=now))
    return before
