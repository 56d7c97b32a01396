"""Dialogs over a page, opened and closed by its address: native, modal, focus on their heading, back to the opener."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.browser import NativeDialog
from casetasks_app.web.ui.buttons import button, hidden_text
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.values import Part, Prop, Text, is_set, when

Handler = Any


def dialog(title: Part, *content: Part, opened: rx.Var[bool], on_close: Handler, dialog_id: str = "dialog", **props: Prop) -> rx.Component:
    """Draw a small dialog. Its content exists only while it is open, so fields start with their given values.

    `on_close` (Escape, or a Back button of yours) changes the address; the dialog itself never closes. `fallback=` is the
    id that gets the focus when the opener is gone.
    """
    return _native(
        rx.el.div(rx.el.h2(title, id=f"{dialog_id}-title", tab_index=-1, data_heading=""), *content, class_name="flex flex-col gap-6 p-6"),
        opened=opened,
        on_close=on_close,
        dialog_id=dialog_id,
        size="small",
        **props,
    )


def dialog_buttons(*buttons: Part) -> rx.Component:
    """Draw the last row of a dialog: what leaves it first, what does it last."""
    return rx.el.div(*buttons, class_name="ct-dialog-foot ct-dialog-last flex flex-wrap gap-3 justify-end")


def stepped_dialog(title: Part, *content: Part, opened: rx.Var[bool], on_close: Handler, step: rx.Var[str], **parts: Prop) -> rx.Component:
    """Draw the frame of a dialog in steps: title, case, Back, "Step 2 of 4", content, so far, foot.

    `step` is the step's key: when it changes the element with `step_heading(...)` gets the focus. `parts`: `about` (the
    case), `progress` ("Step 2 of 4"), `described` ("Step 2 of 4: Assignment"), `on_back` and `can_go_back`, `so_far`
    (a component or None), `foot` (buttons), `beside` (what stands left of them), `saved` ("Draft saved 14:31."), `dialog_id`, `fallback`.
    """
    dialog_id: str = parts.get("dialog_id", "create-dialog")
    return _native(
        _step_head(title, dialog_id, on_close, parts),
        rx.el.div(*content, _answered(parts), class_name="px-4 sm:px-6 py-4 flex flex-col gap-6"),
        _step_foot(parts),
        opened=opened,
        on_close=on_close,
        dialog_id=dialog_id,
        size="",
        describedby=f"{dialog_id}-described",
        focus_key=step,
        fallback=parts.get("fallback", ""),
    )


def step_heading(words: Part) -> rx.Component:
    """Draw the heading of a step; it gets the focus when the step is reached."""
    return rx.el.h3(words, tab_index=-1, data_heading="", class_name="text-lg")


def so_far(label: Text, answer: Text, change_href: Text) -> rx.Component:
    """Draw one earlier answer with its way back."""
    return rx.el.li(
        rx.el.span(label, ": ", class_name="text-ink-muted"),
        answer,
        rx.el.a(messages.CHANGE, hidden_text(" ", label), href=change_href, class_name="ct-link ml-2"),
    )


def _native(*content: rx.Component, opened: rx.Var[bool], on_close: Handler, dialog_id: str, size: str, **props: Prop) -> rx.Component:
    return NativeDialog.create(*content, open=opened, on_closed=on_close, size=size, labelledby=f"{dialog_id}-title", **props)


def _step_head(title: Part, dialog_id: str, on_close: Handler, parts: dict[str, Any]) -> rx.Component:
    shut = rx.el.button(
        icon("x"),
        type="button",
        aria_label=messages.CLOSE,
        title=messages.CLOSE,
        on_click=on_close,
        class_name="ct-button",
        data_look="link",
    )
    back = button(messages.BACK, look="link", glyph="arrow_left", saves=False, on_click=parts.get("on_back", on_close))
    described = hidden_text(rx.el.span(parts.get("described", ""), id=f"{dialog_id}-described"))
    return rx.el.div(
        rx.el.div(rx.el.h2(title, id=f"{dialog_id}-title", class_name="text-xl grow"), shut, class_name="flex items-start gap-4"),
        rx.el.p(parts.get("about", ""), class_name="text-ink-muted text-sm"),
        rx.el.div(
            when(parts.get("can_go_back", True), back),
            rx.el.p(parts.get("progress", ""), class_name="text-ink-muted text-sm ml-auto"),
            class_name="flex items-center gap-4 min-h-8",
        ),
        described,
        class_name="px-4 sm:px-6 pt-4 pb-2 border-b border-line flex flex-col gap-1",
    )


def _step_foot(parts: dict[str, Any]) -> rx.Component:
    saved: Text = parts.get("saved", "")
    beside = rx.el.div(
        parts.get("beside", rx.fragment()),
        when(is_set(saved), rx.el.p(saved, class_name="ct-hint ct-num")),
        class_name="ct-dialog-beside",
    )
    does = rx.el.div(*parts.get("foot", ()), class_name="ct-dialog-does")
    return rx.el.div(beside, does, class_name="ct-dialog-foot ct-dialog-steps")


def _answered(parts: dict[str, Any]) -> rx.Component:
    """What was answered on earlier steps, at the end of the step, so that the foot stays low."""
    earlier = parts.get("so_far")
    if earlier is None:
        return rx.fragment()
    return rx.el.ul(earlier, aria_label=messages.SO_FAR, class_name="ct-so-far text-sm flex flex-col empty:hidden")
