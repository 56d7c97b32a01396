"""Claim, put back, complete, cancel: who may, who was first, and what is said to the others."""

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import service
from casetasks_app.task_types import registry
from tests import every_kind
from tests.every_kind.forms import good
from tests.factories import Office, a_task, a_task_type
from tests.integration.tasks.looking import history, the_task
from tests.rest.asking import program

DONE = {"outcome": "Done", "note": "All well."}


@pytest.fixture
def task(office: Office) -> str:
    """Give the address of a task that waits for the officers."""
    with unit_of_work() as session:
        a_task(session, office)
    return f"/cases/{office.reference}/tasks/1"


async def test_a_task_is_claimed_answered_and_closed(office, task):
    """S5, S19, B18, B19, B20."""
    tom = program(office.tom)
    before = (await tom.ask(task)).json

    claimed = await tom.do(f"{task}/claim")
    step = claimed.json["step"]
    done = await tom.do(f"{task}/complete", {"step": step["id"], "answers": DONE})

    assert (before["held_by"], before["may"], before["step"]) == ({"name": "Planning officers", "kind": "team"}, ["claim"], None)
    assert claimed.json["held_by"] == {"name": "Tom Ellis", "kind": "person"}
    assert [each["name"] for each in step["questions"]][:2] == ["outcome", "note"]
    assert (done.status, done.json["status"], done.json["outcome"], done.json["step"]) == (200, "closed", "done", None)
    assert "All well." in str(done.json["blocks"])
    with unit_of_work.read() as session:
        assert [each.actor_id for each in history(session, "task_closed")] == [office.tom.id]


async def test_whoever_comes_second_is_told_who_was_first_in_the_words_of_the_page(office, task):
    """B18."""
    await program(office.tom).do(f"{task}/claim")

    said = await program(office.ana).do(f"{task}/claim")

    assert (said.status, said.problem) == (409, "already-claimed")
    assert said.json["detail"].startswith("Tom Ellis claimed this task at ")
    assert said.json["title"] == "Somebody else claimed this task just before you."


async def test_a_task_is_put_back_for_its_team(office, task):
    """S90."""
    tom = program(office.tom)
    await tom.do(f"{task}/claim")

    released = await tom.do(f"{task}/release")
    again = await program(office.ana).do(f"{task}/claim")

    assert (released.json["held_by"]["kind"], again.status) == ("team", 200)


async def test_a_step_is_completed_once(office, task):
    """B20, B24."""
    tom = program(office.tom)
    step = (await tom.do(f"{task}/claim")).json["step"]["id"]
    first, second = [await tom.do(f"{task}/complete", {"step": step, "answers": DONE}) for _ in range(2)]

    assert (first.status, second.status, second.problem) == (200, 409, "task-is-over")
    assert second.json["detail"].startswith("Tom Ellis closed this task at ")


async def test_a_step_of_another_task_or_person_is_not_answered(office, task):
    """B19: the id of a step is a claim like any other."""
    with unit_of_work() as session:
        a_task(session, office, assignee_id=office.ana.id)
    tom, ana = program(office.tom), program(office.ana)
    mine = (await tom.do(f"{task}/claim")).json["step"]["id"]
    hers = (await ana.ask(f"/cases/{office.reference}/tasks/2")).json["step"]["id"]

    answers = [
        await tom.do(f"{task}/complete", {"step": hers, "answers": DONE}),
        await ana.do(f"{task}/complete", {"step": mine, "answers": DONE}),
        await ana.do(f"/cases/{office.reference}/tasks/2/complete", {"step": mine, "answers": DONE}),
        await tom.do(f"{task}/complete", {"step": 10**30, "answers": DONE}),
    ]

    assert [(each.status, each.json["detail"]) for each in answers] == [(403, "Claim this task to answer it.")] * 4


async def test_a_task_is_cancelled_with_a_reason_by_its_case_manager_alone(office, task):
    """B25, B26, S70, S73, S79."""
    me = program(office.manager)

    others = [await program(each).do(f"{task}/cancel", {"reason": "No longer needed"}) for each in (office.other_manager, office.tom)]
    without = await me.do(f"{task}/cancel", {})
    unlisted = await me.do(f"{task}/cancel", {"reason": "I felt like it"})
    done = await me.do(f"{task}/cancel", {"reason": "No longer needed"})
    late = await program(office.tom).do(f"{task}/claim")

    assert [each.status for each in others] == [403, 403]
    assert without.errors == unlisted.errors == {"reason": "Select why you are cancelling the task."}
    assert (done.json["status"], done.json["may"]) == ("cancelled", [])
    assert (late.status, late.json["detail"].startswith("Priya Shah cancelled this task at ")) == (409, True)


async def test_a_type_that_cannot_be_cancelled_is_not(office):
    """B25, S71."""
    with unit_of_work() as session:
        fixed = a_task_type(session, office.case_type, office.officers)
        a_task(session, office, task_type_id=fixed.id)

    said = await program(office.manager).do(f"/cases/{office.reference}/tasks/1/cancel", {"reason": "No longer needed"})

    assert (said.status, said.json["detail"]) == (403, "This type of task cannot be cancelled.")


@pytest.mark.parametrize(
    ("who", "sees", "claims"),
    [("manager", 200, 403), ("other_manager", 200, 403), ("tom", 200, 200), ("lead", 200, 200), ("stranger", 404, 404)],
)
async def test_the_table_of_who_may_see_and_claim_holds_here_too(office, task, who, sees, claims):
    """S42, S43, B17: section 10, decided by the verbs and queries."""
    me = program(getattr(office, who))

    assert (await me.ask(task)).status == sees
    assert (await me.do(f"{task}/claim")).status == claims


@pytest.mark.parametrize("verb", ["claim", "release", "complete", "cancel"])
async def test_what_one_may_not_see_is_not_there(office, task, verb):
    """S43."""
    body = {"step": 1} if verb == "complete" else {}
    me = program(office.stranger)

    answers = [await me.do(f"{where}/{verb}", body) for where in (task, f"{task}99", "/cases/NO-1/tasks/1")]

    assert {(each.status, each.json["detail"]) for each in answers} == {(404, "There is nothing here, or you may not see it.")}


async def test_questions_for_files_are_refused_with_the_way_to_the_page(office):
    """B19: the sentences beside the questions stay those of the one check."""
    with registry.registered(every_kind.plugin):
        with unit_of_work() as session:
            kind = a_task_type(session, office.case_type, office.officers, plugin="every_kind")
            a_task(session, office, task_type_id=kind.id, assignee_id=office.tom.id)
        tom, where = program(office.tom), f"/cases/{office.reference}/tasks/1"
        step = (await tom.ask(where)).json["step"]
        found = await tom.ask(f"{where}/choices", step=step["id"], question="officer", text="ruiz")
        directory = await program(office.ana).ask(f"{where}/choices", step=step["id"], question="officer", text="ruiz")

        answers = good(officer=found.json["found"][0]["id"], photos=["0" * 32])
        said = await tom.do(f"{where}/complete", {"step": step["id"], "answers": answers})

    assert [each["name"] for each in step["questions"] if not each["can_be_answered"]] == ["before", "photos", "papers"]
    assert found.json["found"][0]["name"] == "Ana Ruiz"
    assert directory.status == 404
    assert said.errors == {"photos": "A file could not be uploaded. Try again."}
    assert said.json["detail"].startswith("“Photos” asks for files, which this interface does not take. Add them on the page: http")
    assert said.json["detail"].endswith(where)


async def test_who_gave_a_task_away_and_sees_it_no_more_is_told_that_it_is_done(office):
    with unit_of_work() as session:
        made = a_task(session, office, assignee_id=office.tom.id)
        service.leave(session, person_id=office.tom.id or 0, team_id=office.officers.id or 0)

    said = await program(office.tom).do(f"/cases/{office.reference}/tasks/1/release")

    assert (said.status, said.json) == (204, None)
    with unit_of_work.read() as session:
        assert the_task(session, made.task_id).assignee_id is None
