"""What becomes of a creation dialog: one task however often it is asked for, drafts that last, refusals that keep what was typed."""

from sqlmodel import Session, col, select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, CaseStatus, CreationDraft, StoredFile, TaskTypeTeam
from casetasks_app.tasks import drafts
from casetasks_app.web.pages.case_tasks.creation.fields_state import CreationFields
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from tests.factories import a_task_type, actor
from tests.states.answering import answer, change, dialog_of, filled, href, office, tasks_of

__all__ = ["office"]


async def test_pressing_twice_creates_one_task(tab_of, office):
    """B10."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office)

    await tab.do(Creation.create, "reviewed")
    await tab.do(Creation.create, "reviewed")
    await tab.open(tab.redirects[-1])

    assert [task.number for task in tasks_of(office)] == [1]
    assert tab.redirects[-2:] == [f"/cases/{office.reference}/tasks"] * 2
    assert (await tab.notice()).title == f"Task 1 created: {office.task_type.name}."


async def test_a_half_filled_dialog_survives_everything_but_being_thrown_away(tab_of, office):
    """B11: a new tab of a new sign-in goes on where the other one stopped."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "details")
    key = (await tab.state(Creation)).shown.draft
    await tab.do(Creation.keep, {"step": "details", "draft": key, "description": "Half a thought", "summary": "Look at it."})

    other = await tab_of(office.manager.id)
    await other.open(f"/cases/{office.reference}/tasks")
    line = (await other.state(CaseTasks)).draft
    await other.open((await other.state(CaseTasks)).draft_href)
    there = (await other.state(Creation)).shown
    await other.do(CaseTasks.discard)

    assert line.startswith(f"You have a draft task: {office.task_type.name}, saved ")
    assert (there.step, there.details.description, there.details.is_summary_changed) == ("details", "Half a thought", False)
    assert (await other.state(CaseTasks)).draft == ""


async def test_an_address_without_its_answers_leads_to_the_first_question(tab_of, office):
    with unit_of_work() as session:
        a_task_type(session, office.case_type, office.officers)
    tab = await dialog_of(tab_of, office, "targets")

    await tab.open(tab.redirects[-1])

    assert tab.redirects == [href(office, "type")]
    assert (await tab.state(Creation)).hint == "Start by choosing the type."


async def test_an_old_address_after_creating_says_that_it_was_created(tab_of, office):
    """B10, B11: browser Back after creation."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office)
    await tab.do(Creation.create, "reviewed")

    await tab.open(href(office, "review"))
    await tab.open(tab.redirects[-1])

    assert not (await tab.state(Creation)).is_open
    assert (await tab.notice()).title == "That task was created: task 1."
    assert len(tasks_of(office)) == 1


async def test_a_team_that_left_the_configuration_is_asked_for_again(tab_of, office):
    """B4: what is still allowed stays."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "details")
    with unit_of_work() as session:
        session.delete(session.exec(select(TaskTypeTeam).where(TaskTypeTeam.team_id == office.officers.id)).one())
    change(office)

    await answer(tab, office, "details", description="", summary="")

    creation = await tab.state(Creation)
    assert creation.shown.step == "assignment"
    assert creation.changed.startswith(f"The set-up of “{office.task_type.name}” changed at ")
    assert creation.refused["team"] == "This team can no longer do this type of task. Select another team."


async def test_a_set_up_that_changed_under_the_review_is_shown_before_anything_is_created(tab_of, office):
    tab = await dialog_of(tab_of, office)
    await filled(tab, office)
    change(office, default_summary="Look twice.")

    await tab.do(Creation.create, "reviewed")
    first, said = tasks_of(office), (await tab.state(Creation)).changed
    await tab.do(Creation.create, "reviewed")

    assert first == []
    assert said.endswith("Check the task, then create it.")
    assert tasks_of(office)[0].summary == "Look twice."


async def test_a_case_closed_meanwhile_refuses_in_the_dialog_and_keeps_the_draft(tab_of, office):
    """B2."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "details")
    with unit_of_work() as session:
        case = session.get_one(Case, office.case_id)
        case.status, case.closed_at, case.closed_by_id = CaseStatus.CLOSED, clock.now(), office.other_manager.id

    await answer(tab, office, "details", description="Typed in vain", summary="")

    creation = await tab.state(Creation)
    assert creation.blocked.startswith(f"{office.reference} was closed by Omar Reid at ")
    assert creation.unsent == "Typed in vain"
    with unit_of_work.read() as session:
        assert session.exec(select(CreationDraft)).one()


async def test_nobody_but_the_case_manager_gets_the_dialog_or_a_draft(tab_of, office):
    """B2: the other manager of the type is told who can, and a forged event keeps nothing."""
    tab = await tab_of(office.other_manager.id)
    await tab.open(href(office, "type"))

    creation = await tab.state(Creation)
    creation._case = creation._case.__class__(office.case_id, office.reference, "")
    await tab.do(Creation.keep, {"step": "type", "draft": "", "task_type": str(office.task_type.id)})

    assert not creation.is_open
    assert (await tab.state(CaseTasks)).why_not == "Only Priya Shah, the case manager, can create tasks on this case."
    with unit_of_work.read() as session:
        assert session.exec(select(CreationDraft)).first() is None


async def test_files_uploaded_in_the_dialog_go_with_the_task_and_the_ones_removed_do_not(tab_of, office):
    """S52, B6."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "details")
    key = (await tab.state(Creation)).shown.draft
    with unit_of_work() as session:
        for name in ("plan", "photo"):
            _an_upload(session, name, key, office.manager.id)
    await tab.do(CreationFields.uploaded, "new_files", {"file_id": "plan"})
    uploads = [file.name for file in (await tab.state(Creation)).shown.details.uploads]

    await tab.do(CreationFields.removed, "new_files", "photo")
    await answer(tab, office, "details", description="", summary="")
    await answer(tab, office, "targets", target="none")
    await tab.do(Creation.create, "reviewed")

    with unit_of_work.read() as session:
        kept = {
            file.id: (file.case_id, file.draft_key) for file in session.exec(select(StoredFile).where(col(StoredFile.removed_at).is_(None)))
        }
    assert sorted(uploads) == ["photo.pdf", "plan.pdf"]
    assert kept == {"plan": (office.case_id, None)}


async def test_create_and_add_another_begins_with_an_empty_dialog(tab_of, office):
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, description="Only once")

    await tab.do(Creation.create, "another")
    await tab.open(tab.redirects[-1])

    creation = await tab.state(Creation)
    assert (creation.shown.step, creation.is_open) == ("type", True)
    assert creation.hint.startswith("Task 1 created: ")
    with unit_of_work.read() as session:
        draft = drafts.find(session, case_id=office.case_id, actor=actor(session, office.manager))
    assert draft is None or "description" not in draft.answers


def _an_upload(session: Session, name: str, key: str, person_id: int | None) -> None:
    file = StoredFile(
        id=name,
        draft_key=key,
        name=f"{name}.pdf",
        media_type="application/pdf",
        size=1,
        sha256="",
        added_by_id=person_id,
        added_at=clock.now(),
    )
    session.add(file)
