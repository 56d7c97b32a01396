"""One task as it stands now: loaded from the address, kept up to date, claimed."""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import queries as cases
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.live import topics
from casetasks_app.moments import clock_time
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.queries import view
from casetasks_app.tasks.queries.step_form import StepForm
from casetasks_app.tasks.queries.view import TaskPage
from casetasks_app.web import messages, session, watch
from casetasks_app.web.errors import in_two_parts
from casetasks_app.web.guard import allow
from casetasks_app.web.notices import say
from casetasks_app.web.pages.task import mailed, shown, texts
from casetasks_app.web.pages.task.shown import Missing, ShownForm, ShownTask
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.block_rows import shown_blocks
from casetasks_app.web.ui.blocks import ShownBlock
from casetasks_app.web.ui.case_frame import CaseBar
from casetasks_app.web.ui.case_state import case_bar_of
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import FieldError, ShownField, ShownFile
from casetasks_app.web.ui.histories import ShownEntry

RECENT, MOST = view.RECENT, 200
_ADDRESS = re.compile(r"/cases/([^/]{1,20})/tasks/([0-9]{1,6})/?")


@dataclass(frozen=True)
class Found:
    """What the database has for an address; without a page there is nothing to see for this person."""

    address: tuple[str, int]
    page: TaskPage | None
    header: CaseHeader | None
    last: int
    now: datetime
    news: tuple[str, ...] = ()
    """What happened since the mail whose link led here, in two parts."""


class TaskView(rx.State):
    """The task of the address. What is being typed is never overwritten by what others do."""

    loaded: rx.Field[bool] = rx.field(False)
    heading: rx.Field[str] = rx.field("Task")
    tab_what: rx.Field[str] = rx.field("Task")
    tab_where: rx.Field[str] = rx.field("")
    missing: rx.Field[Missing] = rx.field(default_factory=Missing)
    task: rx.Field[ShownTask] = rx.field(default_factory=ShownTask)
    bar: rx.Field[CaseBar] = rx.field(default_factory=CaseBar)
    blocks: rx.Field[list[ShownBlock]] = rx.field(default_factory=list)
    sent: rx.Field[list[ShownFile]] = rx.field(default_factory=list)
    case_facts: rx.Field[list[ShownFact]] = rx.field(default_factory=list)
    process: rx.Field[list[str]] = rx.field(default_factory=list)
    picture: rx.Field[str] = rx.field("")
    troubles: rx.Field[list[str]] = rx.field(default_factory=list)
    picture_width: rx.Field[int] = rx.field(0)
    history: rx.Field[list[ShownEntry]] = rx.field(default_factory=list)
    has_more_history: rx.Field[bool] = rx.field(False)
    shows_summary: rx.Field[bool] = rx.field(False)
    moved: rx.Field[bool] = rx.field(False)
    news: rx.Field[list[str]] = rx.field(default_factory=list)

    form: rx.Field[ShownForm] = rx.field(default_factory=ShownForm)
    fields: rx.Field[list[ShownField]] = rx.field(default_factory=list)
    errors: rx.Field[list[FieldError]] = rx.field(default_factory=list)
    errors_seq: rx.Field[int] = rx.field(0)

    _address: tuple[str, int] = ("", 0)
    _page: TaskPage | None = None
    _answers: rx.Field[dict[str, Any]] = rx.field(default_factory=dict)
    _problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    _recent: int = RECENT

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> AsyncGenerator[None]:
        """Load the task of the address; another one than before starts empty."""
        address = address_of(self.router.url.path)
        if not self.loaded or address != self._address:
            self.reset()
            self._address = address
            yield
        self.moved = False
        arrange(self, await load(self, await session.actor(self)))

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Keep the page up to date while it is open."""
        await watch.opened(self)
        async with self:
            page = self._page
        if page is not None:
            await watch.follow(self, [topics.case(page.row.case_id)], load=load, show=arrange)

    @rx.event
    @allow(Role.PERSON)
    async def claim(self) -> None:
        """Take the task; who was faster is named by the refusal."""
        if self._page is None:
            return
        actor = await session.actor(self)
        await unit_of_work.run(hold.claim, task_id=self._page.row.task_id, actor=actor, now=clock.now())
        arrange(self, await load(self, actor))
        await say(self, *in_two_parts(messages.claimed(self.task.reference)))

    @rx.event
    @allow(Role.PERSON)
    async def show_all_history(self) -> None:
        """Show the whole history of the task."""
        self._recent = MOST
        arrange(self, await load(self, await session.actor(self)))


def address_of(path: str) -> tuple[str, int]:
    """Return the case's reference and the task's number of an address; number 0 for one that names no task."""
    found = _ADDRESS.fullmatch(path)
    if found is None:
        parts = path.split("/")
        return (parts[2] if len(parts) > 2 else "").upper(), 0  # noqa: PLR2004  /cases/{reference}
    return found[1].upper(), int(found[2])


async def load(state: TaskView, actor: Actor) -> Found:
    """Ask for everything the page shows of the task of its address."""
    address = reference, number = address_of(state.router.url.path)
    now = clock.now()
    try:
        page = await unit_of_work.ask(view.page, reference=reference, number=number, actor=actor, now=now, recent=state._recent)  # noqa: SLF001  a backend var of our own state
    except NotFound:
        last = await unit_of_work.ask(view.last_number, reference=reference, actor=actor)
        return Found(address, None, None, last, now)
    header = await unit_of_work.ask(cases.header, reference=reference, actor=actor, now=now) if page.sees_case else None
    news = await mailed.news(state.router.url.query_parameters, task_id=page.row.task_id, actor=actor, now=now)
    return Found(address, page, header, 0, now, tuple(news))


def arrange(state: TaskView, found: Found) -> None:
    """Put what was found on the page; a form that is being written stays as it is."""
    if found.address != state._address:  # noqa: SLF001  left for another task meanwhile
        return
    state._page = found.page  # noqa: SLF001
    state.loaded = True
    if found.page is None:
        _arrange_missing(state, found.last)
        return
    page, state.news = found.page, list(found.news)
    answered = [shown.file_of(each) for each in page.answered]
    state.missing = Missing()
    state.task = shown.task_of(page, time=clock_time(found.now))
    state.heading = page.row.description
    state.tab_what, state.tab_where = f"Task {page.row.number}: {page.row.type_name}", page.row.case_reference
    state.bar = case_bar_of(found.header) if found.header else CaseBar()
    state.blocks = shown_blocks(page.blocks, {each.file_id: each for each in answered})
    state.sent = [shown.file_of(each) for each in page.files]
    state.case_facts, state.troubles = [ShownFact(label, value) for label, value in page.case_facts], list(page.troubles)
    state.process, state.picture, state.picture_width = list(page.process), shown.picture_of(page), page.process_width
    state.history, state.has_more_history = shown.entries_of(page.history, found.now), page.has_more_history
    state.shows_summary = bool(page.steps_done) or not (page.form and page.form.is_mine)
    _arrange_form(state, page)


def _arrange_form(state: TaskView, page: TaskPage) -> None:
    before, now = state.form, shown.form_of(page.form, page)
    if before.is_mine and now.is_mine and before.mark == now.mark:
        return
    if before.is_mine and before.mark != now.mark and not now.is_mine:
        state.moved = True
    state.form, state.errors, state._problems = now, [], {}  # noqa: SLF001  backend vars of our own state
    show_answers(state, page.form, dict(page.form.draft) if page.form and now.mark else {})


def show_answers(state: TaskView, form: StepForm | None, answers: dict[str, Any]) -> None:
    """Fill the form's questions with these answers, as they were saved."""
    state._answers = answers  # noqa: SLF001
    state.fields = shown.fields_of(form.asked, answers, {}) if form and state.form.mark else []


def _arrange_missing(state: TaskView, last: int) -> None:
    reference, number = state._address  # noqa: SLF001
    state.missing = shown.missing_of(reference, number, last)
    state.heading, state.tab_what, state.tab_where = state.missing.title, texts.NOTHING_HERE, ""
    state.task, state.bar, state.form, state.fields = ShownTask(), CaseBar(), ShownForm(), []
    state.blocks, state.sent, state.case_facts, state.process, state.history, state.troubles = [], [], [], [], [], []
