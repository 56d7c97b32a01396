"""A task being made: its row, target, process, files, history and mails, all at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from casetasks_app.files import service as uploads
from casetasks_app.finding import folded
from casetasks_app.history.service import Happened, record
from casetasks_app.models import Case, CaseType, Person, Task, TaskFile, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.sla import service as sla
from casetasks_app.tasks import kinds, notices, steps, target, wanted
from casetasks_app.tasks.wanted import WantedTask


@dataclass(frozen=True, slots=True)
class Created:
    """A created task; `is_repeat` when the same request had created it before: then nothing else is told of it."""

    task_id: int
    number: int
    is_repeat: bool = False
    team_id: int | None = None
    assignee_id: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Making:
    """A creation on its way: the case, its type, the task type's set-up, what is wanted, who asks, and the case manager."""

    case: Case
    case_type: CaseType
    setup: TaskType
    wanted: WantedTask
    actor: Actor | None
    manager: Person | None = None


def insert(session: Session, making: Making, number: int, now: datetime) -> Created:
    """Put the task on its case under this number: its target, its process with the first steps, history and mails."""
    case = making.case
    kind = kinds.newest(session, plugin_id=making.setup.plugin, now=now)
    task = _new(making, number, kind.model.digest, now)
    target.set_at_creation(session, task=task, setup=making.setup, case_type=making.case_type, asked=making.wanted.target)
    state = steps.start(session, task=task, case=case, model=kind.model, now=now)
    session.add(task)
    session.flush()
    _send_files(session, making, task, now)
    opened = steps.begin(session, task=task, case=case, model=kind.model, state=state, now=now)
    _tell(session, making, task, opened, now)
    return Created(task.id or 0, number, team_id=task.team_id, assignee_id=task.assignee_id, due_at=task.due_at)


def _new(making: Making, number: int, model_digest: str, now: datetime) -> Task:
    case, setup, asked = making.case, making.setup, making.wanted
    described = wanted.description_of(asked, setup, case)
    return Task(
        case_id=case.id or 0,
        manager_id=case.manager_id,
        number=number,
        task_type_id=setup.id or 0,
        plugin=setup.plugin,
        plugin_settings=setup.plugin_settings,
        description=described,
        find_text=folded(described),
        summary=wanted.summary_of(asked, setup, case),
        is_automatic=asked.is_automatic,
        shares_case_details=asked.shares_case_details,
        team_id=asked.team_id,
        assignee_id=asked.assignee_id,
        created_at=now,
        created_by_id=making.actor.person_id if making.actor else None,
        creation_key=asked.key,
        model_digest=model_digest,
    )


def _send_files(session: Session, making: Making, task: Task, now: datetime) -> None:
    """Send exactly the chosen files; those uploaded in the dialog become part of the case (B6, S52)."""
    chosen = sorted(set(making.wanted.file_ids))
    if not chosen:
        return
    session.add_all(TaskFile(task_id=task.id or 0, file_id=file_id) for file_id in chosen)
    if making.actor is not None:
        key, person_id = making.wanted.key, making.actor.person_id
        uploads.claim_drafts(session, draft_key=key, case_id=task.case_id, person_id=person_id, only=chosen, now=now)


def _tell(session: Session, making: Making, task: Task, opened: list[TaskStep], now: datetime) -> None:
    """Write the history and queue the mails (B10, B16)."""
    record(
        session,
        case_id=task.case_id,
        task_id=task.id,
        kind=Happened.TASK_CREATED,
        actor_id=task.created_by_id,
        now=now,
        number=task.number,
        type=making.setup.name,
        is_automatic=task.is_automatic,
        field=_label_of(making.case_type, making.setup.auto_field) if task.is_automatic else "",
    )
    sla.record_set(session, task=task, type_name=making.setup.name, now=now)
    if task.outcome:
        told: dict[str, Any] = {"number": task.number, "type": making.setup.name, "outcome": task.outcome}
        record(session, case_id=task.case_id, task_id=task.id, kind=Happened.TASK_CLOSED, now=now, **told)
    about = notices.About(task, making.case, making.setup, making.actor)
    notices.opened(session, about=about, steps=opened, now=now)


def _label_of(case_type: CaseType, field: str) -> str:
    """Return the question that decided, in the words of the case form."""
    return next((str(row.get("label") or field) for row in case_type.form if row.get("name") == field), field)
