"""Files that somebody adds while they answer a step, before the answers are sent."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import changed
from casetasks_app.errors import NotFound
from casetasks_app.models import StoredFile, TaskStep
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.access import TaskAtHand, at_hand
from casetasks_app.tasks.files import draft_key
from casetasks_app.tasks.step_drafts import Draft, ids_in, so_far

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Question:
    """A question for files of one open step, by its field's name."""

    task_id: int
    step_id: int
    name: str


def attach(session: Session, *, to: Question, file_id: str, actor: Actor, now: datetime) -> Draft:
    """Make one's own upload a draft file of a step one has, named in its draft; returns the draft (B19).

    Raises NotFound for any other file or step.
    """
    at = at_hand(session, task_id=to.task_id, actor=actor)
    step = _my_step(at, to.step_id, actor)
    taken = changed(
        session,
        sa.update(StoredFile)
        .where(
            col(StoredFile.id) == file_id,
            col(StoredFile.draft_key) == draft_key(step),
            col(StoredFile.added_by_id) == actor.person_id,
            col(StoredFile.removed_at).is_(None),
            col(StoredFile.added_at) <= now,
        )
        .values(task_id=at.task.id, case_id=at.task.case_id),
    )
    if not taken:
        raise NotFound
    draft = so_far(at, step)
    present = [each for each in ids_in(draft, to.name) if each != file_id]
    return _keep(step, {**draft, to.name[:LONGEST_NAME]: [*present, file_id]}, actor, now)


def detach(session: Session, *, to: Question, file_id: str, actor: Actor, now: datetime) -> Draft:
    """Take a file out of the answers of a step one has; returns the draft. Raises NotFound.

    One that came with earlier answers of the task stays there.
    """
    at = at_hand(session, task_id=to.task_id, actor=actor)
    step = _my_step(at, to.step_id, actor)
    is_this = (col(StoredFile.id) == file_id, col(StoredFile.task_id) == at.task.id, col(StoredFile.draft_key) == draft_key(step))
    changed(session, sa.update(StoredFile).where(*is_this).values(removed_at=now))
    draft = so_far(at, step)
    return _keep(step, {**draft, to.name[:LONGEST_NAME]: [each for each in ids_in(draft, to.name) if each != file_id]}, actor, now)


def _keep(step: TaskStep, draft: Draft, actor: Actor, now: datetime) -> Draft:
    step.draft, step.draft_by_id, step.draft_at = draft, actor.person_id, now
    return draft


def _my_step(at: TaskAtHand, step_id: int, actor: Actor) -> TaskStep:
    step = next((each for each in at.open_steps if each.id == step_id), None)
    if step is None or step.assignee_id != actor.person_id:
        raise NotFound
    return step
