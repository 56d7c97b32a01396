"""The overview of the case in the address, kept up to date, and the two things done on it: adding files, taking over."""

from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import papers
from casetasks_app.cases import service as cases
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.web import case_door, case_screen, messages, notices, session
from casetasks_app.web.case_screen import CaseScreen
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.case_overview import shown, texts
from casetasks_app.web.pages.case_overview.shown import ShownCase
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.refusals import Refusal

Found = tuple[CaseHeader, ShownCase] | Refusal


class CaseOverview(CaseScreen, rx.State):
    """The case as this person sees it."""

    case: ShownCase = ShownCase()

    _manager: str = ""

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the case, or why it stays shut."""
        self.reset()
        _show(self, await _load(self, await session.actor(self)))
        self.loaded = True

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Keep it up to date."""
        await case_screen.follow(self, load=_load, show=_show)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def add_file(self, stored: dict[str, Any]) -> None:  # noqa: ARG002  what was uploaded is known by its draft key
        """Make what was just uploaded part of the case."""
        actor = await session.actor(self)
        await unit_of_work.run(papers.add, case_id=self._case_id, actor=actor, now=clock.now())
        _show(self, await _load(self, actor))

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def take_over(self) -> None:
        """Become the case manager."""
        actor = await session.actor(self)
        await unit_of_work.run(cases.take_over, case_id=self._case_id, actor=actor, now=clock.now(), instead_of=self._manager)
        await notices.say(self, texts.taken_over(self.bar.reference))
        _show(self, await _load(self, actor))


async def _load(state: CaseOverview, actor: Actor) -> Found:
    header = await case_door.knock(state.router.url.path, actor)
    return header if isinstance(header, Refusal) else (header, await shown.load(header, actor))


def _show(state: CaseOverview, found: Found) -> None:
    if isinstance(found, Refusal):
        case_screen.shut(state, found)
        return
    header, state.case = found
    state._manager = header.manager_email  # noqa: SLF001  a backend var of our own state
    case_screen.know(state, header, messages.OVERVIEW)
