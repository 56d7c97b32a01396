"""Lists as their person has them drawn: at once, in every browser, and never read again for what others do."""

import pytest
import sqlalchemy as sa

from casetasks_app import clock
from casetasks_app.db import engine
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.web.pages.case_tasks import following
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.cases.state import Cases
from casetasks_app.web.pages.my_work import loading
from casetasks_app.web.pages.my_work.state import MyWork, _update, _wanted
from casetasks_app.web.ui.shell_state import Shell
from tests.factories import Office, a_task, a_team, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        made = an_office(session)
        a_task(session, made, now=clock.now())
    return made


def lists(office: Office):
    return [("/my-work", MyWork, "case"), ("/cases", Cases, "type"), (f"/cases/{office.reference}/tasks", CaseTasks, "who")]


async def opened(tab_of, person, address, state):
    tab = await tab_of(person.id)
    await tab.open(address)
    return tab, await tab.state(state)


async def test_what_is_chosen_shows_at_once_and_in_the_next_browser(tab_of, office):
    for address, state, column in lists(office):
        tab, shown = await opened(tab_of, office.manager, address, state)
        assert (shown.drawn.density, shown.drawn.hidden) == ("comfortable", "")

        await tab.do(state.set_density, "compact")
        await tab.do(state.show_column, column, False)

        _, elsewhere = await opened(tab_of, office.manager, address, state)
        _, colleague = await opened(tab_of, office.other_manager, address, state)
        shown = await tab.state(state)
        assert shown.drawn == elsewhere.drawn
        assert (shown.drawn.density, shown.drawn.hidden, shown.drawn.hidden_count) == ("compact", column, 1), address
        assert (colleague.drawn.density, colleague.drawn.hidden) == ("comfortable", "")


async def test_a_column_comes_back_and_both_are_read_out(tab_of, office):
    tab, _ = await opened(tab_of, office.manager, "/cases", Cases)

    await tab.do(Cases.show_column, "opened", False)
    hidden = (await tab.state(Shell)).said
    await tab.do(Cases.show_column, "opened", True)

    assert (hidden, (await tab.state(Shell)).said) == ("Column Opened is hidden now.", "Column Opened is shown now.")
    assert (await tab.state(Cases)).drawn.hidden == ""


@pytest.mark.parametrize("key", ["task", "target", "case", "nonsense"])
async def test_what_a_list_cannot_do_without_is_not_hidden(tab_of, office, key):
    tab, _ = await opened(tab_of, office.manager, "/cases", Cases)

    await tab.do(Cases.show_column, key, False)

    assert (await tab.notice()).title == "This list has no such column."
    assert (await tab.state(Cases)).drawn.hidden == ""


async def test_a_density_that_is_none_changes_nothing(tab_of, office):
    tab, before = await opened(tab_of, office.manager, "/cases", Cases)

    await tab.do(Cases.set_density, "tiny")

    assert (await tab.state(Cases)).drawn == before.drawn


async def test_each_view_offers_the_columns_it_has(tab_of, office):
    with unit_of_work() as session:
        a_team(session, office.tom, name="Enforcement")
    tab, _ = await opened(tab_of, office.tom, "/my-work?view=claim", MyWork)
    await tab.do(MyWork.show_column, "team", False)
    in_claim = (await tab.state(MyWork)).drawn
    await tab.open("/my-work")

    mine = (await tab.state(MyWork)).drawn
    _, one_team = await opened(tab_of, office.ana, "/my-work?view=claim", MyWork)

    assert ([each.label for each in in_claim.columns], in_claim.hidden) == (["Case", "Asked by", "Team"], "team")
    assert ([each.label for each in mine.columns], mine.hidden, mine.hidden_count) == (["Case", "Asked by"], "", 0)
    assert [each.key for each in one_team.drawn.columns] == ["case", "asked_by"]


async def test_what_others_change_reads_no_setting_again(tab_of, office):
    _, mine = await opened(tab_of, office.tom, "/my-work?view=claim", MyWork)
    with unit_of_work.read() as session:
        tom, manager = actor(session, office.tom), actor(session, office.manager)
    asked: list[str] = []
    sa.event.listen(engine.current(), "before_cursor_execute", lambda *given: asked.append(given[2]))

    _update(mine, await loading.alone(_wanted(mine), tom))
    await following.read(office.reference, manager)

    assert asked
    assert not [each for each in asked if "list_setting" in each]
