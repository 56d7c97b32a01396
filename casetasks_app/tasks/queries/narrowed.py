"""A view of My work with something left out, or in another order: found in the database, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app import finding
from casetasks_app.db.statements import columns, tuples
from casetasks_app.models import Case, CaseType, Membership, Person, Task, TaskStatus, TaskStep, TaskType, Team
from casetasks_app.models.columns import NEVER
from casetasks_app.tasks.queries.choice import TARGETS, Choice, span

MOST_NAMES = 5_000


@dataclass(frozen=True, slots=True)
class Ground:
    """The tasks of a view before anything is left out: where they come from, and what they are sorted and filtered by.

    `steps` tells whether the rows are steps with their holder; otherwise a task's open steps are asked for.
    """

    source: Any
    where: tuple[Any, ...]
    rank: Any
    order_id: Any
    has_steps: bool = False
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    """What the query's own parameters are bound to."""
    news: Any = None
    """Which tasks beyond `where` need attention too."""


def of_steps(*where: sa.ColumnElement[bool]) -> Ground:
    """Return the ground of a view of open steps."""
    source = sa.join(TaskStep, Task, col(Task.id) == col(TaskStep.task_id))
    return Ground(source, (col(TaskStep.completed_at).is_(None), *where), col(TaskStep.sort_at), col(TaskStep.id), has_steps=True)


def of_tasks(*where: sa.ColumnElement[bool], rank: Any, news: Any = None) -> Ground:  # noqa: ANN401  SQLAlchemy's own types are as loose
    """Return the ground of a view of tasks, sorted by `rank` of its own accord."""
    return Ground(sa.inspect(Task).local_table, where, rank, col(Task.id), news=news)


def of_found(found: Any, **values: object) -> Ground:  # noqa: ANN401
    """Return the ground of a view that is a query of its own with `task_id`, `rank` and `step_id`."""
    inner = found.subquery()
    return Ground(sa.join(inner, Task, col(Task.id) == inner.c.task_id), (), inner.c.rank, inner.c.step_id, values=values)


def total(session: Session, ground: Ground, choice: Choice, *, now: datetime, most: int) -> int:
    """Return how many tasks match, counted up to `most`."""
    found = matching(session, ground, choice, now).with_only_columns(col(Task.id)).limit(most).subquery()
    return int(tuples(session, columns(sa.func.count()).select_from(found), **ground.values)[0][0])


def ids(session: Session, ground: Ground, choice: Choice, *, now: datetime, number: int) -> list[int]:
    """Return the tasks of one page of those that match, in the order that was asked for."""
    found = matching(session, ground, choice, now)
    if choice.sort == "case":
        found = found.join(CaseType, col(CaseType.id) == col(Case.case_type_id))
    query = found.order_by(*_order(ground, choice)).offset((number - 1) * choice.size).limit(choice.size)
    return [int(each) for (each,) in tuples(session, query, **ground.values)]


def matching(session: Session, ground: Ground, choice: Choice, now: datetime) -> Any:  # noqa: ANN401
    """Return the query of the tasks that match, joined with case and task type."""
    whole = columns(col(Task.id)).select_from(ground.source).join(Case, col(Case.id) == col(Task.case_id))
    found = whole.join(TaskType, col(TaskType.id) == col(Task.task_type_id)).where(_of_ground(ground, choice, now))
    if choice.text:
        found = found.where(_found(session, ground, choice.text))
    for key, values in choice.filters:
        if key == "target":
            found = found.where(sa.or_(*(within(ground.rank, each, now) for each in values if each in TARGETS)))
        if key in _CONDITIONS:
            found = found.where(_CONDITIONS[key](ground, choice))
    return found


def _of_ground(ground: Ground, choice: Choice, now: datetime) -> sa.ColumnElement[bool]:
    where = sa.and_(sa.true(), *ground.where)
    if "me" not in choice.of("needs"):
        return where
    return where & _needs_me(now) if ground.news is None else (where & _needs_me(now)) | ground.news


def within(rank: Any, target: str, now: datetime) -> sa.ColumnElement[bool]:  # noqa: ANN401
    """Tell in the database whether a target lies in one of the groups."""
    begins, ends = span(target, now)
    bounds = [*([rank >= begins] if begins else []), rank < ends if ends else rank <= NEVER]
    return sa.and_(*bounds)


def _of_type(_ground: Ground, choice: Choice) -> sa.ColumnElement[bool]:
    """Types with the same name in several case types are one to whoever looks for them."""
    named = sa.select(col(TaskType.name)).where(col(TaskType.id).in_(choice.numbers("type")))
    return col(TaskType.name).in_(named)


def _of_team(ground: Ground, choice: Choice) -> sa.ColumnElement[bool]:
    return _held(ground, col(TaskStep.team_id).in_(choice.numbers("team")))


def _of_holder(ground: Ground, choice: Choice) -> sa.ColumnElement[bool]:
    teams = choice.numbers("who", "t")
    unclaimed = col(TaskStep.assignee_id).is_(None) & col(TaskStep.team_id).in_(teams)
    return _held(ground, col(TaskStep.assignee_id).in_(choice.numbers("who")) | unclaimed)


def _of_status(_ground: Ground, choice: Choice) -> sa.ColumnElement[bool]:
    return col(Task.status).in_([TaskStatus(each) for each in choice.of("status") if each in set(TaskStatus)])


_CONDITIONS = {"type": _of_type, "team": _of_team, "who": _of_holder, "status": _of_status}


def _held(ground: Ground, condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    if ground.has_steps:
        return condition
    now_open = (col(TaskStep.task_id) == col(Task.id)) & col(TaskStep.completed_at).is_(None)
    return sa.exists(sa.select(sa.literal(1)).select_from(TaskStep).where(now_open, condition).correlate(Task))


def _needs_me(now: datetime) -> sa.ColumnElement[bool]:
    """The target has passed, or whoever had a step has left its team or the organisation."""
    member = sa.exists(
        sa.select(sa.literal(1))
        .select_from(Membership)
        .where(col(Membership.person_id) == col(TaskStep.assignee_id), col(Membership.team_id) == col(TaskStep.team_id))
    )
    is_gone = sa.exists(
        sa.select(sa.literal(1)).select_from(Person).where(col(Person.id) == col(TaskStep.assignee_id), ~col(Person.is_active))
    )
    left = col(TaskStep.assignee_id).is_not(None) & (is_gone | (col(TaskStep.team_id).is_not(None) & ~member))
    now_open = (col(TaskStep.task_id) == col(Task.id)) & col(TaskStep.completed_at).is_(None)
    abandoned = sa.exists(sa.select(sa.literal(1)).select_from(TaskStep).where(now_open, left).correlate(Task))
    return (col(Task.due_at) < now) | abandoned


def _found(session: Session, ground: Ground, text: str) -> sa.ColumnElement[bool]:
    """Each word in the description, the type's name or the holder's; or the whole as a reference."""
    words = finding.words_of(text)
    types, people, teams = (_named(session, table) for table in (TaskType, Person, Team))
    found = sa.and_(*(_says(ground, word, types, people, teams) for word in words)) if words else sa.true()
    typed = finding.reference_in(text)
    if typed is None:
        return found
    at = col(Case.reference) == f"{typed.prefix}-{typed.number}" if typed.prefix else col(Case.reference).like(f"%-{typed.number}")
    return found | (at & (col(Task.number) == typed.task) if typed.task else at)


Names = Sequence[tuple[int, str]]


def _says(ground: Ground, word: str, types: Names, people: Names, teams: Names) -> sa.ColumnElement[bool]:
    def having(names: Names) -> list[int]:
        return [key for key, name in names if word in name]

    told = col(Task.find_text).contains(word, autoescape=True) | col(Task.task_type_id).in_(having(types))
    held_by_team = col(TaskStep.assignee_id).is_(None) & col(TaskStep.team_id).in_(having(teams))
    return told | _held(ground, col(TaskStep.assignee_id).in_(having(people)) | held_by_team)


def _named(session: Session, table: type[Person] | type[Team] | type[TaskType]) -> Names:
    query = columns(col(table.id), col(table.name)).order_by(col(table.id).desc()).limit(MOST_NAMES)
    return [(int(key), finding.folded(name)) for key, name in tuples(session, query)]


def _order(ground: Ground, choice: Choice) -> list[Any]:
    by = {
        "task": [col(Task.find_text)],
        "case": [col(CaseType.prefix), col(Case.id), col(Task.number)],
        "type": [col(TaskType.name)],
        "target": [ground.rank],
    }.get(choice.sort, [ground.rank])
    return [each.desc() if choice.is_descending else each for each in by] + [ground.order_id]
