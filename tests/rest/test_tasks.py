"""Tasks of a case through REST: listed by number, created once, refused in the words of the dialog."""

import asyncio
from collections.abc import Mapping

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.cases import service as cases
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import CreationDraft, Task, TaskType
from casetasks_app.tasks import dialog, one_page
from casetasks_app.tasks.wanted import TaskRefused
from tests.factories import NOON, Office, a_case, a_task, a_task_type, actor
from tests.rest.asking import Program, program

USUAL: dict[str, object] = {"team": "", "person": "anyone"}


@pytest.fixture
def kind(office: Office) -> TaskType:
    """Give a type that asks for everything, done by two teams."""
    asks = dict.fromkeys(("ask_description", "ask_summary", "ask_attachments", "ask_case_details", "allow_override"), True)
    with unit_of_work() as session:
        made = a_task_type(session, office.case_type, office.officers, office.managers, key="survey", name="Survey", **asks)
        session.flush()
        session.expunge_all()
    return made


def new(office: Office, **changes: object) -> dict[str, object]:
    return {"task_type": office.task_type.key, "person": "anyone"} | changes


def tasks_of(office: Office) -> list[Task]:
    with unit_of_work.read() as session:
        return list(session.exec(select(Task).where(Task.case_id == office.case_id).order_by(Task.number)))  # type: ignore[arg-type]


async def test_a_task_is_created_with_its_answers(office, kind):
    """S1, S3, S16, S54, S59, B9."""
    sent = new(office, task_type="survey", team=office.officers.key, person=office.ana.email.upper(), description="Measure the fence")
    sent |= {"summary": "At the back.", "case_details": True, "target": "custom", "amount": 3, "unit": "days"}

    said = await program(office.manager).do(f"/cases/{office.reference}/tasks", sent, key="k")

    assert (said.status, said.json) == (201, {"reference": f"{office.reference}/1", "number": 1})
    assert said.headers["location"] == f"/api/cases/{office.reference}/tasks/1"
    seen = (await program(office.ana).ask(f"/cases/{office.reference}/tasks/1")).json
    assert (seen["description"], seen["summary"], seen["held_by"]["name"]) == ("Measure the fence", "At the back.", "Ana Ruiz")
    assert seen["case_facts"][0] == {"label": "Title", "value": "Mill Lane extension"}
    assert seen["target"]["due_at"] is not None


async def test_what_is_left_out_is_as_usual_and_drafts_are_left_alone(office):
    """S17, B5, B11: a half-filled dialog on the page is not what a program sends."""
    with unit_of_work() as session:
        manager = actor(session, office.manager)
        given = {"task_type": str(office.task_type.id)}
        dialog.keep(session, case_id=office.case_id, step="type", sent=given, actor=manager, now=clock.now())

    said = await program(office.manager).do(f"/cases/{office.reference}/tasks", new(office), key="k")

    assert said.status == 201
    assert [(each.description, each.team_id, each.assignee_id) for each in tasks_of(office)] == [
        (office.task_type.name, office.officers.id, None)
    ]
    with unit_of_work.read() as session:
        assert len(session.exec(select(CreationDraft)).all()) == 1


WRONG: Mapping[str, dict[str, object]] = {
    "nobody chosen": {"person": ""},
    "another team": {"team": "nowhere"},
    "no member": {"team": "officers", "person": "stranger"},
    "too long": {"team": "officers", "description": "x" * 121, "summary": "y" * 4001},
    "no amount": {"team": "officers", "target": "custom"},
    "too much": {"team": "officers", "target": "custom", "amount": "400", "unit": "days"},
    "all at once": {"team": "", "description": "x" * 121, "target": "custom", "amount": "3 weeks"},
}


@pytest.mark.parametrize("case", WRONG)
async def test_the_problems_are_those_of_the_dialog(office, kind, case):
    """S36, S37, B4, B5, B7: the same answers on the one page of the dialog and by a program."""
    answers = USUAL | WRONG[case]
    keys = {"officers": office.officers.key, "stranger": office.stranger.email}
    sent = answers | {name: keys.get(str(answers[name]), answers[name]) for name in ("team", "person")}
    said = await program(office.manager).do(f"/cases/{office.reference}/tasks", new(office, task_type="survey", **sent), key="k")

    page = on_the_page(office, kind, answers)

    assert (said.status, said.problem) == (422, "answers")
    assert said.errors == page
    assert not tasks_of(office)


def on_the_page(office: Office, kind: TaskType, answers: Mapping[str, object]) -> dict[str, str]:
    """Return what the dialog says beside its fields."""
    ids = {"officers": str(office.officers.id), "nowhere": "999999999", "stranger": str(office.stranger.id)}
    sent = {"target": "usual", **answers} | {name: ids.get(str(answers[name]), answers[name]) for name in ("team", "person")}
    with unit_of_work() as session:
        me, where = actor(session, office.manager), {"case_id": office.case_id, "now": clock.now()}
        for step in ("type", "assignment", "details", "targets"):
            dialog.keep(session, step=step, sent={"task_type": str(kind.id), **sent}, actor=me, **where)
        draft = session.exec(select(CreationDraft)).one()
        with pytest.raises(TaskRefused) as refusal:
            one_page.submit_all(session, key=draft.creation_key, actor=me, **where)
    return {each.field: each.message for each in refusal.value.problems}


async def test_a_type_that_cannot_be_used_now_is_refused(office):
    """B3, S83, S84, S32."""
    with unit_of_work() as session:
        a_task_type(session, office.case_type, office.officers, key="later", name="Later", prerequisites=[office.task_type.key])
        a_task_type(session, office.case_type, office.officers, key="old", name="Old", is_retired=True)
    me, where = program(office.manager), f"/cases/{office.reference}/tasks"

    errors = [(await me.do(where, new(office, task_type=key), key=key)).errors["task_type"] for key in ("later", "old", "none")]

    assert errors[0].startswith("“Later” cannot be used right now: first complete “Task type")
    assert errors[1:] == ["“Old” can no longer be used. Select another type.", "Select what kind of task it is."]


async def test_only_the_case_manager_of_an_open_case_creates(office):
    """B2, S43."""
    where = f"/cases/{office.reference}/tasks"
    others = [await program(each).do(where, new(office), key="k") for each in (office.other_manager, office.tom)]
    with unit_of_work() as session:
        me = actor(session, office.manager)
        cases.close(session, case_id=office.case_id, outcome="Resolved", note="Done.", actor=me, now=NOON)

    late = await program(office.manager).do(where, new(office), key="k")

    assert (others[0].status, others[0].json["detail"]) == (403, "Only Priya Shah, the case manager, can create tasks on this case.")
    assert others[1].status == 404
    assert (late.status, late.problem) == (409, "case-is-closed")
    assert late.json["detail"].startswith(f"{office.reference} was closed by Priya Shah at ")


async def test_the_same_key_creates_one_task_on_a_case(office):
    """B10."""
    with unit_of_work() as session:
        _, other = a_case(session, office.case_type, office.manager)
    me = program(office.manager)

    first, again = [await me.do(f"/cases/{office.reference}/tasks", new(office), key="k") for _ in range(2)]
    elsewhere = await me.do(f"/cases/{other}/tasks", new(office), key="k")

    assert [(each.status, each.json["number"]) for each in (first, again, elsewhere)] == [(201, 1), (200, 1), (201, 1)]
    assert elsewhere.json["reference"] == f"{other}/1"
    assert len(tasks_of(office)) == 1


@pytest.mark.parametrize("maximum", [0, 1])
async def test_the_same_key_twice_at_once_creates_one_task(office, maximum):
    """B10, S83: also where the first one uses up what may be created."""
    with unit_of_work() as session:
        session.get_one(TaskType, office.task_type.id).maximum = maximum
    me = program(office.manager)

    said = await asyncio.gather(*(me.do(f"/cases/{office.reference}/tasks", new(office), key="k") for _ in range(4)))

    assert sorted(each.status for each in said) == [200, 200, 200, 201]
    assert len(tasks_of(office)) == 1


async def test_the_tasks_of_a_case_come_by_number_and_only_those_one_may_see(office):
    """S13, S14, S43, B17."""
    with unit_of_work() as session:
        for number in range(7):
            a_task(session, office, **({"assignee_id": office.tom.id} if number % 3 == 0 else {"assignee_id": office.ana.id}))

    mine, all_of_them = [await numbers(program(each), office.reference, limit=2) for each in (office.tom, office.manager)]

    assert mine == [[1, 4], [7]]
    assert all_of_them == [[1, 2], [3, 4], [5, 6], [7]]
    assert (await program(office.stranger).ask(f"/cases/{office.reference}/tasks")).status == 404


async def numbers(who: Program, reference: str, *, limit: int) -> list[list[int]]:
    """Go through all parts of the list."""
    found, after = [], "0"
    while after:
        said = await who.ask(f"/cases/{reference}/tasks", limit=limit, after=after)
        found.append([each["number"] for each in said.json["tasks"]])
        after = said.json["next"]
    return found


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"limit": "9" * 5000}, {"after": "-1"}, {"after": "x"}])
async def test_a_query_that_means_nothing_is_refused(office, query):
    said = await program(office.manager).ask(f"/cases/{office.reference}/tasks", **query)

    assert (said.status, said.problem) == (400, "query")
