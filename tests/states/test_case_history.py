"""The history of a case on its page."""

import pytest

from casetasks_app import clock
from casetasks_app.cases import history
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.history import pages
from casetasks_app.history.pages import Show
from casetasks_app.history.service import Happened, record
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.web.pages.case_history.state import CaseHistory, _newer, _show_newer
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        return an_office(session, is_cancellable=True)


def cancelled(office: Office, text: str) -> int:
    with unit_of_work() as session:
        made = a_task(session, office, now=clock.now(), assignee_id=office.tom.id)
        manager = actor(session, office.manager)
        cancel(session, task_id=made.task_id, reason=Reason("No longer needed", text), actor=manager, now=clock.now())
        return made.number


async def opened(tab_of, person, office, query=""):
    tab = await tab_of(person.id)
    await tab.open(f"/cases/{office.reference}/history{query}")
    return tab


async def test_the_reason_of_a_cancelled_task_is_a_private_note_with_its_task(tab_of, office):
    """S74, B28."""
    number = cancelled(office, "The applicant withdrew.")

    tab = await opened(tab_of, office.manager, office)

    entries = [entry for day in (await tab.state(CaseHistory)).shown.days for entry in day.happened]
    note = next(entry for entry in entries if entry.is_private)
    assert (note.title, note.by) == (f"Task {number} cancelled", "Priya Shah")
    assert note.text == "Reason: No longer needed.\n“The applicant withdrew.”"
    assert (note.link_label, note.href) == (f"View task {number}", f"/cases/{office.reference}/tasks/{number}")


async def test_nobody_else_sees_the_note_or_that_there_is_one(tab_of, office):
    """S75."""
    cancelled(office, "The applicant withdrew.")

    for person in (office.tom, office.stranger):
        tab = await opened(tab_of, person, office)
        shown = await tab.state(CaseHistory)

        assert shown.refusal.title == "You cannot open this case"
        assert "withdrew" not in str(shown.dict())
        assert shown.shown.days == []


async def test_entries_stand_under_their_day_newest_first(tab_of, office):
    cancelled(office, "")

    tab = await opened(tab_of, office.manager, office)

    days = (await tab.state(CaseHistory)).shown.days
    assert days[0].heading.startswith("Today, ")
    assert days[-1].heading == "Wednesday 18 November 2026"
    assert days[-1].happened[-1].title == "Case raised"
    assert [entry.iso for entry in days[0].happened] == sorted((entry.iso for entry in days[0].happened), reverse=True)


async def test_the_address_filters_and_unknown_filters_are_dropped(tab_of, office):
    cancelled(office, "")

    found = {}
    for query in ("", "?show=notes", "?show=tasks", "?show=system", "?show=%3Cscript%3E&page=-1", "?page=99"):
        state = await (await opened(tab_of, office.manager, office, query)).state(CaseHistory)
        found[query] = ([entry.title for day in state.shown.days for entry in day.happened], state.shown.nothing)

    assert found["?show=notes"] == (["Task 1 cancelled"], "")
    assert found["?show=tasks"][0] == ["Task 1 cancelled", "Task 1 created: " + office.task_type.name]
    assert found["?show=system"] == ([], "Nothing by the system in this history.")
    assert found["?show=%3Cscript%3E&page=-1"] == found["?page=99"] == found[""]


async def test_fifty_stand_on_a_page_and_the_rest_on_the_next(tab_of, office):
    with unit_of_work() as session:
        for number in range(60):
            record(session, case_id=office.case_id, kind=Happened.FILE_ADDED, now=clock.now(), name=f"{number}.pdf")

    first = await (await opened(tab_of, office.manager, office)).state(CaseHistory)
    second = await (await opened(tab_of, office.manager, office, "?page=2")).state(CaseHistory)

    titles = [[entry.text for day in state.shown.days for entry in day.happened] for state in (first, second)]
    assert [len(each) for each in titles] == [50, 12]
    assert not set(titles[0]) & {f"{number}.pdf" for number in range(10)}
    assert first.shown.under.summary == "Showing 1 to 50 of 62 entries"
    assert first.shown.under.next == f"/cases/{office.reference}/history?page=2"


async def test_what_is_written_meanwhile_waits_behind_a_press(tab_of, office):
    tab = await opened(tab_of, office.manager, office)
    cancelled(office, "Too late.")
    with unit_of_work.read() as session:
        manager = actor(session, office.manager)
    state = await tab.state(CaseHistory)

    await _show_newer(state, await _newer(state, manager))
    before = (state.more, len(state.shown.days))
    await tab.do(CaseHistory.show_new)

    after = await tab.state(CaseHistory)
    assert before == ("2 new entries - show", 1)
    assert (after.more, after.shown.days[0].happened[0].text) == ("", "Reason: No longer needed.\n“Too late.”")


def test_private_notes_are_neither_shown_nor_counted_without_the_right(office):
    """S75."""
    cancelled(office, "The applicant withdrew.")

    with unit_of_work.read() as session:
        everything = history.page(session, case_id=office.case_id, actor=actor(session, office.manager), show=Show.ALL, number=1)
        public = pages.page(session, case_id=office.case_id, with_private=False, show=Show.ALL, number=1)
        notes = pages.page(session, case_id=office.case_id, with_private=False, show=Show.NOTES, number=1)

    assert everything.total - public.total == 1
    assert (notes.total, notes.entries) == (0, ())
