"""What raising a case looks like."""

import reflex as rx

from casetasks_app.web import messages, routes, shell
from casetasks_app.web.pages.raise_case import texts
from casetasks_app.web.pages.raise_case.draft import ShownDraft
from casetasks_app.web.pages.raise_case.shown import LOOSE_FILES, OWN
from casetasks_app.web.pages.raise_case.state import RaiseCase
from casetasks_app.web.ui.alerts import alert, empty_state
from casetasks_app.web.ui.buttons import button, link, link_button
from casetasks_app.web.ui.case_frame import way_to
from casetasks_app.web.ui.choices import select_field
from casetasks_app.web.ui.fields import text_field
from casetasks_app.web.ui.forms import draft_saved, error_summary, form, form_from_rows
from casetasks_app.web.ui.uploads import Upload, files_field


def raise_case() -> rx.Component:
    """Draw the page."""
    nobody = empty_state(texts.NO_TYPES, texts.NO_TYPES_MORE, link_button(texts.ALL_CASES, routes.CASES))
    may = rx.cond(RaiseCase.types.length() > 0, _desk(), nobody)
    return shell.page(
        texts.TITLE,
        rx.cond(RaiseCase.loaded, may, rx.fragment()),
        above=way_to(messages.CASES, routes.CASES),
        reading=True,
    )


def _desk() -> rx.Component:
    which = select_field(
        "case-type",
        texts.CASE_TYPE,
        RaiseCase.types,  # pyright: ignore[reportArgumentType]  a state's field is its var
        value=RaiseCase.chosen,
        first=texts.SELECT_TYPE,
        on_change=RaiseCase.choose,
    )
    return rx.el.div(
        error_summary(RaiseCase.errors, RaiseCase.error_seq),  # pyright: ignore[reportArgumentType]
        rx.foreach(RaiseCase.other_drafts, _other_draft),
        rx.fragment(which, key=RaiseCase.type_seq.to_string()),
        rx.cond(RaiseCase.continuing, _continuing(), rx.fragment()),
        rx.cond(RaiseCase.form_key, _form(), rx.fragment()),
        class_name="flex flex-col gap-6",
    )


def _other_draft(draft: rx.Var[ShownDraft]) -> rx.Component:
    discard = button(texts.DISCARD, look="link", size="small", about=draft.about, on_click=RaiseCase.discard(draft.key))
    return rx.el.div(
        rx.el.p(draft.words), link(texts.CONTINUE, draft.href, about=draft.about), discard,
        class_name="flex flex-wrap gap-x-4 gap-y-1 items-center border border-line rounded bg-panel px-4 py-2",
    )  # fmt: skip


def _continuing() -> rx.Component:
    again = rx.el.button(texts.START_AGAIN, type="button", on_click=RaiseCase.discard(RaiseCase.chosen), data_mutates="")
    return alert(RaiseCase.continuing, again)


def _form() -> rx.Component:
    upload = Upload(RaiseCase.upload_url, RaiseCase.add_file, RaiseCase.remove_file)
    own = RaiseCase.own
    return form(
        text_field(OWN["title"], texts.CASE_TITLE, hint=texts.CASE_TITLE_HINT, value=own.title, error=own.title_error, auto_complete="off"),
        form_from_rows(RaiseCase.fields, upload),  # pyright: ignore[reportArgumentType]
        rx.el.fieldset(
            rx.el.legend(texts.CONTACT, class_name="text-lg font-bold mb-4"),
            text_field(OWN["contact_name"], texts.NAME, value=own.name, error=own.name_error, auto_complete="off"),
            text_field(OWN["contact_email"], texts.EMAIL, value=own.email, error=own.email_error, type="email", auto_complete="off"),
            class_name="flex flex-col gap-6",
        ),
        files_field(LOOSE_FILES, texts.FILES, RaiseCase.files, upload, hint=texts.FILES_HINT),  # pyright: ignore[reportArgumentType]
        rx.el.div(
            button(texts.RAISE, look="primary", size="large", type="submit"),
            draft_saved(rx.cond(RaiseCase.saved, RaiseCase.saved, texts.KEPT)),
            class_name="flex flex-wrap items-center gap-4",
        ),
        on_submit=RaiseCase.send,
        on_draft=RaiseCase.keep,
        key=RaiseCase.form_key,
    )
