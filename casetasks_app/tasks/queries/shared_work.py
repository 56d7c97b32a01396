"""My work in the parts that many open pages have in common, so that one reading serves them all."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col

from casetasks_app.db.statements import tuples
from casetasks_app.models import Task
from casetasks_app.people import queries as people
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import my_work, sources
from casetasks_app.tasks.queries.my_work import COUNT_LIMIT, PAGE, View, Wanted, Work, WorkCounts, WorkPage
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.tasks.queries.sources import Lines


@dataclass(frozen=True, slots=True)
class Mine:
    """What changes with one person alone."""

    counts: WorkCounts
    next: TaskRow | None
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One page of what some teams have to claim: the same for everybody who is in exactly these teams."""

    lines: Lines
    number: int
    total: int
    has_more: bool


def count_mine(session: Session, *, actor: Actor) -> int:
    """Return how many open tasks somebody has, up to 100."""
    return int(tuples(session, my_work.total_of(View.MINE, actor, COUNT_LIMIT))[0][0])


def about_me(session: Session, *, actor: Actor, now: datetime) -> Mine:
    """Return the counts, the Next card and the teams of one person."""
    teams = people.team_names(session, ids=actor.teams)
    return Mine(my_work.counts(session, actor=actor), my_work.next_task(session, actor=actor, now=now), tuple(teams.values()))


def to_claim(session: Session, *, teams: frozenset[int], number: int, now: datetime) -> Offer:
    """Return one page of what these teams have to claim, as far as it is the same for all their members."""
    anybody = Actor(person_id=0, name="", email="", teams=teams)
    ((total,),) = tuples(session, my_work.total_of(View.CLAIM, anybody))
    number = max(1, min(number, -(-total // PAGE)))
    found = [int(each) for (each,) in tuples(session, my_work.picked(View.CLAIM, anybody, (number - 1) * PAGE, PAGE + 1))]
    lines = sources.lines(session, sources.joined().where(col(Task.id).in_(found[:PAGE])), now=now) if found else Lines()
    place = {task_id: at for at, task_id in enumerate(found)}
    ordered = tuple(sorted(lines.sources, key=lambda each: place[each.task.id or 0]))
    return Offer(replace(lines, sources=ordered), number, total, len(found) > PAGE)


def work(mine: Mine, offer: Offer, *, actor: Actor, now: datetime) -> Work:
    """Return the view of what can be claimed as one person sees it, without asking the database. Pure."""
    page = WorkPage(tuple(offer.lines.for_actor(actor, now)), offer.number, offer.has_more, offer.total)
    return Work(page, replace(mine.counts, claim=min(offer.total, COUNT_LIMIT)), mine.next, mine.teams)


def left(session: Session, *, work: Work, wanted: Wanted, actor: Actor, now: datetime) -> Work:
    """Add to a view what became of the tasks that stood on it and are gone."""
    gone = sorted(set(wanted.shown) - {row.task_id for row in work.page.rows})
    return replace(work, left=tuple(my_work.visible(session, gone, actor, now)))
