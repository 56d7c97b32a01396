"""Tasks whose target needs attention, with everything their mails and notices say."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from casetasks_app.models import Case, CaseType, CaseTypeManagerTeam, Membership, Person, Task, TaskStep, TaskType, Team
from casetasks_app.sla import calendars
from casetasks_app.sla.calendar import InvalidCalendar
from casetasks_app.sla.clocks import Clock

log = logging.getLogger(__name__)

Row = tuple[Task, Case, TaskType, CaseType]

_HEAVY = (
    defer(Task.process),  # pyright: ignore[reportArgumentType]
    defer(Task.plugin_settings),  # pyright: ignore[reportArgumentType]
    defer(Task.summary),  # pyright: ignore[reportArgumentType]
    defer(Case.answers),  # pyright: ignore[reportArgumentType]
    defer(Case.closing_note),  # pyright: ignore[reportArgumentType]
    defer(TaskType.default_summary),  # pyright: ignore[reportArgumentType]
    defer(CaseType.form),  # pyright: ignore[reportArgumentType]
)
_HEAVY_OF_STEPS = (
    defer(TaskStep.answers),  # pyright: ignore[reportArgumentType]
    defer(TaskStep.draft),  # pyright: ignore[reportArgumentType]
)


@dataclass(frozen=True, slots=True)
class Watched:
    """One task with its case, its types and the steps that are to be done now."""

    task: Task
    case: Case
    task_type: TaskType
    case_type: CaseType
    steps: tuple[TaskStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Several watched tasks, with the people and teams they name, read once for all."""

    tasks: tuple[Watched, ...]
    clocks: dict[int | None, Clock] = field(default_factory=dict[int | None, Clock])
    people: dict[int, Person] = field(default_factory=dict[int, Person])
    teams: dict[int, str] = field(default_factory=dict[int, str])
    managers_of: dict[int, tuple[Person, ...]] = field(default_factory=dict[int, tuple[Person, ...]])
    """The members of the case manager teams, by case type; only where a case has no manager."""

    def clock(self, watched: Watched) -> Clock:
        """Return the clock of a task's target; raises LookupError where its calendar cannot be used."""
        return self.clocks[watched.task.target_calendar_id]

    def recipients(self, watched: Watched) -> tuple[Person, ...]:
        """Return who is told: the case manager; without an active one, every member of the case manager teams (S61, S62)."""
        manager = self.people.get(watched.case.manager_id or 0)
        return (manager,) if manager and manager.is_active else self.managers_of.get(watched.case.case_type_id, ())


def overdue_check(now: datetime, limit: int) -> Select[Task, Case, TaskType, CaseType]:
    """Return the query for tasks whose next moment has come, longest waiting first; the partial index gives them in order."""
    return (
        _joined()
        .where(col(Task.next_sla_at) <= now)
        .order_by(col(Task.next_sla_at), col(Task.id))
        .limit(limit)
        # Two sweepers share the work instead of waiting for each other; SQLite has one writer anyway and leaves this out.
        .with_for_update(skip_locked=True, of=Task)
    )


def is_any_due(session: Session, *, now: datetime) -> bool:
    """Tell whether any target's moment has come: one look at the partial index."""
    return session.exec(select(Task.id).where(col(Task.next_sla_at) <= now).limit(1)).first() is not None


def due_for_attention(session: Session, *, now: datetime, limit: int) -> Batch:
    """Return the tasks to look at now, locked for this transaction on PostgreSQL."""
    return _batch(session, session.exec(overdue_check(now, limit)).all())


def one(session: Session, *, task_id: int) -> Batch:
    """Return a single task as a batch."""
    return _batch(session, session.exec(_joined().where(col(Task.id) == task_id)).all())


def _joined() -> Select[Task, Case, TaskType, CaseType]:
    return (
        select(Task, Case, TaskType, CaseType)
        .join(Case, col(Case.id) == Task.case_id)
        .join(TaskType, col(TaskType.id) == Task.task_type_id)
        .join(CaseType, col(CaseType.id) == Case.case_type_id)
        .options(*_HEAVY)
    )


def _batch(session: Session, rows: Collection[Row]) -> Batch:
    if not rows:
        return Batch(())
    clocks = _usable_clocks(session, {task.target_calendar_id for task, *_ in rows})
    steps = _open_steps(session, [task.id or 0 for task, *_ in rows])
    watched = tuple(
        Watched(task, case, task_type, case_type, tuple(steps.get(task.id or 0, ()))) for task, case, task_type, case_type in rows
    )
    people = _people(session, watched)
    alone = {each.case.case_type_id for each in watched if not _has_manager(each.case, people)}
    return Batch(watched, clocks, people, _teams(session, watched), {key: _managers_of(session, key) for key in alone})


def _usable_clocks(session: Session, calendar_ids: Iterable[int | None]) -> dict[int | None, Clock]:
    """Return the clocks of these calendars; one that was spoilt by hand is left out, for its own tasks to fail on."""
    found: dict[int | None, Clock] = {}
    for calendar_id in calendar_ids:
        try:
            found[calendar_id] = calendars.clock_for(session, calendar_id)
        except InvalidCalendar:
            log.exception("Calendar %s cannot be used.", calendar_id)
    return found


def _has_manager(case: Case, people: dict[int, Person]) -> bool:
    manager = people.get(case.manager_id or 0)
    return manager is not None and manager.is_active


def _open_steps(session: Session, task_ids: Collection[int]) -> dict[int, list[TaskStep]]:
    query = select(TaskStep).where(col(TaskStep.task_id).in_(task_ids), col(TaskStep.completed_at).is_(None)).options(*_HEAVY_OF_STEPS)
    found: dict[int, list[TaskStep]] = {}
    for step in session.exec(query.order_by(col(TaskStep.id))):
        found.setdefault(step.task_id, []).append(step)
    return found


def _people(session: Session, watched: Iterable[Watched]) -> dict[int, Person]:
    ids = {person_id for each in watched for person_id in (each.case.manager_id, *(step.assignee_id for step in each.steps))}
    return {person.id or 0: person for person in session.exec(select(Person).where(col(Person.id).in_(ids - {None})))}


def _teams(session: Session, watched: Iterable[Watched]) -> dict[int, str]:
    ids = {step.team_id for each in watched for step in each.steps} - {None}
    return {team_id or 0: name for team_id, name in session.exec(select(Team.id, Team.name).where(col(Team.id).in_(ids)))}


def _managers_of(session: Session, case_type_id: int) -> tuple[Person, ...]:
    query = (
        select(Person)
        .join(Membership, col(Membership.person_id) == Person.id)
        .join(CaseTypeManagerTeam, col(CaseTypeManagerTeam.team_id) == Membership.team_id)
        .join(Team, col(Team.id) == Membership.team_id)
        .where(CaseTypeManagerTeam.case_type_id == case_type_id, col(Person.is_active), col(Team.is_active))
        .order_by(col(Person.id))
        .distinct()
    )
    return tuple(session.exec(query))
