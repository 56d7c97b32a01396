"""How each view of My work is walked: limited, in the order of an index."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casetasks_app.db.statements import columns
from casetasks_app.models import Task, TaskStatus, TaskStep
from casetasks_app.models.columns import NEVER, UtcDateTime
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import narrowed
from casetasks_app.tasks.queries.narrowed import Ground

DONE_FOR = timedelta(days=30)
MOST_DONE = 10_000


class View(StrEnum):
    """The four views of My work."""

    MINE = "mine"
    CLAIM = "claim"
    CREATED = "created"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk of open steps stopped: the moment by which the step is sorted, and its id."""

    at: datetime
    step_id: int


def of_view(view: View, actor: Actor, most: int) -> Any:  # noqa: ANN401
    """Return the first tasks of a view in its order, as `task_id`, `rank` and `step_id`."""
    if view == View.MINE:
        return mine(actor, most)
    if view == View.CLAIM:
        return to_claim(actor, most)
    return created(actor, most) if view == View.CREATED else done(actor, most)


def _ranked(*where: sa.ColumnElement[bool], most: int) -> Any:  # noqa: ANN401
    """Open steps by target: exactly the order of the partial indexes `step_mine` and `step_to_claim`."""
    return (
        columns(col(TaskStep.task_id).label("task_id"), col(TaskStep.sort_at).label("rank"), col(TaskStep.id).label("step_id"))
        .where(col(TaskStep.completed_at).is_(None), *where)
        .order_by(col(TaskStep.sort_at), col(TaskStep.id))
        .limit(most)
    )


def beyond(place: Place) -> sa.ColumnElement[bool]:
    """Return the condition that lets a walk go on behind a place; its first half is what the index goes by."""
    at, step_id = col(TaskStep.sort_at), col(TaskStep.id)
    return (at >= place.at) & ((at > place.at) | (step_id > place.step_id))


def mine(actor: Actor, most: int, *also: sa.ColumnElement[bool]) -> Any:  # noqa: ANN401
    """Return the open steps that a person has."""
    return _ranked(col(TaskStep.assignee_id) == actor.person_id, *also, most=most)


def to_claim(actor: Actor, most: int, *also: sa.ColumnElement[bool]) -> Any:  # noqa: ANN401
    """Return what can be claimed: one limited walk of the index a team, then merged: never all tasks of all teams."""
    walks = [columns(walk.subquery()) for walk in to_claim_by_team(actor, most, *also)]
    if not walks:
        return nothing()
    merged = sa.union_all(*walks).subquery()
    return columns(merged).order_by(merged.c.rank, merged.c.step_id).limit(most)


def to_claim_by_team(actor: Actor, most: int, *also: sa.ColumnElement[bool]) -> list[Any]:
    """Return the walk of each team."""
    unclaimed = col(TaskStep.assignee_id).is_(None)
    return [_ranked(col(TaskStep.team_id) == team, unclaimed, *also, most=most) for team in sorted(actor.teams)]


def nothing() -> Any:  # noqa: ANN401
    """Return what somebody without a team can claim."""
    return columns(sa.literal(0).label("task_id"), sa.literal(0).label("rank"), sa.literal(0).label("step_id")).where(sa.false())


_RANK = sa.func.coalesce(col(Task.due_at), sa.literal(NEVER, type_=UtcDateTime()))


def _managed(actor: Actor) -> tuple[sa.ColumnElement[bool], ...]:
    # Written out, not bound: a partial index is used only for a condition that says the same.
    return col(Task.manager_id) == actor.person_id, col(Task.status) == sa.literal_column(f"'{TaskStatus.NEW}'")


def created(actor: Actor, most: int) -> Any:  # noqa: ANN401
    """Return the open tasks of the cases a person manages: first those with a target; two walks of `task_of_manager`."""
    walks = [
        columns(col(Task.id).label("task_id"), _RANK.label("rank"), col(Task.id).label("step_id"))
        .where(*_managed(actor), has_target)
        .order_by(col(Task.due_at), col(Task.id))
        .limit(most)
        for has_target in (col(Task.due_at).is_not(None), col(Task.due_at).is_(None))
    ]
    merged = sa.union_all(*(columns(walk.subquery()) for walk in walks)).subquery()
    return columns(merged).order_by(merged.c.rank, merged.c.step_id).limit(most)


def done(actor: Actor, most: int) -> Any:  # noqa: ANN401
    """Return what a person completed, or had when it was stopped, after the moment `since`; the negative id makes newest first."""
    since = sa.bindparam("since", type_=UtcDateTime())
    did = columns(col(TaskStep.task_id), col(TaskStep.id)).where(
        col(TaskStep.completed_by_id) == actor.person_id, col(TaskStep.completed_at) > since
    )
    lost = columns(col(TaskStep.task_id), col(TaskStep.id)).where(
        col(TaskStep.assignee_id) == actor.person_id, col(TaskStep.was_stopped), col(TaskStep.completed_at) > since
    )
    both = sa.union(did, lost).subquery()
    task_id, step_id = both.c
    ended = sa.func.max(step_id)
    return (
        columns(task_id.label("task_id"), (-ended).label("rank"), ended.label("step_id"))
        .join(Task, (col(Task.id) == task_id) & (col(Task.status) != TaskStatus.NEW))
        .group_by(task_id)
        .order_by(-ended)
        .limit(most)
    )


_RANK_OF_ALL = sa.case((col(Task.status) == TaskStatus.NEW, _RANK), else_=sa.literal(NEVER + timedelta(hours=1), type_=UtcDateTime()))
"""Closed tasks come after all open ones, and in no group of targets."""


def _closed_by_others(actor: Actor, since: datetime) -> sa.ColumnElement[bool]:
    """Tell which tasks of a manager's cases somebody else closed after a moment; who closes one knows it."""
    is_closed = col(Task.status) == sa.literal_column(f"'{TaskStatus.CLOSED}'")
    by_others = col(Task.ended_by_id).is_(None) | (col(Task.ended_by_id) != actor.person_id)
    return (col(Task.manager_id) == actor.person_id) & is_closed & (col(Task.ended_at) > since) & by_others


def ground(view: View, actor: Actor, now: datetime, since: datetime | None = None) -> Ground:
    """Return all tasks of a view, for leaving some out and for another order; what was closed after `since` is news."""
    if view == View.MINE:
        return narrowed.of_steps(col(TaskStep.assignee_id) == actor.person_id)
    if view == View.CLAIM:
        return narrowed.of_steps(col(TaskStep.assignee_id).is_(None), col(TaskStep.team_id).in_(sorted(actor.teams)))
    if view == View.CREATED:
        return narrowed.of_tasks(*_managed(actor), rank=_RANK_OF_ALL, news=_closed_by_others(actor, since or now))
    return narrowed.of_found(done(actor, MOST_DONE), since=now - DONE_FOR)
