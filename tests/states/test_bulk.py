"""Several tasks of a list at once: one message about all of them, and a list that holds still meanwhile."""

import pytest

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.tasks import hold
from casetasks_app.web.pages.case_tasks import following
from casetasks_app.web.pages.case_tasks.state import CaseTasks, load
from casetasks_app.web.pages.my_work.state import MyWork
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        return an_office(session)


def created(office: Office, count: int) -> list[int]:
    with unit_of_work() as session:
        return [a_task(session, office, now=clock.now()).task_id for _ in range(count)]


def claimed(person, task_id: int) -> None:
    with unit_of_work() as session:
        hold.claim(session, task_id=task_id, actor=actor(session, person), now=clock.now())


async def test_what_is_ticked_is_claimed_and_one_message_says_what_was_not(tab_of, office):
    """B18, S42."""
    tasks = created(office, 3)
    tab = await tab_of(office.tom.id)
    await tab.open("/my-work?view=claim")
    claimed(office.ana, tasks[1])

    await tab.do(MyWork.with_picked, "claim", tasks)

    notice, shown = await tab.notice(), await tab.state(MyWork)
    assert notice.title == "2 tasks claimed."
    assert notice.text.startswith(f"1 was not. Task {office.reference}/2: Ana Ruiz claimed this task at ")
    assert (notice.kind, shown.selection_seq, shown.groups) == ("warning", 1, [])


async def test_with_nothing_ticked_it_is_said(tab_of, office):
    tab = await tab_of(office.tom.id)
    await tab.open("/my-work?view=claim")

    await tab.do(MyWork.with_picked, "claim", [])

    assert (await tab.notice()).title == "Select at least one task."


async def test_ticked_tasks_are_assigned_to_somebody_who_was_offered(tab_of, office):
    """B22, S39."""
    tasks = created(office, 2)
    tab = await tab_of(office.manager.id)
    await tab.open(f"/cases/{office.reference}/tasks")

    await tab.do(CaseTasks.with_picked, "assign", tasks)
    asked = await tab.state(CaseTasks)
    names = [option.label for option in asked.recipients]
    await tab.do(CaseTasks.assign_picked, {"to": "77"})
    refused = asked.assign_error
    await tab.do(CaseTasks.assign_picked, {"to": str(names.index("Ana Ruiz"))})

    shown = await tab.state(CaseTasks)
    assert (asked.assigning, refused) == ("Assign 2 tasks", "Select who to assign the task to.")
    assert (await tab.notice()).title == "2 tasks assigned to Ana Ruiz."
    assert ([row.holder for row in shown.open_tasks], shown.is_assigning) == (["Ana Ruiz", "Ana Ruiz"], False)


async def test_somebody_who_may_not_assign_is_refused(tab_of, office):
    """B22."""
    tasks = created(office, 1)
    tab = await tab_of(office.stranger.id)
    await tab.open("/my-work")

    await tab.do(MyWork.with_picked, "assign", tasks)
    await tab.do(MyWork.assign_picked, {"to": "0"})

    assert not (await tab.state(MyWork)).is_assigning
    assert (await tab.state(MyWork)).assign_error == "Select who to assign the task to."


async def test_the_list_holds_still_while_something_is_ticked(tab_of, office):
    tasks = created(office, 2)
    tab = await tab_of(office.manager.id)
    await tab.open(f"/cases/{office.reference}/tasks")
    await tab.do(CaseTasks.selecting, True)
    claimed(office.ana, tasks[0])
    with unit_of_work.read() as session:
        manager = actor(session, office.manager)

    state = await tab.state(CaseTasks)
    following.take_in(state, following.seen(await load(state, manager)))
    held, pill = state.open_tasks[0].holder, state.pill
    await tab.do(CaseTasks.selecting, False)
    await tab.do(CaseTasks.show_updates)

    assert (held, pill) == ("Planning officers", "1 update - show")
    assert (await tab.state(CaseTasks)).open_tasks[0].holder == "Ana Ruiz"


async def test_who_loses_the_race_on_the_tab_is_told_in_the_row_and_claims_the_next_one(tab_of, office):
    """B18."""
    tasks = created(office, 2)
    tab = await tab_of(office.tom.id)
    await tab.open(f"/cases/{office.reference}/tasks")
    claimed(office.ana, tasks[0])

    await tab.do(CaseTasks.claim, tasks[0])
    lost = (await tab.state(CaseTasks)).open_tasks[0].lost
    await tab.do(CaseTasks.claim_next)

    assert lost.startswith("Ana Ruiz claimed this task at ")
    assert (await tab.notice()).title == f"You claimed task {office.reference}/2."
