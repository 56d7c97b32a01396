"""The open step that a person sees: its questions as they stand now, and what is in them."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.errors import NotFound
from casetasks_app.models import Person, StoredFile, Task, TaskStatus, TaskStep
from casetasks_app.people import choices
from casetasks_app.people.rules import Actor
from casetasks_app.process import engine
from casetasks_app.process.engine import State
from casetasks_app.sla import words
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow, Json
from casetasks_app.task_types.forms import Form, deciding, rows, shown
from casetasks_app.tasks import asked, files, kinds
from casetasks_app.tasks.access import TaskAtHand, at_hand
from casetasks_app.tasks.queries.case_files import FileOption, size_in_words
from casetasks_app.tasks.step_drafts import before, so_far

_MOST = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for some answers: the rows to draw, and the names of what is answered by id."""

    rows: tuple[FieldRow, ...]
    files: tuple[FileOption, ...]
    people: Mapping[str, str]
    teams: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepForm:
    """The open step the person sees: its form, what was typed so far, and whether they may answer it.

    A step that was done before in this task starts with its last answers; `is_repeat` says so.
    """

    step_id: int
    title: str
    position: int
    count: int
    rows: tuple[FieldRow, ...]
    asked: Asked
    draft: Mapping[str, Json]
    draft_saved: str
    draft_by: str
    is_mine: bool
    is_repeat: bool
    decided_by: str
    """The field whose choice names the button, or empty."""
    upload_key: str
    version: int

    @property
    def shown(self) -> tuple[FieldRow, ...]:
        """The rows to draw for what is filled in so far."""
        return self.asked.rows


def of(session: Session, *, at: TaskAtHand, plugin: TaskPlugin, actor: Actor, now: datetime) -> StepForm | None:
    """Return the step to show: mine first, then the first open one; a draft is seen by whoever has the step alone."""
    ordered = sorted(at.open_steps, key=lambda step: (step.assignee_id != actor.person_id, step.id))
    if not ordered or at.task.status != TaskStatus.NEW:
        return None
    step = ordered[0]
    form = asked.form_of(at, step, plugin)
    is_mine = step.assignee_id == actor.person_id
    place, key = _place(session, at, step), deciding(form)
    answers = so_far(at, step) if is_mine else {}
    return StepForm(
        step_id=step.id or 0,
        title=step.title,
        position=place[0],
        count=place[1],
        rows=rows(form),
        asked=_asked(session, at, step, form, answers, now),
        draft=answers,
        draft_saved=words.clock_time(step.draft_at) if step.draft_at and step.draft is not None else "",
        draft_by=session.exec(select(Person.name).where(Person.id == step.draft_by_id)).first() or "",
        is_mine=is_mine,
        is_repeat=not form.begins_empty and before(at, step) is not None,
        decided_by=key.name if key else "",
        upload_key=files.draft_key(step),
        version=step.version,
    )


def shown_now(
    session: Session, *, task_id: int, step_id: int, answers: Mapping[str, object], actor: Actor, now: datetime
) -> Asked:  # fmt: skip
    """Return what is asked for these answers: a question appears when its condition holds. Raises NotFound."""
    at, step = _step(session, task_id, step_id, actor)
    return _asked(session, at, step, asked.form_of(at, step), answers, now)


def rows_of(session: Session, *, task_id: int, step_id: int, actor: Actor) -> tuple[FieldRow, ...]:
    """Return all questions of a step, for whoever sees the task. Raises NotFound."""
    return rows(asked.form_of(*_step(session, task_id, step_id, actor)))


def _step(session: Session, task_id: int, step_id: int, actor: Actor) -> tuple[TaskAtHand, TaskStep]:
    at = at_hand(session, task_id=task_id, actor=actor)
    step = next((each for each in at.steps if each.id == step_id), None)
    if step is None:
        raise NotFound
    return at, step


def _asked(session: Session, at: TaskAtHand, step: TaskStep, form: type[Form], answers: Mapping[str, object], now: datetime) -> Asked:
    names = choices.named(session, asked=rows(form), answers=answers)
    return Asked(
        rows=shown(form, answers, known=files.known(session, task=at.task, form=form, now=now)),
        files=_files(session, at.task, step, now) if any(row.kind == "files" for row in rows(form)) else (),
        people=names.people,
        teams=names.teams,
    )


def _place(session: Session, at: TaskAtHand, step: TaskStep) -> tuple[int, int]:
    model = kinds.model(session, digest=at.task.model_digest)
    if not at.task.process:
        return 1, len(model.steps)
    found = engine.open_steps(model, State.from_json(at.task.process))
    return next(((each.position, each.count) for each in found if each.id == step.step_id), (1, len(model.steps)))


def _files(session: Session, task: Task, step: TaskStep, now: datetime) -> tuple[FileOption, ...]:
    """Those uploaded for this step, and those that came with earlier answers of the task."""
    found = session.exec(
        select(StoredFile)
        .where(
            StoredFile.task_id == task.id,
            (col(StoredFile.draft_key) == files.draft_key(step)) | col(StoredFile.draft_key).is_(None),
            col(StoredFile.removed_at).is_(None),
        )
        .limit(_MOST)
    )
    return tuple(option(each, now) for each in found)


def option(file: StoredFile, now: datetime) -> FileOption:
    """Return a file as lists show it."""
    return FileOption(file.id, file.name, size_in_words(file.size), words.short_date(file.added_at, now))
