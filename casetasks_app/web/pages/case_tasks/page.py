"""The tasks tab: summary, draft, updates, table, and the creation dialog over it."""

from typing import Any

import reflex as rx

from casetasks_app.web import list_messages, shell
from casetasks_app.web.pages.case_tasks import words
from casetasks_app.web.pages.case_tasks.creation import words as creation_words
from casetasks_app.web.pages.case_tasks.creation.frame import creation_dialog
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.pages.case_tasks.state import CaseTasks
from casetasks_app.web.pages.case_tasks.table import tasks_table
from casetasks_app.web.ui import alerts, buttons, frame, lists, loading, tables
from casetasks_app.web.ui.browser import Announcer
from casetasks_app.web.ui.case_top import case_top
from casetasks_app.web.ui.refusals import heading_or, unless_refused
from casetasks_app.web.ui.selection import assign_dialog, bulk_bar

STATE: Any = CaseTasks
DIALOG: Any = Creation
"""Their fields are vars here."""

BULK = ["assign", "claim", "release", "export"]

TITLE = rx.cond(DIALOG.is_open, DIALOG.title, STATE.title)


def case_tasks() -> rx.Component:
    """Draw the page."""
    used = rx.fragment(_list(), creation_dialog())
    here = rx.cond(STATE.uses_tasks, used, _not_used())
    return shell.page(
        heading_or(STATE.refusal, "Tasks"),
        loading.when_loaded(STATE.loaded, unless_refused(STATE.refusal, here)),
        above=case_top(STATE.bar, loaded=STATE.loaded),
        beside=rx.cond(STATE.loaded & STATE.may_create & STATE.uses_tasks, _create(), rx.fragment()),
    )


def _create(**props: str) -> rx.Component:
    return buttons.link_button(
        "Create task", DIALOG.first_href, look="primary", glyph="plus", **{"id": "create-task", "prevent_scroll_reset": True, **props}
    )


def _list() -> rx.Component:
    is_empty = STATE.empty != ""
    again = rx.cond(STATE.may_create, _create(id="create-first-task"), rx.fragment())
    return rx.fragment(
        shell.print_line(STATE.printed),
        rx.cond(DIALOG.undo_label & ~DIALOG.is_open, _undo(), rx.fragment()),
        rx.cond(STATE.why_not, rx.el.p(STATE.why_not), rx.fragment()),
        rx.cond((STATE.draft != "") & ~DIALOG.is_open, _draft(), rx.fragment()),
        rx.cond(is_empty, alerts.empty_state(words.NO_TASKS, STATE.empty, again), _full()),
        Announcer.create(changed=STATE.changed, added=STATE.added, words=frame.SUMMED_UP),
    )


def _no_match() -> rx.Component:
    clear = buttons.link_button(list_messages.CLEAR_FILTERS, STATE.frame.clear_href, prevent_scroll_reset=True)
    return alerts.empty_state(STATE.nothing, "", clear)


def _full() -> rx.Component:
    closing = rx.el.p(STATE.needed, " ", buttons.link("What closing needs", STATE.bar.close_href), class_name="text-sm")
    pill = tables.updates_pill(STATE.pill, STATE.show_updates)
    fold = buttons.link_button(STATE.fold_words, STATE.fold_href, prevent_scroll_reset=True)
    listed = rx.el.div(
        tasks_table(),
        rx.cond(STATE.fold_words, fold, rx.fragment()),
        lists.under(STATE.frame, STATE.under),
        class_name="flex flex-col gap-4 items-stretch [&>a]:self-start",
    )
    return rx.el.div(
        rx.el.div(
            rx.el.p(STATE.summary, id="list-summary", tab_index=-1, class_name="ct-num"),
            rx.cond(STATE.needed, rx.cond(STATE.bar.close_href, closing, rx.el.p(STATE.needed)), rx.fragment()),
            class_name="flex flex-wrap gap-x-6 gap-y-1 items-center",
        ),
        lists.filters(STATE),
        lists.tools(STATE, rx.cond(STATE.nothing, rx.fragment(), bulk_bar(STATE, BULK)), pill),
        assign_dialog(STATE),
        lists.unless_failed(STATE.failure, STATE.show_updates, rx.cond(STATE.nothing, _no_match(), listed)),
        class_name="flex flex-col gap-4 items-stretch [&>a]:self-start",
    )


def _undo() -> rx.Component:
    back = buttons.button("Undo", look="link", size="small", about=DIALOG.undo_label, on_click=DIALOG.undo)
    return rx.el.p(creation_words.MISTAKE, " ", back, class_name="text-sm flex items-center gap-2 ct-no-print")


def _draft() -> rx.Component:
    discard = buttons.button("Discard", look="link", size="small", about="draft", on_click=STATE.discard)
    go_on = buttons.link("Continue", STATE.draft_href, about="draft", prevent_scroll_reset=True)
    return rx.el.div(
        rx.el.p(STATE.draft), go_on, discard,
        class_name="flex flex-wrap gap-x-4 gap-y-1 items-center text-sm border border-line rounded bg-panel px-4 py-2 ct-no-print",
    )  # fmt: skip


def _not_used() -> rx.Component:
    back = rx.cond(STATE.bar.href, buttons.link("Back to the case", STATE.bar.href), rx.fragment())
    why = rx.el.p("Cases of type “", STATE.bar.case_type, "” have no task types set up.", class_name="text-ink-muted")
    return rx.el.div(rx.el.p(rx.el.strong(words.NOT_USED)), why, back, class_name="flex flex-col items-start gap-2 py-6")
