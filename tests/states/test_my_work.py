"""My work: what is mine, what can be claimed and by whom, and a list that does not move by itself."""

from datetime import timedelta

import pytest

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.tasks import hold
from casetasks_app.tasks.cancel import Reason, cancel
from casetasks_app.tasks.wanted import WantedTarget
from casetasks_app.web.header_counts import HeaderCounts
from casetasks_app.web.pages.my_work.state import MyWork, _load, _update
from casetasks_app.web.ui.shell_state import Shell
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database) -> Office:
    with unit_of_work() as session:
        return an_office(session, is_cancellable=True, allow_override=True, target_amount=2)


def created(office, count=1, **wanted):
    with unit_of_work() as session:
        return [a_task(session, office, now=clock.now(), **wanted) for _ in range(count)]


def done(verb, person, **arguments):
    with unit_of_work() as session:
        verb(session, actor=actor(session, person), now=clock.now(), **arguments)


def rows(shown):
    return [row for group in shown.groups for row in group.rows]


async def work_of(tab_of, person, view=""):
    tab = await tab_of(person.id)
    await tab.open(f"/my-work?view={view}" if view else "/my-work")
    return tab, await tab.state(MyWork)


async def changed(office, shown, person):
    """Bring the page up to date as its watcher does."""
    with unit_of_work.read() as session:
        who = actor(session, person)
    _update(shown, await _load(shown, who))


async def test_mine_stands_under_headings_by_target_with_the_first_on_the_card(tab_of, office):
    """B17."""
    created(office, assignee_id=office.tom.id, target=WantedTarget("none"))
    created(office, assignee_id=office.tom.id, target=WantedTarget("custom", 2))
    with unit_of_work() as session:
        late = clock.now() - timedelta(days=9)
        a_task(session, office, assignee_id=office.tom.id, now=late)

    _, shown = await work_of(tab_of, office.tom)

    assert [group.heading for group in shown.groups] == ["Breached (1)", "This week (1)", "Later (1)"]
    assert (shown.card.reference, shown.card.target_state) == (f"{office.reference}/3", "breached")
    assert shown.tab_title == "My work (3) - Case tasks"
    assert [(view.label, view.count, view.is_current) for view in shown.views][:2] == [
        ("Assigned to me", "3", True),
        ("To claim", "", False),
    ]


async def test_what_my_teams_have_can_be_claimed_and_nobody_else_sees_it(tab_of, office):
    """B17, S42, S43."""
    created(office)

    _, member = await work_of(tab_of, office.tom, "claim")
    _, stranger = await work_of(tab_of, office.stranger, "claim")

    assert [row.may_claim for row in rows(member)] == [True]
    assert (rows(stranger), stranger.nothing.fact) == ([], "You are not in a team yet.")


async def test_a_claim_from_the_row_is_told_and_leaves_the_row_where_it_is(tab_of, office):
    """B18, S42."""
    first, second = created(office, 2)
    tab, _ = await work_of(tab_of, office.tom, "claim")

    await tab.do(MyWork.claim, first.task_id)

    shown = await tab.state(MyWork)
    notice = await tab.notice()
    assert (notice.title, notice.links[0].href) == (f"You claimed task {office.reference}/1.", f"/cases/{office.reference}/tasks/1")
    assert [(row.key, row.gone) for row in rows(shown)] == [(first.task_id, "Claimed by you"), (second.task_id, "")]
    assert shown.pill == ""
    _, again = await work_of(tab_of, office.tom, "claim")
    assert [view.count for view in again.views][:2] == ["1", "1"]


async def test_who_loses_the_race_is_told_who_won_and_claims_the_next_one(tab_of, office):
    """B18."""
    first, second = created(office, 2)
    tab, _ = await work_of(tab_of, office.tom, "claim")
    done(hold.claim, office.ana, task_id=first.task_id)

    await tab.do(MyWork.claim, first.task_id)
    lost = rows(await tab.state(MyWork))[0]
    said = (await tab.state(Shell)).said
    await tab.do(MyWork.claim_next)

    assert lost.lost.startswith("Ana Ruiz claimed this task at ")
    assert lost.lost.endswith(", just before you.")
    assert said == lost.lost
    assert (await tab.notice()).title == f"You claimed task {office.reference}/2."
    assert rows(await tab.state(MyWork))[1].key == second.task_id


async def test_when_nothing_is_left_the_next_one_is_said_to_be_none(tab_of, office):
    """B18."""
    tab, _ = await work_of(tab_of, office.tom, "claim")

    await tab.do(MyWork.claim_next)

    assert (await tab.notice()).title == "There is nothing left to claim in your teams."


async def test_a_stranger_who_forges_a_claim_is_refused(tab_of, office):
    """S43, B17."""
    made = created(office)[0]
    tab, _ = await work_of(tab_of, office.stranger, "claim")

    await tab.do(MyWork.claim, made.task_id)

    assert (await tab.notice()).kind == "error"
    with unit_of_work.read() as session:
        assert hold.at_hand(session, task_id=made.task_id, actor=actor(session, office.manager)).open_steps[0].assignee_id is None


async def test_others_changes_wait_behind_the_pill_and_the_row_says_what_became_of_it(tab_of, office):
    """B17, B18."""
    first, second = created(office, 2)
    tab, shown = await work_of(tab_of, office.tom, "claim")
    done(hold.claim, office.ana, task_id=first.task_id)
    done(cancel, office.manager, task_id=second.task_id, reason=Reason("No longer needed"))
    third = created(office)[0]

    await changed(office, shown, office.tom)

    assert [(row.key, row.gone) for row in rows(shown)] == [(first.task_id, "Claimed by Ana Ruiz"), (second.task_id, "Cancelled")]
    assert shown.pill == "3 updates - show"
    await tab.do(MyWork.show_updates)
    assert [row.key for row in rows(await tab.state(MyWork))] == [third.task_id]


async def test_a_change_inside_a_row_is_shown_in_place_and_marked(tab_of, office):
    created(office)
    _, shown = await work_of(tab_of, office.manager, "created")
    task_id = rows(shown)[0].key
    done(hold.claim, office.ana, task_id=task_id)

    await changed(office, shown, office.manager)

    row = rows(shown)[0]
    assert (row.holder, row.is_changed, row.gone, shown.pill) == ("Ana Ruiz", True, "", "")
    assert shown.changed == 1


async def test_an_empty_list_fills_itself(tab_of, office):
    _, shown = await work_of(tab_of, office.tom)
    assert (shown.nothing.fact, shown.nothing.meaning[:27]) == ("You have no open tasks.", "There is nothing to claim. ")
    created(office, assignee_id=office.tom.id)

    await changed(office, shown, office.tom)

    assert (len(rows(shown)), shown.nothing.fact, shown.pill) == (1, "", "")


async def test_with_nothing_of_my_own_the_page_leads_to_what_can_be_claimed(tab_of, office):
    created(office, 2)

    _, shown = await work_of(tab_of, office.tom)

    assert (shown.nothing.meaning, shown.nothing.href) == ("2 tasks in your teams can be claimed.", "/my-work?view=claim")
    assert shown.card.href == ""


async def test_a_view_is_paged_in_the_address_and_past_the_end_is_the_last_page(tab_of, office):
    created(office, 27, assignee_id=office.tom.id)
    tab, shown = await work_of(tab_of, office.tom)
    first = (len(rows(shown)), shown.pages.summary, shown.pages.next)

    await tab.open("/my-work?page=9&view=nonsense")

    last = await tab.state(MyWork)
    assert first == (25, "Showing 1 to 25 of 27 tasks", "/my-work?page=2")
    assert (len(rows(last)), last.pages.summary, last.view) == (2, "Showing 26 to 27 of 27 tasks", "mine")
    assert last.tab_title == "My work (27) (page 2 of 2) - Case tasks"


async def test_the_header_of_every_page_counts_my_open_tasks(tab_of, office):
    created(office, 2, assignee_id=office.tom.id)
    tab = await tab_of(office.tom.id)

    await tab.open("/404")

    counts = await tab.state(HeaderCounts)
    assert (counts.open_tasks, counts.open_tasks_words) == ("2", "2 open tasks")


async def test_the_next_card_stays_while_the_focus_is_in_it(tab_of, office):
    created(office, assignee_id=office.tom.id)
    tab, shown = await work_of(tab_of, office.tom)
    await tab.do(MyWork.hold_card)
    with unit_of_work() as session:
        a_task(session, office, assignee_id=office.tom.id, now=clock.now() - timedelta(days=5))

    await changed(office, shown, office.tom)
    held = shown.card.reference
    await tab.do(MyWork.let_card_go)

    assert held.endswith("/1")
    assert (await tab.state(MyWork)).card.reference.endswith("/2")


async def test_the_address_is_the_truth_for_what_is_chosen(tab_of, office):
    made = created(office, 30)
    tab, _ = await work_of(tab_of, office.tom, "claim")
    kind = str(office.task_type.id)

    await tab.open(f"/my-work?view=claim&type={kind},999&target=week&size=50&sort=task&dir=descending&q=task&who=x&page=9")
    shown = await tab.state(MyWork)

    assert len(rows(shown)) == len(made)
    assert shown.frame.matches == "30 tasks match."
    assert (await tab.state(Shell)).said == "30 tasks match."
    assert [chip.label for chip in shown.frame.chips] == ["Find: task", f"Type: {office.task_type.name}", "Target: this week"]
    assert shown.frame.chips[2].href == f"/my-work?view=claim&q=task&type={kind}&sort=task&dir=descending&size=50"
    assert shown.frame.clear_href == "/my-work?view=claim&sort=task&dir=descending&size=50"
    assert (shown.caption, shown.groups[0].heading) == ("To claim, sorted by task, Z to A", "")
    assert shown.pages.summary == "Showing 1 to 30 of 30 tasks"


async def test_a_filter_offers_its_boxes_with_counts_and_each_leads_to_its_address(tab_of, office):
    created(office, 2)
    tab, _ = await work_of(tab_of, office.tom, "claim")

    await tab.do(MyWork.offer, "target")
    before = (await tab.state(MyWork)).ticks
    await tab.open(before[2].href)
    after = (await tab.state(MyWork)).ticks
    await tab.do(MyWork.offer, "password")

    assert [(tick.label, tick.count) for tick in before] == [("Breached", "0"), ("Due today", "0"), ("This week", "2"), ("Later", "0")]
    assert (before[2].href, before[2].is_chosen) == ("/my-work?view=claim&target=week", False)
    assert (after[2].href, after[2].is_chosen, after[2].count) == ("/my-work?view=claim", True, "2")
    assert (await tab.state(MyWork)).ticks == []


async def test_what_excludes_everything_is_said_with_the_way_back(tab_of, office):
    created(office)

    _, filtered = await work_of(tab_of, office.tom, "claim&target=breached")
    _, sought = await work_of(tab_of, office.tom, "claim&q=mill+lnae")

    assert (filtered.nothing.fact, filtered.nothing.href) == ("No tasks match these filters.", "/my-work?view=claim")
    assert sought.nothing.fact == "0 results for ‘mill lnae’ in To claim."


async def test_live_changes_stay_right_under_filters(tab_of, office):
    first, second = created(office, 2)
    kind = str(office.task_type.id)
    _, shown = await work_of(tab_of, office.tom, f"claim&type={kind}&target=week")
    done(hold.claim, office.ana, task_id=first.task_id)
    created(office, target=WantedTarget("custom", 90))
    created(office)

    await changed(office, shown, office.tom)

    assert [(row.key, row.gone) for row in rows(shown)] == [(first.task_id, "Claimed by Ana Ruiz"), (second.task_id, "")]
    assert (shown.pill, shown.frame.matches) == ("2 updates - show", "2 tasks match.")


async def test_a_list_that_cannot_be_loaded_says_so_in_its_place(tab_of, office, caplog):
    created(office)
    tab, _ = await work_of(tab_of, office.tom, "claim")
    with unit_of_work() as session:
        session.connection().exec_driver_sql("ALTER TABLE task_file RENAME TO mislaid")

    await tab.open("/my-work?view=claim&sort=task")
    failed = await tab.state(MyWork)
    code = failed.failure
    with unit_of_work() as session:
        session.connection().exec_driver_sql("ALTER TABLE mislaid RENAME TO task_file")
    await tab.do(MyWork.show_updates)

    assert failed.loaded
    assert code.startswith("Tell your service desk: list-")
    assert code.split("list-")[1][:4] in caplog.text
    assert ((await tab.state(MyWork)).failure, len(rows(await tab.state(MyWork)))) == ("", 1)
