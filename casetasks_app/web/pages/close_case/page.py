"""What closing a case looks like."""

from typing import Any

import reflex as rx

from casetasks_app.web import shell
from casetasks_app.web.pages.close_case import texts
from casetasks_app.web.pages.close_case.parts import done_line, left_box, missing_list, open_tasks
from casetasks_app.web.pages.close_case.state import CloseCase
from casetasks_app.web.ui.buttons import button, link
from casetasks_app.web.ui.case_top import case_top
from casetasks_app.web.ui.choices import select_field
from casetasks_app.web.ui.fields import long_text_field
from casetasks_app.web.ui.forms import error_summary, form
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.refusals import heading_or, unless_refused

STATE: Any = CloseCase
"""Its fields are vars here."""
LONGEST_NOTE = 4000


def close_case() -> rx.Component:
    """Draw the page."""
    content = rx.el.div(error_summary(STATE.problems.summary, STATE.problems.seq), _checklist(), _form(), class_name="flex flex-col gap-6")
    return shell.page(
        heading_or(STATE.refusal, STATE.heading),
        when_loaded(STATE.loaded, unless_refused(STATE.refusal, content)),
        above=case_top(STATE.bar, loaded=STATE.loaded),
    )


def _checklist() -> rx.Component:
    checklist = STATE.checklist
    return rx.el.div(
        left_box(checklist.left),
        rx.cond(checklist.tasks.length() > 0, open_tasks(checklist), done_line(texts.NO_OPEN_TASKS)),
        rx.cond(checklist.missing.length() > 0, missing_list(checklist.missing), done_line(texts.NOTHING_REQUIRED)),
        rx.cond(checklist.left, rx.el.p(link(texts.BACK, STATE.bar.href)), rx.fragment()),
        class_name="flex flex-col gap-4",
    )


def _form() -> rx.Component:
    """Draw the form, kept while something is left so that nothing typed is lost when a task comes in between."""
    fields = form(
        select_field("outcome", texts.OUTCOME, STATE.checklist.outcomes, first=texts.OUTCOME_FIRST, error=STATE.problems.outcome),
        long_text_field("note", texts.NOTE, hint=texts.NOTE_HINT, error=STATE.problems.note, limit=LONGEST_NOTE),
        rx.el.div(
            button(texts.CLOSE, look="primary", size="large", type="submit"),
            link(texts.BACK, STATE.bar.href),
            class_name="flex flex-wrap items-center gap-6",
        ),
        on_submit=CloseCase.close,
    )
    return rx.el.div(fields, hidden=STATE.checklist.left.bool(), class_name="max-w-reading w-full")
