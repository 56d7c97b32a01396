"""The draft of a case about to be raised: it outlives its tab, is its person's alone, and is said to be there."""

from urllib.parse import unquote

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.models import Case, CaseDraft, StoredFile
from casetasks_app.web.pages.raise_case.shown import LOOSE_FILES
from casetasks_app.web.pages.raise_case.state import RaiseCase
from tests.factories import Office, a_case_type, an_office
from tests.unit.files.making import PDF

FORM = [{"name": "address", "label": "Address"}, {"name": "photos", "label": "Photos", "kind": "files", "required": False}]
TYPED = {"case-title": "Damp wall", "address": "14 Mill Lane", "case-contact-name": "Alex"}


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        office = an_office(session)
        office.case_type = a_case_type(session, office.managers, form=FORM, name="Housing repair")
        return office


async def form_of(tab_of, office, person=None):
    tab = await tab_of((person or office.manager).id)
    await tab.open(f"/cases/new?type={office.case_type.key}")
    return tab


async def uploaded(tab, office, name) -> str:
    part = store.Part(name)
    part.write(PDF)
    place = Place(draft_key=unquote((await tab.state(RaiseCase)).upload_url.partition("draft=")[2]))
    with unit_of_work() as session:
        return files.keep(session, upload=part.finish(), place=place, person_id=office.manager.id, now=clock.now())


async def test_what_is_typed_stands_in_a_new_tab_with_its_files_and_since_when(tab_of, office):
    """B11: the tab it was typed in is gone, and so is the sign-in."""
    tab = await form_of(tab_of, office)
    answer, loose = [await uploaded(tab, office, name) for name in ("photo.pdf", "letter.pdf")]
    await tab.do(RaiseCase.add_file, "photos", {"file_id": answer})
    await tab.do(RaiseCase.add_file, LOOSE_FILES, {"file_id": loose})
    await tab.do(RaiseCase.keep, {**TYPED, "photos": answer})
    assert (await tab.state(RaiseCase)).saved.startswith("Draft saved ")
    assert (await tab.state(RaiseCase)).continuing == ""

    later = await (await form_of(tab_of, office)).state(RaiseCase)

    assert (later.own.title, later.own.name, later.fields[0].value) == ("Damp wall", "Alex", "14 Mill Lane")
    assert ([file.name for file in later.fields[1].files], [file.name for file in later.files]) == (["photo.pdf"], ["letter.pdf"])
    assert later.continuing.startswith("Continuing your draft from ")


async def test_a_draft_is_nobody_elses(tab_of, office):
    await (await form_of(tab_of, office)).do(RaiseCase.keep, TYPED)

    theirs = await (await form_of(tab_of, office, office.other_manager)).state(RaiseCase)

    assert (theirs.own.title, theirs.continuing, theirs.saved) == ("", "", "")


async def test_two_tabs_write_one_draft_and_their_files_stay_together(tab_of, office):
    first, second = await form_of(tab_of, office), await form_of(tab_of, office)
    theirs = await uploaded(second, office, "second.pdf")

    await first.do(RaiseCase.keep, TYPED)
    await second.do(RaiseCase.add_file, LOOSE_FILES, {"file_id": theirs})

    shown = await second.state(RaiseCase)
    assert (shown.own.title, [file.file_id for file in shown.files]) == ("Damp wall", [theirs])
    with unit_of_work.read() as session:
        assert len(session.exec(select(CaseDraft)).all()) == 1


async def test_the_page_names_the_drafts_of_other_types_and_throws_one_away(tab_of, office):
    tab = await form_of(tab_of, office)
    gone = await uploaded(tab, office, "letter.pdf")
    await tab.do(RaiseCase.add_file, LOOSE_FILES, {"file_id": gone})
    await tab.open("/cases/new")
    [named] = (await tab.state(RaiseCase)).other_drafts
    assert named.words.startswith("You have a draft case: Housing repair, saved ")
    assert named.href == f"/cases/new?type={office.case_type.key}"

    await tab.do(RaiseCase.discard, named.key)

    assert ((await tab.state(RaiseCase)).other_drafts, (await tab.notice()).title) == ([], "Draft thrown away.")
    with unit_of_work.read() as session:
        assert (session.exec(select(CaseDraft)).all(), session.get_one(StoredFile, gone).removed_at is None) == ([], False)


async def test_starting_again_gives_an_empty_form_with_nothing_of_the_old_one(tab_of, office):
    tab = await form_of(tab_of, office)
    await tab.do(RaiseCase.keep, TYPED)
    before = (await tab.state(RaiseCase)).form_key

    await tab.do(RaiseCase.discard, office.case_type.key)

    shown = await tab.state(RaiseCase)
    assert (shown.own.title, shown.continuing, shown.saved, shown.form_key == before) == ("", "", "", False)


async def test_the_old_form_of_a_raised_case_says_so_and_raises_nothing_twice(tab_of, office):
    """B10, in two tabs."""
    first = await form_of(tab_of, office)
    await first.do(RaiseCase.keep, TYPED)
    second = await form_of(tab_of, office)
    await first.do(RaiseCase.send, TYPED)

    await second.do(RaiseCase.keep, {**TYPED, "case-title": "Another"})
    told = await second.notice()
    await second.do(RaiseCase.send, {**TYPED, "case-title": "Another"})

    with unit_of_work.read() as session:
        [case] = session.exec(select(Case).where(Case.case_type_id == office.case_type.id)).all()
        assert session.exec(select(CaseDraft)).all() == []
    assert told.title == f"This case was raised already: {case.reference}."
    assert second.redirects[-1] == first.redirects[-1]
    await second.open(f"/cases/new?type={office.case_type.key}")
    assert (await second.state(RaiseCase)).own.title == ""
