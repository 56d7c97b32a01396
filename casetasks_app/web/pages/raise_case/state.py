"""A case about to be raised: its type from the address, its form, and what has been typed so far."""

from collections.abc import Collection
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import drafts
from casetasks_app.cases import service as cases
from casetasks_app.cases.drafts import RaisedAlready, Typed
from casetasks_app.cases.new import CaseRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.web import messages, notices, routes, session
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.raise_case import draft, shown, texts
from casetasks_app.web.pages.raise_case.draft import ShownDraft
from casetasks_app.web.pages.raise_case.shown import Desk, OwnFields
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.form_rows import FieldError, ShownField, ShownFile


class RaiseCase(rx.State):
    """The form, with everything typed on it."""

    loaded: bool = False
    tab_title: str = messages.tab_title(texts.TITLE)
    types: rx.Field[list[Option]] = rx.field(default_factory=list)
    chosen: str = ""
    type_seq: int = 0
    """Draws the drop-down anew when the address, and not the drop-down itself, chose another type."""
    form_key: str = ""
    own: OwnFields = OwnFields()
    fields: rx.Field[list[ShownField]] = rx.field(default_factory=list)
    files: rx.Field[list[ShownFile]] = rx.field(default_factory=list)
    upload_url: str = ""
    errors: rx.Field[list[FieldError]] = rx.field(default_factory=list)
    error_seq: int = 0
    tab: str = rx.SessionStorage("", name="casetasks-new-case")
    continuing: str = ""
    saved: str = ""
    other_drafts: rx.Field[list[ShownDraft]] = rx.field(default_factory=list)

    _desk: Desk | None = None
    _picked: str | None = None
    _problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the form of the type that the address names, with what was typed before."""
        asked = self.router.url.query_parameters.get("type", "")
        if asked != self.chosen:
            self._problems, self.errors, self.tab_title = {}, [], messages.tab_title(texts.TITLE)
        before, desk = self.chosen, await _show(self, asked)
        self.type_seq, self._picked = self.type_seq + (self.chosen not in {before, self._picked}), None
        self.continuing = texts.continuing(draft.since(desk.draft.saved_at)) if desk.draft.saved_at else ""
        self.loaded = True

    @rx.event
    @allow(Role.CASE_MANAGER)
    def choose(self, key: str) -> rx.event.EventSpec:
        """Go to the form of another type; the address says which."""
        self._picked = key
        return rx.redirect(routes.with_query(routes.RAISE_CASE, type=key), replace=True)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def keep(self, answers: dict[str, Any]) -> None:
        """Keep what is typed, and ask what follows from it."""
        await _keep(self, answers, drawn=[field.name for field in self.fields])
        await _show(self, self.chosen)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def add_file(self, question: str, stored: dict[str, Any]) -> None:
        """Put a file that has just been uploaded under its question."""
        await _keep_file(self, question, added=str(stored.get("file_id", "")))
        await _show(self, self.chosen)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def remove_file(self, question: str, file_id: str) -> None:
        """Take a file back."""
        actor = await session.actor(self)
        await unit_of_work.run(files.remove_draft, file_id=file_id, person_id=actor.person_id, now=clock.now())
        await _keep_file(self, question, removed=file_id)
        await _show(self, self.chosen)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def discard(self, type_key: str) -> None:
        """Throw the draft for a type away; its form is empty then."""
        actor = await session.actor(self)
        await unit_of_work.run(drafts.discard, type_key=type_key, actor=actor, now=clock.now())
        if type_key == self.chosen:
            self.tab, self.continuing, self._problems, self.errors = "", "", {}, []
        await _show(self, self.chosen)
        await notices.say(self, texts.DISCARDED)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def send(self, answers: dict[str, Any]) -> rx.event.EventSpec | None:
        """Raise the case, or say beside each field what has to be corrected."""
        actor = await session.actor(self)
        try:
            await _keep(self, answers, drawn=[field.name for field in self.fields])
            new = shown.new_case(await shown.load(actor, self.chosen, self.tab))
            raised = await unit_of_work.run(cases.raise_case, new=new, actor=actor, now=clock.now())
        except CaseRefused as refused:
            return await _refuse(self, refused.problems)
        except RaisedAlready as done:
            return await _raised(self, done.reference)
        return await _raised(self, raised.reference)


async def _keep_file(state: RaiseCase, question: str, *, added: str = "", removed: str = "") -> None:
    """Keep that a question has one file more or less; what answers none is in the draft by its key alone."""
    desk = await shown.load(await session.actor(state), state.chosen, state.tab)
    present = [each for each in shown.listed(desk.draft.answers.get(question)) if each != removed]
    await _keep(state, {question: [*present, added] if added else present} if question != shown.LOOSE_FILES else {})


async def _keep(state: RaiseCase, answers: dict[str, Any], *, drawn: Collection[str] = ()) -> None:
    """Keep these answers in the draft of the type shown."""
    desk, actor = state._desk, await session.actor(state)  # noqa: SLF001  a backend var of our own state
    if desk and desk.setup:
        typed = Typed(desk.setup.id, desk.draft.key, answers, drawn)
        await unit_of_work.run(drafts.keep, typed=typed, actor=actor, now=clock.now())


async def _show(state: RaiseCase, chosen: str) -> Desk:
    desk = await shown.load(await session.actor(state), chosen, state.tab)
    kept, problems = desk.draft, state._problems  # noqa: SLF001
    state._desk, state.tab = desk, desk.tab or state.tab  # noqa: SLF001
    state.upload_url = routes.upload(kept.key)
    state.types, state.chosen = shown.type_options(desk), desk.setup.key if desk.setup else ""
    state.form_key = f"{desk.tab} {state.chosen}" if desk.setup else ""
    state.own = shown.own_fields(kept.answers, problems)
    state.fields = shown.fields_of(desk, kept.answers, problems)
    state.files = shown.loose_files(desk, kept.answers)
    state.saved = texts.draft_saved(draft.since(kept.saved_at)) if kept.saved_at else ""
    state.other_drafts = draft.others(desk.begun, state.chosen, clock.now())
    return desk


async def _refuse(state: RaiseCase, problems: dict[str, str]) -> None:
    state._problems = problems  # noqa: SLF001
    desk = await _show(state, state.chosen)
    state.errors = shown.summary(problems, desk.setup.form if desk.setup else ())
    state.error_seq += 1
    state.tab_title = messages.tab_title(texts.TITLE, is_error=True)


async def _raised(state: RaiseCase, reference: str) -> rx.event.EventSpec:
    state.reset()
    where = routes.case(reference)
    # Which tasks came with it stands on the overview itself, for as long as they are news.
    await notices.say(state, texts.raised(reference), on=where)
    return rx.redirect(where)
