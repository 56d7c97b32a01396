"""The dialogs over a task: assign, release, change target, cancel."""

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import HistoryEntry, Task, TaskStep
from casetasks_app.people import service
from casetasks_app.tasks import hold
from casetasks_app.web.pages.task.dialog_state import TaskDialog
from casetasks_app.web.pages.task.form_state import TaskForm
from casetasks_app.web.pages.task.state import TaskView
from tests.factories import Office, a_person, a_task, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    """Give an office with one task for the team, of a type that can be cancelled and whose target can be changed."""
    assert database
    with unit_of_work() as session:
        office = an_office(session, is_cancellable=True, allow_override=True, target_amount=2)
        a_task(session, office)
    return office


def address(office: Office, do: str = "") -> str:
    """Return the task's address with a dialog over it."""
    return f"/cases/{office.reference}/tasks/1" + (f"?do={do}" if do else "")


def the_task() -> Task:
    """Return the task as the database has it."""
    with unit_of_work() as session:
        return session.get_one(Task, 1)


def claimed_by(office: Office, person: object) -> None:
    """Let somebody claim the task."""
    with unit_of_work() as session:
        hold.claim(session, task_id=1, actor=actor(session, person), now=clock.now())  # pyright: ignore[reportArgumentType]


async def test_assigning_offers_teams_and_people_with_their_load(tab_of, office: Office):
    """B22, S2, S3."""
    tab = await tab_of(office.manager.id)

    await tab.open(address(office, "assign"))

    dialog = await tab.state(TaskDialog)
    assert dialog.do == "assign"
    assert [(each.label, each.hint) for each in dialog.options] == [
        ("Planning officers", "everyone in the team (3 people)"),
        ("Ana Ruiz", "Planning officers. 0 open"),
        ("Mia Lead", "Planning officers. 0 open"),
        ("Tom Ellis", "Planning officers. 0 open"),
    ]


async def test_people_are_found_with_or_without_their_accents(tab_of, office: Office):
    """Section 2.0.11: Find ignores case and accents."""
    with unit_of_work() as session:
        service.join(session, person_id=a_person(session, "Zoë Müller").id or 0, team_id=office.officers.id or 0)
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "assign"))

    for typed in ("zoe", "MULLER zoë", "Müller", "muller planning"):
        await tab.do(TaskDialog.find, typed)
        assert [each.label for each in (await tab.state(TaskDialog)).options] == ["Zoë Müller"], typed


async def test_an_assigned_task_says_who_was_emailed(tab_of, office: Office):
    """B22, S46."""
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "assign"))

    await tab.do(TaskDialog.assign, {"to": f"{office.officers.id}-{office.ana.id}", "message": "Could you?"})

    await tab.open(tab.redirects[-1])
    assert (await tab.notice()).title == "Task 1 assigned to Ana Ruiz."
    assert (await tab.notice()).text == "Ana Ruiz was emailed."
    assert tab.redirects == [address(office)]
    assert the_task().assignee_id == office.ana.id


async def test_nobody_chosen_is_said_beside_the_question(tab_of, office: Office):
    """B22: an id the dialog never offered counts as nobody."""
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "assign"))

    await tab.do(TaskDialog.assign, {"to": f"{office.managers.id}-{office.stranger.id}"})

    dialog = await tab.state(TaskDialog)
    assert dialog.said == {"to": "Select who to assign the task to."}
    assert dialog.problems_seq == 1


async def test_a_claim_meanwhile_is_told_before_the_task_is_given_away(tab_of, office: Office):
    """B18, B22: pressing again goes on."""
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "assign"))
    claimed_by(office, office.tom)
    to_ana = {"to": f"{office.officers.id}-{office.ana.id}"}

    await tab.do(TaskDialog.assign, to_ana)
    told, had_it = (await tab.state(TaskDialog)).meanwhile, the_task().assignee_id
    await tab.do(TaskDialog.assign, to_ana)

    assert (told, had_it) == ("This task moved to Tom Ellis while you were choosing.", office.tom.id)
    assert the_task().assignee_id == office.ana.id


async def test_a_released_task_goes_back_to_its_team_with_its_draft(tab_of, office: Office):
    """S90, B18."""
    claimed_by(office, office.tom)
    tab = await tab_of(office.tom.id)
    await tab.open(address(office))
    mark = (await tab.state(TaskView)).form.mark
    await tab.do(TaskForm.keep_draft, {"of": mark, "note": "half"})
    await tab.open(address(office, "release"))
    stays = (await tab.state(TaskDialog)).draft_stays

    await tab.do(TaskDialog.release)

    with unit_of_work() as session:
        step = session.exec(select(TaskStep)).one()
    assert stays
    assert (step.assignee_id, step.is_for_team, (step.draft or {})["note"]) == (None, True, "half")
    await tab.open(tab.redirects[-1])
    assert (await tab.notice()).title == "Task 1 is back with Planning officers for anyone to claim."


async def test_the_target_is_shown_in_words_before_it_is_changed(tab_of, office: Office):
    """B23: with a reason in the history."""
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "target"))
    await tab.do(TaskDialog.look_ahead, {"kind": "custom", "amount": "48h", "unit": "days"})
    ahead = (await tab.state(TaskDialog)).preview

    await tab.do(TaskDialog.change_target, {"kind": "custom", "amount": "5", "unit": "days", "reason": "Waiting for the plan"})

    with unit_of_work() as session:
        entry = session.exec(select(HistoryEntry).where(HistoryEntry.kind == "target_changed")).one()
    assert ahead == "That is Friday 20 November 2026, 12:00."
    assert (the_task().target_amount, entry.details["reason"]) == (5, "Waiting for the plan")
    await tab.open(tab.redirects[-1])
    assert (await tab.notice()).title.startswith("Target of task 1 is now Monday 23 November 2026")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "kind", "Select when it should be done."),
        ({"kind": "custom", "amount": ""}, "amount", "Enter the number of days or hours."),
        ({"kind": "custom", "amount": "1.5"}, "amount", "Number must be a whole number, like 5. For half a day, use hours."),
        ({"kind": "custom", "amount": "400"}, "amount", "Number of days must be between 1 and 365."),
    ],
)
async def test_a_target_that_cannot_be_is_refused_in_words(tab_of, office: Office, typed: dict, field: str, sentence: str):
    """B23, B7."""
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "target"))

    await tab.do(TaskDialog.change_target, typed)

    assert (await tab.state(TaskDialog)).said == {field: sentence}


async def test_cancelling_asks_for_a_reason_and_leads_back_to_the_list(tab_of, office: Office):
    """S73, B26, S74."""
    claimed_by(office, office.tom)
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "cancel"))
    about = {fact.label: fact.value for fact in (await tab.state(TaskDialog)).about}
    await tab.do(TaskDialog.cancel_task, {"text": ""})
    refused = (await tab.state(TaskDialog)).said

    await tab.do(TaskDialog.cancel_task, {"reason": "No longer needed", "text": "The applicant withdrew."})

    task = the_task()
    assert about["Assigned to"] == "Tom Ellis (will be emailed)"
    assert refused == {"reason": "Select why you are cancelling the task."}
    assert (task.status, task.cancel_reason, task.cancel_text) == ("cancelled", "No longer needed", "The applicant withdrew.")
    assert (await tab.notice()).text == "Tom Ellis was emailed. The reason is in the case history."
    assert tab.redirects == [f"/cases/{office.reference}/tasks"]


async def test_a_duplicate_names_the_other_task(tab_of, office: Office):
    """B26."""
    with unit_of_work() as session:
        a_task(session, office)
    tab = await tab_of(office.manager.id)
    await tab.open(address(office, "cancel"))
    await tab.do(TaskDialog.choose_reason, "Duplicate of another task")
    await tab.do(TaskDialog.cancel_task, {"reason": "Duplicate of another task", "duplicate": "", "text": ""})
    refused = (await tab.state(TaskDialog)).said

    await tab.do(TaskDialog.cancel_task, {"reason": "Duplicate of another task", "duplicate": "2", "text": ""})

    assert refused == {"duplicate": "Select the task it duplicates."}
    assert the_task().cancel_text == "Task 2."


@pytest.mark.parametrize("do", ["cancel", "target"])
async def test_who_may_not_is_told_who_may_and_a_forged_press_is_refused(tab_of, office: Office, do: str):
    """B26, B23, S79: a dialog that is not offered does not open from its address."""
    claimed_by(office, office.tom)
    tab = await tab_of(office.tom.id)
    await tab.open(address(office, do))
    told = await tab.notice()

    await tab.do(TaskDialog.cancel_task, {"reason": "No longer needed"})

    assert (await tab.state(TaskDialog)).do == ""
    assert told.title == "Only Priya Shah, the case manager, can do this."
    assert (await tab.notice()).kind == "error"
    assert the_task().status == "new"
