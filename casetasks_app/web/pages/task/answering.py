"""The form of the open step: live for who has the task, to look at for who may claim it."""

import reflex as rx

from casetasks_app.web.pages.task import texts
from casetasks_app.web.pages.task.form_state import TaskForm
from casetasks_app.web.pages.task.parts import section, step
from casetasks_app.web.pages.task.state import TaskView
from casetasks_app.web.pages.task.written import MARK
from casetasks_app.web.ui.buttons import button
from casetasks_app.web.ui.forms import draft_saved, error_summary, form, form_from_rows
from casetasks_app.web.ui.pickers import Picking
from casetasks_app.web.ui.uploads import Upload

PICKING = Picking(TaskForm.found, TaskForm.search)  # pyright: ignore[reportArgumentType]


def answering() -> rx.Component:
    """Draw what may be answered, or a preview with Claim."""
    shown = TaskView.form
    return rx.cond(shown.is_mine, _answer(), rx.cond(shown.is_preview, _preview()))


def _answer() -> rx.Component:
    shown = TaskView.form
    upload = Upload(shown.upload_url, TaskForm.uploaded, TaskForm.removed)
    buttons = rx.el.div(
        button(shown.button, look="primary", size="large", type="submit"),
        button(texts.SAVE_DRAFT, on_click=TaskForm.say_saved),
        draft_saved(shown.saved),
        class_name="flex flex-wrap items-center gap-3",
    )
    written = form(
        rx.el.input(type="hidden", name=MARK, value=shown.mark, read_only=True),
        form_from_rows(TaskView.fields, upload, PICKING),  # pyright: ignore[reportArgumentType]
        buttons,
        on_submit=TaskForm.send,
        on_draft=TaskForm.keep_draft,
        key=shown.mark,
        aria_label=texts.ANSWER,
    )
    summary = error_summary(TaskView.errors, TaskView.errors_seq)  # pyright: ignore[reportArgumentType]
    return section(texts.ANSWER, step(), summary, written, key="answer")


def _preview() -> rx.Component:
    first = rx.el.div(
        rx.el.p(texts.CLAIM_FIRST),
        button(texts.CLAIM, look="primary", about=TaskView.task.about, glyph="hand", on_click=TaskView.claim),
        class_name="flex flex-wrap items-center gap-4",
    )
    questions = rx.el.fieldset(
        rx.el.legend(texts.PREVIEW, class_name="ct-hidden"),
        form_from_rows(TaskView.fields, Upload("", TaskForm.uploaded, TaskForm.removed), PICKING),  # pyright: ignore[reportArgumentType]
        disabled=True,
        class_name="border border-line rounded p-4 bg-panel min-w-0",
    )
    return section(texts.PREVIEW, step(), first, questions, key="preview")
