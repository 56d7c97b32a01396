"""Who gets a case to see, what the others learn, and files that are added later."""

import pytest
from sqlmodel import Session, select

from casetasks_app.cases import access, history, papers
from casetasks_app.cases import service as cases
from casetasks_app.cases.papers import CannotAddFiles
from casetasks_app.errors import NotFound
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.history import pages
from casetasks_app.history.pages import Show
from casetasks_app.models import StoredFile
from tests.factories import NOON, Office, a_case, a_task, actor
from tests.unit.files.making import PDF


def uploaded(session: Session, office: Office, name: str) -> None:
    part = store.Part(name)
    part.write(PDF)
    place = Place(draft_key=papers.draft_key(office.reference))
    files.keep(session, upload=part.finish(), place=place, person_id=office.manager.id, now=NOON)


def test_those_who_may_not_see_a_case_learn_whom_to_ask(session: Session, office: Office) -> None:
    _, unmanaged = a_case(session, office.case_type, None)

    assert access.manager_of(session, reference=office.reference.lower()) == "Priya Shah"
    assert access.manager_of(session, reference=unmanaged) == ""
    assert access.manager_of(session, reference="HSG-404") is None
    with pytest.raises(NotFound):
        access.seen(session, case_id=office.case_id, actor=actor(session, office.tom))


def test_the_case_manager_adds_files_and_it_is_recorded_once(session: Session, office: Office) -> None:
    uploaded(session, office, "plan.pdf")
    manager = actor(session, office.manager)

    added = papers.add(session, case_id=office.case_id, actor=manager, now=NOON)
    again = papers.add(session, case_id=office.case_id, actor=manager, now=NOON)

    kept = session.exec(select(StoredFile.id).where(StoredFile.case_id == office.case_id)).all()
    told = history.page(session, case_id=office.case_id, actor=manager, show=Show.ALL, number=1).entries
    assert (added, again) == ([*kept], [])
    assert [entry.lines for entry in told if entry.kind == "file_added"] == [("plan.pdf",)]


def test_nobody_else_adds_files_and_nobody_to_a_closed_case(session: Session, office: Office) -> None:
    manager = actor(session, office.manager)
    uploaded(session, office, "plan.pdf")

    for person, refusal in ((office.other_manager, CannotAddFiles), (office.tom, NotFound)):
        with pytest.raises(refusal):
            papers.add(session, case_id=office.case_id, actor=actor(session, person), now=NOON)
    cases.close(session, case_id=office.case_id, outcome="Resolved", note="Done.", actor=manager, now=NOON)
    with pytest.raises(CannotAddFiles):
        papers.add(session, case_id=office.case_id, actor=manager, now=NOON)


def test_only_case_managers_of_the_type_read_the_history(session: Session, office: Office) -> None:
    """S75."""
    a_task(session, office, assignee_id=office.tom.id)

    for person in (office.tom, office.lead, office.stranger):
        with pytest.raises(NotFound):
            history.page(session, case_id=office.case_id, actor=actor(session, person), show=Show.ALL, number=1)
        with pytest.raises(NotFound):
            history.newer(session, case_id=office.case_id, actor=actor(session, person), show=Show.ALL, than_id=0)


def test_what_came_later_is_counted_from_the_newest_entry_shown(session: Session, office: Office) -> None:
    manager = actor(session, office.manager)
    shown = history.page(session, case_id=office.case_id, actor=manager, show=Show.TASKS, number=7)

    a_task(session, office)

    newer = {
        show: history.newer(session, case_id=office.case_id, actor=manager, show=show, than_id=shown.newest_id)
        for show in (Show.TASKS, Show.NOTES)
    }
    assert (shown.number, shown.total, newer) == (1, 0, {Show.TASKS: 1, Show.NOTES: 0})


def test_a_case_is_untouched_until_something_happens_after_raising(session: Session, office: Office) -> None:
    before = pages.is_untouched(session, case_id=office.case_id)
    cases.take_over(session, case_id=office.case_id, actor=actor(session, office.other_manager), now=NOON.replace(hour=13))

    assert (before, pages.is_untouched(session, case_id=office.case_id)) == (True, False)
