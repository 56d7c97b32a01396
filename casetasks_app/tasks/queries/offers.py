"""What the filters of My work offer, and how what is chosen is called."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, tuples
from casetasks_app.finding import folded
from casetasks_app.models import Person, Task, TaskStatus, TaskStep, TaskType, Team
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries.choice import TARGETS, Choice, Labels, Offer
from casetasks_app.tasks.queries.narrowed import Ground, matching, within

Named = type[Person] | type[Team] | type[TaskType]
MOST_OFFERED = 200
TARGET_NAMES: dict[str, str] = dict(zip(TARGETS, ("Breached", "Due today", "This week", "Later"), strict=True))
NEEDS_ME = "Needs my attention"
STATUS_NAMES = {TaskStatus.NEW.value: "New", TaskStatus.CLOSED.value: "Closed", TaskStatus.CANCELLED.value: "Cancelled"}


def offers(session: Session, ground: Ground, choice: Choice, key: str, *, now: datetime) -> list[Offer]:
    """Return what one filter offers, with how many tasks each would show beside the other filters."""
    asked = matching(session, ground, choice.without(key), now)
    if key == "target":
        return _target_offers(session, asked, ground, now)
    if key == "needs":
        return _needs_offers(session, ground, choice.without(key), now)
    kind = {"type": _type_offers, "team": _team_offers, "who": _holder_offers, "status": _status_offers}.get(key)
    return kind(session, asked, ground) if kind else []


def labels(session: Session, choice: Choice, *, actor: Actor) -> Labels:
    """Return the names of what is chosen. People's only to case managers, who may give tasks to them."""
    known: dict[tuple[str, str], str] = {("target", each): TARGET_NAMES[each] for each in choice.of("target") if each in TARGET_NAMES}
    known |= {("status", each): STATUS_NAMES[each] for each in choice.of("status") if each in STATUS_NAMES}
    known |= {("needs", each): NEEDS_ME for each in choice.of("needs") if each == "me"}
    for key, table in (("type", TaskType), ("team", Team)):
        known |= _named(session, table, choice.numbers(key), key)
    if actor.manages:
        known |= _named(session, Person, choice.numbers("who"), "who")
        known |= _named(session, Team, choice.numbers("who", "t"), "who", "t")
    return known


def _named(session: Session, table: Named, ids: Collection[int], key: str, before: str = "") -> dict[tuple[str, str], str]:
    if not ids:
        return {}
    found = tuples(session, columns(col(table.id), col(table.name)).where(col(table.id).in_(ids)))
    return {(key, f"{before}{number}"): name for number, name in found}


def _counted(asked: Any, *by: Any) -> Any:  # noqa: ANN401
    return asked.with_only_columns(*by, sa.func.count(sa.distinct(col(Task.id)))).group_by(*by).limit(MOST_OFFERED)


def _type_offers(session: Session, asked: Any, ground: Ground) -> list[Offer]:  # noqa: ANN401
    query = asked.with_only_columns(sa.func.min(col(TaskType.id)), col(TaskType.name), sa.func.count(sa.distinct(col(Task.id))))
    found = tuples(session, query.group_by(col(TaskType.name)).order_by(col(TaskType.name)).limit(MOST_OFFERED), **ground.values)
    return [Offer(str(key), name, int(count)) for key, name, count in found]


def _team_offers(session: Session, asked: Any, ground: Ground) -> list[Offer]:  # noqa: ANN401
    query = _with_steps(asked, ground).join(Team, col(Team.id) == col(TaskStep.team_id))
    found = tuples(session, _counted(query, col(Team.id), col(Team.name)), **ground.values)
    return sorted((Offer(str(key), name, int(count)) for key, name, count in found), key=_by_label)


def _holder_offers(session: Session, asked: Any, ground: Ground) -> list[Offer]:  # noqa: ANN401
    query = _with_steps(asked, ground).outerjoin(Person, col(Person.id) == col(TaskStep.assignee_id))
    query = query.outerjoin(Team, (col(Team.id) == col(TaskStep.team_id)) & col(TaskStep.assignee_id).is_(None))
    found = tuples(session, _counted(query, col(Person.id), col(Person.name), col(Team.id), col(Team.name)), **ground.values)
    made = [
        Offer(str(person) if person else f"t{team}", name or group, int(count))
        for person, name, team, group, count in found
        if name or group
    ]
    return sorted(made, key=_by_label)


def _status_offers(session: Session, asked: Any, ground: Ground) -> list[Offer]:  # noqa: ANN401
    found = {str(status.value): int(count) for status, count in tuples(session, _counted(asked, col(Task.status)), **ground.values)}
    return [Offer(value, name, found[value]) for value, name in STATUS_NAMES.items() if value in found]


def _target_offers(session: Session, asked: Any, ground: Ground, now: datetime) -> list[Offer]:  # noqa: ANN401
    counts = [sa.func.sum(sa.case((within(ground.rank, each, now), 1), else_=0)) for each in TARGETS]
    (found,) = tuples(session, asked.with_only_columns(*counts), **ground.values)
    return [Offer(each, TARGET_NAMES[each], int(count or 0)) for each, count in zip(TARGETS, found, strict=True)]


def _needs_offers(session: Session, ground: Ground, choice: Choice, now: datetime) -> list[Offer]:
    asked = matching(session, ground, replace(choice, filters=(*choice.filters, ("needs", ("me",)))), now)
    ((count,),) = tuples(session, asked.with_only_columns(sa.func.count()), **ground.values)
    return [Offer("me", NEEDS_ME, int(count))]


def _with_steps(asked: Any, ground: Ground) -> Any:  # noqa: ANN401
    if ground.has_steps:
        return asked
    return asked.join(TaskStep, (col(TaskStep.task_id) == col(Task.id)) & col(TaskStep.completed_at).is_(None))


def _by_label(offer: Offer) -> str:
    return folded(offer.label)
