"""My work: what is mine, what I can claim, what I created, what is done (B17)."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.db.statements import columns, tuples
from casetasks_app.models import Case, Task, TaskStep
from casetasks_app.people import looking
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import narrowed, offers, sources, walks
from casetasks_app.tasks.queries.choice import NOTHING, Choice, Labels, Offer
from casetasks_app.tasks.queries.narrowed import Ground
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.tasks.queries.walks import DONE_FOR, Place, View

PAGE = 25
COUNT_LIMIT = 100
TOTAL_LIMIT = 10_000
_KEPT = 512
"""How many people's queries are kept, so that they are put together once and not at each look."""


@dataclass(frozen=True, slots=True)
class WorkPage:
    """One page of a view; `has_more` when there is a next one."""

    rows: tuple[TaskRow, ...] = ()
    page: int = 1
    has_more: bool = False
    total: int = 0
    """How many tasks all pages have, up to 10,000; only `look` counts them."""


@dataclass(frozen=True, slots=True)
class WorkPart:
    """Some tasks of a view, and the place behind which the others stand; None when these are the last."""

    rows: tuple[TaskRow, ...] = ()
    next: Place | None = None


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How many tasks each view has; never more than 100 are counted."""

    mine: int = 0
    claim: int = 0
    created: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of which view is looked at; `shown` are the tasks that stand on it already."""

    view: View = View.MINE
    number: int = 1
    shown: tuple[int, ...] = ()
    choice: Choice = NOTHING
    since: datetime | None = None
    """What was closed after this moment is new to the actor; without it, after their last look."""


@dataclass(frozen=True, slots=True)
class Work:
    """The whole screen: the page, the counts, the Next card, the names of my teams.

    `left` are tasks that were shown and are no longer on the page, as they stand now, as far as I may still see them.
    """

    page: WorkPage
    counts: WorkCounts
    next: TaskRow | None
    teams: tuple[str, ...]
    left: tuple[TaskRow, ...] = ()
    labels: Labels = field(default_factory=dict[tuple[str, str], str])


def look(session: Session, *, actor: Actor, wanted: Wanted, now: datetime) -> Work:
    """Return everything My work shows; a page number past the end gives the last page."""
    labels = offers.labels(session, wanted.choice, actor=actor)
    wanted = replace(wanted, choice=wanted.choice.only(labels))
    found = _asked_page(session, actor=actor, wanted=wanted, now=now)
    gone = set(wanted.shown) - {row.task_id for row in found.rows}
    return Work(
        page=found,
        counts=counts(session, actor=actor),
        next=next_task(session, actor=actor, now=now),
        teams=tuple(people.team_names(session, ids=actor.teams).values()),
        left=tuple(visible(session, sorted(gone), actor, now)) if gone else (),
        labels=labels,
    )


def offered(session: Session, *, actor: Actor, wanted: Wanted, key: str, now: datetime) -> list[Offer]:
    """Return what one filter of a view offers, with how many tasks each would show."""
    return offers.offers(session, ground(session, actor=actor, wanted=wanted, now=now), wanted.choice, key, now=now)


def ground(session: Session, *, actor: Actor, wanted: Wanted, now: datetime) -> Ground:
    """Return all tasks of the wanted view, and what is new to the actor beside them."""
    since = wanted.since or (looking.last_look(session, actor=actor, now=now) if wanted.view == View.CREATED else None)
    return walks.ground(wanted.view, actor, now, since)


def _asked_page(session: Session, *, actor: Actor, wanted: Wanted, now: datetime) -> WorkPage:
    """Walk the view's index as long as nothing is asked for; else find, sort and page in the database."""
    choice = wanted.choice
    if choice == NOTHING:
        ((total,),) = tuples(session, total_of(wanted.view, actor), since=now - DONE_FOR)
        number = max(1, min(wanted.number, -(-total // PAGE)))
        return replace(page(session, actor=actor, view=wanted.view, number=number, now=now), total=total)
    found = ground(session, actor=actor, wanted=wanted, now=now)
    total = narrowed.total(session, found, choice, now=now, most=TOTAL_LIMIT)
    number = max(1, min(wanted.number, -(-total // choice.size)))
    rows = _in_order(session, narrowed.ids(session, found, choice, now=now, number=number), actor, now)
    return WorkPage(tuple(rows), number, number * choice.size < total, total)


def page(session: Session, *, actor: Actor, view: View, number: int, now: datetime) -> WorkPage:
    """Return one page of 25, by target, then oldest; done: newest first."""
    number = max(1, min(number, 400))
    skip = (number - 1) * PAGE
    found = [int(each) for (each,) in tuples(session, picked(view, actor, skip, PAGE + 1), since=now - DONE_FOR)]
    rows = _in_order(session, found[:PAGE], actor, now)
    return WorkPage(tuple(rows), number, len(found) > PAGE)


def part(session: Session, *, actor: Actor, view: View, after: Place | None, most: int, now: datetime) -> WorkPart:
    """Return the tasks of mine, or those to claim, behind a place, in the order of the page: for readers that go through all."""
    also = [walks.beyond(after)] if after else []
    walk = (walks.to_claim if view == View.CLAIM else walks.mine)(actor, most + 1, *also)
    found = tuples(session, walk)
    rows = _in_order(session, [int(task_id) for task_id, _, _ in found[:most]], actor, now)
    return WorkPart(tuple(rows), Place(found[most - 1][1], int(found[most - 1][2])) if len(found) > most else None)


def next_task(session: Session, *, actor: Actor, now: datetime) -> TaskRow | None:
    """Return the open task of mine with the earliest target: the Next card."""
    first = [int(each) for (each,) in tuples(session, picked(View.MINE, actor, 0, 1))]
    rows = _in_order(session, first, actor, now)
    return rows[0] if rows else None


def next_to_claim(session: Session, *, actor: Actor, now: datetime) -> TaskRow | None:
    """Return the first task that the actor could claim."""
    first = [int(each) for (each,) in tuples(session, picked(View.CLAIM, actor, 0, 1))]
    rows = _in_order(session, first, actor, now)
    return rows[0] if rows else None


def counts(session: Session, *, actor: Actor) -> WorkCounts:
    """Return how many tasks each view has, up to 100."""
    return WorkCounts(*(int(each) for each in tuples(session, _counts_of(actor))[0]))


@lru_cache(maxsize=_KEPT)
def _counts_of(actor: Actor) -> Any:  # noqa: ANN401
    return columns(*(_counted(each, actor, COUNT_LIMIT).scalar_subquery() for each in (View.MINE, View.CLAIM, View.CREATED)))


@lru_cache(maxsize=_KEPT)
def total_of(view: View, actor: Actor, most: int = TOTAL_LIMIT) -> Any:  # noqa: ANN401
    """Return the statement that counts a view, up to a limit."""
    return _counted(view, actor, most)


def _counted(view: View, actor: Actor, most: int) -> Any:  # noqa: ANN401
    """Count without sorting and without reading more than an index: ten thousand tasks in a millisecond."""
    if view == View.CLAIM:
        each = [columns(walk.with_only_columns(col(TaskStep.id)).subquery()) for walk in walks.to_claim_by_team(actor, most)]
        found = columns(sa.union_all(*each).subquery()).limit(most) if each else walks.nothing()
    elif view == View.MINE:
        found = walks.mine(actor, most).with_only_columns(col(TaskStep.id))
    else:
        found = walks.created(actor, most).order_by(None) if view == View.CREATED else walks.done(actor, most)
    return columns(sa.func.count()).select_from(found.subquery())


def visible(session: Session, ids: list[int], actor: Actor, now: datetime) -> list[TaskRow]:
    """Return those of these tasks that the actor may see (behaviour, section 10)."""
    mine = (col(TaskStep.assignee_id) == actor.person_id) | (col(TaskStep.completed_by_id) == actor.person_id)
    ours = col(TaskStep.team_id).in_(actor.teams) & col(TaskStep.is_for_team)
    held = sa.select(col(TaskStep.task_id)).where(col(TaskStep.task_id).in_(ids), mine | ours | col(TaskStep.team_id).in_(actor.leads))
    managed = col(Case.case_type_id).in_(actor.manages)
    return sources.rows(session, sources.joined().where(col(Task.id).in_(ids), managed | col(Task.id).in_(held)), actor=actor, now=now)


@lru_cache(maxsize=_KEPT)
def picked(view: View, actor: Actor, skip: int, most: int) -> Any:  # noqa: ANN401
    """Return the statement for the task ids of a part of a view, in order; it takes the parameter `since` for the done ones."""
    inner = walks.of_view(view, actor, skip + most).subquery()
    return columns(inner.c.task_id).order_by(inner.c.rank, inner.c.step_id).offset(skip)


def _in_order(session: Session, ids: list[int], actor: Actor, now: datetime) -> list[TaskRow]:
    if not ids:
        return []
    rows = sources.rows(session, sources.joined().where(col(Task.id).in_(ids)), actor=actor, now=now)
    place = {task_id: number for number, task_id in reversed(list(enumerate(ids)))}
    return sorted(rows, key=lambda row: place[row.task_id])
