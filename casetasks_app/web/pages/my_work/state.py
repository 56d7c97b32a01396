"""My work as one person has it: the page of a view, kept up to date, and claiming from it."""

from datetime import datetime

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live import topics
from casetasks_app.people.own_lists import ListName
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import claim_next, hold
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.hold import AlreadyClaimed
from casetasks_app.tasks.queries.my_work import View, Wanted, Work
from casetasks_app.web import changes, messages, routes, session, watch
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.my_work import asking, claiming, loading, merging, shown
from casetasks_app.web.pages.my_work.shown import Group, NextCard, Nothing, WorkRow
from casetasks_app.web.roles import Role
from casetasks_app.web.ui import case_frame, own_list, shell_state
from casetasks_app.web.ui.bulk_state import Bulk
from casetasks_app.web.ui.list_address import Asked
from casetasks_app.web.ui.list_shown import offered_again
from casetasks_app.web.ui.list_state import Listing, tried
from casetasks_app.web.ui.live_rows import Merged
from casetasks_app.web.ui.own_list import OwnList
from casetasks_app.web.ui.own_views import OwnViews
from casetasks_app.web.ui.pages import Pages
from casetasks_app.web.ui.shell_state import Shell


class MyWork(Listing, OwnList, OwnViews, Bulk, Shell):
    """One page of one of the four views."""

    loaded: bool = False
    tab_title: str = messages.tab_title(messages.MY_WORK)
    view: str = View.MINE.value
    views: rx.Field[list[case_frame.View]] = rx.field(default_factory=list)
    groups: rx.Field[list[Group]] = rx.field(default_factory=list)
    caption: str = ""
    shows_team: bool = False
    bulk_verbs: rx.Field[list[str]] = rx.field(default_factory=list)
    nothing: Nothing = Nothing()
    card: NextCard = NextCard()
    pages: Pages = Pages()
    pill: str = ""
    shown_seq: int = 0

    _seen: tuple[Work, ...] = ()
    _merged: Merged[WorkRow] = Merged()
    _lost: rx.Field[dict[int, str]] = rx.field(default_factory=dict)
    _me: str = ""
    _asked: Asked = asking.asked_of({})
    _is_held: bool = False
    _since: datetime | None = None

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the page of the view that the address names."""
        before, asked = self._asked, asking.asked_of(self.router.url.query_parameters)
        self.view, self._asked, self.loaded = dict(asked.kept)["view"] or View.MINE.value, asked, False
        actor = await session.actor(self)
        self._since = await tried(self, loading.since(self._since, before, asked, actor))
        await own_list.arrive(self, ListName.MY_WORK, asking.columns_of(View(self.view), len(actor.teams)), actor)
        await _anew(self, actor)
        if asked.is_other_choice(before):
            shell_state.say(self, self.frame.matches or f"{self.pages.summary}.")

    @rx.event
    @allow(Role.PERSON)
    async def offer(self, key: str) -> None:
        """Show what one filter of the view offers."""
        self.offered = key
        self.ticks = await loading.ticks(View(self.view), self._asked, self._seen, key, await session.actor(self))

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Keep it up to date without moving anything."""
        async with self:
            actor = await session.actor(self)
        mine = [topics.person(actor.person_id), *(topics.team(team) for team in actor.teams)]
        await watch.follow(self, mine, load=lambda tab, actor: loading.together(_wanted(tab), actor), show=_update)

    @rx.event
    @allow(Role.PERSON)
    async def show_updates(self) -> None:
        """Let the list catch up, on the person's own word."""
        self.shown_seq += 1
        await _anew(self, await session.actor(self))

    @rx.event
    @allow(Role.PERSON)
    async def claim(self, task_id: int) -> None:
        """Claim a task of one of my teams; who lost the race is told in the row who won."""
        actor = await session.actor(self)
        try:
            await unit_of_work.run(hold.claim, task_id=task_id, actor=actor, now=clock.now())
        except (AlreadyClaimed, TaskIsOver) as lost:
            self._lost = {**self._lost, task_id: lost.message}
            shell_state.say(self, lost.message)
            _update(self, await _load(self, actor))
        else:
            # The answer at once; what else the claim changed, the watcher brings a moment later.
            await claiming.claimed(self, task_id)

    @rx.event
    @allow(Role.PERSON)
    async def claim_next(self) -> None:
        """Claim the task that is due first in my teams."""
        actor = await session.actor(self)
        row = await unit_of_work.run(claim_next.claim_next, actor=actor, now=clock.now())
        await claiming.claimed(self, row.task_id, row.reference, routes.task(row.case_reference, row.number))
        _update(self, await _load(self, actor))

    @rx.event
    @allow(Role.PERSON)
    def hold_card(self) -> None:
        """Leave the Next card as it is while the focus is in it."""
        self._is_held = True

    @rx.event
    @allow(Role.PERSON)
    def let_card_go(self) -> None:
        """Show the task that is next by now."""
        self._is_held = False
        if self._seen:
            self.card = shown.next_card(self._seen[0].next)

    async def _refreshed(self) -> None:
        await _anew(self, await session.actor(self))

    async def _matching(self, actor: Actor) -> list[int]:
        return await loading.matching(_wanted(self), actor)


async def _load(state: MyWork, actor: Actor) -> Work:
    return await loading.alone(_wanted(state), actor)


def _wanted(state: MyWork) -> Wanted:
    here = tuple(row.key for row in state._merged.rows)  # noqa: SLF001  a backend var of our own state
    asked = state._asked  # noqa: SLF001
    return Wanted(View(state.view), asked.number, here, asked.choice, state._since)  # noqa: SLF001


async def _anew(state: MyWork, actor: Actor) -> None:
    state._merged, state._lost, state._me = Merged(), {}, actor.name  # noqa: SLF001
    work = await tried(state, _load(state, actor))
    if work is not None:
        state._asked = state._asked.only_known(work.labels)  # noqa: SLF001
        _draw(state, work)
    state.loaded = True


def _draw(state: MyWork, work: Work) -> None:
    """Draw the list as it stands now, forgetting what was held back."""
    view, asked = View(state.view), state._asked  # noqa: SLF001
    rows = shown.rows_of(work.page.rows, view, asked)
    state._merged = Merged(tuple(rows))  # noqa: SLF001
    nothing = Nothing() if rows else shown.nothing(work, view, asked)
    changes.put(state, groups=shown.groups_of(rows), pill="", caption=asking.caption(view, asked), nothing=nothing)
    state.ticks, state.bulk_verbs = offered_again(asked, state.offered, state.ticks, work.labels), asking.BULK[view]
    _around(state, work)


def _update(state: MyWork, work: Work) -> None:
    """Change rows in place; what would move them waits behind the pill. In an empty list nothing can move."""
    if not state._merged.rows:  # noqa: SLF001
        shell_state.count_changes(state, added=len(work.page.rows))
        return _draw(state, work)
    merged = merging.merged(state._merged, work, state._asked, me=state._me, lost=dict(state._lost))  # noqa: SLF001
    if state._is_selecting:  # noqa: SLF001  what is ticked must stay what it is
        held = len(merged.waiting) + merged.changed
        state.pill = messages.updates_pill(held) if held else state.pill
        return _around(state, work)
    state._merged = merged  # noqa: SLF001
    pill = messages.updates_pill(len(merged.waiting)) if merged.waiting else ""
    changes.put(state, groups=shown.groups_of(merged.rows), pill=pill)
    shell_state.count_changes(state, changed=merged.changed, added=merged.added)
    return _around(state, work)


def _around(state: MyWork, work: Work) -> None:
    view, asked = View(state.view), state._asked  # noqa: SLF001
    state._seen = (work,)  # noqa: SLF001
    changes.put(
        state,
        views=shown.views_of(work, view),
        frame=shown.frame(work, view, asked, state._since),  # noqa: SLF001
        pages=shown.pages_under(work, asked),
        tab_title=shown.tab_title(work, asked),
        shows_team=len(work.teams) > 1,
    )
    if not state._is_held:  # noqa: SLF001
        changes.put(state, card=shown.next_card(work.next))
