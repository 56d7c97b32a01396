"""Who else has the task open: said beside the heading, told once when somebody starts to write."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live import hub, topics
from casetasks_app.live.presence import Present, presence
from casetasks_app.people import preferences
from casetasks_app.people.rules import Actor
from casetasks_app.web import session, watch
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.task import texts
from casetasks_app.web.pages.task.state import TaskView
from casetasks_app.web.roles import Role
from casetasks_app.web.session import initials
from casetasks_app.web.signed_in import signed_in
from casetasks_app.web.ui.shell_state import Shell, say

BEAT_SECONDS = 15.0


@dataclass(frozen=True)
class ShownPerson:
    """Somebody else on this page."""

    initials: str
    words: str
    is_writing: bool


@dataclass(frozen=True)
class Looker:
    """Whose page this is, and of which task; task 0 when there is none to look at."""

    actor: Actor
    digest: str
    task_id: int


class TaskPresence(rx.State):
    """The others on this task, and whether they are told of me."""

    others: rx.Field[list[ShownPerson]] = rx.field(default_factory=list)
    is_shown: rx.Field[bool] = rx.field(True)

    _told: rx.Field[frozenset[int]] = rx.field(default_factory=frozenset)

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def attend(self) -> None:
        """Be seen on this task, and see the others, for as long as the page is open."""
        if not await watch.opened(self):
            return
        async with self:
            self.reset()
            looker = await _looker(self)
        chosen = await unit_of_work.ask(preferences.of, actor=looker.actor)
        async with self:
            self.is_shown = chosen.shows_presence
        with hub.watch(topics.presence(looker.task_id)) as ear:
            while await _look(self, looker):
                now = asyncio.get_running_loop().time()
                await ear.changed(within=min(BEAT_SECONDS, presence.next_end(looker.task_id, at=now) + 0.1))

    @rx.event
    @allow(Role.PERSON)
    async def show_me(self, is_shown: bool) -> None:
        """Let others see that I am here, or not; kept for every task."""
        looker = await _looker(self)
        await unit_of_work.run(preferences.choose, choice={"shows_presence": is_shown}, actor=looker.actor)
        self.is_shown = is_shown
        _be_seen(looker, is_shown=is_shown)


async def _looker(state: TaskPresence) -> Looker:
    view = await state.get_state(TaskView)
    task_id = view._page.row.task_id if view._page else 0  # noqa: SLF001  a backend var of our own state
    return Looker(await session.actor(state), await session.digest(state), task_id)


async def _look(state: TaskPresence, looker: Looker) -> bool:
    """Be seen and show the others; False when this page is not that person's, or shows that task no more."""
    if await signed_in.find(looker.digest) is None:
        return False
    async with state:
        here = await _looker(state)
        if not looker.task_id or (here.task_id, here.digest) != (looker.task_id, looker.digest):
            return False
        _be_seen(looker, is_shown=state.is_shown)
        await _show(state, looker)
    return True


def _be_seen(looker: Looker, *, is_shown: bool) -> None:
    if is_shown:
        now = asyncio.get_running_loop().time()
        presence.seen(looker.task_id, person_id=looker.actor.person_id, name=looker.actor.name, at=now)
    else:
        presence.left(looker.task_id, person_id=looker.actor.person_id)


async def _show(state: TaskPresence, looker: Looker) -> None:
    now = asyncio.get_running_loop().time()
    found = presence.others(looker.task_id, person_id=looker.actor.person_id, at=now)
    shown = [ShownPerson(initials(each.name), _words(each), each.is_writing) for each in found]
    if shown != state.others:
        state.others = shown
    writing = frozenset(each.person_id for each in found if each.is_writing)
    for each in found:
        if each.person_id in writing - state._told:  # noqa: SLF001
            say(await state.get_state(Shell), _words(each))
    state._told |= writing  # noqa: SLF001  told once for each, however often they pause


def _words(one: Present) -> str:
    return (texts.WRITING if one.is_writing else texts.VIEWING).format(name=one.name)
