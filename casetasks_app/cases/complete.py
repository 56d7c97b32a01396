"""Complete a step of a task: the verb that moves the process, and may close the task."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlmodel import Session

from casetasks_app.cases import moving
from casetasks_app.errors import CaseTasksError, NotAllowed
from casetasks_app.history.service import Happened
from casetasks_app.models import TaskStep
from casetasks_app.moments import local
from casetasks_app.people.rules import Actor
from casetasks_app.process import engine
from casetasks_app.task_types.forms import Answers, Form, Known, Problems, as_variables, check_answers, storable
from casetasks_app.tasks import asked, files, kinds, notes, rules, steps
from casetasks_app.tasks.access import TaskAtHand, at_hand, lock, over
from casetasks_app.tasks.recording import record
from casetasks_app.tasks.step_drafts import so_far
from casetasks_app.tasks.waiting import Move


class NotYours(NotAllowed):
    """Claim this task to answer it."""


class StepIsDone(CaseTasksError):
    """This step was completed already."""


class FormIncomplete(CaseTasksError):
    """There is a problem with your answers."""

    def __init__(self, problems: Mapping[str, str], message: str = "") -> None:
        """Keep the sentence for each field; the empty name stands for the form as a whole. The message is the first, or this one."""
        super().__init__(message or next(iter(problems.values()), None))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Completed:
    """What completing a step led to."""

    is_closed: bool
    outcome: str
    reference: str


def complete_step(session: Session, *, step_id: int, answers: Mapping[str, object], actor: Actor, task_id: int, now: datetime) -> Completed:
    """Validate the form, move the process, close the task if it ended, tell whom it concerns (B19, B20, S5, S19).

    One transaction, top to bottom. Raises NotYours, StepIsDone, FormIncomplete, TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    step = _step(session, at, step_id, actor)
    kind = kinds.of(session, at.task)
    form = asked.form_of(at, step, kind.plugin)
    known = files.known(session, task=at.task, form=form, now=now)
    accepted = _accepted(form, answers, known)
    lock(session, at)
    if step.completed_at is not None:
        raise StepIsDone
    _finish(step, accepted, actor, now)
    with session.no_autoflush:  # the step is written once, with everything that follows
        asked.keep(session, step=step, form=form)
    if known.files:
        files.keep(session, at=at, step=step, form=form, answers=accepted, now=now)
    before = steps.state_of(session, at)
    after = engine.complete(kind.model, before, step.step_id, as_variables(form, accepted), local(now))
    record(session, at, Happened.STEP_COMPLETED, now=now, actor_id=actor.person_id, step=step.title)
    notes.keep(session, at=at, plugin=kind.plugin, step=step, actor=actor, now=now)
    moving.move_on(session, at=at, model=kind.model, move=Move(after, before), actor=actor, now=now)
    return Completed(after.is_ended, at.task.outcome, at.reference)


def save_draft(
    session: Session, *, task_id: int, step_id: int, answers: Mapping[str, object], actor: Actor, now: datetime
) -> dict[str, object]:  # fmt: skip
    """Keep what was typed so far, unchecked but bounded, and return the whole draft; it stays with the task (B19).

    A question that is not among the answers keeps what it has: hidden ones, and files added in another tab.
    Raises NotYours or StepIsDone.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    step = _step(session, at, step_id, actor)
    step.draft = bounded({**so_far(at, step), **answers})
    step.draft_by_id, step.draft_at = actor.person_id, now
    session.add(step)
    return step.draft


def bounded(answers: Mapping[str, object], most: int = 200_000) -> dict[str, object]:
    """Return the plain part of a draft: texts, booleans, numbers, lists of texts and checklists, cut to a total length."""
    kept: dict[str, object] = {}
    left = most
    for name, value in list(answers.items())[:300]:
        plain = _plain(value)
        left -= len(str(plain))
        if left < 0:
            break
        kept[storable(str(name))[:80]] = plain
    return kept


def _plain(value: object, depth: int = 3) -> object:
    if isinstance(value, list) and depth:
        return [_plain(item, depth - 1) for item in cast("list[object]", value)[:200]]
    if isinstance(value, dict) and depth:
        return {storable(str(name))[:80]: _plain(item, depth - 1) for name, item in list(cast("dict[object, object]", value).items())[:200]}
    if isinstance(value, str):
        return storable(value)
    return value if isinstance(value, bool | int | float) or value is None else storable(str(cast("object", value)))[:200]


def _step(session: Session, at: TaskAtHand, step_id: int, actor: Actor) -> TaskStep:
    step = next((each for each in at.steps if each.id == step_id), None)
    if not at.standing.is_new:
        raise over(session, at.task)
    if step is None or (step.completed_at is None and step.assignee_id != actor.person_id):
        raise NotYours
    if step.completed_at is not None:
        raise StepIsDone
    if not rules.may_do(actor, at.standing):
        raise NotYours
    return step


def _accepted(form: type[Form], raw: Mapping[str, object], known: Known) -> Answers:
    checked = check_answers(form, raw, known=known)
    if isinstance(checked, Problems):
        raise FormIncomplete(checked.by_field)
    return checked


def _finish(step: TaskStep, answers: Answers, actor: Actor, now: datetime) -> None:
    step.answers = answers
    step.draft = None
    step.completed_at, step.completed_by_id = now, actor.person_id
    step.version += 1
