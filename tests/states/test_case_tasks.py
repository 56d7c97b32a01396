"""The tasks tab's handlers: whose tasks it lists, what may be done with each, and how changes of others come in."""

from urllib.parse import quote

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, CaseStatus, Task
from casetasks_app.tasks import cancel, hold
from casetasks_app.tasks.cancel import Reason
from casetasks_app.web.pages.case_tasks import following
from casetasks_app.web.pages.case_tasks.state import CaseTasks, load
from casetasks_app.web.pages.case_tasks.words import CLOSED
from casetasks_app.web.ui.shell_state import Shell
from tests.factories import Office, a_case, a_case_type, a_task, a_task_type, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    """Give an office with three tasks: one of Tom's, one of the team, one cancelled; and one on another case."""
    with unit_of_work() as session:
        made = an_office(session, is_cancellable=True, target_amount=2, ask_description=True)
        a_task(session, made, assignee_id=made.tom.id, description="Visit the place", now=clock.now())
        a_task(session, made, description="Ask the neighbour", now=clock.now())
        third = a_task(session, made, now=clock.now())
        reason = Reason("No longer needed", "")
        cancel.cancel(session, task_id=third.task_id, reason=reason, actor=actor(session, made.manager), now=clock.now())
        case_id, _ = a_case(session, made.case_type, made.manager)
        a_task(session, Office(**{**made.__dict__, "case_id": case_id}), description="Of another case", now=clock.now())
    return made


async def opened(tab_of, office: Office, person_id: int | None = None, *, query: str = ""):
    tab = await tab_of(person_id or office.manager.id)
    await tab.open(f"/cases/{office.reference}/tasks{query}")
    return tab


async def test_the_tab_lists_all_tasks_of_this_case_and_of_no_other(tab_of, office):
    """S6, S13, S14, S16, S17, S21, S24, S76, S77, B21."""
    state = await (await opened(tab_of, office)).state(CaseTasks)

    rows = [*state.open_tasks, *state.over_tasks]
    assert [(row.number, row.name, row.status) for row in rows] == [
        (1, "Visit the place", "new"),
        (2, "Ask the neighbour", "new"),
        (3, office.task_type.name, "cancelled"),
    ]
    assert [row.href for row in rows] == [f"/cases/{office.reference}/tasks/{number}" for number in (1, 2, 3)]
    assert [(row.holder, row.since) for row in state.open_tasks] == [("Tom Ellis", "since today"), ("Planning officers", "Not claimed")]
    assert state.summary.startswith("3 tasks, 2 open. Next target: task 1, due ")


async def test_cancel_is_offered_for_cancellable_open_tasks_and_to_the_case_manager_alone(tab_of, office):
    """S70, S71, S79, B25."""
    own = (await (await opened(tab_of, office)).state(CaseTasks)).open_tasks
    others = (await (await opened(tab_of, office, office.other_manager.id)).state(CaseTasks)).open_tasks
    toms = (await (await opened(tab_of, office, office.tom.id)).state(CaseTasks)).open_tasks
    with unit_of_work() as session:
        session.merge(office.task_type).is_cancellable = False
    not_cancellable = (await (await opened(tab_of, office)).state(CaseTasks)).open_tasks

    assert [row.cancel_href for row in own] == [f"/cases/{office.reference}/tasks/{number}?do=cancel" for number in (1, 2)]
    assert {row.cancel_href for row in [*others, *toms, *not_cancellable]} == {""}


async def test_somebody_who_only_does_tasks_sees_theirs_and_nothing_of_the_case(tab_of, office):
    """S43, B17."""
    with unit_of_work() as session:
        hold.claim(session, task_id=_id(office, 2), actor=actor(session, office.ana), now=clock.now())
    state = await (await opened(tab_of, office, office.ana.id)).state(CaseTasks)
    nothing = await (await opened(tab_of, office, office.stranger.id)).state(CaseTasks)

    assert [row.number for row in [*state.open_tasks, *state.over_tasks]] == [2, 3]
    assert (state.bar.title, state.bar.href, state.may_create, state.why_not) == ("", "", False, "")
    assert (nothing.refusal.title, nothing.open_tasks) == ("You cannot open this case", [])


async def test_a_case_type_without_task_types_answers_with_a_sentence(tab_of, office):
    """S7, B1."""
    with unit_of_work() as session:
        plain = a_case_type(session, office.managers, name="Noise report")
        _, reference = a_case(session, plain, office.manager)
    tab = await tab_of(office.manager.id)

    await tab.open(f"/cases/{reference}/tasks?new=type")

    state = await tab.state(CaseTasks)
    assert (state.uses_tasks, state.bar.tasks_href, state.loaded, state.refusal.title) == (False, "", True, "")


async def test_the_tab_exists_as_soon_as_there_is_a_task_type(tab_of, office):
    """S6, B1."""
    with unit_of_work() as session:
        plain = a_case_type(session, office.managers)
        _, reference = a_case(session, plain, office.manager)
        a_task_type(session, plain, office.officers)
    tab = await tab_of(office.manager.id)

    await tab.open(f"/cases/{reference}/tasks")

    state = await tab.state(CaseTasks)
    assert (state.uses_tasks, state.bar.tasks_href) == (True, f"/cases/{reference}/tasks")
    assert state.empty.startswith("Tasks are pieces of work")


async def test_a_closed_case_says_why_nothing_can_be_created(tab_of, office):
    """B2."""
    with unit_of_work() as session:
        session.get_one(Case, office.case_id).status = CaseStatus.CLOSED

    state = await (await opened(tab_of, office)).state(CaseTasks)

    assert (state.may_create, state.why_not) == (False, CLOSED)


async def test_claiming_changes_the_row_and_says_so(tab_of, office):
    """S42, B18."""
    tab = await opened(tab_of, office, office.ana.id)

    await tab.do(CaseTasks.claim, _id(office, 2))

    row = next(row for row in (await tab.state(CaseTasks)).open_tasks if row.number == 2)
    assert (row.holder, row.may_claim, row.may_release) == ("Ana Ruiz", False, True)
    assert (await tab.notice()).title == f"You claimed task {office.reference}/2."


async def test_of_two_who_claim_the_later_is_told_who_was_first(tab_of, office):
    """B18."""
    tab = await opened(tab_of, office, office.ana.id)
    with unit_of_work() as session:
        hold.claim(session, task_id=_id(office, 2), actor=actor(session, office.tom), now=clock.now())

    await tab.do(CaseTasks.claim, _id(office, 2))

    row = next(row for row in (await tab.state(CaseTasks)).open_tasks if row.number == 2)
    assert row.lost.startswith("Tom Ellis claimed this task at")


async def test_changes_of_others_appear_in_place_and_rows_that_would_move_wait(tab_of, office):
    tab = await opened(tab_of, office)
    state = await tab.state(CaseTasks)
    with unit_of_work() as session:
        hold.claim(session, task_id=_id(office, 2), actor=actor(session, office.tom), now=clock.now())
        a_task(session, office, description="A new one", now=clock.now())
        manager = actor(session, office.manager)
        cancel.cancel(session, task_id=_id(office, 1), reason=Reason("No longer needed", ""), actor=manager, now=clock.now())
    with unit_of_work.read() as session:
        manager = actor(session, office.manager)

    following.take_in(state, following.seen(await load(state, manager)))
    live = [(row.number, row.holder, row.is_changed, row.gone) for row in state.open_tasks]
    pill = state.pill
    await tab.do(CaseTasks.show_updates)

    assert live == [(1, "Tom Ellis", True, "Cancelled"), (2, "Tom Ellis", True, "")]
    assert (pill, state.changed, state.added) == ("2 updates - show", 2, 1)
    after = await tab.state(CaseTasks)
    assert [row.number for row in after.open_tasks] == [2, 4]
    assert after.pill == ""


async def test_many_finished_tasks_fold_while_the_case_is_open(tab_of, office):
    with unit_of_work() as session:
        manager = actor(session, office.manager)
        for _ in range(5):
            made = a_task(session, office, now=clock.now())
            cancel.cancel(session, task_id=made.task_id, reason=Reason("No longer needed", ""), actor=manager, now=clock.now())

    folded = await (await opened(tab_of, office)).state(CaseTasks)
    shown = await (await opened(tab_of, office, query="?show=all")).state(CaseTasks)

    assert (folded.over_tasks, folded.fold_words) == ([], "Show 6 closed and cancelled tasks")
    assert (len(shown.over_tasks), shown.fold_words) == (6, "Hide 6 closed and cancelled tasks")


async def test_an_unknown_case_is_said_to_be_unknown(tab_of, office):
    tab = await tab_of(office.manager.id)

    await tab.open("/cases/XX-1/tasks")

    assert (await tab.state(CaseTasks)).refusal.title == "Page not found"


def _id(office: Office, number: int) -> int:
    with unit_of_work.read() as session:
        return session.exec(select(Task.id).where(Task.case_id == office.case_id, Task.number == number)).one() or 0


async def test_what_is_typed_and_chosen_stands_in_the_address(tab_of, office):
    tom = str(office.tom.id)
    tab = await opened(tab_of, office)
    before = (await tab.state(CaseTasks)).frame.matches

    await tab.open(f"/cases/{office.reference}/tasks?who={tom},77&status=new&q=visit+ellis&sort=target&dir=descending")
    narrowed = await tab.state(CaseTasks)
    found = [row.number for row in [*narrowed.open_tasks, *narrowed.over_tasks]]
    chips = [chip.label for chip in narrowed.frame.chips]
    matches = narrowed.frame.matches
    said = (await tab.state(Shell)).said
    await tab.open(f"/cases/{office.reference}/tasks?q=nothing+like+it")

    assert (before, found, matches, said) == ("", [1], "1 task matches.", "1 task matches.")
    assert chips == ["Find: visit ellis", "Status: new", "Assigned to: Tom Ellis"]
    assert (await tab.state(CaseTasks)).nothing == "0 results for ‘nothing like it’ in the tasks of this case."


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("{reference} 2", [2]),
        ("{reference}/1", [1]),
        ("neighbour", [2]),
        ("PLANNING officers", [2]),
        ("{reference}", [1, 2, 3]),
        ("%", [1, 2, 3]),
    ],
)
async def test_a_task_is_found_however_it_is_typed(tab_of, office, typed, numbers):
    with unit_of_work() as session:
        session.get_one(Case, office.case_id).reference = "HSG-77"
    office.reference = "HSG-77"
    text = quote(typed.format(reference="hsg77"))

    state = await (await opened(tab_of, office, query=f"?q={text}")).state(CaseTasks)

    assert [row.number for row in [*state.open_tasks, *state.over_tasks]] == numbers


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("number&dir=descending", [2, 1, 3]),
        ("task", [2, 1, 3]),
        ("who", [2, 1, 3]),
        ("who&dir=descending", [1, 2, 3]),
        ("nonsense", [1, 2, 3]),
    ],
)
async def test_the_order_of_the_address_holds_within_open_and_finished(tab_of, office, sort, numbers):
    state = await (await opened(tab_of, office, query=f"?sort={sort}")).state(CaseTasks)

    assert [row.number for row in [*state.open_tasks, *state.over_tasks]] == numbers


async def test_a_filter_offers_what_the_tasks_have(tab_of, office):
    tab = await opened(tab_of, office, query="?status=new")

    await tab.do(CaseTasks.offer, "who")
    who = (await tab.state(CaseTasks)).ticks
    await tab.do(CaseTasks.offer, "status")
    status = (await tab.state(CaseTasks)).ticks

    assert [(tick.label, tick.count) for tick in who] == [("Planning officers", "1"), ("Tom Ellis", "1")]
    assert [(tick.label, tick.count, tick.is_chosen) for tick in status] == [
        ("New", "2", True),
        ("Closed", "0", False),
        ("Cancelled", "1", False),
    ]


async def test_live_changes_stay_right_under_filters(tab_of, office):
    tab = await opened(tab_of, office, query=f"?who=t{office.officers.id}")
    state = await tab.state(CaseTasks)
    with unit_of_work() as session:
        hold.claim(session, task_id=_id(office, 2), actor=actor(session, office.tom), now=clock.now())
        a_task(session, office, assignee_id=office.ana.id, now=clock.now())
        a_task(session, office, now=clock.now())
    with unit_of_work.read() as session:
        manager = actor(session, office.manager)

    following.take_in(state, following.seen(await load(state, manager)))

    assert [(row.number, row.holder, row.gone) for row in state.open_tasks] == [(2, "Tom Ellis", "No longer matches the filters")]
    assert (state.pill, state.added) == ("2 updates - show", 1)


async def test_pages_have_the_length_that_was_asked_for(tab_of, office):
    with unit_of_work() as session:
        for _ in range(27):
            a_task(session, office, now=clock.now())

    first = await (await opened(tab_of, office)).state(CaseTasks)
    fifty = await (await opened(tab_of, office, query="?size=50&page=7")).state(CaseTasks)

    assert (len(first.open_tasks), first.under.summary) == (25, "Showing 1 to 25 of 30 tasks")
    assert [(size.label, size.is_current) for size in fifty.frame.sizes] == [("25", False), ("50", True), ("100", False)]
    assert (len(fifty.open_tasks) + len(fifty.over_tasks), fifty.under.summary) == (30, "Showing 1 to 30 of 30 tasks")
