"""A case about to be raised: its type from the address, its form, and what has been typed so far."""

from collections.abc import Collection
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import service as cases
from casetasks_app.cases.new import CaseRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import service as files
from casetasks_app.web import messages, notices, routes, session
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.raise_case import draft as drafts
from casetasks_app.web.pages.raise_case import shown, texts
from casetasks_app.web.pages.raise_case.draft import NewCaseDraft
from casetasks_app.web.pages.raise_case.shown import OwnFields
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.form_rows import FieldError, ShownField, ShownFile


class RaiseCase(rx.State):
    """The form, with everything typed on it."""

    loaded: bool = False
    tab_title: str = messages.tab_title(texts.TITLE)
    types: rx.Field[list[Option]] = rx.field(default_factory=list)
    chosen: str = ""
    form_key: str = ""
    own: OwnFields = OwnFields()
    fields: rx.Field[list[ShownField]] = rx.field(default_factory=list)
    files: rx.Field[list[ShownFile]] = rx.field(default_factory=list)
    upload_url: str = ""
    errors: rx.Field[list[FieldError]] = rx.field(default_factory=list)
    error_seq: int = 0
    draft: str = rx.SessionStorage("", name="casetasks-new-case")

    _problems: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Show the form of the type that the address names, with what was typed before."""
        asked = self.router.url.query_parameters.get("type", "")
        if asked != self.chosen:
            self._problems, self.errors, self.tab_title = {}, [], messages.tab_title(texts.TITLE)
        await _show(self, asked)
        self.loaded = True

    @rx.event
    @allow(Role.CASE_MANAGER)
    def choose(self, key: str) -> rx.event.EventSpec:
        """Go to the form of another type; the address says which."""
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
        if question != shown.LOOSE_FILES:
            present = shown.listed((await _draft(self)).answers.get(question))
            await _keep(self, {question: [*present, str(stored.get("file_id", ""))]})
        await _show(self, self.chosen)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def remove_file(self, question: str, file_id: str) -> None:
        """Take a file back."""
        actor = await session.actor(self)
        await unit_of_work.run(files.remove_draft, file_id=file_id, person_id=actor.person_id, now=clock.now())
        present = shown.listed((await _draft(self)).answers.get(question))
        await _keep(self, {question: [each for each in present if each != file_id]})
        await _show(self, self.chosen)

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def send(self, answers: dict[str, Any]) -> rx.event.EventSpec | None:
        """Raise the case, or say beside each field what has to be corrected."""
        actor = await session.actor(self)
        await _keep(self, answers, drawn=[field.name for field in self.fields])
        kept = await _draft(self)
        new = shown.new_case(await shown.load(actor, self.chosen, kept), kept)
        try:
            raised = await unit_of_work.run(cases.raise_case, new=new, actor=actor, now=clock.now())
        except CaseRefused as refused:
            return await _refuse(self, refused.problems)
        return await _raised(self, raised.reference)


async def _draft(state: RaiseCase) -> NewCaseDraft:
    return drafts.read(state.draft, (await session.actor(state)).person_id)


async def _keep(state: RaiseCase, answers: dict[str, Any], *, drawn: Collection[str] = ()) -> None:
    """Keep these answers in the tab."""
    state.draft = drafts.written(drafts.with_answers(await _draft(state), answers, drawn=drawn))


async def _show(state: RaiseCase, chosen: str) -> None:
    actor = await session.actor(state)
    kept = await _draft(state)
    desk = await shown.load(actor, chosen, kept)
    state.draft, state.upload_url = drafts.written(kept), routes.upload(kept.key)
    state.types, state.chosen = shown.type_options(desk), desk.setup.key if desk.setup else ""
    state.form_key = f"{kept.key} {state.chosen}" if desk.setup else ""
    state.own = shown.own_fields(kept.answers, state._problems)  # noqa: SLF001  a backend var of our own state
    state.fields = shown.fields_of(desk, kept.answers, state._problems)  # noqa: SLF001
    state.files = shown.loose_files(desk, kept.answers)


async def _refuse(state: RaiseCase, problems: dict[str, str]) -> None:
    desk = await shown.load(await session.actor(state), state.chosen, await _draft(state))
    state._problems = problems  # noqa: SLF001
    state.errors = shown.summary(problems, desk.setup.form if desk.setup else ())
    state.error_seq += 1
    state.tab_title = messages.tab_title(texts.TITLE, is_error=True)
    await _show(state, state.chosen)


async def _raised(state: RaiseCase, reference: str) -> rx.event.EventSpec:
    state.reset()
    where = routes.case(reference)
    # Which tasks came with it stands on the overview itself, for as long as they are news.
    await notices.say(state, texts.raised(reference), on=where)
    return rx.redirect(where)
