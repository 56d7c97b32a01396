"""Reading My work for one page, or once for many pages that are open at the same time."""

from datetime import datetime

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live import hub, topics
from casetasks_app.people import looking
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import bulk
from casetasks_app.tasks.queries import exporting, my_work, shared_work
from casetasks_app.tasks.queries.choice import NOTHING
from casetasks_app.tasks.queries.my_work import View, Wanted, Work
from casetasks_app.web.pages.my_work import asking
from casetasks_app.web.ui.list_address import Asked
from casetasks_app.web.ui.list_shown import Tick, ticks_of

KNOWN_SECONDS = 30.0
"""How long what is known of one person holds while nothing of theirs changes."""


async def alone(wanted: Wanted, actor: Actor) -> Work:
    """Read everything anew."""
    return await unit_of_work.ask(my_work.look, actor=actor, wanted=wanted, now=clock.now())


async def together(wanted: Wanted, actor: Actor) -> Work:
    """Read what others see too once for all of them: whoever claims a task wakes every member of its team."""
    if wanted.view != View.CLAIM or wanted.choice != NOTHING:
        return await alone(wanted, actor)
    now, me, ours = clock.now(), [topics.person(actor.person_id)], [topics.team(team) for team in actor.teams]
    mine = await hub.shared(
        me, ("work", actor), lambda: unit_of_work.ask(shared_work.about_me, actor=actor, now=now), seconds=KNOWN_SECONDS
    )
    offer = await hub.shared(
        ours,
        ("offer", actor.teams, wanted.number),
        lambda: unit_of_work.ask(shared_work.to_claim, teams=actor.teams, number=wanted.number, now=now),
    )
    work = shared_work.work(mine, offer, actor=actor, now=now)
    if not set(wanted.shown) - {row.task_id for row in work.page.rows}:
        return work
    return await unit_of_work.ask(shared_work.left, work=work, wanted=wanted, actor=actor, now=now)


async def since(known: datetime | None, before: Asked, asked: Asked, actor: Actor) -> datetime | None:
    """Note that somebody looks at what needs their attention, and return since when its news are news.

    That stays the same as long as the tab goes on looking: news that are read one after the other do not vanish meanwhile.
    """
    if not asking.is_about_attention(asked):
        return None
    if known is not None and asking.is_about_attention(before):
        return known
    return await unit_of_work.run(looking.look, actor=actor, now=clock.now())


async def matching(wanted: Wanted, actor: Actor) -> list[int]:
    """Read what matches on all pages of a view, one more than a press takes."""
    return await unit_of_work.ask(exporting.ids, actor=actor, wanted=wanted, now=clock.now(), most=bulk.MOST + 1)


async def ticks(view: View, asked: Asked, seen: tuple[Work, ...], key: str, actor: Actor) -> list[Tick]:
    """Read what one filter of a view offers; a filter that the view has not offers nothing."""
    if key not in asking.KINDS[view].filters:
        return []
    wanted, labels = Wanted(view, choice=asked.choice), seen[0].labels if seen else {}
    return ticks_of(asked, key, await unit_of_work.ask(my_work.offered, actor=actor, wanted=wanted, key=key, now=clock.now()), labels)
