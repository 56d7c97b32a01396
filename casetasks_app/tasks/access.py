"""The only way to a task: through what the asking person may see."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app.db.statements import changed, columns, tuples
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.models import Case, Person, Task, TaskStatus, TaskStep, TaskType
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.tasks import rules


class TaskIsOver(CaseTasksError):
    """This task is closed or cancelled and cannot be changed any more."""


@dataclass(frozen=True, slots=True)
class TaskAtHand:
    """A task with everything a verb needs to decide: its case, type, steps and standing."""

    task: Task
    case: Case
    task_type: TaskType
    steps: Sequence[TaskStep]
    standing: rules.Standing
    is_kept: bool = False
    """Nobody else can change the task until this transaction ends."""

    @property
    def open_steps(self) -> list[TaskStep]:
        """The steps that are to be done now."""
        return [step for step in self.steps if step.completed_at is None]

    @property
    def reference(self) -> str:
        """The spoken reference, `HSG-1042/3`."""
        return f"{self.case.reference}/{self.task.number}"


_TASK = (
    columns(Task, Case, TaskType)
    .join(Case, col(Case.id) == col(Task.case_id))
    .join(TaskType, col(TaskType.id) == col(Task.task_type_id))
    .where(col(Task.id) == sa.bindparam("task_id"))
)
_TASK_TO_KEEP = _TASK.with_for_update(of=Task, key_share=True).execution_options(populate_existing=True)
_STEPS = columns(TaskStep).where(col(TaskStep.task_id) == sa.bindparam("task_id")).order_by(col(TaskStep.id)).limit(500)
_STEPS_AS_THEY_ARE = _STEPS.execution_options(populate_existing=True)


def at_hand(session: Session, *, task_id: int, actor: Actor, keep: bool = False) -> TaskAtHand:
    """Load a task for somebody who may see it; raises NotFound for everybody else (B17, S43).

    To `keep` it is for verbs that will `lock` it: read once, and locked as it is read.
    """
    found = load(session, task_id=task_id, keep=keep)
    if found is None or not rules.may_see(actor, found.standing):
        raise NotFound
    return found


def named(session: Session, *, reference: str) -> int | None:
    """Return the task that people call `HSG-1042/3`; it decides nothing about who may see it."""
    case, _, number = reference.strip().upper().partition("/")
    if not number.isdecimal():
        return None
    query = select(Task.id).join(Case, col(Case.id) == col(Task.case_id)).where(Case.reference == case, Task.number == int(number))
    return session.exec(query).first()


def load(session: Session, *, task_id: int, keep: bool = False) -> TaskAtHand | None:
    """Load a task without asking who looks; for the system's own verbs."""
    found = tuples(session, _TASK_TO_KEEP if keep else _TASK, task_id=task_id)
    if not found:
        return None
    task, case, task_type = found[0]
    steps = [step for (step,) in tuples(session, _STEPS_AS_THEY_ARE if keep else _STEPS, task_id=task_id)]
    return TaskAtHand(task, case, task_type, steps, standing_of(task, case, task_type, steps), is_kept=keep)


def standing_of(task: Task, case: Case, task_type: TaskType, steps: Sequence[TaskStep]) -> rules.Standing:
    """Return the plain facts that the rules decide on."""
    now_open = [step for step in steps if step.completed_at is None]
    for_teams = frozenset(step.team_id for step in steps if step.is_for_team and step.team_id)
    return rules.Standing(
        case_type_id=case.case_type_id,
        manager_id=case.manager_id,
        is_new=task.status == TaskStatus.NEW,
        holders=frozenset(step.assignee_id for step in now_open if step.assignee_id),
        teams=for_teams,
        team_ids=frozenset(step.team_id for step in steps if step.team_id),
        open_team_ids=frozenset(step.team_id for step in now_open if step.team_id),
        claimable=frozenset(step.team_id for step in now_open if step.team_id and not step.assignee_id),
        helpers=frozenset(step.completed_by_id for step in steps if step.completed_by_id)
        | frozenset(step.assignee_id for step in steps if step.assignee_id),
        is_cancellable=task_type.is_cancellable,
        allows_override=task_type.allow_override,
    )


def lock(session: Session, at: TaskAtHand) -> None:
    """Take the task for this transaction, in the order in which transactions ask; raises TaskIsOver (B24, B30)."""
    if at.is_kept:
        if at.task.status != TaskStatus.NEW:
            raise over(session, at.task)
        at.task.version += 1
        return
    won = changed(
        session, sa.update(Task).where(col(Task.id) == at.task.id, col(Task.status) == TaskStatus.NEW).values(version=Task.version + 1)
    )
    session.refresh(at.task)
    if not won:
        raise over(session, at.task)
    for step in at.steps:
        session.refresh(step)


def over(session: Session, task: Task) -> TaskIsOver:
    """Return the refusal that says who ended the task and when."""
    who = session.exec(select(Person.name).where(Person.id == task.ended_by_id)).first() or "The system"
    what = "closed" if task.status == TaskStatus.CLOSED else "cancelled"
    when = words.clock_time(task.ended_at) if task.ended_at else ""
    return TaskIsOver(f"{who} {what} this task at {when}. It cannot be changed any more.")
