"""Run inside the environment of a test: do and look at what a person would, and print it as JSON.

`looking.py see HSG-1001 1` prints a task's page, `looking.py do HSG-1001 1 '{"outcome": "done"}'` answers its open step.
"""

import json
import sys

from sqlmodel import Session, select

from casetasks_app import clock
from casetasks_app.cases import complete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, Person, Task, TaskStep
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.process import installed
from casetasks_app.task_types.blocks import blocks_to_json
from casetasks_app.tasks import hold
from casetasks_app.tasks.queries import view


def who(session: Session) -> Actor:
    found = people.actor(session, person_id=session.exec(select(Person.id)).first() or 0)
    assert found
    return found


def see(session: Session, reference: str, number: int) -> dict[str, object]:
    page = view.page(session, reference=reference, number=number, actor=who(session), now=clock.now())
    task = session.exec(select(Task).join(Case).where(Case.reference == reference, Task.number == number)).one()
    return {
        "status": page.row.status,
        "outcome": task.outcome,
        "digest": task.model_digest[:12],
        "can_be_answered": page.is_available,
        "asks": [row.name for row in page.form.rows] if page.form else [],
        "open": [step.name for step in session.exec(select(TaskStep).where(TaskStep.task_id == task.id)) if not step.completed_at],
        "blocks": blocks_to_json(page.blocks),
        "history": [entry.title for entry in page.history],
    }


def do(session: Session, reference: str, number: int, answers: str) -> dict[str, object]:
    task = session.exec(select(Task).join(Case).where(Case.reference == reference, Task.number == number)).one()
    steps = session.exec(select(TaskStep).where(TaskStep.task_id == task.id)).all()
    step = next(each for each in steps if each.completed_at is None)
    now, actor, task_id = clock.now(), who(session), task.id or 0
    if step.assignee_id is None:
        hold.claim(session, task_id=task_id, actor=actor, now=now)
    given = json.loads(answers)
    complete.complete_step(session, task_id=task_id, step_id=step.id or 0, answers=given, actor=actor, now=now)
    session.flush()
    return see(session, reference, number)


if __name__ == "__main__":
    installed.load()
    verb, case, task_number, *more = sys.argv[1:]
    with unit_of_work() as opened:
        sys.stdout.write(json.dumps({"see": see, "do": do}[verb](opened, case, int(task_number), *more)) + "\n")
