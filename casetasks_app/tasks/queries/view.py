"""The task page: the task as it stands now, and what the asking person may do with it."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from casetasks_app.errors import NotFound
from casetasks_app.history import queries as history
from casetasks_app.models import Case, CaseType, Person, StoredFile, Task, TaskFile, TaskStatus
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.summary import Block, TaskView, said
from casetasks_app.tasks import kinds, rules, target
from casetasks_app.tasks.access import TaskAtHand, at_hand
from casetasks_app.tasks.cancel import offered_reasons
from casetasks_app.tasks.queries import plugin_view, process, sources, step_form, troubles
from casetasks_app.tasks.queries.case_files import FileOption
from casetasks_app.tasks.queries.rows import Names, Source, TaskRow, row_of
from casetasks_app.tasks.queries.step_form import StepForm

RECENT = 5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Everything the task page shows."""

    row: TaskRow
    team: str
    """The team it is with, also while a person has it."""
    case_type_name: str
    case_is_open: bool
    manager: str
    manager_email: str
    is_manager: bool
    sees_case: bool
    summary: str
    details_shared: bool
    case_facts: tuple[tuple[str, str], ...]
    files: tuple[FileOption, ...]
    answered: tuple[FileOption, ...]
    """The files that came with the answers."""
    form: StepForm | None
    is_available: bool
    """Whether the plugin could make the form; if not, the rest of the page still works."""
    plugin_id: str
    blocks: tuple[Block, ...]
    ended: str
    """How it ended, in a sentence; empty while it is new."""
    why_not_cancellable: str
    cancel_reasons: tuple[str, ...]
    unit_words: tuple[str, str]
    history: tuple[history.Entry, ...]
    has_more_history: bool
    steps_done: tuple[str, ...]
    process: tuple[str, ...]
    """What is done and open, one part a step; empty for a process of one step."""
    process_width: int
    usual_target: str
    troubles: tuple[str, ...] = ()
    """What its process could not do by itself, in sentences for case managers."""


def page(session: Session, *, reference: str, number: int, actor: Actor, now: datetime, recent: int = RECENT) -> TaskPage:
    """Return the task page for somebody who may see the task, with its `recent` history entries (S24, S25, S43).

    Raises NotFound for everybody else.
    """
    return _page(session, _at(session, reference, number, actor), actor, now, recent)


def _at(session: Session, reference: str, number: int, actor: Actor) -> TaskAtHand:
    task_id = session.exec(
        select(Task.id).join(Case, col(Case.id) == Task.case_id).where(Case.reference == reference.upper(), Task.number == number)
    ).first()
    if task_id is None:
        raise NotFound
    return at_hand(session, task_id=task_id, actor=actor)


def last_number(session: Session, *, reference: str, actor: Actor) -> int:
    """Return the number of the last task of a case the actor manages, else 0: for "There is no task 9"."""
    row = session.exec(select(Case.case_type_id, Case.last_task_number).where(Case.reference == reference.upper())).first()
    return row[1] if row and row[0] in actor.manages else 0


def _page(session: Session, at: TaskAtHand, actor: Actor, now: datetime, recent: int) -> TaskPage:
    source = Source(at.task, at.case, at.task_type, tuple(at.steps), at.standing)
    names = sources.names_of(session, [source])
    sees_case = at.standing.case_type_id in actor.manages
    form, is_available = _form(session, at, actor, now)
    happened = history.entries(session, case_id=at.case.id or 0, task_id=at.task.id, with_private=sees_case, limit=recent + 1)
    return TaskPage(
        row=row_of(source, names, target.words_of(session, [at.task], now=now)[at.task.id or 0], actor, now),
        team=_team(names, at),
        sees_case=sees_case,
        is_manager=rules.is_case_manager(actor, at.standing),
        case_facts=_case_facts(session, at),
        files=_sent_files(session, at.task, now),
        answered=_answered_files(session, at.task, now),
        form=form,
        is_available=is_available,
        blocks=plugin_view.blocks(session, at, actor, _plugin(at.task)),
        ended=_ended(session, at.task, now, with_text=sees_case),
        history=tuple(happened[:recent]),
        has_more_history=len(happened) > recent,
        process=process.words(session, at=at),
        troubles=tuple(each.sentence for each in troubles.troubles(session, task_id=at.task.id)) if sees_case else (),
        process_width=process.width(session, at=at),
        **_standing_facts(session, at),
    )


def _standing_facts(session: Session, at: TaskAtHand) -> dict[str, Any]:
    """What is the same whoever asks."""
    manager = session.get(Person, at.case.manager_id) if at.case.manager_id else None
    task, setup, is_business = at.task, at.task_type, at.task.target_calendar_id is not None
    return {
        "case_type_name": _case_type_name(session, at.case),
        "case_is_open": at.case.status.value == "open",
        "manager": manager.name if manager else "",
        "manager_email": manager.email if manager else "",
        "summary": task.summary,
        "details_shared": task.shares_case_details,
        "plugin_id": task.plugin,
        "why_not_cancellable": "" if setup.is_cancellable else "This type of task cannot be cancelled.",
        "cancel_reasons": tuple(offered_reasons(setup.cancel_reasons)),
        "unit_words": ("working days", "working hours") if is_business else ("days", "hours"),
        "steps_done": tuple(step.name for step in at.steps if step.answers is not None),
        "usual_target": words.of_target(setup.target_amount, setup.target_unit, is_business=is_business),
    }


def _team(names: Names, at: TaskAtHand) -> str:
    return next((names.teams.get(step.team_id, "") for step in at.open_steps if step.team_id), "")


def _plugin(task: Task) -> TaskPlugin | None:
    try:
        return kinds.plugin(task.plugin)
    except kinds.PluginMissing:
        return None


def _case_type_name(session: Session, case: Case) -> str:
    return session.get_one(CaseType, case.case_type_id).name


def _case_facts(session: Session, at: TaskAtHand) -> tuple[tuple[str, str], ...]:
    """The case form and its answers, for the task's people only where they were shared (B6, S53, S54)."""
    if not at.task.shares_case_details:
        return ()
    stored = [FieldRow.from_json(row) for row in session.get_one(CaseType, at.case.case_type_id).form]
    nobody = TaskView(0, "", "new")
    answers = at.case.answers
    facts = [(row.label, said(row, answers[row.name], nobody)) for row in stored if row.has_answer and row.name in answers]
    return (("Title", at.case.title), *facts)


def _sent_files(session: Session, task: Task, now: datetime) -> tuple[FileOption, ...]:
    found = session.exec(
        select(StoredFile)
        .join(TaskFile, col(TaskFile.file_id) == StoredFile.id)
        .where(TaskFile.task_id == task.id, col(StoredFile.removed_at).is_(None))
        .order_by(StoredFile.name)
        .limit(200)
    )
    return tuple(step_form.option(each, now) for each in found)


def _answered_files(session: Session, task: Task, now: datetime) -> tuple[FileOption, ...]:
    mine = select(StoredFile).where(
        StoredFile.task_id == task.id, col(StoredFile.draft_key).is_(None), col(StoredFile.removed_at).is_(None)
    )
    return tuple(step_form.option(each, now) for each in session.exec(mine.limit(500)))


def _form(session: Session, at: TaskAtHand, actor: Actor, now: datetime) -> tuple[StepForm | None, bool]:
    """The form, and whether it could be made: a plugin that is gone or fails leaves the rest of the page."""
    try:
        return step_form.of(session, at=at, plugin=kinds.plugin(at.task.plugin), actor=actor, now=now), True
    except kinds.PluginMissing:
        return None, False
    except Exception:  # noqa: BLE001  plugins are written by others; whatever they raise is logged and said
        _log.exception("The form of task %s could not be made", at.reference)
        return None, False


def _ended(session: Session, task: Task, now: datetime, *, with_text: bool) -> str:
    """Say how the task ended; the free text of a cancel reason is for case managers only."""
    if task.ended_at is None:
        return ""
    who = session.exec(select(Person.name).where(Person.id == task.ended_by_id)).first() or "the system"
    what = "Closed" if task.status == TaskStatus.CLOSED else "Cancelled"
    sentence = f"{what} by {who}, {words.short_moment(task.ended_at, now)}."
    if task.status == TaskStatus.CLOSED:
        return sentence
    reason = f" Reason: {task.cancel_reason}." if task.cancel_reason else ""
    return f"{sentence}{reason}" + (f" “{task.cancel_text}”" if task.cancel_text and with_text else "")
