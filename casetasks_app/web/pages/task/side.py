"""The column beside the task: its facts, what can be done with it, and its history."""

import reflex as rx

from casetasks_app.web.pages.task import texts
from casetasks_app.web.pages.task.presence_state import TaskPresence
from casetasks_app.web.pages.task.state import TaskView
from casetasks_app.web.ui.buttons import button, copy_button, link_button
from casetasks_app.web.ui.facts import fact, facts, facts_from
from casetasks_app.web.ui.histories import short_timeline


def side() -> rx.Component:
    """Draw the column."""
    return rx.el.aside(
        _facts(), _history(), _show_me(), aria_label=texts.FACTS, class_name="w-full lg:w-80 lg:ml-auto shrink-0 flex flex-col gap-8"
    )


def _facts() -> rx.Component:
    one = TaskView.task
    named = rx.el.h2(texts.FACTS, class_name="ct-hidden")
    held = fact("Assigned to", rx.el.span(one.holder), rx.el.span(one.held, class_name="ct-hint block"))
    return rx.el.div(
        named,
        rx.cond(one.holder, facts(held, narrow=True)),
        facts_from(one.facts, narrow=True),
        facts(fact("Target", rx.el.span(one.target), rx.el.span(one.target_more, class_name="ct-hint block")), narrow=True),
        facts(fact("Reference", rx.el.span(one.reference), copy_button(one.reference, one.href)), narrow=True),
        _actions(),
        class_name="border border-line rounded p-4 bg-panel flex flex-col",
    )


def _actions() -> rx.Component:
    one = TaskView.task
    claim = button(texts.CLAIM, about=one.about, glyph="hand", on_click=TaskView.claim)
    whole = (
        rx.cond(one.may_claim & ~TaskView.form.is_preview, claim),
        rx.cond(one.assign_href, link_button("Assign", one.assign_href, about=one.about, glyph="user_round_plus")),
        rx.cond(one.target_href, link_button(texts.CHANGE_TARGET, one.target_href, about="of " + one.about, glyph="calendar_clock")),
        rx.cond(one.release_href, link_button("Release", one.release_href, about=one.about, glyph="undo_2")),
        rx.cond(one.cancel_href, link_button(texts.CANCEL, one.cancel_href, about=one.number + ", " + one.name, glyph="circle_slash")),
    )
    why = rx.cond(one.why_not_cancellable, rx.el.p(one.why_not_cancellable, class_name="ct-hint pt-2"))
    return rx.fragment(rx.el.div(*whole, class_name="flex flex-wrap gap-2 pt-4 ct-no-print empty:hidden"), why)


def _history() -> rx.Component:
    more = rx.cond(TaskView.has_more_history, button(texts.ALL_HISTORY, look="link", saves=False, on_click=TaskView.show_all_history))
    return rx.el.section(
        rx.el.h2(texts.HISTORY, id="task-history"),
        short_timeline(TaskView.history),  # pyright: ignore[reportArgumentType]
        more,
        aria_labelledby="task-history",
        class_name="flex flex-col gap-3 items-start",
    )


def _show_me() -> rx.Component:
    chosen = rx.el.input(type="checkbox", checked=TaskPresence.is_shown, on_change=TaskPresence.show_me, data_mutates="")  # pyright: ignore[reportArgumentType]  a box sends its state
    return rx.el.label(chosen, rx.el.span(texts.SHOW_ME), class_name="ct-check text-sm ct-no-print")
