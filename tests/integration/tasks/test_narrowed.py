"""My work with filters, words to find and another order: found in the database, on every page."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, Membership, Person
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.queries import my_work, narrowed, walks
from casetasks_app.tasks.queries.choice import Choice
from casetasks_app.tasks.queries.my_work import View, Wanted, Work
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, a_task_type, a_team, actor


def _look(session: Session, who: Person, view: View, number: int = 1, **choice: object) -> Work:
    session.flush()
    return my_work.look(session, actor=actor(session, who), wanted=Wanted(view, number, (), Choice(**choice)), now=NOON)


def _numbers(session: Session, who: Person, view: View, **choice: object) -> list[int]:
    return [row.number for row in _look(session, who, view, **choice).page.rows]


@pytest.fixture
def varied(session: Session, office: Office) -> Office:
    """Give an office with four tasks to claim: due in 9 days, never, tomorrow with an accent, and of another type, breached."""
    office.task_type.ask_description = office.task_type.allow_override = True
    asked = {"ask_description": True, "allow_override": True}
    other = a_task_type(session, office.case_type, office.officers, name="Café & bar check", **asked)
    session.get_one(Case, office.case_id).reference = office.reference = "HSG-1042"
    a_task(session, office, target=WantedTarget("custom", 9), description="Visit the mill")
    a_task(session, office, target=WantedTarget("none"), description="100% of the roof_tiles")
    a_task(session, office, target=WantedTarget("custom", 1), description="Ask Zoë")
    early = NOON - timedelta(days=9)
    a_task(session, office, now=early, task_type_id=other.id, target=WantedTarget("custom", 2), description="Menu")
    session.flush()
    return office


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("  MILL visit ", [1]),
        ("zoe", [3]),
        ("cafe and BAR", [4]),
        ("100%", [2]),
        ("%", [4, 3, 1, 2]),
        ("roof tiles", [2]),
        ("mill zoe", []),
        ("{reference}/3", [3]),
        ("{prefix}{number} 2", [2]),
        ("{number}/4", [4]),
        ("{number}", [4, 3, 1, 2]),
        ("planning", [4, 3, 1, 2]),
    ],
)
def test_what_is_typed_is_found_however_it_is_typed(session: Session, varied: Office, typed: str, numbers: list[int]) -> None:
    prefix, number = varied.reference.lower().split("-")
    text = typed.format(reference=varied.reference, prefix=prefix, number=number)

    assert _numbers(session, varied.tom, View.CLAIM, text=text) == numbers


@pytest.mark.parametrize(
    ("targets", "numbers"),
    [(("breached",), [4]), (("week",), [3]), (("later",), [1, 2]), (("breached", "week"), [4, 3]), (("today",), [])],
)
def test_targets_are_chosen_by_group(session: Session, varied: Office, targets: tuple[str, ...], numbers: list[int]) -> None:
    assert _numbers(session, varied.tom, View.CLAIM, filters=(("target", targets),)) == numbers


def test_filters_narrow_together_and_each_says_what_it_offers(session: Session, varied: Office) -> None:
    tom = actor(session, varied.tom)
    wanted = Wanted(View.CLAIM, choice=Choice(filters=(("type", (str(varied.task_type.id),)), ("target", ("later",)))))

    found = my_work.look(session, actor=tom, wanted=wanted, now=NOON)
    types = my_work.offered(session, actor=tom, wanted=wanted, key="type", now=NOON)
    targets = my_work.offered(session, actor=tom, wanted=wanted, key="target", now=NOON)

    assert [row.number for row in found.page.rows] == [1, 2]
    assert found.labels == {("type", str(varied.task_type.id)): varied.task_type.name, ("target", "later"): "Later"}
    assert [(each.label, each.count) for each in types] == [(varied.task_type.name, 2)]
    assert [(each.value, each.count) for each in targets] == [("breached", 0), ("today", 0), ("week", 1), ("later", 2)]


def test_the_order_holds_over_all_pages(session: Session, office: Office) -> None:
    office.task_type.ask_description = True
    for number in range(30):
        a_task(session, office, description=f"Task {29 - number:02}")

    pages = [_look(session, office.tom, View.CLAIM, number, sort="task").page for number in (1, 2, 9)]

    assert [row.description for page in pages[:2] for row in page.rows] == [f"Task {number:02}" for number in range(30)]
    assert (pages[0].total, pages[2].page) == (30, 2)
    assert _look(session, office.tom, View.CLAIM, sort="task", is_descending=True).page.rows[0].description == "Task 29"
    assert len(_look(session, office.tom, View.CLAIM, size=50).page.rows) == 30


def test_created_by_me_is_filtered_by_who_has_the_task(session: Session, office: Office) -> None:
    for _ in range(3):
        a_task(session, office)
    for task_id, who in ((1, office.ana), (2, office.tom)):
        hold.claim(session, task_id=task_id, actor=actor(session, who), now=NOON)

    wanted = Wanted(View.CREATED)
    offers = my_work.offered(session, actor=actor(session, office.manager), wanted=wanted, key="who", now=NOON)
    mine = _numbers(session, office.manager, View.CREATED, filters=(("who", (str(office.ana.id), f"t{office.officers.id}")),))

    assert [(each.label, each.count) for each in offers] == [("Ana Ruiz", 1), ("Planning officers", 1), ("Tom Ellis", 1)]
    assert mine == [1, 3]
    assert _numbers(session, office.manager, View.CREATED, text="ruiz") == [1]


def test_what_needs_the_managers_attention(session: Session, office: Office) -> None:
    early = NOON - timedelta(days=9)
    a_task(session, office, now=early, target=WantedTarget("custom", 1))
    for _ in range(2):
        a_task(session, office)
    hold.claim(session, task_id=2, actor=actor(session, office.ana), now=NOON)
    session.flush()
    session.delete(session.get_one(Membership, (office.ana.id, office.officers.id)))

    assert _numbers(session, office.manager, View.CREATED, filters=(("needs", ("me",)),)) == [1, 2]


def test_no_filter_shows_more_than_the_view_has(session: Session, varied: Office) -> None:
    """B17, S43."""
    a_team(session, varied.stranger)

    assert _numbers(session, varied.stranger, View.CLAIM, text="mill") == []
    assert _numbers(session, varied.stranger, View.CLAIM, filters=(("team", (str(varied.officers.id),)),)) == []
    assert _look(session, varied.stranger, View.CREATED, filters=(("who", (str(varied.tom.id),)),)).labels == {}


@pytest.mark.parametrize(
    ("view", "index"),
    [(View.MINE, "step_mine"), (View.CLAIM, "step_to_claim"), (View.CREATED, "task_of_manager"), (View.DONE, "step_done_by")],
)
def test_a_narrowed_list_still_starts_from_its_index(database: str, view: View, index: str) -> None:
    who = Actor(1, "A", "a@example.org", teams=frozenset({1, 2}))
    with unit_of_work.read() as session:
        asked = Choice("mill", sort="task")
        query = narrowed.matching(session, walks.ground(view, who, NOON), asked, NOON)
        text = query.params(since=NOON).compile(session.connection(), compile_kwargs={"literal_binds": True})
        if database == "postgresql":
            session.connection().exec_driver_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if database == "sqlite" else "EXPLAIN "
        plan = str(session.execute(sa.text((explain + str(text)).replace(":", "\\:"))).all())

    assert index in plan, plan
