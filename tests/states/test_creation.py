"""The creation dialog’s steps: what each offers and asks, and what Continue makes of it."""

import pytest
from sqlmodel import select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Membership, TaskTypeTeam
from casetasks_app.people import service
from casetasks_app.web.pages.case_tasks.creation.fields_state import CreationFields
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from tests.factories import a_person, a_task_type, an_office
from tests.states.answering import answer, change, dialog_of, filled, href, office, tasks_of

__all__ = ["office"]


async def test_the_first_step_offers_the_usable_types_in_order_and_the_others_with_their_reasons(tab_of, office):
    """S29, S30, S31, S32, S33, B3."""
    change(office, order_index=10)
    with unit_of_work() as session:
        for key, name, order in (("late", "Written report", 9), ("first", "Phone call", -1)):
            a_task_type(session, office.case_type, office.officers, key=key, name=name, order_index=order)
        key = office.task_type.key
        a_task_type(session, office.case_type, office.officers, name="Legal notice", order_index=0, prerequisites=[key])
        an_office(session, name="Elsewhere")

    tab = await dialog_of(tab_of, office)

    shown = (await tab.state(Creation)).shown.type
    name = office.task_type.name
    assert [option.label for option in shown.options] == ["Phone call", "Written report", f"{name} - a visit to the place"]
    assert [(row.label, row.value) for row in shown.unusable] == [("Legal notice", f"first complete “{name}”")]
    assert shown.first == "Select a task type"


async def test_a_type_must_be_chosen(tab_of, office):
    with unit_of_work() as session:
        a_task_type(session, office.case_type, office.officers)
    tab = await dialog_of(tab_of, office)

    await answer(tab, office, "type", task_type="")

    creation = await tab.state(Creation)
    assert [(error.target, error.text) for error in creation.errors] == [("f-task_type", "Select what kind of task it is.")]
    assert creation.title.startswith("Error: Create a task, step 1: Task type - ")
    assert tab.redirects == []


async def test_people_are_offered_once_a_team_is_chosen_and_only_its_members(tab_of, office):
    """S34, S36, S37, S38, S39, B4."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "assignment")
    before = (await tab.state(Creation)).shown.assignment

    shown = (await tab.state(Creation)).shown
    await tab.do(Creation.keep, {"step": "assignment", "draft": shown.draft, "team": str(office.officers.id)})

    after = (await tab.state(Creation)).shown.assignment
    assert [team.label.split(" - ")[0] for team in before.teams] == ["Planning officers", "Enforcement"]
    assert (before.people, before.team) == ([], "")
    assert sorted(person.label for person in after.people) == ["Ana Ruiz", "Anyone in Planning officers", "Mia Lead", "Tom Ellis"]
    assert after.people[0].hint == "They can claim it. All 3 are emailed."


async def test_a_person_is_found_with_or_without_the_accents_of_the_name(tab_of, office):
    """Section 2.0.11: Find ignores case and accents."""
    with unit_of_work() as session:
        service.join(session, person_id=a_person(session, "Zoë Müller").id or 0, team_id=office.officers.id or 0)
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "assignment")
    draft = (await tab.state(Creation)).shown.draft
    await tab.do(Creation.keep, {"step": "assignment", "draft": draft, "team": str(office.officers.id)})

    for typed in ("zoe", "MULLER", "Müller zoë"):
        await tab.do(CreationFields.find, typed)
        people = (await tab.state(Creation)).shown.assignment.people
        assert [person.label for person in people] == ["Anyone in Planning officers", "Zoë Müller"], typed


async def test_another_team_means_another_choice_of_people(tab_of, office):
    """B4."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "assignment")
    key = (await tab.state(Creation)).shown.draft
    await tab.do(Creation.keep, {"step": "assignment", "draft": key, "team": str(office.officers.id)})
    await tab.do(Creation.keep, {"step": "assignment", "draft": key, "team": str(office.officers.id), "person": str(office.tom.id)})

    with unit_of_work.read() as session:
        enforcement = session.exec(select(Membership.team_id).where(Membership.person_id == office.stranger.id)).one()
    await tab.do(Creation.keep, {"step": "assignment", "draft": key, "team": str(enforcement), "person": str(office.tom.id)})

    people = (await tab.state(Creation)).shown.assignment.people
    assert [(person.label, person.is_chosen) for person in people] == [("Anyone in Enforcement", True), ("Sam Else", False)]


async def test_steps_that_the_configuration_does_not_ask_for_are_skipped(tab_of, office):
    """S35, S47, S56, B5."""
    change(office, ask_description=False, ask_summary=False, ask_attachments=False, ask_case_details=False, allow_override=False)
    with unit_of_work() as session:
        own = a_task_type(session, office.case_type, auto_assign=True, ask_summary=True)
    tab = await dialog_of(tab_of, office)

    await filled(tab, office, "details")
    steps_of_one = (await tab.state(Creation)).shown
    await tab.open(href(office, "type"))
    await answer(tab, office, "type", task_type=str(own.id))
    steps_of_other = (await tab.state(Creation)).shown

    assert (steps_of_one.step, steps_of_one.progress) == ("review", "Step 3 of 3")
    assert (steps_of_other.step, steps_of_other.progress) == ("details", "Step 2 of 3")
    assert (steps_of_other.details.asks_summary, steps_of_other.details.asks_description) == (True, False)


async def test_the_review_shows_every_answer_and_creates_what_it_shows(tab_of, office):
    """S1, S3, S16, S40, S48, S55, B7, B8."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "assignment")
    await answer(tab, office, "assignment", team=str(office.officers.id), person=str(office.tom.id))
    await answer(tab, office, "details", description="Measure the fence", summary="", case_details="yes")
    await answer(tab, office, "targets", target="custom", amount="48h", unit="days")

    review = {fact.label: fact.value for fact in (await tab.state(Creation)).shown.review}
    await tab.do(Creation.create, "reviewed")
    await tab.open(tab.redirects[-1])

    made = tasks_of(office)[0]
    assert (review["Goes to"], review["Task name"], review["Case details"]) == (
        "Tom Ellis, Planning officers",
        "Measure the fence",
        "Shared in full",
    )
    assert review["Summary"] == "Not changed (usual text)"
    assert review["Target"].endswith("(48 hours)")
    assert (made.description, made.summary, made.assignee_id, made.shares_case_details) == (
        "Measure the fence",
        "Look at it.",
        office.tom.id,
        True,
    )
    assert (made.target_amount, made.target_unit) == (48, "hours")
    assert (await tab.notice()).text.startswith("Tom Ellis was emailed. Target ")


async def test_create_now_is_offered_where_nothing_must_be_asked(tab_of, office):
    """B8: short cut A."""
    tab = await dialog_of(tab_of, office)
    two_teams = (await tab.state(Creation)).shown.can_create_now
    with unit_of_work() as session:
        session.delete(session.exec(select(TaskTypeTeam).where(TaskTypeTeam.team_id != office.officers.id)).one())
    await tab.open(href(office, "type"))

    one_team = (await tab.state(Creation)).shown
    await tab.do(Creation.create, "now")

    assert (two_teams, one_team.can_create_now) == (False, True)
    assert one_team.type.will[0].value == "Planning officers, for anyone to claim"
    assert [(task.number, task.description) for task in tasks_of(office)] == [(1, "Visit Mill Lane extension")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the number of days or hours."),
        ("2.5", "Number must be a whole number, like 5. For half a day, use hours."),
        ("0", "Number of days must be between 1 and 365."),
        ("2001 hours", "Number of hours must be between 1 and 2,000."),
    ],
)
async def test_a_target_that_cannot_be_is_refused_in_place(tab_of, office, typed, said):
    """B7."""
    tab = await dialog_of(tab_of, office)
    await filled(tab, office, "targets")

    await answer(tab, office, "targets", target="custom", amount=typed, unit="days")

    creation = await tab.state(Creation)
    assert (creation.shown.step, creation.refused["amount"]) == ("targets", said)


async def test_change_leads_back_to_the_review(tab_of, office):
    tab = await dialog_of(tab_of, office)
    await filled(tab, office)

    await tab.open(href(office, "assignment", "review"))
    await answer(tab, office, "assignment", team=str(office.officers.id), person=str(office.ana.id))

    shown = (await tab.state(Creation)).shown
    assert (shown.step, shown.review[1].value) == ("review", "Ana Ruiz, Planning officers")
