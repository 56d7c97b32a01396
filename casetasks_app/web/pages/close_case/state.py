"""Closing the case in the address: a checklist that unlocks itself, then the form."""

from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import queries
from casetasks_app.cases import service as cases
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.cases.service import ClosingRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.web import case_door, case_screen, messages, notices, routes, session
from casetasks_app.web.case_screen import CaseScreen
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.close_case import texts
from casetasks_app.web.pages.close_case.shown import Problems, ShownChecklist, refusal_for, shown_checklist, shown_problems
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.refusals import Refusal
from casetasks_app.web.ui.shell_state import Shell, say

Found = tuple[CaseHeader, ShownChecklist | Refusal] | Refusal


class CloseCase(CaseScreen, rx.State):
    """What is left, and what was wrong with the form."""

    heading: str = texts.CLOSE
    checklist: ShownChecklist = ShownChecklist()
    problems: Problems = Problems()

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show what is left, or why this person cannot close the case."""
        self.reset()
        _show(self, await _load(self, await session.actor(self)))
        self.loaded = True

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Strike off what others clear, and unlock the form when nothing is left."""
        await case_screen.follow(self, load=_load, show=_show_aloud)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def close(self, data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Close the case, or say beside the fields what has to be corrected."""
        outcome, note = str(data.get("outcome", "")), str(data.get("note", ""))
        actor, reference = await session.actor(self), self.bar.reference
        wanted: dict[str, Any] = {"case_id": self._case_id, "outcome": outcome, "note": note}
        try:
            await unit_of_work.run(cases.close, actor=actor, now=clock.now(), **wanted)
        except ClosingRefused as refused:
            _correct(self, refused.problems)
            return None
        overview = routes.case(reference)
        await notices.say(self, texts.closed(reference), texts.with_outcome(outcome), on=overview)
        return rx.redirect(overview)


async def _load(state: CloseCase, actor: Actor) -> Found:
    header = await case_door.knock(state.router.url.path, actor)
    if isinstance(header, Refusal):
        return header
    refusal = refusal_for(header)
    if refusal:
        return header, refusal
    found = await unit_of_work.ask(queries.checklist, case_id=header.id, actor=actor, now=clock.now())
    return header, shown_checklist(header, found)


def _show(state: CloseCase, found: Found) -> None:
    if isinstance(found, Refusal):
        case_screen.shut(state, found)
        return
    header, checklist = found
    case_screen.know(state, header, texts.CLOSE, is_error=bool(state.problems.summary))
    state.heading = texts.heading(header.reference)
    state.refusal = checklist if isinstance(checklist, Refusal) else Refusal()
    state.checklist = checklist if isinstance(checklist, ShownChecklist) else ShownChecklist()


async def _show_aloud(state: CloseCase, found: Found) -> None:
    was = state.checklist.left
    _show(state, found)
    if was != state.checklist.left and not state.refusal.title:
        say(await state.get_state(Shell), state.checklist.left or messages.CASE_FREE)


def _correct(state: CloseCase, problems: dict[str, str]) -> None:
    state.problems = shown_problems(problems, seq=state.problems.seq + 1)
    state.tab_title = messages.tab_title(texts.CLOSE, state.bar.reference, is_error=True)
