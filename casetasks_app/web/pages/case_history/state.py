"""The history of the case in the address; what is written meanwhile waits behind a press."""

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import history
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.history.pages import HistoryPage, Show
from casetasks_app.people.rules import Actor
from casetasks_app.web import case_door, case_screen, messages, routes, session
from casetasks_app.web.case_screen import CaseScreen
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.case_history.shown import ShownHistory, asked, more_words, shown_history
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.refusals import Refusal
from casetasks_app.web.ui.shell_state import Shell, say

Newer = tuple[CaseHeader, int] | Refusal


class CaseHistory(CaseScreen, rx.State):
    """One page of the history."""

    shown: ShownHistory = ShownHistory()
    more: str = ""

    _newest_id: int = 0
    _waiting: int = 0

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the page of the history that the address asks for, or why it stays shut."""
        self.reset()
        actor = await session.actor(self)
        header = await case_door.knock(self.router.url.path, actor)
        if isinstance(header, Refusal):
            case_screen.shut(self, header)
        else:
            case_screen.know(self, header, messages.HISTORY)
            await _show_entries(self, actor)
        self.loaded = True

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Count what is written meanwhile."""
        await case_screen.follow(self, load=_newer, show=_show_newer)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def show_new(self) -> rx.event.EventSpec | None:
        """Show what waits; it stands on the first page."""
        words = self.more.removesuffix(" - show")
        show, number = asked(self.router.url.query_parameters)
        if number > 1:
            return rx.redirect(routes.case_history(self.bar.reference, show="" if show is Show.ALL else show.value))
        await _show_entries(self, await session.actor(self))
        say(await self.get_state(Shell), f"{words}.")
        return None


async def _show_entries(state: CaseHistory, actor: Actor) -> None:
    show, number = asked(state.router.url.query_parameters)
    found: HistoryPage = await unit_of_work.ask(history.page, case_id=state._case_id, actor=actor, show=show, number=number)  # noqa: SLF001
    state.shown = shown_history(found, reference=state.bar.reference, show=show, now=clock.now())
    state._newest_id, state._waiting, state.more = found.newest_id, 0, ""  # noqa: SLF001  backend vars of our own state


async def _newer(state: CaseHistory, actor: Actor) -> Newer:
    header = await case_door.knock(state.router.url.path, actor)
    if isinstance(header, Refusal):
        return header
    show, _ = asked(state.router.url.query_parameters)
    known = {"case_id": header.id, "than_id": state._newest_id}  # noqa: SLF001
    return header, await unit_of_work.ask(history.newer, actor=actor, show=show, **known)


async def _show_newer(state: CaseHistory, found: Newer) -> None:
    if isinstance(found, Refusal):
        case_screen.shut(state, found)
        return
    header, count = found
    if header.id != state._case_id:  # noqa: SLF001  the page of this case is still being loaded
        return
    case_screen.know(state, header, messages.HISTORY)
    if count and not state._waiting:  # noqa: SLF001  said once until it is shown, however many follow
        say(await state.get_state(Shell), more_words(count).replace(" - show", "."))
    state._waiting, state.more = count, more_words(count)  # noqa: SLF001
