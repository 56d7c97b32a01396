"""Cases about to be raised: their half-filled forms, one per person and case type, kept 30 days (B11)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.cases import rules
from casetasks_app.cases.complete import bounded
from casetasks_app.cases.service import CannotRaise
from casetasks_app.db.statements import execute, insert_once
from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Case, CaseDraft, CaseType, StoredFile
from casetasks_app.people.rules import Actor

KEPT_FOR = timedelta(days=30)
MOST = 60_000


class RaisedAlready(CaseTasksError):
    """This case was raised already."""

    def __init__(self, reference: str) -> None:
        """Name the case; what is typed into its old form is kept nowhere."""
        super().__init__(f"This case was raised already: {reference}. What you type here is not kept. Load the page again for a new one.")
        self.reference = reference


@dataclass(frozen=True, slots=True)
class Draft:
    """What has been answered so far; `key` lets the case be raised once only, and marks the files uploaded for it."""

    key: str
    answers: dict[str, object] = field(default_factory=dict[str, object])
    saved_at: datetime | None = None
    """None while nothing is kept."""


@dataclass(frozen=True, slots=True)
class Begun:
    """One of the drafts a person has."""

    type_key: str
    type_name: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form: of the `drawn` questions those without an answer were left empty, all others stay as they were kept.

    `key` becomes the draft's if there is none yet.
    """

    case_type_id: int
    key: str
    answers: Mapping[str, object]
    drawn: Collection[str] = ()


def at_hand(session: Session, *, case_type_id: int, key: str, actor: Actor) -> Draft:
    """Return the actor's draft for a type, or an empty one with this key."""
    row = _row(session, case_type_id, actor)
    return _draft(row) if row else Draft(key)


def is_spent(session: Session, *, key: str, actor: Actor) -> bool:
    """Tell whether the actor has raised a case with this key."""
    return _raised_with(session, key, actor) is not None


def begun(session: Session, *, actor: Actor) -> list[Begun]:
    """Return the actor's drafts of the types they can raise, the newest first."""
    query = (
        select(CaseType.key, CaseType.name, CaseDraft.saved_at)
        .join(CaseDraft, col(CaseDraft.case_type_id) == CaseType.id)
        .where(CaseDraft.person_id == actor.person_id, col(CaseType.id).in_(actor.manages), ~col(CaseType.is_retired))
        .order_by(col(CaseDraft.saved_at).desc(), col(CaseDraft.id))
    )
    return [Begun(*row) for row in session.exec(query)]


def keep(session: Session, *, typed: Typed, actor: Actor, now: datetime) -> Draft:
    """Keep what is typed, unchecked but bounded, in the one draft of this person and type, from whichever tab it comes (B11).

    Raises CannotRaise, or RaisedAlready for the form of a case that is there.
    """
    if not rules.may_raise(actor, typed.case_type_id):
        raise CannotRaise
    row = _row(session, typed.case_type_id, actor, keep=True) or _begin(session, typed, actor, now)
    if reference := _raised_with(session, typed.key, actor):  # asked with the row locked, which raising the case deletes
        raise RaisedAlready(reference)
    if row.raise_key != typed.key:
        # The form was opened before another tab began the draft: its files come along.
        mine = sa.update(StoredFile).where(col(StoredFile.draft_key) == typed.key, col(StoredFile.added_by_id) == actor.person_id)
        execute(session, mine.values(draft_key=row.raise_key))
    others = {name: value for name, value in row.answers.items() if name.partition(":")[0] not in typed.drawn}
    row.answers, row.saved_at = bounded({**others, **typed.answers}, MOST), now
    session.add(row)
    session.flush()
    return _draft(row)


def discard(session: Session, *, type_key: str, actor: Actor, now: datetime) -> None:
    """Throw the actor's draft for a type away, with the files uploaded for it."""
    of_type = select(CaseDraft).join(CaseType, col(CaseType.id) == CaseDraft.case_type_id).where(CaseType.key == type_key)
    row = session.exec(of_type.where(CaseDraft.person_id == actor.person_id)).first()
    if row is not None:
        _forget(session, row, now)


def forget_old(session: Session, *, now: datetime, limit: int = 500) -> int:
    """Throw away drafts that nobody touched for 30 days, with their files; returns how many."""
    query = select(CaseDraft).where(col(CaseDraft.saved_at) < now - KEPT_FOR).order_by(col(CaseDraft.saved_at)).limit(limit)
    old = session.exec(query).all()
    for row in old:
        _forget(session, row, now)
    return len(old)


def _forget(session: Session, row: CaseDraft, now: datetime) -> None:
    unused = sa.update(StoredFile).where(col(StoredFile.draft_key) == row.raise_key, col(StoredFile.removed_at).is_(None))
    execute(session, unused.values(removed_at=now))
    session.delete(row)


def _row(session: Session, case_type_id: int, actor: Actor, *, keep: bool = False) -> CaseDraft | None:
    query = select(CaseDraft).where(CaseDraft.person_id == actor.person_id, CaseDraft.case_type_id == case_type_id)
    if keep:
        # Two tabs type into the same draft: what one of them has just kept must not be put back by the other.
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return session.exec(query).first()


def _begin(session: Session, typed: Typed, actor: Actor, now: datetime) -> CaseDraft:
    """Begin the draft, or return the one that another tab has begun at the same moment."""
    fresh = CaseDraft(person_id=actor.person_id, case_type_id=typed.case_type_id, raise_key=typed.key, saved_at=now)
    insert_once(session, CaseDraft, [fresh.model_dump(exclude={"id"})], key=("person_id", "case_type_id"))
    return _row(session, typed.case_type_id, actor, keep=True) or fresh


def _raised_with(session: Session, key: str, actor: Actor) -> str | None:
    return session.exec(select(Case.reference).where(Case.raise_key == key, Case.raised_by_id == actor.person_id)).first()


def _draft(row: CaseDraft) -> Draft:
    return Draft(row.raise_key, dict(row.answers), row.saved_at)
