"""Cases through REST: raised with their tasks and the page's words, seen by those who may."""

import pytest
from sqlmodel import col, select

from casetasks_app.cases import service
from casetasks_app.cases.new import NewCase
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, CaseType, Task
from casetasks_app.web.pages.raise_case.state import RaiseCase
from tests.factories import NOON, a_task, a_task_type, actor
from tests.integration.racing import at_once
from tests.rest.asking import program
from tests.states.test_raise_case import FORM

GOOD = {"address": "14 Mill Lane", "has_damp": "no"}
WRONG = {
    "nothing": ({}, ""),
    "a hidden question shows": ({"has_damp": "yes"}, "Damp"),
    "wrong kinds": ({"address": "x" * 201, "has_damp": "perhaps", "rooms": ["Cellar"]}, "x" * 121),
    "people and teams that are none": ({**GOOD, "surveyor": "999999", "team": "0"}, "Damp"),
}


@pytest.fixture
def repairs(office):
    with unit_of_work() as session:
        case_type = session.get_one(CaseType, office.case_type.id)
        case_type.form, case_type.key = FORM, "repairs"
        generated = {"auto_generate": True, "auto_team_id": office.officers.id}
        a_task_type(session, office.case_type, office.officers, key="first", **generated)
        a_task_type(session, office.case_type, office.officers, key="second", auto_field="has_damp", **generated)
    return office


def new(**changes: object) -> dict[str, object]:
    return {"case_type": "repairs", "title": "Damp wall", "answers": GOOD, "contact_name": "Alex"} | changes


async def test_the_types_are_those_one_may_raise_with_their_questions(repairs):
    mine, others = [(await program(person).ask("/case-types")).json["case_types"] for person in (repairs.manager, repairs.tom)]

    assert [each["key"] for each in mine] == ["repairs"]
    questions = {each["name"]: each for each in mine[0]["questions"]}
    assert list(questions) == [row["name"] for row in FORM]
    assert questions["rooms"]["options"][0] == {"value": "Kitchen", "label": "Kitchen"}
    assert (questions["since"]["show_if"], questions["photos"]["can_be_answered"]) == ("has_damp", False)
    assert others == []


async def test_a_case_is_raised_with_its_automatic_tasks(repairs):
    """B12, S64: through REST as on a page; the second type looks at an answer."""
    me = program(repairs.manager)

    dry = await me.do("/cases", new(), key="dry")
    damp = await me.do("/cases", new(answers={**GOOD, "has_damp": True, "since": "May"}), key="damp")

    assert (dry.status, dry.json["task_count"], damp.json["task_count"]) == (201, 1, 2)
    assert dry.headers["location"] == f"/api/cases/{dry.json['reference']}"
    tasks = (await me.ask(f"/cases/{damp.json['reference']}/tasks")).json["tasks"]
    assert [(each["number"], each["is_automatic"], each["held_by"]) for each in tasks] == [
        (1, True, {"name": "Planning officers", "kind": "team"}),
        (2, True, {"name": "Planning officers", "kind": "team"}),
    ]


async def test_the_same_key_raises_one_case(repairs):
    """B10."""
    me, other = program(repairs.manager), program(repairs.other_manager)

    first, again = [await me.do("/cases", new(), key="k1") for _ in range(2)]
    theirs = await other.do("/cases", new(), key="k1")

    assert (first.status, again.status, theirs.status) == (201, 200, 201)
    assert first.json["reference"] == again.json["reference"] != theirs.json["reference"]


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b", "ä"])
async def test_without_a_key_nothing_is_raised(repairs, key):
    said = await program(repairs.manager).do("/cases", new(), idempotency_key=key)

    assert (said.status, said.problem) == (400, "idempotency-key")


@pytest.mark.parametrize("case", WRONG)
async def test_what_is_wrong_is_said_in_the_words_of_the_page(tab_of, repairs, case):
    """B19 for the case form: one definition, one validation, the same messages."""
    answers, title = WRONG[case]
    tab = await tab_of(repairs.manager.id)
    await tab.open("/cases/new?type=repairs")
    await tab.do(RaiseCase.send, {"case-title": title, "case-contact-email": "no address", **answers})
    page = [error.text for error in (await tab.state(RaiseCase)).errors]

    said = await program(repairs.manager).do("/cases", new(title=title, answers=answers, contact_email="no address"), key="k")

    assert (said.status, said.problem) == (422, "answers")
    assert sorted(said.errors.values()) == sorted(page)
    with unit_of_work.read() as session:
        assert not session.exec(select(Case).where(Case.title == title)).all()


async def test_only_case_managers_raise_cases_and_types_of_others_are_like_none(repairs):
    refused = await program(repairs.tom).do("/cases", new(), key="k")
    unknown = await program(repairs.tom).do("/cases", new(case_type="nothing"), key="k")

    assert (refused.status, refused.json["detail"]) == (403, "Only case managers of this type of case can raise one.")
    assert unknown.json == refused.json


async def test_a_case_is_seen_by_its_case_managers_alone(repairs):
    """S43, S75: who has a task of it sees the task, not the case."""
    with unit_of_work() as session:
        a_task(session, repairs, assignee_id=repairs.tom.id)

    people = (repairs.manager, repairs.other_manager, repairs.tom)
    answers = {person.name: await program(person).ask(f"/cases/{repairs.reference}") for person in people}

    assert [each.status for each in answers.values()] == [200, 200, 404]
    assert (answers["Priya Shah"].json["title"], answers["Priya Shah"].json["status"]) == ("Mill Lane extension", "open")
    assert [each["key"] for each in answers["Priya Shah"].json["task_types"]][1:] == ["first", "second"]
    assert answers["Priya Shah"].json["task_types"][0]["teams"][0]["name"] == "Planning officers"
    assert answers["Omar Reid"].json["task_types"] == []


def test_two_at_once_raise_one_case(repairs):
    """B10."""
    asked = NewCase(repairs.case_type.id, "Damp wall", "rest:k", answers=GOOD)

    raised = at_once(*[lambda session: service.raise_case(session, new=asked, actor=actor(session, repairs.manager), now=NOON)] * 2)

    assert len({each.reference for each in raised}) == 1  # type: ignore[attr-defined]
    assert sorted(each.is_repeat for each in raised) == [False, True]  # type: ignore[attr-defined]
    with unit_of_work.read() as session:
        made = session.exec(select(Task).join(Case, col(Case.id) == Task.case_id).where(Case.title == "Damp wall")).all()
    assert len(made) == 1
