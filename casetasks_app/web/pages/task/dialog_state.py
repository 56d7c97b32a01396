"""The small dialogs over a task: give it to somebody, put it back, change its target, cancel it."""

from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.sla.custom import TargetRefused
from casetasks_app.tasks import cancel, hold, target
from casetasks_app.tasks.cancel import ReasonNeeded
from casetasks_app.tasks.hold import NobodyChosen
from casetasks_app.tasks.queries import assigning, of_case
from casetasks_app.tasks.wanted import TaskRefused
from casetasks_app.web import messages, routes, session
from casetasks_app.web.errors import in_two_parts
from casetasks_app.web.guard import allow
from casetasks_app.web.notices import say, tell_after_dialog
from casetasks_app.web.pages.task import asked, texts
from casetasks_app.web.pages.task.shown import ShownForm
from casetasks_app.web.pages.task.state import TaskView, arrange, load
from casetasks_app.web.roles import Role
from casetasks_app.web.ui import list_way
from casetasks_app.web.ui.alerts import NoticeLink
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import FieldError
from casetasks_app.web.ui.shell_state import Shell
from casetasks_app.web.ui.shell_state import say as say_aloud


class TaskDialog(TaskView):
    """Which dialog the address asks for, and what stands in it."""

    do: rx.Field[str] = rx.field("")
    about: rx.Field[list[ShownFact]] = rx.field(default_factory=list)
    options: rx.Field[list[Option]] = rx.field(default_factory=list)
    units: rx.Field[list[Option]] = rx.field(default_factory=list)
    duplicates: rx.Field[list[Option]] = rx.field(default_factory=list)
    has_filter: rx.Field[bool] = rx.field(False)
    nobody: rx.Field[bool] = rx.field(False)
    draft_stays: rx.Field[bool] = rx.field(False)
    team: rx.Field[str] = rx.field("")
    is_duplicate: rx.Field[bool] = rx.field(False)
    preview: rx.Field[str] = rx.field("")
    was_breached: rx.Field[bool] = rx.field(False)
    meanwhile: rx.Field[str] = rx.field("")
    meanwhile_more: rx.Field[str] = rx.field("")
    problems: rx.Field[list[FieldError]] = rx.field(default_factory=list)
    problems_seq: rx.Field[int] = rx.field(0)
    said: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    """The sentence beside each field, by its name."""

    _choices: tuple[assigning.Choice, ...] = ()
    _told: rx.Field[tuple[str, str]] = rx.field(("", ""))
    _holder: str = ""

    @rx.event
    @allow(Role.PERSON)
    async def open_dialog(self) -> None:
        """Open what `?do=` names, if this person may do it; else say who may."""
        wanted = self.router.url.query_parameters.get("do", "")
        if wanted == self.do or self._page is None:
            return
        _empty(self)
        if not wanted:
            await _tell(self)
            return
        if not asked.may(self._page, wanted):
            await say(self, asked.why_not(self._page, wanted), kind="warning")
            return
        await _fill(self, wanted)

    @rx.event
    @allow(Role.PERSON)
    def leave(self) -> rx.event.EventSpec:
        """Go back to the task, or to the list the dialog was opened from."""
        listed = _list_behind(self)
        if listed:
            _empty(self)  # on another page nothing closes it
        return rx.redirect(listed or self.task.href)

    @rx.event
    @allow(Role.PERSON)
    async def find(self, text: str) -> None:
        """Show only the people and teams with this text in their name."""
        self.options = asked.options_of(self._choices, text)
        say_aloud(await self.get_state(Shell), messages.many(len(self.options), "match", "matches"))

    @rx.event
    @allow(Role.PERSON)
    async def assign(self, data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Give the task to the chosen person or team; a change meanwhile is told first."""
        choice = asked.chosen(self._choices, str(data.get("to", "")))
        if choice is None:
            return refuse(self, {"to": texts.WHO_FIRST})
        actor = await session.actor(self)
        if await _has_moved(self, actor, choice.name):
            return None
        to = hold.Recipient(choice.team_id, choice.person_id, str(data.get("message", "")))
        try:
            await unit_of_work.run(hold.reassign, task_id=_task_id(self), to=to, actor=actor, now=clock.now())
        except NobodyChosen as refusal:
            return refuse(self, {"to": refusal.message})
        return await _done(self, actor, asked.assigned(self.task.number, choice))

    @rx.event
    @allow(Role.PERSON)
    async def release(self) -> rx.event.EventSpec:
        """Put the task back."""
        actor = await session.actor(self)
        await unit_of_work.run(hold.release, task_id=_task_id(self), actor=actor, now=clock.now())
        return await _done(self, actor, messages.released(int(self.task.number), self.team))

    @rx.event
    @allow(Role.PERSON)
    async def look_ahead(self, data: dict[str, Any]) -> None:
        """Say what the target would be; what cannot be read yet is left for the button."""
        try:
            wanted = asked.target(data)
        except (TargetRefused, TaskRefused):
            self.preview = ""
            return
        actor = await session.actor(self)
        moment = await unit_of_work.ask(target.preview_change, task_id=_task_id(self), asked=wanted, actor=actor)
        self.preview = texts.THAT_IS.format(moment=moment) if moment else ""

    @rx.event
    @allow(Role.PERSON)
    async def change_target(self, data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Change or remove the target."""
        if not data.get("kind"):
            return refuse(self, {"kind": texts.WHEN_FIRST})
        actor = await session.actor(self)
        try:
            wanted, reason = asked.target(data), str(data.get("reason", ""))
            await unit_of_work.run(target.change, task_id=_task_id(self), asked=wanted, reason=reason, actor=actor, now=clock.now())
        except (TargetRefused, TaskRefused) as refusal:
            return refuse(self, {"amount": refusal.message})
        moment = await unit_of_work.ask(target.preview_change, task_id=_task_id(self), asked=wanted, actor=actor)
        number = int(self.task.number)
        return await _done(self, actor, messages.target_changed(number, moment) if moment else messages.target_removed(number))

    @rx.event
    @allow(Role.PERSON)
    def choose_reason(self, reason: str) -> None:
        """Ask for the other task when this one is a duplicate."""
        self.is_duplicate = reason == texts.DUPLICATE

    @rx.event
    @allow(Role.PERSON)
    async def cancel_task(self, data: dict[str, Any]) -> rx.event.EventSpec | None:
        """Cancel the task and go back to the list, where the message stands."""
        reason = asked.reason(data)
        if reason is None:
            return refuse(self, {"duplicate": texts.WHICH_FIRST})
        actor, number = await session.actor(self), int(self.task.number or 0)
        told = self.task.holder if asked.has_person(self._page) else ""
        try:
            await unit_of_work.run(cancel.cancel, task_id=_task_id(self), reason=reason, actor=actor, now=clock.now())
        except ReasonNeeded as refusal:
            return refuse(self, {refusal.field: refusal.message})
        return await _cancelled(self, messages.cancelled(number, told))


def refuse(state: TaskDialog, problems: dict[str, str]) -> None:
    """Show what has to be corrected, beside the field and on top."""
    state.said = problems
    state.problems = [FieldError(f"f-{name}", text) for name, text in problems.items()]
    state.problems_seq += 1


def _empty(state: TaskDialog) -> None:
    state.do, state.said, state.problems, state.preview = "", {}, [], ""
    state.meanwhile, state.meanwhile_more, state.is_duplicate = "", "", False


async def _fill(state: TaskDialog, wanted: str) -> None:
    page = state._page  # noqa: SLF001  a backend var of our own state
    if page is None:
        return
    actor, now = await session.actor(state), clock.now()
    state._holder = page.row.holder  # noqa: SLF001
    state.about = asked.about(page, wanted)
    state.team, state.draft_stays = page.team, bool(page.form and page.form.draft_saved)
    if wanted == "assign":
        state._choices = await unit_of_work.ask(assigning.choices, task_id=page.row.task_id, actor=actor, now=now)  # noqa: SLF001
        state.options = asked.options_of(state._choices, "")  # noqa: SLF001
        state.nobody, state.has_filter = not state.options, len(state.options) >= asked.FILTER_FROM
    elif wanted == "target":
        state.units = asked.units(page)
        state.options, state.was_breached = asked.target_options(page), page.row.target.state == "breached"
    elif wanted == "cancel":
        state.options = [Option(each, each) for each in page.cancel_reasons]
        others = await unit_of_work.ask(of_case.tasks, case_id=page.row.case_id, actor=actor, now=now)
        state.duplicates = asked.other_tasks(others, page.row.number)
    state.do = wanted


async def _has_moved(state: TaskDialog, actor: Actor, chosen: str) -> bool:
    found = await load(state, actor)
    holder = found.page.row.holder if found.page else state._holder  # noqa: SLF001
    if holder == state._holder:  # noqa: SLF001
        return False
    state._holder = holder  # noqa: SLF001
    state.meanwhile, state.meanwhile_more = texts.MOVED_MEANWHILE.format(now=holder), texts.YOU_CHOSE.format(chosen=chosen)
    return True


async def _done(state: TaskDialog, actor: Actor, message: str) -> rx.event.EventSpec:
    """Say what happened, on the list it came from, else on the task, or on My work for somebody who does not see it any more."""
    found, first, rest = await load(state, actor), *in_two_parts(message)
    if listed := _list_behind(state):
        _empty(state)
        await say(state, first, rest, on=listed.partition("?")[0])
        return rx.redirect(listed)
    place = state.task.href if found.page else routes.MY_WORK
    if found.page:
        state.form = ShownForm()
        arrange(state, found)
    if found.page:
        # Behind the open dialog nobody would hear it.
        state._told = first, rest  # noqa: SLF001
    else:
        await say(state, first, rest, on=place)
    return rx.redirect(place)


async def _cancelled(state: TaskDialog, message: str) -> rx.event.EventSpec:
    """Say it on the list, as it was when the dialog was opened from it."""
    _empty(state)
    reference = state._address[0]  # noqa: SLF001
    links = [NoticeLink(texts.VIEW_IN_HISTORY, routes.case_history(reference))]
    await say(state, *in_two_parts(message), links=links, on=routes.case_tasks(reference))
    return rx.redirect(_list_behind(state) or routes.case_tasks(reference))


async def _tell(state: TaskDialog) -> None:
    told, state._told = state._told, ("", "")  # noqa: SLF001
    if told[0]:
        await tell_after_dialog(state, *told)


def _list_behind(state: TaskDialog) -> str:
    return list_way.back(state._address[0], state.router.url.query_parameters)  # noqa: SLF001


def _task_id(state: TaskDialog) -> int:
    return state._page.row.task_id if state._page else 0  # noqa: SLF001
