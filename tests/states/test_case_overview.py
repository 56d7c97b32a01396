"""The overview of a case: who sees what, files, taking over, and who is refused."""

import pytest

from casetasks_app import clock
from casetasks_app.cases import papers
from casetasks_app.cases import service as cases
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.models import Case, Membership
from casetasks_app.web.pages.case_overview.state import CaseOverview
from tests.factories import Office, a_case, a_case_type, a_person, a_task, a_task_type, actor, an_office
from tests.unit.files.making import PDF

FORM = [{"name": "address", "label": "Address"}, {"name": "room", "label": "Room", "required": False}]


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        return an_office(session)


async def overview_of(tab_of, person, reference) -> CaseOverview:
    tab = await tab_of(person.id)
    await tab.open(f"/cases/{reference}")
    return await tab.state(CaseOverview)


def uploaded(office, name="plan.pdf", person=None) -> None:
    part = store.Part(name)
    part.write(PDF)
    place = Place(draft_key=papers.draft_key(office.reference))
    with unit_of_work() as session:
        files.keep(session, upload=part.finish(), place=place, person_id=(person or office.manager).id, now=clock.now())


async def test_the_case_is_shown_with_its_answers_and_unanswered_ones_say_so(tab_of, office):
    with unit_of_work() as session:
        case_type = a_case_type(session, office.managers, form=FORM)
        given = {"answers": {"address": "14 Mill Lane"}, "contact_name": "Alex Morgan", "contact_email": "alex@example.org"}
        _, reference = a_case(session, case_type, office.manager, **given)

    shown = await overview_of(tab_of, office.manager, reference.lower())

    assert shown.case.title == "Mill Lane extension"
    assert [(fact.label, fact.value) for fact in shown.case.answers] == [("Address", "14 Mill Lane"), ("Room", "Not provided")]
    assert [fact.value for fact in shown.case.contact] == ["Alex Morgan", "alex@example.org"]
    assert shown.tab_title == f"Overview - {reference} - Case tasks"


async def test_a_type_of_case_without_task_types_has_no_tasks_tab_and_no_card(tab_of, office):
    """S7, B1."""
    with unit_of_work() as session:
        _, reference = a_case(session, a_case_type(session, office.managers), office.manager)

    without = await overview_of(tab_of, office.manager, reference)
    with_tasks = await overview_of(tab_of, office.manager, office.reference)

    assert (without.bar.tasks_href, without.case.tasks.href) == ("", "")
    assert with_tasks.case.tasks.href == with_tasks.bar.tasks_href == f"/cases/{office.reference}/tasks"
    assert with_tasks.case.tasks.words == "No tasks yet."


async def test_the_card_counts_tasks_and_names_the_next_target(tab_of, office):
    with unit_of_work() as session:
        office.task_type = session.merge(office.task_type)
        office.task_type.target_amount, office.task_type.target_unit = 2, "hours"
        a_task(session, office, now=clock.now())

    card = (await overview_of(tab_of, office.manager, office.reference)).case.tasks

    assert card.words == "1 task, 1 open."
    assert (card.next_label, card.next_href) == (f"Task 1, {office.task_type.name}", f"/cases/{office.reference}/tasks/1")
    assert card.line1.startswith("Due ")


async def test_the_first_visit_says_what_was_created_automatically(tab_of, office):
    """S65, B16."""
    with unit_of_work() as session:
        case_type = a_case_type(session, office.managers)
        for name in ("Document check", "Site visit"):
            a_task_type(session, case_type, office.officers, name=name, auto_generate=True, auto_team_id=office.officers.id)
        case_id, reference = a_case(session, case_type, office.manager)

    before = await overview_of(tab_of, office.manager, reference)
    with unit_of_work() as session:
        cases.take_over(session, case_id=case_id, actor=actor(session, office.other_manager), now=clock.now())
    after = await overview_of(tab_of, office.manager, reference)

    assert before.case.news == (
        "2 tasks were created automatically when this case was raised: "
        "Document check (Planning officers) and Site visit (Planning officers)."
    )
    assert after.case.news == ""


async def test_only_the_case_manager_adds_files_and_only_their_own(tab_of, office):
    uploaded(office, "mine.pdf")
    uploaded(office, "theirs.pdf", person=office.other_manager)
    tab, other = await tab_of(office.manager.id), await tab_of(office.other_manager.id)
    for each in (tab, other):
        await each.open(f"/cases/{office.reference}")

    await tab.do(CaseOverview.add_file, {"name": "forged"})
    await other.do(CaseOverview.add_file, {})

    assert [file.name for file in (await tab.state(CaseOverview)).case.files] == ["mine.pdf"]
    assert (await other.state(CaseOverview)).case.upload_url == ""
    assert (await other.notice()).title == "Only the case manager adds files, and only to an open case."


async def test_another_manager_takes_the_case_over(tab_of, office):
    tab = await tab_of(office.other_manager.id)
    await tab.open(f"/cases/{office.reference}")
    before = await tab.state(CaseOverview)
    offered = (before.case.takeover, before.bar.close_href)

    await tab.do(CaseOverview.take_over)

    after = await tab.state(CaseOverview)
    assert offered == ("Priya Shah is the case manager.", "")
    assert (after.bar.case_manager, after.case.takeover) == ("Omar Reid", "")
    assert after.bar.close_href == f"/cases/{office.reference}/close"
    assert (await tab.notice()).title == f"You are the case manager of {office.reference} now."


async def test_who_was_faster_keeps_the_case_until_the_other_has_seen_it(tab_of, office):
    with unit_of_work() as session:
        third = a_person(session, "Ines Falk")
        session.add(Membership(person_id=third.id or 0, team_id=office.managers.id or 0))
    stale, tab = await tab_of(third.id), await tab_of(office.other_manager.id)
    for each in (stale, tab):
        await each.open(f"/cases/{office.reference}")

    await tab.do(CaseOverview.take_over)
    await stale.do(CaseOverview.take_over)

    said = await stale.notice()
    assert (said.title, said.text) == ("Omar Reid is the case manager now.", "Look again before you take the case over.")
    assert (await tab.state(CaseOverview)).bar.case_manager == "Omar Reid"


async def test_a_stranger_learns_whom_to_ask_and_nothing_of_the_case(tab_of, office):
    shown = await overview_of(tab_of, office.stranger, office.reference)

    assert shown.refusal.title == "You cannot open this case"
    assert shown.refusal.text == "Only people working on the case can see it. Case manager: Priya Shah."
    assert "Mill Lane" not in str(shown.dict())
    assert (shown.tab_title, shown.bar.reference) == ("You cannot open this case - Case tasks", "")


async def test_somebody_with_a_task_of_the_case_is_led_to_it(tab_of, office):
    """S53."""
    with unit_of_work() as session:
        a_task(session, office, assignee_id=office.tom.id)

    shown = await overview_of(tab_of, office.tom, office.reference)

    assert [link.href for link in shown.refusal.links] == [f"/cases/{office.reference}/tasks", "/my-work"]
    assert "Mill Lane" not in str(shown.dict())


async def test_there_is_no_page_for_a_case_that_is_not_there(tab_of, office):
    for reference in ("HSG-999999", "%27%3B--", "x" * 500):
        shown = await overview_of(tab_of, office.manager, reference)

        assert shown.refusal.title == "Page not found"


async def test_nothing_of_a_case_stays_after_going_to_one_that_is_shut(tab_of, office):
    with unit_of_work() as session:
        case = session.get_one(Case, office.case_id)
        _, other = a_case(session, a_case_type(session, session.merge(office.officers)), None)
    tab = await tab_of(office.manager.id)
    await tab.open(f"/cases/{office.reference}")

    await tab.open(f"/cases/{other}")

    state = await tab.state(CaseOverview)
    assert (state.case.title, state.bar.title, state._case_id) == ("", "", 0)
    assert state.refusal.text.endswith("Case manager: nobody yet.")
    await tab.do(CaseOverview.take_over)
    assert (case.manager_id, (await tab.notice()).title) == (office.manager.id, "There is nothing here, or you may not see it.")
