"""The plugin and the process model behind a task, kept by digest once they ran."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import insert_once, looked_up
from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Case, ProcessModel, Task
from casetasks_app.process import engine
from casetasks_app.process.model import Model
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Form


class PluginMissing(CaseTasksError):
    """This kind of task is not available right now. Tell your service desk."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What runs a task: its plugin and the process model it keeps."""

    plugin: TaskPlugin
    model: Model


_HAS_RUN = sa.select(col(ProcessModel.digest)).where(col(ProcessModel.digest) == sa.bindparam("digest"))


def plugin(plugin_id: str) -> TaskPlugin:
    """Return an installed plugin; raises PluginMissing."""
    found = registry.installed().get(plugin_id)
    if found is None:
        raise PluginMissing
    return found


def form(plugin: TaskPlugin, *, task: Task, case: Case, key: str) -> type[Form]:
    """Return a form of a task, made from its settings and from `case` and `task` as its process knows them.

    Raises NoSuchForm.
    """
    return plugin.form(key, {**task.plugin_settings, **told(task, case)})


def told(task: Task, case: Case) -> dict[str, object]:
    """Return what every process and every form is told of its case and task; the case's answers only if shared (B6)."""
    answers = case.answers if task.shares_case_details else {}
    return {
        "case": {"reference": case.reference, "title": case.title, "contact": case.contact_name, "answers": answers},
        "task": {"number": task.number, "description": task.description, "summary": task.summary},
    }


def newest(session: Session, *, plugin_id: str, now: datetime) -> Kind:
    """Return the plugin with its present model, and note the model as one that runs; raises PluginMissing."""
    found = plugin(plugin_id)
    xml = registry.model_xml(found)
    model = engine.load(xml)
    if not looked_up(session, _HAS_RUN, digest=model.digest):
        row = {"digest": model.digest, "plugin": plugin_id, "plugin_version": found.version, "xml": xml, "added_at": now}
        insert_once(session, ProcessModel, [row], key="digest")
    return Kind(found, model)


def of(session: Session, task: Task) -> Kind:
    """Return what runs this task: its own model, even when the plugin has a newer one; raises PluginMissing."""
    return Kind(plugin(task.plugin), model(session, digest=task.model_digest))


def model(session: Session, *, digest: str) -> Model:
    """Return a model that ran, by its digest."""
    cached = engine.cached(digest)
    return cached or engine.load(session.exec(select(ProcessModel.xml).where(ProcessModel.digest == digest)).one())
