"""Saved views beside the lists: a view is an address, and the list says when it differs from it."""

import pytest

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import saved_views
from casetasks_app.people.own_lists import ListName
from casetasks_app.people.saved_views import NewView
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.cases.state import Cases
from casetasks_app.web.pages.my_work.state import MyWork
from casetasks_app.web.ui.shell_state import Shell
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        made = an_office(session)
        a_task(session, made, now=clock.now())
    return made


async def at(tab, state, address):
    await tab.open(address)
    return (await tab.state(state)).saved


def links(saved):
    return [(group.heading, [link.label for link in group.links]) for group in saved.groups]


async def test_a_view_of_each_list_leads_back_to_what_was_chosen(tab_of, office):
    tasks = f"/cases/{office.reference}/tasks"
    for address, state in (
        ("/my-work?view=created&q=mill&page=2", MyWork),
        ("/cases?mine=no&sort=case", Cases),
        (f"{tasks}?status=new&size=50", CaseTasks),
    ):
        tab = await tab_of(office.manager.id)
        await tab.open(address)

        await tab.do(state.ask_to_save)
        await tab.do(state.save_view, {"name": "Mine"})
        saved = await at(tab, state, tab.redirects[-1])

        assert (saved.words, saved.is_changed, links(saved)) == ("View: Mine", False, [("Your views", ["Mine"])]), address
        assert tab.redirects[-1].startswith(address.partition("&page")[0].partition("?")[0] + "?")
        assert saved.groups[0].links[0].is_current


async def test_a_changed_view_says_so_and_is_updated_or_left(tab_of, office):
    tab = await tab_of(office.manager.id)
    await tab.open("/cases?mine=no")
    await tab.do(Cases.save_view, {"name": "All"})
    view = tab.redirects[-1]

    changed = await at(tab, Cases, f"{view}&sort=case")
    await tab.do(Cases.update_view)
    updated = (await tab.state(Cases)).saved

    assert (changed.is_changed, changed.may_update, changed.undo_href) == (True, True, view)
    assert (updated.is_changed, (await tab.state(Shell)).said) == (False, "The view is updated.")
    assert (await at(tab, Cases, view)).is_changed


async def test_what_is_refused_stands_beside_the_field(tab_of, office):
    tab = await tab_of(office.manager.id)
    await tab.open("/cases")
    await tab.do(Cases.save_view, {"name": "Mine"})
    await tab.do(Cases.ask_to_save)

    await tab.do(Cases.save_view, {"name": "mine"})

    saving = (await tab.state(Cases)).saving
    assert (saving.is_open, saving.owners) == (True, [])
    assert saving.error.startswith("There is a view of this name already.")


async def test_a_lead_keeps_a_view_for_the_team_and_members_cannot_delete_it(tab_of, office):
    lead, tom = await tab_of(office.lead.id), await tab_of(office.tom.id)
    await lead.open("/my-work?view=claim")
    await lead.do(MyWork.ask_to_save)
    offered = [each.label for each in (await lead.state(MyWork)).saving.owners]

    await lead.do(MyWork.save_view, {"name": "To do", "owner": "1"})

    seen = await at(tom, MyWork, "/my-work?view=claim")
    assert offered == ["Only me", "My team: Planning officers"]
    assert links(seen) == [("Planning officers", ["To do"])]
    await tom.do(MyWork.delete_view, seen.groups[0].links[0].id)
    assert (await tom.notice()).title == "This view is gone, or it is not yours to change."
    assert not seen.groups[0].links[0].may_delete


async def test_a_place_that_was_not_offered_is_oneself(tab_of, office):
    tab = await tab_of(office.tom.id)
    await tab.open("/my-work")

    await tab.do(MyWork.save_view, {"name": "Sly", "owner": "1"})

    assert links(await at(tab, MyWork, "/my-work")) == [("Your views", ["Sly"])]


async def test_somebody_else_s_view_in_the_address_counts_for_nothing(tab_of, office):
    with unit_of_work() as session:
        new = NewView(ListName.CASES, "Hers", "", None)
        view = saved_views.save(session, new=new, actor=actor(session, office.other_manager), now=clock.now())
    tab = await tab_of(office.manager.id)

    saved = await at(tab, Cases, f"/cases?saved={view}")

    assert (saved.words, saved.groups, saved.is_changed) == ("Saved views", [], False)


async def test_a_deleted_view_is_gone_and_the_list_stays(tab_of, office):
    tab = await tab_of(office.manager.id)
    await tab.open("/cases?mine=no")
    await tab.do(Cases.save_view, {"name": "All"})
    saved = await at(tab, Cases, tab.redirects[-1])

    await tab.do(Cases.delete_view, saved.groups[0].links[0].id)

    shown = await tab.state(Cases)
    assert (shown.saved.words, shown.saved.groups, len(shown.rows)) == ("Saved views", [], 1)


async def test_before_a_view_is_deleted_it_is_asked_whether_and_said_what_that_means(tab_of, office):
    tab = await tab_of(office.manager.id)
    await tab.open("/cases?mine=no")
    await tab.do(Cases.save_view, {"name": "All"})
    saved = await at(tab, Cases, tab.redirects[-1])

    await tab.do(Cases.ask_to_delete, saved.groups[0].links[0].id)

    asked = (await tab.state(Cases)).deleting
    assert asked.title == "Delete the view “All”?"
    assert asked.meaning == "The list and its tasks stay as they are. A deleted view cannot be brought back."
    await tab.do(Cases.leave_deleting)
    shown = await at(tab, Cases, tab.redirects[-1])
    assert ((await tab.state(Cases)).deleting.id, links(shown)) == (0, [("Your views", ["All"])])


async def test_of_a_team_s_view_it_is_said_who_loses_it_and_members_are_not_asked(tab_of, office):
    lead, tom = await tab_of(office.lead.id), await tab_of(office.tom.id)
    await lead.open("/my-work?view=claim")
    await lead.do(MyWork.ask_to_save)
    await lead.do(MyWork.save_view, {"name": "To do", "owner": "1"})
    view = (await at(lead, MyWork, "/my-work?view=claim")).groups[0].links[0].id
    await tom.open("/my-work?view=claim")

    for tab in (lead, tom):
        await tab.do(MyWork.ask_to_delete, view)

    assert (await lead.state(MyWork)).deleting.meaning.startswith("Everyone in Planning officers loses it. ")
    assert (await tom.state(MyWork)).deleting.id == 0
