"""The list of cases as the address asks for it, kept up to date."""

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import listing
from casetasks_app.cases.listing import CasePage
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live import topics
from casetasks_app.people.own_lists import ListName
from casetasks_app.people.rules import Actor
from casetasks_app.web import changes, messages, session, watch
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.cases import shown, texts
from casetasks_app.web.pages.cases.shown import Nothing, ShownCase
from casetasks_app.web.roles import Role
from casetasks_app.web.ui import case_frame, own_list, shell_state
from casetasks_app.web.ui.list_address import Asked
from casetasks_app.web.ui.list_shown import offered_again, ticks_of
from casetasks_app.web.ui.list_state import Listing, tried
from casetasks_app.web.ui.live_rows import Merged, merge
from casetasks_app.web.ui.own_list import OwnList
from casetasks_app.web.ui.own_views import OwnViews
from casetasks_app.web.ui.pages import Pages
from casetasks_app.web.ui.shell_state import Shell


class Cases(Listing, OwnList, OwnViews, Shell):
    """One page of the list."""

    loaded: bool = False
    tab_title: str = messages.tab_title(messages.CASES)
    may_raise: bool = False
    whose: rx.Field[list[case_frame.View]] = rx.field(default_factory=list)
    statuses: rx.Field[list[case_frame.View]] = rx.field(default_factory=list)
    rows: rx.Field[list[ShownCase]] = rx.field(default_factory=list)
    caption: str = ""
    nothing: Nothing = Nothing()
    pages: Pages = Pages()
    pill: str = ""
    shown_seq: int = 0

    _asked: Asked = shown.asked_of({})
    _labels: rx.Field[dict[tuple[str, str], str]] = rx.field(default_factory=dict)
    _merged: Merged[ShownCase] = Merged()

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the page that the address asks for."""
        before, asked = self._asked, shown.asked_of(self.router.url.query_parameters)
        self.loaded, self._asked = False, asked
        actor = await session.actor(self)
        await own_list.arrive(self, ListName.CASES, shown.KIND.columns, actor)
        await _anew(self, actor)
        if asked.is_other_choice(before):
            shell_state.say(self, self.frame.matches or f"{self.pages.summary}.")

    @rx.event
    @allow(Role.PERSON)
    async def offer(self, key: str) -> None:
        """Show what one filter offers."""
        actor, wanted = await session.actor(self), shown.wanted_of(self._asked)
        asked = key in shown.KIND.filters
        offers = await unit_of_work.ask(listing.offered, actor=actor, wanted=wanted, key=key, now=clock.now()) if asked else []
        self.offered, self.ticks = key, ticks_of(self._asked, key, offers, self._labels)

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Keep it up to date without moving anything."""
        async with self:
            actor = await session.actor(self)
        await watch.follow(self, [topics.CASES, topics.person(actor.person_id)], load=_load, show=_update)

    @rx.event
    @allow(Role.PERSON)
    async def show_updates(self) -> None:
        """Let the list catch up, on the person's own word."""
        self.shown_seq += 1
        await _anew(self, await session.actor(self))


async def _load(state: Cases, actor: Actor) -> CasePage:
    asked = state._asked  # noqa: SLF001  a backend var of our own state
    return await unit_of_work.ask(listing.page, actor=actor, wanted=shown.wanted_of(asked), number=asked.number, now=clock.now())


async def _anew(state: Cases, actor: Actor) -> None:
    page = await tried(state, _load(state, actor))
    if page is not None:
        state._asked = state._asked.only_known(page.labels)  # noqa: SLF001
        _draw(state, page, actor)
    state.loaded = True


def _draw(state: Cases, page: CasePage, actor: Actor) -> None:
    """Draw the list as it stands now, forgetting what was held back."""
    asked = state._asked  # noqa: SLF001
    rows = shown.rows_of(page)
    state._merged, state.rows, state.pill = Merged(tuple(rows)), rows, ""  # noqa: SLF001
    state.whose, state.statuses, state.may_raise = shown.whose_of(asked), shown.statuses_of(asked), bool(actor.manages)
    state.caption, state.ticks = shown.caption(asked), offered_again(asked, state.offered, state.ticks, page.labels)
    state.nothing = Nothing() if rows else shown.nothing(asked, manages=sorted(actor.manages))
    _around(state, page)


def _update(state: Cases, page: CasePage) -> None:
    """Change rows in place; what would move them waits behind the pill. In an empty list nothing can move."""
    before = state._merged if state.rows else Merged(tuple(shown.rows_of(page)))  # noqa: SLF001
    state.nothing = Nothing() if before.rows else state.nothing
    gone = texts.CLOSED if shown.is_open(state._asked) else texts.OPEN  # noqa: SLF001
    merged = merge(before.rows, shown.rows_of(page), before=before, why_gone=lambda _: gone, now=clock.now())
    state._merged = merged  # noqa: SLF001
    changes.put(state, rows=list(merged.rows), pill=messages.updates_pill(len(merged.waiting)) if merged.waiting else "")
    shell_state.count_changes(state, changed=merged.changed, added=merged.added)
    _around(state, page)


def _around(state: Cases, page: CasePage) -> None:
    asked = state._asked  # noqa: SLF001
    frame, tab_title = shown.frame(asked, page), shown.tab_title(page, asked)
    changes.put(state, pages=shown.pages_under(asked, page), tab_title=tab_title, frame=frame)
    state._labels = dict(page.labels)  # noqa: SLF001
