"""The task page: what each person sees of a task, and what answering it does."""

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import ProcessJob, Task, TaskStep
from casetasks_app.tasks import hold
from casetasks_app.web.pages.task.form_state import TaskForm
from casetasks_app.web.pages.task.repair_state import TaskRepair
from casetasks_app.web.pages.task.state import TaskView, arrange, load
from tests.factories import Office, a_task, a_task_type, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    """Give an office whose one task type is a standard task with everything switched on."""
    assert database
    with unit_of_work() as session:
        return an_office(
            session,
            is_cancellable=True,
            allow_override=True,
            ask_description=True,
            ask_summary=True,
            ask_case_details=True,
            target_amount=2,
        )


def given(office: Office, **wanted: object) -> str:
    """Create a task and return its address."""
    with unit_of_work() as session:
        made = a_task(session, office, **wanted)
    return f"/cases/{office.reference}/tasks/{made.number}"


def an_approval(office: Office, **wanted: object) -> str:
    """Create an approval and return its address."""
    with unit_of_work() as session:
        kind = a_task_type(session, office.case_type, office.officers, plugin="approval", name="Approval")
    return given(office, task_type_id=kind.id, **wanted)


async def answers(tab, **typed: object) -> dict[str, object]:
    """Return what the browser would send from the form that is drawn."""
    return {"of": (await tab.state(TaskView)).form.mark, **typed}


async def test_the_person_who_has_it_completes_it_and_is_led_on(tab_of, office: Office):
    """B19, B20, S8: the plugin's own form, its answer on the button, then the next task."""
    address, other = given(office, assignee_id=office.tom.id), given(office, assignee_id=office.tom.id, description="Measure the wall")
    tab = await tab_of(office.tom.id)
    await tab.open(address)
    drawn = [field.label for field in (await tab.state(TaskView)).fields]

    await tab.do(TaskForm.keep_draft, await answers(tab, outcome="Done", note=""))
    button = (await tab.state(TaskView)).form.button
    await tab.do(TaskForm.send, await answers(tab, outcome="Done", note="All well."))

    notice = await tab.notice()
    assert drawn == ["Outcome", "Note for the case manager (optional)", "Attachments (optional)"]
    assert button == "Complete task: Done"
    assert notice.title.startswith(f"Task {office.reference}/1 closed at ")
    assert [link.href for link in notice.links] == [other]
    assert tab.redirects == ["/my-work"]


async def test_what_is_refused_is_said_beside_its_question_and_stays_typed(tab_of, office: Office):
    """B19."""
    address = given(office, assignee_id=office.tom.id)
    tab = await tab_of(office.tom.id)
    await tab.open(address)

    await tab.do(TaskForm.send, await answers(tab, note="Half a sentence"))

    view = await tab.state(TaskView)
    assert [(error.target, error.text) for error in view.errors] == [("f-outcome", "Select an outcome.")]
    assert view.errors_seq == 1
    assert {field.name: (field.error, field.value) for field in view.fields}["outcome"][0] == "Select an outcome."
    assert {field.name: field.value for field in view.fields}["note"] == "Half a sentence"


async def test_a_draft_is_there_again_in_another_tab(tab_of, office: Office):
    """B19: nothing typed lives in one tab alone."""
    address = given(office, assignee_id=office.tom.id)
    tab = await tab_of(office.tom.id)
    await tab.open(address)
    await tab.do(TaskForm.keep_draft, await answers(tab, note="The gate was locked"))

    other = await tab_of(office.tom.id)
    await other.open(address)

    view = await other.state(TaskView)
    assert {field.name: field.value for field in view.fields}["note"] == "The gate was locked"
    assert view.form.saved.startswith("Draft saved ")


async def test_late_answers_never_land_in_the_task_opened_since(tab_of, office: Office):
    """B19: a form that is left sends its last words for its own task."""
    first, second = given(office, assignee_id=office.tom.id), given(office, assignee_id=office.tom.id)
    tab = await tab_of(office.tom.id)
    await tab.open(first)
    late = await answers(tab, note="About the first")

    await tab.open(second)
    await tab.do(TaskForm.keep_draft, late)

    assert [field.value for field in (await tab.state(TaskView)).fields if field.name == "note"] == [""]
    await tab.open(first)
    assert [field.value for field in (await tab.state(TaskView)).fields if field.name == "note"] == ["About the first"]


async def test_a_member_sees_a_preview_claims_and_answers(tab_of, office: Office):
    """B18, S42: the questions can be read before, answered only after claiming."""
    tab = await tab_of(office.ana.id)
    await tab.open(given(office))
    before = (await tab.state(TaskView)).form

    await tab.do(TaskView.claim)

    after = (await tab.state(TaskView)).form
    assert (before.is_preview, before.is_mine) == (True, False)
    assert (after.is_preview, after.is_mine) == (False, True)
    assert (await tab.notice()).title == f"You claimed task {office.reference}/1."


async def test_who_claims_too_late_is_told_who_won(tab_of, office: Office):
    """B18."""
    address = given(office)
    slow, fast = await tab_of(office.ana.id), await tab_of(office.tom.id)
    await slow.open(address)
    await fast.open(address)

    await fast.do(TaskView.claim)
    await slow.do(TaskView.claim)

    notice = await slow.notice()
    assert notice.kind == "error"
    assert notice.title.startswith("Tom Ellis claimed this task at ")
    assert (await slow.state(TaskView)).form.is_mine is False


async def test_a_stranger_is_told_nothing_and_a_manager_where_the_tasks_end(tab_of, office: Office):
    """S43: no word about whether the task exists."""
    address = given(office)
    stranger, manager = await tab_of(office.stranger.id), await tab_of(office.manager.id)

    await stranger.open(address)
    await manager.open(f"/cases/{office.reference}/tasks/9")

    assert (await stranger.state(TaskView)).missing.title == "Page not found"
    assert (await stranger.state(TaskView)).task.name == ""
    missing = (await manager.state(TaskView)).missing
    assert (missing.title, missing.text) == (f"There is no task 9 on {office.reference}", "The last task is 1.")


@pytest.mark.parametrize(("shares", "facts"), [(True, ["Title"]), (False, [])])
async def test_case_details_are_seen_only_if_shared(tab_of, office: Office, shares: bool, facts: list[str]):
    """S53, S54, S55: the customised summary is what the task's person reads."""
    address = given(office, assignee_id=office.tom.id, shares_case_details=shares, description="Look at the roof", summary="Take a ladder.")
    tab = await tab_of(office.tom.id)

    await tab.open(address)

    view = await tab.state(TaskView)
    assert [fact.label for fact in view.case_facts] == facts
    assert (view.heading, view.task.summary) == ("Look at the roof", "Take a ladder.")
    assert view.task.ask == ("" if shares else "Priya Shah")
    assert view.bar.title == ""


async def test_the_view_changes_with_each_step_and_differs_by_type(tab_of, office: Office):
    """S25, S26, S24, B20: what View shows is the plugin's, and follows what was answered."""
    standard, approval = given(office, assignee_id=office.tom.id), an_approval(office, assignee_id=office.tom.id)
    looking, doing = await tab_of(office.manager.id), await tab_of(office.tom.id)
    seen = []
    for address in (standard, approval):
        await looking.open(address)
        seen.append([block.text for block in (await looking.state(TaskView)).blocks])

    await doing.open(approval)
    await doing.do(TaskForm.send, await answers(doing, decision="reject", reason="No plan."))
    await looking.open(approval)

    view = await looking.state(TaskView)
    assert seen == [["Not started."], ["Not decided yet"]]
    assert view.blocks[0].text == "Do not agree"
    assert view.process == ["Decide: done", "Revise or withdraw: open now"]
    assert view.form.position == "Step 2 of the process: Revise or withdraw"


async def test_a_question_appears_when_its_answer_is_needed(tab_of, office: Office):
    """B19: conditional questions are worked out on the server."""
    tab = await tab_of(office.tom.id)
    await tab.open(an_approval(office, assignee_id=office.tom.id))
    await tab.do(TaskForm.keep_draft, await answers(tab, decision="approve"))
    few = [field.name for field in (await tab.state(TaskView)).fields]

    await tab.do(TaskForm.keep_draft, await answers(tab, decision="approve_with_conditions"))

    assert few == ["decision"]
    assert [field.name for field in (await tab.state(TaskView)).fields] == ["decision", "conditions", "reason"]


async def test_a_step_that_comes_again_starts_with_its_last_answers(tab_of, office: Office):
    """B20, S25: claimed from a team, refused, asked again: it returns to the same person."""
    address = an_approval(office)
    tom, priya = await tab_of(office.tom.id), await tab_of(office.manager.id)
    await tom.open(address)
    await tom.do(TaskView.claim)
    await tom.do(TaskForm.send, await answers(tom, decision="reject", reason="No plan."))

    await priya.open(address)
    await priya.do(TaskForm.send, await answers(priya, action="resubmit", reply="The plan is there now."))
    await tom.open(address)

    view = await tom.state(TaskView)
    assert view.form.is_mine
    assert view.shows_summary
    assert {field.name: field.value for field in view.fields} == {"decision": "reject", "reason": "No plan."}


async def test_what_others_do_leaves_the_form_alone(tab_of, office: Office):
    """2.23 of the screens: facts in place, the form never overwritten."""
    tab = await tab_of(office.tom.id)
    await tab.open(given(office, assignee_id=office.tom.id))
    view = await tab.state(TaskView)
    view._answers = {"note": "typed, not yet saved"}
    drawn = list(view.fields)
    with unit_of_work() as session:
        task = session.get_one(Task, 1)
        task.description = "Renamed meanwhile"
        who = actor(session, office.tom)

    arrange(view, await load(view, who))

    assert view.heading == "Renamed meanwhile"
    assert (list(view.fields), view._answers, view.moved) == (drawn, {"note": "typed, not yet saved"}, False)


async def test_a_task_taken_away_while_it_is_written_says_so(tab_of, office: Office):
    """B22: reassigned by the case manager; the page tells and offers nothing to send."""
    tab = await tab_of(office.tom.id)
    await tab.open(given(office, assignee_id=office.tom.id))
    view = await tab.state(TaskView)
    with unit_of_work() as session:
        to = hold.Recipient(office.officers.id, office.ana.id)
        hold.reassign(session, task_id=1, to=to, actor=actor(session, office.manager), now=clock.now())
        who = actor(session, office.manager)

    arrange(view, await load(view, who))

    assert view.moved
    assert view.form.is_mine is False
    assert view.task.standing == "Ana Ruiz has this task."


async def test_a_closed_task_shows_how_it_ended_and_no_form(tab_of, office: Office):
    """B24, S19."""
    address = given(office, assignee_id=office.tom.id)
    with unit_of_work() as session:
        step = session.get_one(TaskStep, 1)
        who = actor(session, office.tom)
        complete.complete_step(session, task_id=1, step_id=step.id or 0, answers={"outcome": "Done"}, actor=who, now=clock.now())
    tab = await tab_of(office.tom.id)

    await tab.open(address)

    view = await tab.state(TaskView)
    assert view.task.ended.startswith("Closed by Tom Ellis, today")
    assert (view.form.is_mine, view.fields, view.task.release_href) == (False, [], "")


async def test_the_case_manager_is_told_that_a_process_has_come_to_a_halt_and_has_it_tried_again(tab_of, office: Office):
    """Only case managers are told why; the person who has the task sees the rest of it."""
    address = given(office, assignee_id=office.tom.id)
    with unit_of_work() as session:
        task = session.exec(select(Task)).one()
        session.add(
            ProcessJob(task_id=task.id or 0, job_id="1", name="send", topic="send", try_at=clock.now(), is_dead=True, last_error="Why.")
        )
    manager, tom = await tab_of(office.manager.id), await tab_of(office.tom.id)
    for tab in (manager, tom):
        await tab.open(address)
    told = (await manager.state(TaskView)).troubles
    assert (told, (await tom.state(TaskView)).troubles) == (["“send” could not be done. Why."], [])

    await manager.do(TaskRepair.try_again)

    assert (await manager.state(TaskView)).troubles == []
    with unit_of_work.read() as session:
        assert not session.exec(select(ProcessJob)).one().is_dead
