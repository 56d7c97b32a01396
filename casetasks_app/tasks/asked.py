"""What a completed step had asked: kept with its answers, so that they can be read when the plugin is another or gone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from sqlmodel import Session, col, select

from casetasks_app.db.statements import insert_once
from casetasks_app.models import AskedForm, TaskStep
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow, RowsRefused
from casetasks_app.task_types.forms import Form, rows
from casetasks_app.tasks import kinds
from casetasks_app.tasks.access import TaskAtHand

Asked = Mapping[str, tuple[FieldRow, ...]]


def form_of(at: TaskAtHand, step: TaskStep, plugin: TaskPlugin | None = None) -> type[Form]:
    """Return the form of a step, for the settings its task was created with. Raises PluginMissing or NoSuchForm."""
    return kinds.form(plugin or kinds.plugin(at.task.plugin), task=at.task, case=at.case, key=step.form)


def keep(session: Session, *, step: TaskStep, form: type[Form]) -> None:
    """Note the questions of a form with the step it was answered for; the same questions are kept once."""
    questions = [row.to_json() for row in rows(form)]
    digest = sha256(json.dumps(questions, sort_keys=True).encode()).hexdigest()
    insert_once(session, AskedForm, [{"digest": digest, "questions": questions}], key="digest")
    step.asked_digest = digest


def of_steps(session: Session, steps: Iterable[TaskStep]) -> Asked:
    """Return the questions of these steps by digest, as far as any were kept."""
    digests = {step.asked_digest for step in steps if step.asked_digest}
    if not digests:
        return {}
    found = session.exec(select(AskedForm).where(col(AskedForm.digest).in_(digests)).limit(500))
    return {each.digest: tuple(_readable(each.questions)) for each in found}


def of_step(step: TaskStep, kept: Asked, plugin: TaskPlugin | None, at: TaskAtHand) -> Sequence[FieldRow]:
    """Return what a step had asked when it was done; of an open one what the plugin asks now, nothing when that fails."""
    if step.asked_digest and step.asked_digest in kept:
        return kept[step.asked_digest]
    if plugin is None:
        return ()
    try:
        return rows(form_of(at, step, plugin))
    except Exception:  # noqa: BLE001  plugins are written by others; a form that fails is said where it is asked
        return ()


def _readable(questions: Iterable[Mapping[str, object]]) -> Iterable[FieldRow]:
    """Questions of another release may have parts that this one does not know; those are left out."""
    for question in questions:
        try:
            yield FieldRow.from_json(question)
        except RowsRefused:
            yield FieldRow(str(question.get("name", "")), str(question.get("label", "")))
