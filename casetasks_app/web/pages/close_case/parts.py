"""The parts of the checklist: how much is left, the outstanding tasks, the minimums not reached, what is done."""

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.pages.close_case import texts
from casetasks_app.web.ui.buttons import link_button
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.tables import Column, actions_cell, data_table, row, row_link, rows, second_line
from casetasks_app.web.ui.target import target_block
from casetasks_app.web.ui.values import Prop

COLUMNS = (
    Column(texts.TASK, is_header=True),
    Column(texts.HOLDER, width="224px"),
    Column(texts.TARGET, width="264px"),
    Column(messages.ACTIONS, width="208px", is_quiet=True),
)


def left_box(left: Prop) -> rx.Component:
    """Draw how many things are left, or that none is. What changes is read aloud by the page's one live region."""

    def box(kind: str, glyph: str, words: Prop) -> rx.Component:
        return rx.el.div(
            icon(glyph, "alert", class_name="shrink-0 mt-0.5"), rx.el.strong(words), class_name="ct-alert", data_kind=kind, id="left"
        )

    return rx.cond(left, box("warning", "triangle_alert", left), box("success", "circle_check", messages.CASE_FREE))


def open_tasks(checklist: Prop) -> rx.Component:
    """Draw the outstanding tasks with the way to open and, where allowed, to cancel each."""
    return rx.el.section(
        _blocked(checklist.tasks_heading),
        data_table(checklist.caption, COLUMNS, rows(checklist.tasks, _task)),
        class_name="flex flex-col gap-2",
    )


def missing_list(missing: Prop) -> rx.Component:
    """Draw the minimums that are not reached."""
    return rx.el.ul(rx.foreach(missing, _missing), class_name="flex flex-col gap-4")


def done_line(words: str) -> rx.Component:
    """Draw a line of the checklist that blocks nothing."""
    return rx.el.p(icon("circle_check", class_name="shrink-0 text-success mt-1"), rx.el.span(words), class_name="flex gap-2")


def _blocked(words: Prop) -> rx.Component:
    return rx.el.div(icon("circle_x", class_name="shrink-0 text-danger mt-1"), rx.el.h2(words), class_name="flex gap-2")


def _task(task: Prop) -> rx.Component:
    cancel = link_button(texts.CANCEL, task.cancel_href, about=task.cancel_about, size="small")
    return row(
        COLUMNS,
        rx.el.div(
            row_link(rx.fragment(task.number.to_string(), " ", task.name), task.href),
            second_line(rx.el.span(task.type_name)),
        ),
        rx.el.div(rx.el.span(task.holder), second_line(rx.el.span(task.holder_note))),
        target_block(task.state, task.line1, task.line2, task.iso, number=task.number.to_string()),
        actions_cell(
            link_button(texts.OPEN, task.href, about=task.about, size="small"), rx.cond(task.cancel_href, cancel, rx.fragment())
        ),
        key=task.number,
    )  # fmt: skip


def _missing(missing: Prop) -> rx.Component:
    action = link_button(missing.action, missing.href, about=missing.about, size="small")
    return rx.el.li(
        icon("circle_x", class_name="shrink-0 text-danger mt-1"),
        rx.el.div(
            rx.el.h2(missing.words),
            rx.el.div(rx.el.span(missing.so_far), action, class_name="flex flex-wrap gap-4 items-center"),
            class_name="flex flex-col gap-1",
        ),
        class_name="flex gap-2",
    )
