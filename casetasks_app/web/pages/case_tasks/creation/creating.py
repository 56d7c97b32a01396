"""Beginning and ending the creation dialog: who may have it, what became of the task."""

# The state’s helpers have underscores because any other method of a state is an event.
# ruff: noqa: SLF001

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import queries as cases
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError, NotFound
from casetasks_app.people import preferences
from casetasks_app.tasks import answers, one_page
from casetasks_app.tasks import dialog as verbs
from casetasks_app.tasks.dialog import SetUpChanged
from casetasks_app.tasks.one_page import ALL
from casetasks_app.tasks.queries import dialog as showing
from casetasks_app.tasks.wanted import TaskRefused
from casetasks_app.web import notices, routes, session
from casetasks_app.web.errors import in_two_parts
from casetasks_app.web.pages.case_tasks.creation import words
from casetasks_app.web.pages.case_tasks.creation.remembered import OnCase
from casetasks_app.web.ui.alerts import NoticeLink

if TYPE_CHECKING:
    from casetasks_app.people.rules import Actor
    from casetasks_app.tasks.queries.dialog import Dialog
    from casetasks_app.tasks.submitted import Submitted
    from casetasks_app.web.pages.case_tasks.creation.remembered import Remembered

JUST_CREATED = timedelta(hours=1)
NOW, ANOTHER, MINE = "now", "another", "mine"


async def arrive(state: Remembered, case: OnCase) -> None:
    """Come to a case: how this person likes to be asked, and which teams they are in."""
    actor = await session.actor(state)
    state._asks_all = (await unit_of_work.ask(preferences.of, actor=actor)).creates_on_one_page
    state._my_teams = actor.teams
    state._offer_undo(0, 0)
    state._be_at(case)


async def begin(state: Remembered, step: str) -> Dialog | None:
    """Return the dialog, or None for whoever may not create here: the tab says why. A single type is chosen at once."""
    actor, now = await session.actor(state), clock.now()
    try:
        header = await unit_of_work.ask(cases.header, reference=state._here().reference, actor=actor, now=now)
    except NotFound:
        return None
    if not (header.is_manager and header.is_open and header.has_tasks_tab):
        return None
    state._be_at(OnCase(header.id, header.reference, header.title))
    dialog = await state._read(actor)
    if step not in {answers.TYPE, ALL} or len(dialog.options) != 1 or dialog.options[0].why_not or dialog.chosen:
        return dialog
    only = {"task_type": str(dialog.options[0].id)}
    await unit_of_work.run(verbs.keep, case_id=header.id, step=answers.TYPE, sent=only, actor=actor, now=now)
    return await state._read(actor)


async def elsewhere(state: Remembered, dialog: Dialog, step: str) -> rx.event.EventSpec | None:
    """Return the way to the step that can be shown, when it is not this one."""
    if step == ALL:
        return None
    if state._asks_all:
        return state._go(ALL, replace=True)
    if dialog.draft is None and step != answers.TYPE:
        return await without_draft(state)
    there = answers.reachable(step, dialog.steps, dialog.done)
    return state._go(there, hint=words.START_BY_TYPE if there == answers.TYPE else "", replace=True) if there != step else None


async def without_draft(state: Remembered) -> rx.event.EventSpec:
    """Answer a step's address without a draft: the task was created a moment ago, or nothing was begun yet."""
    actor, since = await session.actor(state), clock.now() - JUST_CREATED
    number = await unit_of_work.ask(showing.last_created, case_id=state._here().id, actor=actor, since=since)
    if number is None:
        return state._go(answers.TYPE, hint=words.START_BY_TYPE, replace=True)
    state._note(f"That task was created: task {number}.", number)
    return rx.redirect(state.close_href, replace=True)


async def leave(state: Remembered) -> None:
    """Show the list alone, and say what became of the task."""
    state._leave()
    message, number = state._to_tell()
    if not message:
        state._offer_undo(0, 0)
    else:
        title, text = in_two_parts(message)
        links = [
            NoticeLink("Create another", state.first_href),
            NoticeLink(f"Open task {number}", routes.task(state._here().reference, number)),
        ]
        await notices.say(state, title, text, links=links)


async def finish(state: Remembered, sent: dict[str, Any]) -> rx.event.EventSpec | None:
    """Keep the whole page and create its task."""
    actor = await session.actor(state)
    try:
        await unit_of_work.run(one_page.keep, case_id=state._here().id, step=ALL, sent=sent, actor=actor, now=clock.now())
    except CaseTasksError as refusal:
        return state._stop(refusal, sent)
    dialog = await state._read(actor)
    if dialog.draft:
        state.errors, state.refused = [], {}
        state._show(dialog, ALL)
    return await create(state, ALL)


async def undo(state: Remembered) -> None:
    """Take the task back that was just created, and say so or why not."""
    actor, task_id = await session.actor(state), state._undo_id
    state._offer_undo(0, 0)
    number = await unit_of_work.run(one_page.undo, task_id=task_id, actor=actor, now=clock.now())
    await notices.say(state, *in_two_parts(words.undone(number)))


async def create(state: Remembered, how: str) -> rx.event.EventSpec | None:
    """Create the task and lead to the list, or show why not; pressed twice it leads to the same task (B10)."""
    actor = await session.actor(state)
    try:
        made = await _made(state, how, actor)
    except TaskRefused as refusal:
        return state._refuse(refusal.problems)
    except SetUpChanged as refusal:
        return await _show_setup(state, actor, refusal.message)
    except CaseTasksError as refusal:
        return state._stop(refusal, {})
    message = words.created(made.number, made.told) if made.told else ""
    state._offer_undo(made.undo_id, made.number)
    return await _after(state, how, message, made.number)


async def _made(state: Remembered, how: str, actor: Actor) -> Submitted:
    verb = {NOW: verbs.submit_now, MINE: one_page.submit_for_me, ALL: one_page.submit_all}.get(how, verbs.submit)
    return await unit_of_work.run(verb, case_id=state._here().id, key=state.shown.draft, actor=actor, now=clock.now())


async def _after(state: Remembered, how: str, message: str, number: int) -> rx.event.EventSpec:
    state.seq += 1
    if how == ANOTHER:
        state._leave()
        return state._go(ALL if state._asks_all else answers.TYPE, hint=message, replace=True)
    if how == MINE:
        where = routes.task(state._here().reference, number)
        if message:
            await notices.say(state, *in_two_parts(message), on=where)
        return rx.redirect(where, replace=True)
    if message:
        state._note(message, number)
    return rx.redirect(state.close_href, replace=True)


async def _show_setup(state: Remembered, actor: Actor, message: str) -> None:
    await unit_of_work.run(verbs.accept_setup, case_id=state._here().id, actor=actor, now=clock.now())
    state.changed = message
    state._show(await state._read(actor), state.shown.step)
