"""All tasks that match, on every page: what a press does to them, to how many at most, and what it says."""

import pytest
from sqlmodel import col, select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Task, TaskStatus
from casetasks_app.tasks import bulk, hold
from casetasks_app.web import list_messages
from casetasks_app.web.pages.case_tasks import arranging, following
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.my_work.state import MyWork
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        return an_office(session, ask_description=True)


def tasks(office: Office, *descriptions: str) -> list[int]:
    with unit_of_work() as session:
        return [a_task(session, office, now=clock.now(), description=each).task_id for each in descriptions]


async def test_all_that_match_at_that_moment_are_claimed_on_every_page(tab_of, office):
    """B18."""
    tasks(office, *(f"Visit {n}" for n in range(26)), "Menu")
    tab = await tab_of(office.tom.id)
    await tab.open("/my-work?view=claim&q=visit")
    shown = await tab.state(MyWork)
    before = (shown.frame.total, sum(len(group.rows) for group in shown.groups))
    (late,) = tasks(office, "Visit late")
    with unit_of_work() as session:
        hold.claim(session, task_id=late, actor=actor(session, office.ana), now=clock.now())
    tasks(office, "Visit later")

    await tab.do(MyWork.with_all, "claim")

    notice, shown = await tab.notice(), await tab.state(MyWork)
    assert before == (26, 25)
    assert (notice.title, notice.text, notice.kind) == ("27 tasks claimed.", "", "success")
    assert (shown.selection_seq, shown.nothing.fact) == (1, "0 results for ‘visit’ in To claim.")


async def test_all_of_a_case_are_assigned_and_those_that_were_not_are_named(tab_of, office):
    """B22, S39."""
    first, *_ = tasks(office, *(f"Visit {n}" for n in range(27)), "Menu")
    tab = await tab_of(office.manager.id)
    await tab.open(f"/cases/{office.reference}/tasks?q=visit")

    await tab.do(CaseTasks.with_all, "assign")
    asked = await tab.state(CaseTasks)
    with unit_of_work() as session:
        tom = next(each for each in asked.recipients if each.label == "Tom Ellis")
        hold.claim(session, task_id=first, actor=actor(session, office.tom), now=clock.now())
    await tab.do(CaseTasks.assign_picked, {"to": tom.value})

    notice = await tab.notice()
    assert (asked.assigning, asked.frame.total) == ("Assign 27 tasks", 27)
    assert (notice.title, notice.kind) == ("26 tasks assigned to Tom Ellis.", "warning")
    assert notice.text.startswith(f"1 was not. Task {office.reference}/1: ")


async def test_what_is_folded_away_is_among_all_for_verbs_and_file_alike_and_is_said_to_be(tab_of, office):
    """B22; decision 0060."""
    ids = tasks(office, *(f"Visit {n}" for n in range(8)))
    with unit_of_work() as session:
        for each in session.exec(select(Task).where(col(Task.id).in_(ids[:6]))):
            each.status, each.ended_at = TaskStatus.CANCELLED, clock.now()
    tab = await tab_of(office.manager.id)
    await tab.open(f"/cases/{office.reference}/tasks")
    shown = await tab.state(CaseTasks)
    assert (len(shown.open_tasks), shown.over_tasks, shown.frame.total) == (2, [], 8)
    assert shown.frame.aside == ", 6 closed and cancelled ones included"

    await tab.do(CaseTasks.with_all, "assign")

    assert (await tab.state(CaseTasks)).assigning == "Assign 8 tasks"
    found = await following.read(office.reference, tab_actor(office))
    assert len(arranging.exported(found, {})) == 8
    await tab.open(f"/cases/{office.reference}/tasks?show=all")
    assert ((await tab.state(CaseTasks)).frame.total, (await tab.state(CaseTasks)).frame.aside) == (8, "")


def tab_actor(office):
    with unit_of_work.read() as session:
        return actor(session, office.manager)


async def test_one_press_takes_no_more_than_its_limit_and_says_so(tab_of, office, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 3)
    tasks(office, *(f"Visit {n}" for n in range(5)))
    tab = await tab_of(office.tom.id)
    await tab.open("/my-work?view=claim")

    await tab.do(MyWork.with_all, "claim")
    first = await tab.notice()
    await tab.do(MyWork.with_all, "claim")

    assert (first.title, first.kind) == ("3 tasks claimed.", "warning")
    assert first.text == "Only the first 3 that match were taken. Select all again for the others."
    assert ((await tab.notice()).title, (await tab.notice()).text) == ("2 tasks claimed.", "")


async def test_nobody_touches_by_all_what_their_list_does_not_show(tab_of, office):
    """S43."""
    tasks(office, "Visit")
    tab = await tab_of(office.stranger.id)
    await tab.open("/my-work?view=claim")

    await tab.do(MyWork.with_all, "claim")

    assert (await tab.notice()).title == "Select at least one task."


def test_of_many_refusals_the_first_are_told_and_the_others_counted():
    title, text = list_messages.bulk_result(130, "claimed", [(f"HSG-1/{n}", "It is over.") for n in range(12)])

    assert title == "130 tasks claimed."
    assert text.startswith("12 were not. Task HSG-1/0: It is over. ")
    assert text.endswith("Task HSG-1/9: It is over. And 2 more.")
