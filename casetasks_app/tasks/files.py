"""The files a task's people may use in their answers."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import changed, looked_up
from casetasks_app.files.rules import step_key
from casetasks_app.history.service import Happened
from casetasks_app.models import StoredFile, Task, TaskStep
from casetasks_app.people import choices
from casetasks_app.task_types.forms import Answers, Form, Known, KnownFile, rows
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.recording import record

_OF_TASK = (
    sa.select(col(StoredFile.id), col(StoredFile.name), col(StoredFile.size))
    .where(col(StoredFile.task_id) == sa.bindparam("task_id"), col(StoredFile.removed_at).is_(None))
    .limit(500)
)


def known(session: Session, *, task: Task, form: type[Form], now: datetime) -> Known:
    """Return what answers are checked against: this task's own files, and people and teams where the form asks for any."""
    asks_for_files = any(row.kind == "files" for row in rows(form))
    return choices.known(session, form=form, files=_files(session, task) if asks_for_files else {}, now=now)


def keep(session: Session, *, at: TaskAtHand, step: TaskStep, form: type[Form], answers: Answers, now: datetime) -> None:
    """Make the files of the accepted answers part of the case, record that, and drop the others uploaded for this step.

    The entry counts the files and does not name them: what somebody answered is no part of the public history.
    """
    asked = [row.name for row in rows(form) if row.kind == "files"]
    if not asked:
        return
    chosen = {str(each) for name in asked for each in cast("list[object]", answers.get(name) or [])}
    mine = sa.update(StoredFile).where(col(StoredFile.task_id) == at.task.id, col(StoredFile.draft_key) == draft_key(step))
    added = changed(session, mine.where(col(StoredFile.id).in_(chosen)).values(draft_key=None))
    changed(session, mine.values(removed_at=now))
    if added:
        record(session, at, Happened.FILE_ADDED, actor_id=step.completed_by_id, now=now, count=added)


def draft_key(step: TaskStep) -> str:
    """Return the mark of files that were uploaded for a step and not yet sent with its answers."""
    return step_key(step.id or 0)


def _files(session: Session, task: Task) -> dict[str, KnownFile]:
    return {file_id: KnownFile(name, size) for file_id, name, size in looked_up(session, _OF_TASK, task_id=task.id)}
