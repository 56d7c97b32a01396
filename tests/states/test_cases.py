"""The list of cases: whose, open or closed, found by what people type."""

from urllib.parse import quote

import pytest

from casetasks_app import clock
from casetasks_app.cases import service as cases
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.web.pages.cases.state import Cases, _load, _update
from tests.factories import Office, a_case, a_case_type, a_task, actor, an_office


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        return an_office(session)


async def list_of(tab_of, person, query=""):
    tab = await tab_of(person.id)
    await tab.open(f"/cases{query}")
    return tab, await tab.state(Cases)


def raised(office, manager, **new):
    with unit_of_work() as session:
        return a_case(session, office.case_type, manager, now=clock.now(), **new)


async def test_my_open_cases_come_first_and_all_are_one_press_away(tab_of, office):
    other, _ = raised(office, office.other_manager, title="Damp wall")

    _, mine = await list_of(tab_of, office.manager)
    _, every = await list_of(tab_of, office.manager, "?mine=no")

    assert [row.key for row in mine.rows] == [office.case_id]
    assert [row.key for row in every.rows] == [other, office.case_id]
    assert (mine.may_raise, [view.label for view in mine.whose if view.is_current]) == (True, ["My cases"])


async def test_a_row_says_what_is_open_and_what_is_late(tab_of, office):
    with unit_of_work() as session:
        office.task_type.target_amount = 1
        session.merge(office.task_type)
    with unit_of_work() as session:
        a_task(session, office)
        a_task(session, office, now=clock.now())

    _, shown = await list_of(tab_of, office.manager)

    row = shown.rows[0]
    assert (row.open_tasks, row.target_state, row.manager) == ("2 open, 1 breached", "breached", "Priya Shah")


async def test_closed_cases_stand_apart(tab_of, office):
    with unit_of_work() as session:
        manager = actor(session, office.manager)
        cases.close(session, case_id=office.case_id, outcome="Resolved", note="Done.", actor=manager, now=clock.now())

    _, still_open = await list_of(tab_of, office.manager)
    _, closed = await list_of(tab_of, office.manager, "?status=closed")

    assert (still_open.rows, still_open.nothing.fact, still_open.nothing.href) == ([], "You manage no open cases.", "/cases?mine=no")
    assert [row.status for row in closed.rows] == ["Closed"]


@pytest.mark.parametrize("typed", ["mill LANE", "{prefix}-{number}", "{prefix} {number}", "{number}/3", " {prefix}{number} "])
async def test_a_case_is_found_however_it_is_typed(tab_of, office, typed):
    raised(office, office.manager, title="Damp wall")
    with unit_of_work() as session:
        housing = a_case_type(session, office.managers, prefix="HSG")
        case_id, reference = a_case(session, housing, office.manager, title="Mill Lane 14")
    prefix, number = reference.lower().split("-")
    text = quote(typed.format(prefix=prefix, number=number))

    _, shown = await list_of(tab_of, office.manager, f"?q={text}")

    found = [row.key for row in shown.rows]
    assert case_id in found
    assert len(found) < 3


async def test_what_is_not_found_says_where_it_was_looked_for(tab_of, office):
    _, shown = await list_of(tab_of, office.manager, "?q=mild%25")

    assert (shown.rows, shown.nothing.fact) == ([], "0 results for ‘mild%’ in my open cases.")


async def test_somebody_who_manages_no_type_sees_no_case(tab_of, office):
    _, shown = await list_of(tab_of, office.tom, "?mine=no")

    assert (shown.rows, shown.may_raise, shown.nothing.fact) == ([], False, "You manage no type of case.")


async def test_the_list_is_paged_and_a_new_case_waits_behind_the_pill(tab_of, office):
    for number in range(26):
        raised(office, office.manager, title=f"Case {number}")
    tab, shown = await list_of(tab_of, office.manager)
    before = [row.key for row in shown.rows]
    raised(office, office.manager, title="One more")
    with unit_of_work.read() as session:
        manager = actor(session, office.manager)

    _update(shown, await _load(shown, manager))

    assert (len(before), shown.pages.next) == (25, "/cases?page=2")
    assert [row.key for row in shown.rows] == before
    assert shown.pill == "2 updates - show"
    await tab.do(Cases.show_updates)
    assert (await tab.state(Cases)).rows[0].title == "One more"


@pytest.fixture
def two_managers(office) -> int:
    """Add a case of another type and manager without a target, and a breached task on the office's; return the case's id."""
    with unit_of_work() as session:
        housing = a_case_type(session, office.managers, prefix="HSG", name="Housing")
        case_id, _ = a_case(session, housing, office.other_manager, title="Damp & mould")
        session.merge(office.task_type).target_amount = 1
    with unit_of_work() as session:
        a_task(session, office)
    return case_id


async def test_each_filter_offers_its_boxes_with_counts(tab_of, office, two_managers):
    tab, _ = await list_of(tab_of, office.manager, "?mine=no")

    await tab.do(Cases.offer, "target")
    targets = [(tick.label, tick.count) for tick in (await tab.state(Cases)).ticks]
    await tab.do(Cases.offer, "who")
    people = [(tick.label, tick.count) for tick in (await tab.state(Cases)).ticks]

    assert targets == [("Breached", "1"), ("Due today", "0"), ("This week", "0"), ("Later", "1")]
    assert people == [("Omar Reid", "1"), ("Priya Shah", "1")]


async def test_cases_are_narrowed_by_type_manager_target_and_words(tab_of, office, two_managers):
    tab, every = await list_of(tab_of, office.manager, "?mine=no&sort=target")
    by_target, kind = [row.key for row in every.rows], every.rows[1].type_name
    await tab.do(Cases.offer, "type")
    housing = next(tick.value for tick in (await tab.state(Cases)).ticks if tick.label == kind)

    await tab.open(f"/cases?mine=no&type={housing},77&who={office.other_manager.id}&target=later&q=damp+and")

    shown = await tab.state(Cases)
    assert by_target == [office.case_id, two_managers]
    assert [row.key for row in shown.rows] == [two_managers]
    labels = [chip.label for chip in shown.frame.chips]
    assert labels == ["Find: damp and", "Type: Housing", "Case manager: Omar Reid", "Next target: later"]
    assert (shown.frame.matches, shown.caption) == ("1 case matches.", "All open cases, newest first")


@pytest.mark.parametrize("sort", ["case", "type", "target", "manager", "opened"])
async def test_every_order_holds_both_ways(tab_of, office, sort):
    raised(office, office.other_manager, title="Damp wall")

    _, up = await list_of(tab_of, office.manager, f"?mine=no&sort={sort}&dir=ascending")
    _, down = await list_of(tab_of, office.manager, f"?mine=no&sort={sort}&dir=descending")

    assert {row.key for row in up.rows} == {row.key for row in down.rows}
    assert ("first" in up.caption or "A to Z" in up.caption, up.frame.direction, down.frame.direction) == (True, "ascending", "descending")
    if sort in {"case", "opened", "manager"}:
        assert [row.key for row in up.rows] == [row.key for row in reversed(down.rows)]


async def test_no_match_says_so_and_keeps_whose_cases_they_are(tab_of, office):
    _, shown = await list_of(tab_of, office.manager, "?mine=no&target=today")

    assert (shown.rows, shown.nothing.fact, shown.nothing.href) == ([], "No cases match these filters.", "/cases?mine=no")
