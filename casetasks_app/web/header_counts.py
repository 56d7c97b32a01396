"""The counts in the header of every page, kept up to date: my open tasks, and for administrators the mails that failed."""

from dataclasses import dataclass

import reflex as rx

from casetasks_app import settings
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live import hub, topics
from casetasks_app.mail import queries as mail
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import shared_work
from casetasks_app.web import messages, session, watch
from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.shell_state import Shell, tell_times


@dataclass(frozen=True, slots=True)
class Counts:
    """What the header counts for one person."""

    mine: int
    failed_mails: int = 0


class HeaderCounts(Shell):
    """Fills the frame's counts and its time zone; every page loads it before its own content."""

    @rx.event
    @allow(Role.PERSON)
    async def count(self) -> None:
        """Count what is mine, and name the zone of the page's times."""
        tell_times(self, settings.load().time_zone)
        _show(self, await _load(await session.actor(self)))

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def keep_counting(self) -> None:
        """Count again whenever something of mine changes."""
        async with self:
            actor = await session.actor(self)
        watched = [topics.person(actor.person_id), *([topics.MAILS] if actor.is_administrator else [])]
        last: list[Counts] = []

        async def load(_state: HeaderCounts, actor: Actor) -> Counts:
            counts = await hub.shared(watched, ("header", actor), lambda: _load(actor))
            if last == [counts]:
                return watch.NOTHING_NEW
            last[:] = [counts]
            return counts

        await watch.follow(self, watched, load=load, show=_show)


async def _load(actor: Actor) -> Counts:
    mine = await unit_of_work.ask(shared_work.count_mine, actor=actor)
    failed = await unit_of_work.ask(mail.failed, actor=actor) if actor.is_administrator else 0
    return Counts(mine, failed)


def _show(state: HeaderCounts, counts: Counts) -> None:
    words, failed = messages.my_open_tasks(counts.mine), messages.failed_mails(counts.failed_mails)
    if state.open_tasks_words != words:
        state.open_tasks, state.open_tasks_words = messages.badge_count(counts.mine), words
    if state.failed_mails_words != failed:
        state.failed_mails, state.failed_mails_words = messages.badge_count(counts.failed_mails), failed
