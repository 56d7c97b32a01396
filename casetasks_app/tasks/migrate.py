"""Bring running tasks to the newest process of their plugin, where they stand at the same place in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.errors import CaseTasksError
from casetasks_app.history.service import Happened
from casetasks_app.models import ProcessModel, Task, TaskStatus, TaskStep
from casetasks_app.moments import local
from casetasks_app.process.check.flat import unfold
from casetasks_app.process.check.variables import missing_from
from casetasks_app.process.engine import OpenStep, State, open_steps
from casetasks_app.process.engine.transfer import CannotTransfer, transfer
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import rows
from casetasks_app.tasks import access, kinds, steps
from casetasks_app.tasks.access import TaskAtHand
from casetasks_app.tasks.kinds import Kind
from casetasks_app.tasks.recording import record
from casetasks_app.tasks.waiting import Move

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Migrated:
    """What came of one task; `reason` says why it stays with the process it runs, empty when it was moved."""

    reference: str
    reason: str = ""


def behind(session: Session, *, plugin_id: str, now: datetime) -> Sequence[int]:
    """Return the running tasks of a plugin whose process is not its newest, oldest first. Raises PluginMissing."""
    newest = kinds.newest(session, plugin_id=plugin_id, now=now).model.digest
    query = select(Task.id).where(Task.plugin == plugin_id, Task.status == TaskStatus.NEW, Task.model_digest != newest)
    return [found for found in session.exec(query.order_by(col(Task.id)).limit(MOST)) if found is not None]


def migrate_task(session: Session, *, task_id: int, now: datetime) -> Migrated | None:
    """Move one task to the newest process of its plugin if that has its open steps, and write it into the history.

    Safe to repeat: None for a task that is over or was moved already. Raises PluginMissing.
    """
    at = access.load(session, task_id=task_id, keep=True)
    if at is None or at.task.status != TaskStatus.NEW or not at.task.process:
        return None
    kind = kinds.newest(session, plugin_id=at.task.plugin, now=now)
    if at.task.model_digest == kind.model.digest:
        return None
    try:
        after = _transferred(session, at, kind, now)
    except CannotTransfer as refusal:
        return Migrated(at.reference, refusal.message)
    _move(session, at, kind, after, now)
    return Migrated(at.reference)


def _transferred(session: Session, at: TaskAtHand, kind: Kind, now: datetime) -> State:
    before = steps.state_of(session, at)
    settings = kind.plugin.with_defaults(at.task.plugin_settings)
    before = before.with_variables(**{name: value for name, value in settings.items() if name not in before.variables})
    try:
        old = kinds.model(session, digest=at.task.model_digest)
    except CaseTasksError as refusal:
        raise CannotTransfer(f"the process it runs cannot be read any more: {refusal.message}") from refusal
    after = transfer(old, before, kind.model, local(now))
    missing = _missing(kind, after, at)
    if missing:
        raise CannotTransfer(f"the new process reads what this task was never asked: {', '.join(sorted(missing))}")
    return after


def _missing(kind: Kind, after: State, at: TaskAtHand) -> Collection[str]:
    plugin = kind.plugin
    results: dict[str, Sequence[str]] = {key: [row.name for row in _asked(plugin, at, key)] for key in plugin.forms}
    results |= {topic: plugin.job(topic).gives for topic in plugin.jobs}
    names = [waiting.name for waiting in (*after.steps, *after.jobs)] + [timer.what for timer in after.timers]
    return missing_from(unfold(kind.model), names, after.variables.keys(), results)


def _move(session: Session, at: TaskAtHand, kind: Kind, after: State, now: datetime) -> None:
    former = session.get_one(ProcessModel, at.task.model_digest)
    access.lock(session, at)
    at.task.model_digest = kind.model.digest
    opened = {step.id: step for step in open_steps(kind.model, after)}
    for row in at.open_steps:
        if row.step_id in opened:
            _renew(row, opened[row.step_id], kind.plugin, at)
    before = State.from_json(at.task.process or "")
    steps.follow(session, at=at, model=kind.model, move=Move(after, before), now=now)
    plugin, left = kind.plugin, former.plugin_version
    record(session, at, Happened.TASK_MIGRATED, now=now, plugin=plugin.name, version=plugin.version, former=left)


def _asked(plugin: TaskPlugin, at: TaskAtHand, key: str) -> Sequence[FieldRow]:
    return rows(kinds.form(plugin, task=at.task, case=at.case, key=key))


def _renew(row: TaskStep, step: OpenStep, plugin: TaskPlugin, at: TaskAtHand) -> None:
    """The step is called and asked as in the new process; of what was typed stays what is still asked."""
    row.title, row.form = step.title[:120], step.form or ""
    row.version += 1
    if row.draft is not None:
        asked = {each.name for each in _asked(plugin, at, row.form)}
        row.draft = {name: value for name, value in row.draft.items() if name in asked}
