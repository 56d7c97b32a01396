"""The answers of the open step: kept as a draft while they are written, checked once when they are sent."""

import asyncio
from datetime import datetime
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import complete
from casetasks_app.cases.complete import Completed, FormIncomplete
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.live.presence import presence
from casetasks_app.moments import clock_time
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import uploads
from casetasks_app.tasks.queries import my_work, picking, step_form
from casetasks_app.tasks.uploads import Question
from casetasks_app.web import messages, routes, session
from casetasks_app.web.errors import in_two_parts
from casetasks_app.web.guard import allow
from casetasks_app.web.notices import say
from casetasks_app.web.pages.task import shown, texts
from casetasks_app.web.pages.task.state import TaskView, arrange, load
from casetasks_app.web.pages.task.written import MARK, answers_in, ids_of, named_in
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.alerts import NoticeLink
from casetasks_app.web.ui.form_rows import field_errors
from casetasks_app.web.ui.pickers import Found, found_of
from casetasks_app.web.ui.shell_state import Shell
from casetasks_app.web.ui.shell_state import say as say_aloud


class TaskForm(TaskView):
    """What the person who has the task writes."""

    found: rx.Field[Found] = rx.field(default_factory=Found)

    @rx.event
    @allow(Role.PERSON)
    async def keep_draft(self, data: dict[str, Any]) -> None:
        """Save what is typed so far; questions that depend on it appear or go."""
        (task_id, step_id), actor, now = named_in(data), await session.actor(self), clock.now()
        rows = await unit_of_work.ask(step_form.rows_of, task_id=task_id, step_id=step_id, actor=actor)
        is_here = data.get(MARK) == self.form.mark
        answers = answers_in(data, rows, drawn=self.fields if is_here else None)
        draft = await unit_of_work.run(complete.save_draft, task_id=task_id, step_id=step_id, answers=answers, actor=actor, now=now)
        presence.wrote(task_id, person_id=actor.person_id, at=asyncio.get_running_loop().time())
        if is_here:
            await _show(self, draft, now)

    @rx.event
    @allow(Role.PERSON)
    async def say_saved(self) -> None:
        """Say that the draft is kept; leaving the field for the button has saved it."""
        say_aloud(await self.get_state(Shell), self.form.saved)

    @rx.event
    @allow(Role.PERSON)
    async def send(self, data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Complete the step; what is refused is said beside its question, and kept as a draft like all that is typed."""
        form = self._page.form if self._page else None
        if form is None or data.get(MARK) != self.form.mark:
            await say(self, texts.OLD_FORM, kind="error")
            return None
        where, typed = _where(self), answers_in(data, form.rows, drawn=self.fields)
        actor, now = await session.actor(self), clock.now()
        draft = await unit_of_work.run(complete.save_draft, **where, answers=typed, actor=actor, now=now)
        answers = {row.name: {**draft, **typed}.get(row.name, row.default) for row in form.rows if row.has_answer}
        try:
            done = await unit_of_work.run(complete.complete_step, **where, answers=answers, actor=actor, now=now)
        except FormIncomplete as refusal:
            return await _refuse(self, {**draft, **typed}, refusal.problems, now)
        return await _after(self, done, actor, now)

    @rx.event
    @allow(Role.PERSON)
    async def uploaded(self, name: str, stored: dict[str, Any]) -> None:
        """Make a file that has arrived part of the answers."""
        actor, now, to = await session.actor(self), clock.now(), Question(**_where(self), name=name)
        draft = await unit_of_work.run(uploads.attach, to=to, file_id=str(stored.get("file_id", "")), actor=actor, now=now)
        await _show(self, draft, now)

    @rx.event
    @allow(Role.PERSON)
    async def removed(self, name: str, file_id: str) -> None:
        """Take a file out of the answers again."""
        actor, now, to = await session.actor(self), clock.now(), Question(**_where(self), name=name)
        draft = await unit_of_work.run(uploads.detach, to=to, file_id=file_id, actor=actor, now=now)
        await _show(self, draft, now)

    @rx.event
    @allow(Role.PERSON)
    async def search(self, name: str, text: str) -> None:
        """Offer people or teams while a name is typed: the first few, and no more of them than are shown."""
        actor, question = await session.actor(self), Question(**_where(self), name=name)
        matches = await unit_of_work.ask(picking.found, of=question, text=text, actor=actor)
        self.found = found_of(name, text, matches)


def _where(state: TaskView) -> dict[str, int]:
    task_id, step_id = ids_of(state.form.mark)
    return {"task_id": task_id, "step_id": step_id}


async def _show(state: TaskView, draft: dict[str, Any], now: datetime) -> None:
    """Draw what is asked for these answers; what was wrong when they were last sent is said until they are sent again."""
    actor, where = await session.actor(state), _where(state)
    asked = await unit_of_work.ask(step_form.shown_now, **where, answers=draft, actor=actor, now=now)
    problems, drawn = state._problems, {row.name for row in asked.rows}  # noqa: SLF001  backend vars of our own state
    state._answers = draft  # noqa: SLF001
    state.fields = shown.fields_of(asked, draft, problems)
    state.errors = field_errors({name: text for name, text in problems.items() if not name or name in drawn}, asked.rows, draft)
    state.form = shown.with_draft(state.form, state._page, draft, clock_time(now))  # noqa: SLF001


async def _refuse(state: TaskView, answers: dict[str, Any], problems: dict[str, str], now: datetime) -> None:
    state._problems = problems  # noqa: SLF001
    await _show(state, answers, now)
    state.errors_seq += 1


async def _after(state: TaskView, done: Completed, actor: Actor, now: datetime) -> rx.event.EventSpec | None:
    """Say what became of the task, here when its next step is one's own, else on My work with the next task."""
    manager = state._page.manager if state._page else ""  # noqa: SLF001
    state.form = shown.ShownForm()
    arrange(state, await load(state, actor))
    said = messages.completed(done.reference, clock_time(now), manager or "The case manager")
    first, rest = in_two_parts(said if done.is_closed else texts.GOES_ON.format(ref=done.reference))
    if state.form.is_mine:
        await say(state, first, rest)
        return None
    following = await unit_of_work.ask(my_work.next_task, actor=actor, now=now)
    links = [NoticeLink(shown.next_words(following), routes.task(following.case_reference, following.number))] if following else []
    await say(state, first, rest, links=links, on=routes.MY_WORK)
    return rx.redirect(routes.MY_WORK)
