"""Files of cases, tasks and drafts, on every database and a real disk."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.files import queries, service, store
from casetasks_app.files.service import Place
from casetasks_app.history.service import Happened
from casetasks_app.models import HistoryEntry, Person, StoredFile
from casetasks_app.tasks import hold, uploads
from casetasks_app.tasks.uploads import Question
from tests.factories import NOON, Office, a_task, actor, an_office
from tests.integration.tasks.looking import open_steps
from tests.unit.files.making import PDF

LATER = NOON + timedelta(days=31)


def add(session: Session, person: Person, name: str = "plan.pdf", **place: object) -> str:
    part = store.Part(name)
    part.write(PDF)
    return service.keep(session, upload=part.finish(), place=Place(**place), person_id=person.id, now=NOON)  # type: ignore[arg-type]


def add_in_vain(office: Office) -> str:
    """Keep a file in a transaction that fails afterwards, and return its id."""
    kept: list[str] = []

    def keep_and_fail() -> None:
        with unit_of_work() as session:
            kept.append(add(session, office.manager, case_id=office.case_id))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_and_fail()
    return kept[0]


def may_have(session: Session, file_id: str, person: Person) -> bool:
    return queries.download(session, file_id=file_id, viewer=actor(session, person)) is not None


@pytest.fixture
def office(session: Session) -> Office:
    return an_office(session, ask_attachments=True)


def test_a_file_of_a_case_is_kept_listed_recorded_and_sent_as_it_came(session: Session, office: Office) -> None:
    file_id = add(session, office.manager, case_id=office.case_id)

    found = queries.download(session, file_id=file_id, viewer=actor(session, office.manager))
    assert found
    assert (found.path.read_bytes(), found.name, found.media_type) == (PDF, "plan.pdf", "application/pdf")
    (row,) = queries.of_case(session, case_id=office.case_id)
    assert (row.name, row.size, row.added_by) == ("plan.pdf", "45 bytes", "Priya Shah")
    kinds = session.exec(select(HistoryEntry.kind).where(HistoryEntry.case_id == office.case_id)).all()
    assert kinds.count(Happened.FILE_ADDED) == 1


def test_exactly_the_files_sent_with_a_task_reach_its_people(session: Session, office: Office) -> None:
    """B6, S52: the team gets the chosen file and no other; a stranger gets none."""
    sent, other = (add(session, office.manager, name, case_id=office.case_id) for name in ("sent.pdf", "other.pdf"))

    created = a_task(session, office, file_ids=(sent,))

    assert [row.name for row in queries.sent_with(session, task_id=created.task_id)] == ["sent.pdf"]
    assert may_have(session, sent, office.tom)
    assert may_have(session, sent, office.other_manager)
    assert not may_have(session, other, office.tom)
    assert not may_have(session, sent, office.stranger)


def test_a_task_given_to_a_person_shows_its_files_to_that_person_and_the_lead_only(session: Session, office: Office) -> None:
    """B6."""
    sent = add(session, office.manager, case_id=office.case_id)

    a_task(session, office, file_ids=(sent,), assignee_id=office.tom.id)

    assert [may_have(session, sent, each) for each in (office.tom, office.lead, office.ana)] == [True, True, False]


def test_a_file_answered_in_a_task_belongs_to_the_case_and_the_tasks_people(session: Session, office: Office) -> None:
    created = a_task(session, office)

    answered = add(session, office.tom, "photo.pdf", case_id=office.case_id, task_id=created.task_id)

    assert [row.task_number for row in queries.of_case(session, case_id=office.case_id)] == [1]
    assert queries.of_case(session, case_id=office.case_id, with_answers=False) == []
    assert [row.id for row in queries.answered_in(session, task_id=created.task_id)] == [answered]
    assert [may_have(session, answered, each) for each in (office.ana, office.manager, office.stranger)] == [True, True, False]


def test_a_draft_is_its_uploaders_until_it_is_claimed(session: Session, office: Office) -> None:
    kept, dropped = (add(session, office.manager, name, draft_key="dialog") for name in ("kept.pdf", "dropped.pdf"))
    add(session, office.other_manager, "theirs.pdf", draft_key="dialog")
    assert not may_have(session, kept, office.other_manager)

    claimed = service.claim_drafts(
        session, draft_key="dialog", case_id=office.case_id, person_id=office.manager.id or 0, only=[kept], now=NOON
    )

    assert claimed == [kept]
    assert [row.name for row in queries.of_case(session, case_id=office.case_id)] == ["kept.pdf"]
    assert may_have(session, kept, office.other_manager)
    assert not may_have(session, dropped, office.manager)
    assert len(queries.drafts(session, draft_key="dialog", person_id=office.other_manager.id or 0)) == 1


def test_a_draft_file_travels_with_its_step(session: Session, office: Office) -> None:
    """S90, B19: who claims what somebody put back can open what was added to it; the rest of the team cannot."""
    made = a_task(session, office)
    tom, ana = actor(session, office.tom), actor(session, office.ana)
    hold.claim(session, task_id=made.task_id, actor=tom, now=NOON)
    step = open_steps(session, made.task_id)[0].id or 0
    photo = add(session, office.tom, "photo.pdf", draft_key=f"step:{step}")
    uploads.attach(session, to=Question(made.task_id, step, "files"), file_id=photo, actor=tom, now=NOON)

    assert [may_have(session, photo, each) for each in (office.tom, office.ana, office.lead)] == [True, False, False]
    hold.release(session, task_id=made.task_id, actor=tom, now=NOON)
    hold.claim(session, task_id=made.task_id, actor=ana, now=NOON)
    assert [may_have(session, photo, each) for each in (office.ana, office.lead, office.stranger)] == [True, False, False]


def test_only_ones_own_unsent_upload_can_be_taken_back(session: Session, office: Office) -> None:
    mine = add(session, office.manager, draft_key="dialog")
    sent = add(session, office.manager, case_id=office.case_id)

    for file_id, person in ((mine, office.tom), (sent, office.manager), ("0" * 32, office.manager)):
        with pytest.raises(NotFound):
            service.remove_draft(session, file_id=file_id, person_id=person.id or 0, now=NOON)
    service.remove_draft(session, file_id=mine, person_id=office.manager.id or 0, now=NOON)

    assert queries.drafts(session, draft_key="dialog", person_id=office.manager.id or 0) == []
    assert queries.names(session, ids=[mine]) == {mine: "plan.pdf"}


def test_an_unknown_or_forged_id_is_nobodys_file(session: Session, office: Office) -> None:
    for file_id in ("0" * 32, "../../etc/passwd", ""):
        assert not may_have(session, file_id, office.manager)


def test_what_nothing_refers_to_is_swept_away_and_nothing_else(database: str) -> None:
    """B11: drafts are kept 30 days, then row and content go; a transaction that failed leaves nothing for long."""
    with unit_of_work() as session:
        office = an_office(session)
        kept, draft = add(session, office.manager, case_id=office.case_id), add(session, office.manager, draft_key="dialog")
    orphan = add_in_vain(office)

    with unit_of_work() as session:
        forgotten = service.forget(session, now=LATER)
    with unit_of_work.read() as session:
        gone = service.sweep(session, now=LATER)
        rows = session.exec(select(StoredFile.id)).all()

    assert (forgotten, gone, rows) == (1, 2, [kept])
    assert [store.path_of(each).exists() for each in (kept, draft, orphan)] == [True, False, False]


def test_a_file_that_has_just_arrived_is_not_swept_away(database: str) -> None:
    with unit_of_work() as session:
        office = an_office(session)

    file_id = add_in_vain(office)

    with unit_of_work.read() as session:
        assert service.sweep(session, now=NOON) == 0

    assert store.path_of(file_id).exists()
