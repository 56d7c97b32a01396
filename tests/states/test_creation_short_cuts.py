"""The creation dialog's short cuts: everything on one page, a task for oneself, taking a creation back."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from casetasks_app import clock, moments
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import HistoryEntry, Membership, TaskStatus, TaskStep
from casetasks_app.tasks import hold
from casetasks_app.tasks.target import Preview
from casetasks_app.web.pages.case_tasks.creation import words
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from tests.factories import actor
from tests.states.answering import answer, change, dialog_of, filled, href, office, tasks_of

__all__ = ["office"]

PARTS = "assignment,details,targets"


async def page_of(tab_of, office, **given: object):
    """Open the one page with its type chosen and some of its questions answered."""
    tab = await dialog_of(tab_of, office, "all")
    await tab.do(Creation.keep, {"step": "all", "draft": (await tab.state(Creation)).shown.draft, "task_type": str(office.task_type.id)})
    return tab, {"task_type": str(office.task_type.id), "drawn": PARTS, **given}


async def finish(tab, sent: dict[str, object]) -> None:
    await tab.do(Creation.finish, {"step": "all", "draft": (await tab.state(Creation)).shown.draft, **sent})


def everything(office, **changes: object) -> dict[str, object]:
    given = {"team": str(office.officers.id), "person": str(office.tom.id), "description": "Look at the roof", "target": "custom"}
    return {**given, "amount": "3", "unit": "days", "summary": "", **changes}


async def test_one_page_asks_what_the_steps_ask_and_creates_the_same_task(tab_of, office):
    """S29, B4, B5, B7, B8."""
    tab, sent = await page_of(tab_of, office, **everything(office))
    shown = (await tab.state(Creation)).shown

    await finish(tab, sent)

    (task,) = tasks_of(office)
    assert (shown.asks, shown.drawn) == (["assignment", "details", "targets"], PARTS)
    assert (task.description, task.assignee_id, task.target_amount) == ("Look at the roof", office.tom.id, 3)
    assert tab.redirects[-1] == f"/cases/{office.reference}/tasks"


async def test_every_problem_of_the_page_is_said_at_once_and_nothing_is_lost(tab_of, office):
    tab, sent = await page_of(tab_of, office, **everything(office, team="", amount="many", description="x" * 121))

    await finish(tab, sent)

    creation = await tab.state(Creation)
    assert [each.text for each in creation.errors] == [
        "Select a team.",
        "Task name must be 120 characters or less.",
        "Number must be a whole number, like 5. For half a day, use hours.",
    ]
    assert creation.title.startswith("Error: Create a task - ")
    assert (creation.shown.step, creation.shown.details.description) == ("all", "x" * 121)
    assert tasks_of(office) == []


async def test_pressed_twice_the_page_creates_one_task(tab_of, office):
    """B10."""
    tab, sent = await page_of(tab_of, office, **everything(office))
    key = (await tab.state(Creation)).shown.draft

    await tab.do(Creation.finish, {"step": "all", "draft": key, **sent})
    await tab.do(Creation.finish, {"step": "all", "draft": key, **sent})

    assert len(tasks_of(office)) == 1


async def test_another_type_is_not_given_the_answers_to_questions_it_was_not_asked(tab_of, office):
    tab, sent = await page_of(tab_of, office)
    shown = (await tab.state(Creation)).shown

    await tab.do(Creation.keep, {"step": "all", "draft": shown.draft, **sent, "task_type": "", "description": "Not for this"})

    assert (await tab.state(Creation)).shown.asks == []
    await tab.do(Creation.keep, {"step": "all", "draft": (await tab.state(Creation)).shown.draft, **sent, "team": ""})
    assert (await tab.state(Creation)).shown.details.is_description_changed is False


async def test_who_likes_one_page_is_asked_so_from_then_on(tab_of, office):
    tab = await dialog_of(tab_of, office)

    await tab.do(Creation.ask, True)

    assert tab.redirects[-1] == href(office, "all")
    again = await dialog_of(tab_of, office)
    assert again.redirects[-1] == href(office, "all")
    assert (await again.state(Creation)).first_href == href(office, "all")
    await again.do(Creation.ask, False)
    assert (await dialog_of(tab_of, office)).redirects == []


async def test_a_task_for_oneself_is_created_and_opened(tab_of, office):
    """S4, S46: assigned to me in a team I am in, with the usual answers for the rest."""
    with unit_of_work() as session:
        session.add(Membership(team_id=office.officers.id or 0, person_id=office.manager.id or 0))
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "assignment")
    await tab.open(href(office, "type"))
    may = (await tab.state(Creation)).shown.can_do_now

    await tab.do(Creation.create, "mine")

    (task,) = tasks_of(office)
    assert may
    assert (task.assignee_id, task.team_id, task.target_amount) == (office.manager.id, office.officers.id, 2)
    assert tab.redirects[-1] == f"/cases/{office.reference}/tasks/{task.number}"


async def test_who_is_in_no_team_of_the_type_cannot_take_the_task(tab_of, office):
    """B4: neither offered nor taken from a forged event."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "assignment")

    await tab.do(Creation.create, "mine")

    creation = await tab.state(Creation)
    assert not creation.shown.can_do_now
    assert creation.blocked == "You are in none of the teams that can do this type of task."
    assert tasks_of(office) == []


async def created(tab_of, office, **settings: object):
    change(office, is_cancellable=True, **settings)
    tab = await dialog_of(tab_of, office)
    await filled(tab, office)
    await tab.do(Creation.create, "reviewed")
    await tab.open(tab.redirects[-1])
    return tab


async def test_a_task_just_created_is_taken_back_with_its_reason_on_record(tab_of, office):
    """B25, B28."""
    tab = await created(tab_of, office)
    offered = (await tab.state(Creation)).undo_label

    await tab.do(Creation.undo)

    (task,) = tasks_of(office)
    assert offered == "task 1"
    assert (task.status, task.cancel_reason) == (TaskStatus.CANCELLED, "Created by mistake")
    assert (await tab.notice()).title == "Task 1 is cancelled: it was created by mistake."
    assert (await tab.state(Creation)).undo_label == ""
    with unit_of_work.read() as session:
        assert session.exec(select(HistoryEntry.is_private).order_by(col(HistoryEntry.id).desc())).first()


async def test_a_task_that_somebody_has_claimed_is_not_taken_back(tab_of, office):
    tab = await created(tab_of, office)
    (task,) = tasks_of(office)
    with unit_of_work() as session:
        hold.claim(session, task_id=task.id, actor=actor(session, office.tom), now=clock.now())

    await tab.do(Creation.undo)

    assert (await tab.notice()).title == "Tom Ellis has already claimed this task."
    with unit_of_work.read() as session:
        assert session.exec(select(TaskStep.assignee_id).where(TaskStep.task_id == task.id)).one() == office.tom.id


async def test_taking_back_is_not_offered_for_a_type_that_cannot_be_cancelled_and_ends_with_the_page(tab_of, office):
    """S71, B25."""
    tab = await created(tab_of, office)
    await tab.open("/my-work")
    await tab.open(f"/cases/{office.reference}/tasks")
    left = (await tab.state(Creation)).undo_label

    change(office, is_cancellable=False)
    await tab.open(href(office, "type"))
    await answer(tab, office, "type", task_type=str(office.task_type.id))
    await filled(tab, office)
    await tab.do(Creation.create, "reviewed")
    await tab.open(tab.redirects[-1])

    assert (left, (await tab.state(Creation)).undo_label, len(tasks_of(office))) == ("", "", 2)


async def test_a_target_before_the_usual_one_is_said_to_be(tab_of, office):
    """B7: a note, no error."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "targets")
    key = (await tab.state(Creation)).shown.draft

    await tab.do(Creation.keep, {"step": "targets", "draft": key, "target": "custom", "amount": "1", "unit": "days"})
    early = (await tab.state(Creation)).shown.targets.notes
    await tab.do(Creation.keep, {"step": "targets", "draft": key, "target": "custom", "amount": "9", "unit": "days"})

    assert early[-1] == "Due before the usual target."
    assert "Due before the usual target." not in (await tab.state(Creation)).shown.targets.notes


@pytest.mark.parametrize(
    ("day", "said"), [(20, []), (21, ["That is a Saturday. The target of this task runs round the clock, at weekends too."])]
)
def test_a_target_at_a_weekend_is_said_to_be_one_where_the_clock_never_stops(day: int, said: list[str]):
    at = datetime(2026, 11, day, 12, tzinfo=UTC)
    asked = Preview("1 day", "", at=at, rest_day=moments.weekend_day(at))

    assert words.target_notes(asked, Preview("", "")) == said
