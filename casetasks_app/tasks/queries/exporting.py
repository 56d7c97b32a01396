"""The tasks of a view for a file: all that match, or those that were ticked, in parts so that few are held at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col

from casetasks_app.models import Task
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import my_work, narrowed, offers, sources
from casetasks_app.tasks.queries.my_work import Wanted
from casetasks_app.tasks.queries.rows import TaskRow

PART = 500


def matching(session: Session, *, actor: Actor, wanted: Wanted, now: datetime, most: int) -> list[TaskRow]:
    """Return all tasks of a view that match, in its order, at most `most`."""

    def read(part: list[int]) -> list[TaskRow]:
        return sources.rows(session, sources.joined().where(col(Task.id).in_(part)), actor=actor, now=now)

    return _in_parts(session, ids(session, actor=actor, wanted=wanted, now=now, most=most), read)


def ticked(session: Session, *, task_ids: Sequence[int], actor: Actor, now: datetime) -> list[TaskRow]:
    """Return those of these tasks that the actor may see, in the order they are named."""
    return _in_parts(session, task_ids, lambda part: my_work.visible(session, part, actor, now))


def ids(session: Session, *, actor: Actor, wanted: Wanted, now: datetime, most: int) -> list[int]:
    """Return the numbers of the tasks of a view that match, in its order, at most `most`."""
    choice = wanted.choice.only(offers.labels(session, wanted.choice, actor=actor))
    ground = my_work.ground(session, actor=actor, wanted=wanted, now=now)
    found = narrowed.ids(session, ground, replace(choice, size=most), now=now, number=1)
    return list(dict.fromkeys(found))


def _in_parts(session: Session, task_ids: Sequence[int], read: Callable[[list[int]], list[TaskRow]]) -> list[TaskRow]:
    made: list[TaskRow] = []
    for start in range(0, len(task_ids), PART):
        part = list(task_ids[start : start + PART])
        rows = {row.task_id: row for row in read(part)}
        made += [rows[each] for each in part if each in rows]
        session.expunge_all()
    return made
