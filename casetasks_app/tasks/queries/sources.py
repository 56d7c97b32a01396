"""How lists of tasks are read: one query whatever their length, then lines made of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, looked_up, tuples
from casetasks_app.models import Case, Person, Task, TaskFile, TaskStep, TaskType, Team
from casetasks_app.people.rules import Actor
from casetasks_app.sla.words import TargetWords
from casetasks_app.tasks import target
from casetasks_app.tasks.access import standing_of
from casetasks_app.tasks.queries.rows import Names, Source, TaskRow, row_of

_HEAVY = (
    defer(Task.process),  # pyright: ignore[reportArgumentType]
    defer(Task.summary),  # pyright: ignore[reportArgumentType]
    defer(Task.plugin_settings),  # pyright: ignore[reportArgumentType]
    defer(Case.answers),  # pyright: ignore[reportArgumentType]
    defer(Case.closing_note),  # pyright: ignore[reportArgumentType]
    defer(TaskStep.answers),  # pyright: ignore[reportArgumentType]
    defer(TaskStep.draft),  # pyright: ignore[reportArgumentType]
    defer(TaskType.default_summary),  # pyright: ignore[reportArgumentType]
)


_PERSON_NAMES = columns(col(Person.id), col(Person.name)).where(col(Person.id).in_(sa.bindparam("ids", expanding=True)))
_TEAM_NAMES = columns(col(Team.id), col(Team.name)).where(col(Team.id).in_(sa.bindparam("ids", expanding=True)))


def joined() -> Any:  # noqa: ANN401  SQLAlchemy's Select has no usable type here
    """Return the query that every list of tasks builds on: task, case, task type, one row a step, how many files."""
    files = sa.select(sa.func.count()).select_from(TaskFile).where(col(TaskFile.task_id) == col(Task.id)).correlate(Task).scalar_subquery()
    return (
        columns(Task, Case, TaskType, TaskStep, files)
        .join(Case, col(Case.id) == Task.case_id)
        .join(TaskType, col(TaskType.id) == Task.task_type_id)
        .join(TaskStep, col(TaskStep.task_id) == Task.id, isouter=True)
        .options(*_HEAVY)
    )


@dataclass(slots=True)
class _Gathered:
    task: Task
    case: Case
    task_type: TaskType
    file_count: int
    steps: list[TaskStep] = field(default_factory=list[TaskStep])


@dataclass(frozen=True, slots=True)
class Lines:
    """Tasks as everybody sees them; who may do what with each is added for one person by `for_actor`."""

    sources: tuple[Source, ...] = ()
    names: Names = field(default_factory=lambda: Names({}, {}))
    words: Mapping[int, TargetWords] = field(default_factory=dict[int, TargetWords])

    def for_actor(self, actor: Actor, now: datetime) -> list[TaskRow]:
        """Return the lines as one person sees them. Pure, so lines that were read once may serve many people."""
        return [row_of(each, self.names, self.words[each.task.id or 0], actor, now) for each in self.sources]


def rows(session: Session, query: Any, *, actor: Actor, now: datetime) -> list[TaskRow]:  # noqa: ANN401
    """Run a query made of `joined()` and return its lines in its order."""
    return lines(session, query, now=now).for_actor(actor, now)


def lines(session: Session, query: Any, *, now: datetime, **values: object) -> Lines:  # noqa: ANN401
    """Run a query made of `joined()`, with the values it was prepared for, and return what it found in its order."""
    gathered: dict[int, _Gathered] = {}
    for task, case, task_type, step, count in tuples(session, query, **values):
        at = gathered.setdefault(task.id, _Gathered(task, case, task_type, count))
        if step is not None:
            at.steps.append(step)
    sources = tuple(_source(at) for at in gathered.values())
    return Lines(sources, names_of(session, sources), target.words_of(session, [each.task for each in sources], now=now))


def names_of(session: Session, sources: Iterable[Source]) -> Names:
    """Return the names of everybody and every team these lines show."""
    people: set[int | None] = set()
    teams: set[int | None] = set()
    for each in sources:
        held = ((step.assignee_id, step.completed_by_id) for step in each.steps)
        people |= {each.task.created_by_id, *(person for pair in held for person in pair)}
        teams |= {step.team_id for step in each.steps}
    return Names(person_names(session, people), team_names(session, teams))


def person_names(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """Return the names of these people."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    return dict(looked_up(session, _PERSON_NAMES, ids=sorted(wanted)))  # pyright: ignore[reportArgumentType]


def team_names(session: Session, ids: Collection[int | None]) -> dict[int, str]:
    """Return the names of these teams."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    return dict(looked_up(session, _TEAM_NAMES, ids=sorted(wanted)))  # pyright: ignore[reportArgumentType]


def _source(at: _Gathered) -> Source:
    steps: Sequence[TaskStep] = sorted(at.steps, key=lambda step: step.id or 0)
    standing = standing_of(at.task, at.case, at.task_type, steps)
    return Source(at.task, at.case, at.task_type, tuple(steps), standing, at.file_count)
