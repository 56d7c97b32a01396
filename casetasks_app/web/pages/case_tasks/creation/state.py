"""The creation dialog's events: arriving at a step, typing, going on, creating."""

from collections.abc import AsyncGenerator
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError
from casetasks_app.people import preferences
from casetasks_app.tasks import answers, drafts, one_page
from casetasks_app.tasks import dialog as verbs
from casetasks_app.tasks.one_page import ALL
from casetasks_app.web import routes, session
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.case_tasks import arranging
from casetasks_app.web.pages.case_tasks.creation import creating
from casetasks_app.web.pages.case_tasks.creation.remembered import OnCase, Remembered
from casetasks_app.web.pages.case_tasks.creation.review import THEN_REVIEW
from casetasks_app.web.roles import Role


class Creation(Remembered, rx.State):
    """The dialog over the tasks tab; the address decides which step is shown."""

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> rx.event.EventSpec | None:
        """Show the step that the address names, as far as the steps before it are answered."""
        reference = routes.case_in(self.router.url.path).upper()
        self._stand_over(arranging.asked_of(reference, self.router.url.query_parameters).whole)
        if self._here().reference != reference:
            await creating.arrive(self, OnCase(reference=reference))
        step = self._asked("new")
        dialog = await creating.begin(self, step) if step in {*answers.STEPS, ALL} else None
        if dialog is None:
            return await creating.leave(self)
        return await creating.elsewhere(self, dialog, step) or self._arrive(dialog, step)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def keep(self, data: dict[str, Any]) -> None:
        """Keep what is typed, and show what follows: a type's consequences, a team's people, a target's moment."""
        actor, before, step = await session.actor(self), self.shown, answers.text(data, "step")
        try:
            await unit_of_work.run(one_page.keep, case_id=self._here().id, step=step, sent=data, actor=actor, now=clock.now())
        except CaseTasksError as refusal:
            return self._stop(refusal, data)
        if self.is_open and step == self.shown.step:
            self._show(await self._read(actor), step)
            await self._tell_changes(before)
        return None

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def proceed(self, data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Continue: check this step and those before it, and go on."""
        actor, now, step = await session.actor(self), clock.now(), answers.text(data, "step")
        try:
            came = await unit_of_work.run(verbs.proceed, case_id=self._here().id, step=step, sent=data, actor=actor, now=now)
        except CaseTasksError as refusal:
            return self._stop(refusal, data)
        self.changed, self.errors, self.refused = came.changed, [], {}
        self._show(came.dialog, step)
        if came.problems:
            return self._refuse(came.problems)
        is_change = self._asked("then") == THEN_REVIEW
        return self._go(answers.after(step, came.dialog.steps, came.dialog.done, to_review=is_change), to_review=is_change)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def create(self, how: str) -> AsyncGenerator[Any, None]:
        """Create the task: `now` with the usual answers, `mine` to do it oneself, `another` to start a new one after, else as reviewed."""
        self.is_creating = True
        yield
        try:
            yield await creating.create(self, how)
        finally:
            self.is_creating = False

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def finish(self, data: dict[str, Any]) -> AsyncGenerator[Any, None]:
        """Create the task that the one page with all questions describes."""
        self.is_creating = True
        yield
        try:
            yield await creating.finish(self, data)
        finally:
            self.is_creating = False

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def ask(self, all_at_once: bool) -> rx.event.EventSpec:
        """Ask on one page or in steps, from now on and on every case."""
        actor, choice = await session.actor(self), {"creates_on_one_page": all_at_once}
        await unit_of_work.run(preferences.choose, choice=choice, actor=actor)
        self._ask_all(all_at_once)
        return self._go(ALL if all_at_once else answers.TYPE, replace=True)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def undo(self) -> None:
        """Take the task back that was just created."""
        await creating.undo(self)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def start_again(self) -> rx.event.EventSpec:
        """Throw the draft away and begin with an empty one."""
        actor, now = await session.actor(self), clock.now()
        await unit_of_work.run(drafts.discard, case_id=self._here().id, actor=actor, now=now)
        self.seq, self.continuing = self.seq + 1, ""
        first = ALL if self._asks_all else answers.TYPE
        self._arrive(await self._read(actor), first)
        return self._go(first)

    @rx.event
    @allow(Role.PERSON)
    def close(self) -> rx.event.EventSpec:
        """Close and keep the draft."""
        return rx.redirect(self.close_href)

    @rx.event
    @allow(Role.PERSON)
    def back(self) -> rx.event.EventSpec:
        """Go to the step before."""
        return rx.redirect(self.shown.back_href or self.close_href)

    def _asked(self, name: str) -> str:
        return dict(self.router.url.query_parameters).get(name, "")
