"""The ticks of a list: a box in each row, one for the page, the buttons for all ticked, the dialog that asks for whom."""

from typing import Any

import reflex as rx

from casetasks_app.web import list_messages as words
from casetasks_app.web import messages
from casetasks_app.web.ui.browser import Selection
from casetasks_app.web.ui.buttons import button
from casetasks_app.web.ui.choices import radios
from casetasks_app.web.ui.dialogs import dialog, dialog_buttons
from casetasks_app.web.ui.forms import form
from casetasks_app.web.ui.tables import Column
from casetasks_app.web.ui.values import Flag, Prop, Text, joined

SELECT = Column(words.SELECT, "48px", is_select=True)


def row_box(key: Prop, name: Text, gone: Flag) -> rx.Component:
    """Draw the box of a row: "Select task 3"; a row that left the list has none."""
    box = rx.el.label(
        rx.el.input(type="checkbox", value=key.to_string(), data_select="", aria_label=joined(words.SELECT_TASK, " ", name)),
        class_name="ct-check",
    )
    return rx.cond(gone, rx.fragment(), box)


def bulk_bar(state: Any, verbs: Any) -> rx.Component:  # noqa: ANN401  a state's class, whose fields are vars
    """Draw what may be done with the ticked rows of a state that is `Bulk`."""
    return Selection.create(
        words=words.SELECTION,
        verbs=verbs,
        seq=state.selection_seq,
        export_href=state.frame.export_href,
        total=state.frame.total,
        aside=state.frame.aside,
        on_do_all=state.with_all,
        on_do=state.with_picked,
        on_selecting=state.selecting,
    )


def assign_dialog(state: Any) -> rx.Component:  # noqa: ANN401
    """Draw the dialog that asks to whom the ticked tasks go."""
    back = button(messages.BACK, saves=False, on_click=state.leave_assigning)
    asked = form(
        radios("to", words.WHO, state.recipients, error=state.assign_error),
        rx.el.p(words.THEY_ARE_EMAILED, class_name="ct-hint"),
        dialog_buttons(back, button(words.ASSIGN_TASKS, look="primary", type="submit")),
        on_submit=state.assign_picked,
    )
    return dialog(state.assigning, asked, opened=state.is_assigning, on_close=state.leave_assigning, dialog_id="assign-picked")
