"""Drafts of cases: one per person and type, kept 30 days with their files, gone when the case is raised."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casetasks_app.cases import drafts
from casetasks_app.cases.drafts import RaisedAlready, Typed
from casetasks_app.cases.service import CannotRaise
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.models import CaseDraft, StoredFile
from tests.factories import NOON, Office, a_case, actor, an_office
from tests.unit.files.making import PDF

KEY = "case:tab-1-1"
LATER = NOON + drafts.KEPT_FOR - timedelta(days=1)


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session)


def keep(session, office, *, now=NOON, key=KEY, person=None, drawn=(), **answers):
    typed = Typed(office.case_type.id, key, answers, drawn)
    return drafts.keep(session, typed=typed, actor=actor(session, person or office.manager), now=now)


def upload(session, office, key=KEY, now=NOON) -> str:
    part = store.Part("plan.pdf")
    part.write(PDF)
    return files.keep(session, upload=part.finish(), place=Place(draft_key=key), person_id=office.manager.id, now=now)


def test_what_is_not_drawn_stays_and_what_is_drawn_can_be_emptied(session: Session, office: Office) -> None:
    """B11."""
    keep(session, office, **{"title": "Damp", "checks:walls:answer": "yes", "parts": ["Bath"]})

    kept = keep(session, office, title="Damp wall", drawn=["title", "parts"])

    assert kept.answers == {"title": "Damp wall", "checks:walls:answer": "yes"}


def test_a_draft_and_its_files_are_kept_thirty_days_from_when_they_were_last_touched(session: Session, office: Office) -> None:
    """B11."""
    keep(session, office, title="Damp")
    file_id = upload(session, office)
    keep(session, office, now=LATER, title="Damp wall")

    assert (drafts.forget_old(session, now=LATER + timedelta(days=2)), files.forget(session, now=LATER + timedelta(days=2))) == (0, 0)
    assert drafts.forget_old(session, now=LATER + drafts.KEPT_FOR * 2) == 1
    session.flush()
    assert (session.exec(select(CaseDraft)).all(), session.get_one(StoredFile, file_id).removed_at is None) == ([], False)
    assert files.forget(session, now=LATER + drafts.KEPT_FOR * 2) == 1


def test_files_of_a_tab_that_was_second_come_to_the_draft_that_was_first(session: Session, office: Office) -> None:
    keep(session, office, title="Damp")
    file_id = upload(session, office, key="case:other-1-1")

    kept = keep(session, office, key="case:other-1-1", title="Damp wall")

    session.expire_all()
    assert (kept.key, session.get_one(StoredFile, file_id).draft_key) == (KEY, KEY)


def test_a_raised_case_has_no_draft_and_none_is_begun_with_its_key(session: Session, office: Office) -> None:
    """B10."""
    keep(session, office, title="Damp")

    _, reference = a_case(session, office.case_type, office.manager, key=KEY)

    assert session.exec(select(CaseDraft)).all() == []
    with pytest.raises(RaisedAlready, match=reference):
        keep(session, office, title="Another")
    assert drafts.is_spent(session, key=KEY, actor=actor(session, office.manager))
    assert not drafts.is_spent(session, key=KEY, actor=actor(session, office.other_manager))


def test_only_who_may_raise_a_case_has_a_draft_of_one(session: Session, office: Office) -> None:
    with pytest.raises(CannotRaise):
        keep(session, office, person=office.tom, title="Damp")


def test_drafts_are_listed_for_their_person_the_newest_first(session: Session, office: Office) -> None:
    keep(session, office, title="Damp")

    mine, theirs = (drafts.begun(session, actor=actor(session, each)) for each in (office.manager, office.other_manager))

    assert ([(each.type_name, each.saved_at) for each in mine], theirs) == ([(office.case_type.name, NOON)], [])
