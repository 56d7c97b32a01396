"""What the list of cases looks like."""

import reflex as rx

from casetasks_app.web import messages, routes, shell
from casetasks_app.web.pages.cases import texts
from casetasks_app.web.pages.cases.shown import ShownCase
from casetasks_app.web.pages.cases.state import Cases
from casetasks_app.web.ui import lists
from casetasks_app.web.ui.alerts import empty_state
from casetasks_app.web.ui.browser import FocusWhen
from casetasks_app.web.ui.buttons import link_button
from casetasks_app.web.ui.case_frame import views
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.tables import Column, data_table, row, row_link, rows, second_line, updates_pill
from casetasks_app.web.ui.target import target_block

COLUMNS = (
    Column(texts.CASE, sort="case", is_header=True),
    Column(texts.TYPE, "192px", sort="type", key="type"),
    Column(texts.OPEN_TASKS, "152px", key="open_tasks"),
    Column(texts.NEXT_TARGET, "232px", sort="target", key="target"),
    Column(texts.MANAGER, "176px", sort="manager", key="manager"),
    Column(texts.OPENED, "128px", sort="opened", key="opened"),
)


def cases() -> rx.Component:
    """Draw the page."""
    raising = link_button(texts.RAISE, routes.RAISE_CASE, look="primary", glyph="plus")
    return shell.page(
        messages.CASES,
        _filters(),
        _list(),
        beside=rx.cond(Cases.may_raise, raising, rx.fragment()),
    )


def _filters() -> rx.Component:
    chosen = rx.el.div(
        views(texts.WHOSE, Cases.whose),  # pyright: ignore[reportArgumentType]  a state's field is its var
        views(texts.STATUS, Cases.statuses),  # pyright: ignore[reportArgumentType]
        class_name="flex flex-wrap gap-x-8 gap-y-2",
    )
    has_list = (Cases.nothing.fact == "") | (Cases.frame.clear_href != "") | (Cases.failure != "")
    return rx.el.div(chosen, rx.cond(has_list, lists.filters(Cases, hint=texts.FIND_HINT)), class_name="flex flex-col gap-4 ct-no-print")


def _list() -> rx.Component:
    sorting = lists.sorting(Cases.frame)
    table = data_table(Cases.caption, COLUMNS, rows(Cases.rows, _row), sorting=sorting, drawn=Cases.drawn)  # pyright: ignore[reportArgumentType]
    order = rx.el.p(Cases.caption, ".", id="list-summary", tab_index=-1, class_name="text-sm text-ink-muted w-fit")
    pill = updates_pill(Cases.pill, Cases.show_updates)  # pyright: ignore[reportArgumentType]
    above = lists.tools(Cases, rx.cond(Cases.nothing.fact == "", order), pill)
    shown = rx.el.div(
        rx.cond((Cases.nothing.fact == "") | (Cases.frame.clear_href != ""), above, pill),
        lists.unless_failed(
            Cases.failure,  # pyright: ignore[reportArgumentType]
            Cases.show_updates,
            rx.cond(Cases.nothing.fact, _empty(), rx.fragment(table, lists.under(Cases.frame, Cases.pages))),  # pyright: ignore[reportArgumentType]
        ),
        class_name="flex flex-col gap-3",
    )
    return rx.fragment(
        when_loaded(Cases.loaded, shown),  # pyright: ignore[reportArgumentType]
        FocusWhen.create(target="list-summary", seq=Cases.shown_seq),
    )


def _empty() -> rx.Component:
    nothing = Cases.nothing
    return empty_state(nothing.fact, nothing.meaning, rx.cond(nothing.href, link_button(nothing.label, nothing.href), rx.fragment()))


def _row(case: rx.Var[ShownCase]) -> rx.Component:
    named = rx.el.div(
        row_link(rx.fragment(rx.el.span(case.reference, " ", class_name="ct-num"), case.title), case.href),
        rx.cond(case.gone, second_line(case.gone)),
    )
    target = target_block(case.target_state, case.next_target, iso=case.iso, number=case.reference)
    return row(
        COLUMNS,
        named,
        rx.el.span(case.type_name),
        rx.el.span(case.open_tasks),
        target,
        rx.el.span(case.manager),
        rx.el.span(case.opened),
        key=case.key,
        changed=case.is_changed & ~case.gone.bool(),
        gone=case.gone.bool(),
    )
