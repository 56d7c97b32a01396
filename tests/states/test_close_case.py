"""Closing a case on its page."""

import pytest

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, TaskType
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.web.pages.close_case.shown import ShownChecklist
from casetasks_app.web.pages.close_case.state import CloseCase, _load, _show_aloud
from casetasks_app.web.ui.shell_state import Shell
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        return an_office(session, is_cancellable=True)


async def opened(tab_of, person, office):
    tab = await tab_of(person.id)
    await tab.open(f"/cases/{office.reference}/close")
    return tab


def a_new_task(office: Office) -> int:
    with unit_of_work() as session:
        return a_task(session, office, now=clock.now()).task_id


def cancel_task(office: Office, task_id: int) -> None:
    with unit_of_work() as session:
        reason = Reason("No longer needed")
        cancel(session, task_id=task_id, reason=reason, actor=actor(session, office.manager), now=clock.now())


def set_minimum(office: Office, minimum: int) -> None:
    with unit_of_work() as session:
        session.get_one(TaskType, office.task_type.id).minimum = minimum


def status(office: Office) -> str:
    with unit_of_work.read() as session:
        return session.get_one(Case, office.case_id).status


async def test_every_blocker_stands_with_its_link_and_next_action(tab_of, office):
    """S27, S81, B31, B32."""
    set_minimum(office, 1)
    a_new_task(office)

    tab = await opened(tab_of, office.manager, office)

    checklist = (await tab.state(CloseCase)).checklist
    [task], [missing] = checklist.tasks, checklist.missing
    assert checklist.left == "You cannot close this case yet. 2 things are left."
    assert (task.href, task.cancel_href) == (f"/cases/{office.reference}/tasks/1", f"/cases/{office.reference}/tasks/1?do=cancel")
    assert (task.holder, task.holder_note) == ("Planning officers", "Not claimed")
    assert missing.words == f"“{office.task_type.name}” must be done at least once."
    assert (missing.so_far, missing.action, missing.href) == ("Task 1 is open.", "Open task 1", task.href)


async def test_a_cancelled_task_does_not_count_and_another_is_offered(tab_of, office):
    """S82, B33."""
    set_minimum(office, 2)
    cancel_task(office, a_new_task(office))

    tab = await opened(tab_of, office.manager, office)

    [missing] = (await tab.state(CloseCase)).checklist.missing
    assert missing.words.endswith("must be done at least twice.")
    assert (missing.so_far, missing.action) == ("The one created was cancelled.", "Create task")
    assert missing.href == f"/cases/{office.reference}/tasks?new=type"


async def test_a_forged_closing_of_a_blocked_case_is_refused_in_words(tab_of, office):
    """S27, B31."""
    a_new_task(office)
    tab = await opened(tab_of, office.manager, office)

    await tab.do(CloseCase.close, {"outcome": "Resolved", "note": "Done."})

    assert status(office) == "open"
    assert ((await tab.notice()).title, (await tab.notice()).text) == ("You cannot close this case yet.", "1 thing is left.")


async def test_the_checklist_unlocks_itself_and_says_so_once(tab_of, office):
    """S28."""
    task_id = a_new_task(office)
    tab = await opened(tab_of, office.manager, office)
    state, shell = await tab.state(CloseCase), await tab.state(Shell)
    with unit_of_work.read() as session:
        manager = actor(session, office.manager)
    cancel_task(office, task_id)

    await _show_aloud(state, await _load(state, manager))
    first, shell.said = shell.said, ""
    await _show_aloud(state, await _load(state, manager))

    assert (state.checklist.left, state.checklist.tasks) == ("", [])
    assert (first, shell.said) == ("Nothing is left. You can close this case now.", "")


async def test_outcome_and_note_are_asked_for_and_then_the_case_is_closed(tab_of, office):
    """B34, S28."""
    tab = await opened(tab_of, office.manager, office)

    await tab.do(CloseCase.close, {"outcome": "forged", "note": " "})
    refused = await tab.state(CloseCase)
    problems, title = refused.problems, refused.tab_title
    await tab.do(CloseCase.close, {"outcome": "Resolved", "note": "The owner took it down."})

    assert [(each.target, each.text) for each in problems.summary] == [
        ("f-outcome", "Select the outcome of the case."),
        ("f-note", "Enter a note about how the case ended."),
    ]
    assert title == f"Error: Close case - {office.reference} - Case tasks"
    assert (status(office), tab.redirects) == ("closed", [f"/cases/{office.reference}"])
    await tab.open(f"/cases/{office.reference}")
    assert (await tab.notice()).title == f"Case {office.reference} closed."
    # The page that is moved to has the focus on its heading.
    assert (await tab.state(Shell)).notice_focus == 0


@pytest.mark.parametrize(
    ("who", "title", "text"),
    [
        ("other_manager", "Close case {}", "Only the case manager can close this case. Case manager: Priya Shah."),
        ("tom", "You cannot open this case", "Only people working on the case can see it. Case manager: Priya Shah."),
    ],
)
async def test_only_the_case_manager_closes(tab_of, office, who, title, text):
    person = getattr(office, who)
    tab = await opened(tab_of, person, office)

    await tab.do(CloseCase.close, {"outcome": "Resolved", "note": "x"})

    state = await tab.state(CloseCase)
    assert (state.refusal.title, state.refusal.text) == (title.format(office.reference), text)
    assert state.checklist == ShownChecklist()
    assert status(office) == "open"


async def test_a_closed_case_cannot_be_closed_again(tab_of, office):
    tab, again = await opened(tab_of, office.manager, office), await opened(tab_of, office.manager, office)
    await tab.do(CloseCase.close, {"outcome": "Resolved", "note": "Done."})

    await again.do(CloseCase.close, {"outcome": "Duplicate", "note": "Twice."})
    await tab.open(f"/cases/{office.reference}/close")

    assert (await again.notice()).title == "This case is closed already."
    assert (await tab.state(CloseCase)).refusal.text == "This case is closed already."
