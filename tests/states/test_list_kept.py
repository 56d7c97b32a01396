"""A dialog over the tasks of a case keeps how they are found, filtered, sorted and paged: while it is open and after it."""

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.task.dialog_state import TaskDialog
from tests.factories import a_task
from tests.states.answering import change, href, office

__all__ = ["office"]
LISTED = "q=visit&status=new&sort=target&dir=descending&size=50"


def listed(office, **more) -> str:
    """Return the filtered list with further parameters."""
    return f"/cases/{office.reference}/tasks?{LISTED}" + "".join(f"&{name}={value}" for name, value in more.items())


@pytest.fixture
def with_task(office):
    """Give the case a task that may be cancelled."""
    change(office, is_cancellable=True, allow_override=True)
    with unit_of_work() as session:
        a_task(session, office, description="Visit")


async def test_every_address_of_the_creation_dialog_keeps_the_list(tab_of, office):
    tab = await tab_of(office.manager.id)
    await tab.open(listed(office))
    dialog = await tab.state(Creation)
    assert (dialog.first_href, dialog.close_href) == (listed(office, new="type"), listed(office))

    await tab.open(dialog.first_href)
    await tab.do(Creation.proceed, {"step": "type", "draft": "", "task_type": str(office.task_type.id)})
    await tab.open(tab.redirects[-1])
    shown = (await tab.state(Creation)).shown
    await tab.do(Creation.close)

    assert tab.redirects == [listed(office, new="assignment"), listed(office)]
    assert shown.back_href == listed(office, new="type")
    assert [row.change_href for row in shown.so_far] == [listed(office, new="type")]
    await tab.open(tab.redirects[-1])
    assert (await tab.state(CaseTasks)).draft_href.startswith(listed(office, new=""))


async def test_the_list_behind_the_dialog_stays_filtered(tab_of, office, with_task):
    tab = await tab_of(office.manager.id)

    await tab.open(f"/cases/{office.reference}/tasks?q=nothing&new=type")

    assert (await tab.state(Creation)).is_open
    assert (await tab.state(CaseTasks)).nothing


async def test_a_step_that_cannot_be_shown_leads_to_one_that_can_over_the_same_list(tab_of, office):
    tab = await tab_of(office.manager.id)

    await tab.open(listed(office, new="review"))

    assert tab.redirects == [listed(office, new="type")]


async def test_what_the_list_does_not_know_is_not_carried_along(tab_of, office):
    tab = await tab_of(office.manager.id)

    await tab.open(f"/cases/{office.reference}/tasks?status=%3Cb%3E&sort=colour&path=x&new=type")

    assert (await tab.state(Creation)).close_href == f"/cases/{office.reference}/tasks"
    assert (await tab.state(Creation)).first_href == href(office, "type")


async def test_a_small_dialog_opened_from_the_list_leads_back_to_it(tab_of, office, with_task):
    tab = await tab_of(office.manager.id)
    await tab.open(listed(office))
    tasks = await tab.state(CaseTasks)
    opened = tasks.open_tasks[0].assign_href + tasks.way

    await tab.open(opened)
    assert (await tab.state(TaskDialog)).do == "assign"
    await tab.do(TaskDialog.leave)

    assert tab.redirects == [listed(office)]
    assert (await tab.state(TaskDialog)).do == ""


async def test_what_was_done_in_it_is_said_on_the_list(tab_of, office, with_task):
    tab = await tab_of(office.manager.id)
    await tab.open(listed(office))
    tasks = await tab.state(CaseTasks)
    await tab.open(tasks.open_tasks[0].target_href + tasks.way)

    await tab.do(TaskDialog.change_target, {"kind": "none", "reason": ""})

    assert tab.redirects == [listed(office)]
    await tab.open(tab.redirects[-1])
    assert (await tab.notice()).title == "Task 1 has no target any more."


async def test_a_cancelled_task_is_said_on_the_list_as_it_was(tab_of, office, with_task):
    tab = await tab_of(office.manager.id)
    await tab.open(listed(office))
    tasks = await tab.state(CaseTasks)
    await tab.open(tasks.open_tasks[0].cancel_href + tasks.way)

    await tab.do(TaskDialog.cancel_task, {"reason": "No longer needed", "text": ""})

    assert tab.redirects == [listed(office)]
    await tab.open(tab.redirects[-1])
    assert (await tab.notice()).title == "Task 1 cancelled."


async def test_a_made_up_list_leads_nowhere_else(tab_of, office, with_task):
    tab = await tab_of(office.manager.id)

    await tab.open(f"/cases/{office.reference}/tasks/1?do=assign&list=tasks&path=//evil.example&new=type&q=a")
    await tab.do(TaskDialog.leave)

    assert tab.redirects == [f"/cases/{office.reference}/tasks?q=a"]


async def test_opened_from_the_task_itself_it_leads_back_to_the_task(tab_of, office, with_task):
    tab = await tab_of(office.manager.id)

    await tab.open(f"/cases/{office.reference}/tasks/1?do=assign")
    await tab.do(TaskDialog.leave)

    assert tab.redirects == [f"/cases/{office.reference}/tasks/1"]
