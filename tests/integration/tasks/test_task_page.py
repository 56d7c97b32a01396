"""What the task page asks for beyond lists: the form of the open step, its process, to whom the task may be given."""

import pytest
from sqlmodel import Session

from casetasks_app.cases import complete
from casetasks_app.errors import NotFound
from casetasks_app.files import service as files
from casetasks_app.files import store
from casetasks_app.files.service import Place
from casetasks_app.models import StoredFile
from casetasks_app.people import service as people
from casetasks_app.tasks import hold, target, uploads
from casetasks_app.tasks.queries import assigning, process, view
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, a_task_type, actor
from tests.integration.tasks.looking import open_steps


def an_approval(session: Session, office: Office) -> int:
    """Create an approval for the team and return its task id."""
    kind = a_task_type(session, office.case_type, office.officers, plugin="approval", name="Approval")
    return a_task(session, office, task_type_id=kind.id).task_id


def do(session: Session, task_id: int, person: object, **answers: object) -> None:
    """Complete the open step."""
    step = open_steps(session, task_id)[0]
    who = actor(session, person)  # pyright: ignore[reportArgumentType]
    complete.complete_step(session, task_id=task_id, step_id=step.id or 0, answers=answers, actor=who, now=NOON)


def refused_and_asked_again(session: Session, office: Office) -> int:
    """Claim an approval as Tom, refuse it, and let the case manager ask again."""
    task_id = an_approval(session, office)
    hold.claim(session, task_id=task_id, actor=actor(session, office.tom), now=NOON)
    do(session, task_id, office.tom, decision="reject", reason="No plan.")
    return task_id


def test_a_step_that_comes_round_again_returns_to_who_claimed_it(session: Session, office: Office) -> None:
    """B20, S25: with its last answers filled in."""
    task_id = refused_and_asked_again(session, office)

    do(session, task_id, office.manager, action="resubmit", reply="Here it is.")

    step = open_steps(session, task_id)[0]
    page = view.page(session, reference=office.reference, number=1, actor=actor(session, office.tom), now=NOON)
    assert (step.assignee_id, step.team_id, step.is_own) == (office.tom.id, office.officers.id, True)
    assert page.form
    assert page.form.is_repeat
    assert (page.form.draft["decision"], page.form.draft["reason"]) == ("reject", "No plan.")
    assert [row.name for row in page.form.shown] == ["decision", "reason"]


def test_it_goes_to_the_team_when_that_person_has_left_it(session: Session, office: Office) -> None:
    """B20, S43."""
    task_id = refused_and_asked_again(session, office)
    people.set_members(session, team_id=office.officers.id or 0, members=[office.ana.id or 0], leads=[])

    do(session, task_id, office.manager, action="resubmit", reply="Here it is.")

    step = open_steps(session, task_id)[0]
    assert (step.assignee_id, step.team_id, step.is_for_team) == (None, office.officers.id, True)


def test_the_process_is_told_and_drawn_for_those_who_see_the_task(session: Session, office: Office) -> None:
    """B20, S43."""
    refused_and_asked_again(session, office)
    page = view.page(session, reference=office.reference, number=1, actor=actor(session, office.manager), now=NOON)

    drawn = process.picture(session, reference=office.reference, number=1, actor=actor(session, office.manager))

    assert page.process == ("Decide: done", "Revise or withdraw: open now")
    assert drawn.count('class="process-tick"') == 1
    with pytest.raises(NotFound):
        process.picture(session, reference=office.reference, number=1, actor=actor(session, office.stranger))


def test_the_assignee_gives_a_task_to_a_colleague_only(session: Session, office: Office) -> None:
    """B22."""
    made = a_task(session, office, assignee_id=office.tom.id)

    mine = assigning.choices(session, task_id=made.task_id, actor=actor(session, office.tom), now=NOON)
    managers = assigning.choices(session, task_id=made.task_id, actor=actor(session, office.manager), now=NOON)

    assert [choice.name for choice in mine] == ["Ana Ruiz", "Mia Lead"]
    assert [choice.name for choice in managers] == ["Planning officers", "Ana Ruiz", "Mia Lead"]
    with pytest.raises(NotFound):
        assigning.choices(session, task_id=made.task_id, actor=actor(session, office.ana), now=NOON)


def test_a_changed_target_is_counted_from_the_creation(session: Session, office: Office) -> None:
    """B23."""
    made = a_task(session, office)

    moment = target.preview_change(session, task_id=made.task_id, asked=WantedTarget("custom", 5), actor=actor(session, office.manager))

    assert moment == "Monday 23 November 2026, 12:00"


def uploaded(session: Session, person_id: int, key: str) -> str:
    """Keep an upload as the browser sends it."""
    part = store.Part("plan.pdf")
    part.write(b"%PDF-1.4 a plan")
    return files.keep(session, upload=part.finish(), place=Place(draft_key=key), person_id=person_id, now=NOON)


def test_an_upload_joins_the_answers_of_its_own_step_only(session: Session, office: Office) -> None:
    """B19, B6: nobody adds files to a step that is somebody else's."""
    made = a_task(session, office, assignee_id=office.tom.id)
    step_id = open_steps(session, made.task_id)[0].id or 0
    mine = uploaded(session, office.tom.id or 0, f"step:{step_id}")
    hers = uploaded(session, office.ana.id or 0, f"step:{step_id}")
    at = {"to": uploads.Question(made.task_id, step_id, "files"), "now": NOON}

    uploads.attach(session, file_id=mine, actor=actor(session, office.tom), **at)
    with pytest.raises(NotFound):
        uploads.attach(session, file_id=hers, actor=actor(session, office.tom), **at)
    with pytest.raises(NotFound):
        uploads.attach(session, file_id=hers, actor=actor(session, office.ana), **at)

    assert session.get_one(StoredFile, mine).task_id == made.task_id
    uploads.detach(session, file_id=mine, actor=actor(session, office.tom), **at)
    session.expire_all()
    assert session.get_one(StoredFile, mine).removed_at == NOON
