"""Raising a case: its type and form, refusals that keep everything, files, and the tasks that come with it."""

from urllib.parse import unquote

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.cases import queries
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.models import Case, CaseDraft, StoredFile
from casetasks_app.web.pages.case_overview.state import CaseOverview
from casetasks_app.web.pages.raise_case.shown import LOOSE_FILES
from casetasks_app.web.pages.raise_case.state import RaiseCase
from tests.factories import Office, a_case_type, a_task_type, actor, an_office
from tests.unit.files.making import PDF

FORM = [
    {"name": "address", "label": "Address of the property", "what": "the address"},
    {"name": "rooms", "label": "Rooms", "kind": "choices", "options": ["Kitchen", "Bath"], "required": False},
    {"name": "has_damp", "label": "Is there damp?", "kind": "yes/no"},
    {"name": "since", "label": "Since when?", "show_if": "has_damp"},
    {"name": "surveyor", "label": "Surveyor", "kind": "person", "required": False},
    {"name": "team", "label": "Team to tell", "kind": "team", "required": False},
    {"name": "photos", "label": "Photos", "kind": "files", "required": False},
]
GIVEN = {"case-title": "Damp wall", "address": "14 Mill Lane", "has_damp": "no", "case-contact-name": "Alex", "case-contact-email": ""}


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        office = an_office(session)
        office.case_type = a_case_type(session, office.managers, form=FORM, name="Housing repair")
        generated = {"auto_generate": True, "auto_team_id": office.officers.id}
        a_task_type(session, office.case_type, office.officers, **generated)
        a_task_type(session, office.case_type, office.officers, **generated)
        return office


async def form_of(tab_of, office, person=None):
    tab = await tab_of((person or office.manager).id)
    await tab.open(f"/cases/new?type={office.case_type.key}")
    return tab


def uploaded(person, key, name="photo.pdf") -> str:
    part = store.Part(name)
    part.write(PDF)
    with unit_of_work() as session:
        return files.keep(session, upload=part.finish(), place=Place(draft_key=key), person_id=person.id, now=clock.now())


def cases_called(title):
    with unit_of_work.read() as session:
        return list(session.exec(select(Case).where(Case.title == title)))


async def key_of(tab) -> str:
    return unquote((await tab.state(RaiseCase)).upload_url.partition("draft=")[2])


async def test_only_types_i_manage_are_offered_and_the_form_follows_the_choice(tab_of, office):
    tab = await tab_of(office.manager.id)
    await tab.open("/cases/new")
    before = await tab.state(RaiseCase)
    offered = {option.value for option in before.types}
    assert (before.form_key, office.case_type.key in offered, len(offered)) == ("", True, 2)

    await tab.do(RaiseCase.choose, office.case_type.key)
    await tab.open(tab.redirects[-1])

    shown = await tab.state(RaiseCase)
    assert [field.name for field in shown.fields] == ["address", "rooms", "has_damp", "surveyor", "team", "photos"]


async def test_the_drop_down_follows_the_address_but_is_left_alone_when_it_chose_itself(tab_of, office):
    tab = await form_of(tab_of, office)
    before = (await tab.state(RaiseCase)).type_seq

    await tab.open("/cases/new")
    by_address = (await tab.state(RaiseCase)).type_seq
    await tab.do(RaiseCase.choose, office.case_type.key)
    await tab.open(tab.redirects[-1])

    assert (by_address, (await tab.state(RaiseCase)).type_seq) == (before + 1, before + 1)


async def test_a_question_that_depends_on_another_comes_with_its_answer(tab_of, office):
    tab = await form_of(tab_of, office)

    await tab.do(RaiseCase.keep, {**GIVEN, "has_damp": "yes"})

    assert "since" in [field.name for field in (await tab.state(RaiseCase)).fields]


async def test_a_refusal_says_everything_at_once_and_keeps_what_was_typed(tab_of, office):
    tab = await form_of(tab_of, office)

    await tab.do(RaiseCase.send, {**GIVEN, "case-title": "", "address": "", "rooms": ["Bath"], "case-contact-email": "no address"})

    shown = await tab.state(RaiseCase)
    assert [(error.target, error.text) for error in shown.errors] == [
        ("f-case-title", "Enter a title for the case."),
        ("f-address", "Enter the address."),
        ("f-case-contact-email", "Enter an email address in the correct format, like name@example.com."),
    ]
    assert shown.tab_title == "Error: Raise a case - Case tasks"
    assert (shown.own.name, shown.own.email) == ("Alex", "no address")
    assert [option.is_chosen for option in shown.fields[1].options] == [False, True]
    assert not cases_called("Damp wall")


async def test_raising_leads_to_the_case_which_says_once_which_tasks_came_with_it(tab_of, office):
    """S64, B12."""
    tab = await form_of(tab_of, office)

    await tab.do(RaiseCase.send, GIVEN)

    reference = cases_called("Damp wall")[0].reference
    notice = await tab.notice()
    assert tab.redirects[-1] == f"/cases/{reference}"
    assert (notice.title, notice.text) == (f"Case {reference} raised.", "")
    await tab.open(tab.redirects[-1])
    assert (await tab.state(CaseOverview)).case.news.startswith("2 tasks were created automatically when this case was raised: ")
    with unit_of_work.read() as session:
        assert session.exec(select(CaseDraft)).all() == []


async def test_sent_twice_a_case_is_raised_once(tab_of, office):
    """B10."""
    tab, again = await form_of(tab_of, office), await form_of(tab_of, office)
    await tab.do(RaiseCase.keep, GIVEN)
    await again.open(f"/cases/new?type={office.case_type.key}")

    await tab.do(RaiseCase.send, GIVEN)
    await again.do(RaiseCase.send, GIVEN)

    assert len(cases_called("Damp wall")) == 1
    assert tab.redirects[-1] == again.redirects[-1]
    assert (await again.notice()).title == (await tab.notice()).title


async def test_people_and_teams_of_the_form_are_checked_accepted_and_named(tab_of, office):
    tab = await form_of(tab_of, office)

    await tab.do(RaiseCase.send, {**GIVEN, "surveyor": "999999"})
    refused = [error.text for error in (await tab.state(RaiseCase)).errors]
    await tab.do(RaiseCase.send, {**GIVEN, "surveyor": str(office.tom.id), "team": str(office.officers.id)})

    assert refused == ["Select surveyor."]
    with unit_of_work.read() as session:
        facts = {fact.label: fact.value for fact in queries.answers_in_words(session, cases_called("Damp wall")[0])}
    assert (facts["Surveyor"], facts["Team to tell"]) == ("Tom Ellis", "Planning officers")


async def test_files_belong_to_the_case_once_it_is_raised_and_only_one_s_own(tab_of, office):
    tab = await form_of(tab_of, office)
    key = await key_of(tab)
    answer, loose, dropped = (uploaded(office.manager, key, name) for name in ("photo.pdf", "letter.pdf", "wrong.pdf"))
    foreign = uploaded(office.other_manager, key, "foreign.pdf")
    await tab.do(RaiseCase.add_file, "photos", {"file_id": answer})
    await tab.do(RaiseCase.add_file, LOOSE_FILES, {"file_id": loose})
    await tab.do(RaiseCase.remove_file, LOOSE_FILES, dropped)
    assert [file.name for file in (await tab.state(RaiseCase)).files] == ["letter.pdf"]

    await tab.do(RaiseCase.send, {**GIVEN, "photos": answer, LOOSE_FILES: loose})

    case = cases_called("Damp wall")[0]
    with unit_of_work.read() as session:
        kept = {each.id: each.case_id for each in session.exec(select(StoredFile))}
        named = {fact.label: fact.value for fact in queries.answers_in_words(session, case)}
        assert actor(session, office.manager).person_id == case.raised_by_id
    assert kept == {answer: case.id, loose: case.id, dropped: None, foreign: None}
    assert named["Photos"] == "photo.pdf"


async def test_somebody_who_manages_no_type_is_told_so_and_cannot_send(tab_of, office):
    tab = await form_of(tab_of, office, office.tom)

    await tab.do(RaiseCase.send, GIVEN)

    assert ((await tab.state(RaiseCase)).types, cases_called("Damp wall")) == ([], [])
