"""The frame of every list: find field, filters, chips above the table; pages and their length under it."""

from typing import Any

import reflex as rx

from casetasks_app.web import list_messages as words
from casetasks_app.web.ui.browser import Chips, FilterTick, FindField
from casetasks_app.web.ui.buttons import hidden_text, link_button
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.list_shown import FilterButton, SizeLink, Tick
from casetasks_app.web.ui.own_list_menus import own_menus
from casetasks_app.web.ui.pages import Pages, page_links
from casetasks_app.web.ui.tables import Sorting, list_failed
from casetasks_app.web.ui.values import Part, Prop, Text
from casetasks_app.web.ui.view_menu import changed_view, delete_dialog, save_dialog

FIND_ID = "list-find"
FIND_WORDS = {"label": words.FIND_IN_LIST, "press": words.FIND, "hint": words.FIND_HINT}
CHIP_WORDS = {"all": words.FILTERS, "remove": words.REMOVE_FILTER}


def filters(state: Any, *beside: Part, hint: str = words.FIND_HINT) -> rx.Component:  # noqa: ANN401  a state's class, whose fields are vars
    """Draw what stands above the table of a state that is a `Listing` and an `OwnList`."""
    frame: Any = state.frame
    find = FindField.create(id=FIND_ID, base=frame.find_base, value=frame.text, words={**FIND_WORDS, "hint": hint})
    clear = rx.cond(frame.clear_href, link_button(words.CLEAR_FILTERS, frame.clear_href, look="link", prevent_scroll_reset=True))

    def one(button: rx.Var[FilterButton]) -> rx.Component:
        return _filter(button, state)

    chosen = rx.el.div(rx.foreach(frame.filters, one), clear, _export(frame.export_href), *beside, class_name="ct-chosen")
    return rx.el.section(
        rx.el.div(find, chosen, class_name="flex flex-wrap items-start gap-2"),
        rx.el.div(
            Chips.create(chips=frame.chips, words=CHIP_WORDS, find=FIND_ID),
            rx.cond(frame.matches, rx.el.p(frame.matches, class_name="text-sm ct-num")),
            class_name="ct-chips",
        ),
        changed_view(state),
        save_dialog(state),
        delete_dialog(state),
        aria_label=words.FILTERS,
        class_name="flex flex-col gap-2 ct-no-print",
    )


def tools(state: Any, *beside: Part) -> rx.Component:  # noqa: ANN401
    """Draw the row between filters and table: what may be done with the ticked rows, updates, the menus of one's own list.

    What comes and goes stands in this row, so that the list under it never moves.
    """
    return rx.el.div(*beside, own_menus(state), class_name="flex flex-wrap items-center gap-x-4 gap-y-2 ct-no-print")


def under(frame: Any, pages: rx.Var[Pages]) -> rx.Component:  # noqa: ANN401
    """Draw "Showing 1 to 25 of 132 tasks", the length of a page, and the pages."""
    sizes = rx.el.nav(
        rx.el.ul(
            rx.el.li(words.ROWS, aria_hidden="true"),
            rx.foreach(frame.sizes, _size),
            class_name="flex gap-2 items-center text-sm",
        ),
        aria_label=words.ROWS_PER_PAGE,
        class_name="ct-no-print",
    )
    return rx.el.div(page_links(pages), rx.cond(frame.sizes.length() > 0, sizes), class_name="flex flex-col gap-0")


def sorting(frame: Any) -> Sorting:  # noqa: ANN401
    """Return how the list is sorted now."""
    return Sorting(frame.sort_base, frame.sort_key, frame.direction)


def unless_failed(failure: rx.Var[str], on_again: Prop, shown: rx.Component) -> rx.Component:
    """Draw the table, or in its place why it could not be loaded; what stands around it stays."""
    return rx.cond(failure, list_failed(failure, on_again), shown)


def _export(href: Text) -> rx.Component:
    return link_button(words.EXPORT, href, about=words.WHOLE_LIST, glyph="download", download=True, reload_document=True)


def _filter(button: rx.Var[FilterButton], state: Any) -> rx.Component:  # noqa: ANN401
    offered = rx.cond(state.offered == button.key, rx.foreach(state.ticks, _tick), rx.fragment())
    nothing = rx.cond((state.offered == button.key) & (state.ticks.length() == 0), rx.el.p(words.NOTHING_OFFERED, class_name="ct-hint"))
    return rx.el.details(
        rx.el.summary(
            rx.el.span(button.words, hidden_text(", ", words.FILTER), class_name="ct-cut"),
            icon("chevron_down"),
            on_click=state.offer(button.key),
            data_set=rx.cond(button.is_set, "true", "false"),
            class_name="ct-button",
        ),
        rx.el.fieldset(rx.el.legend(button.label, class_name="ct-hidden"), offered, nothing, class_name="ct-menu-panel"),
        key=button.key,
        class_name="ct-menu ct-filter",
        data_menu="",
    )


def _tick(tick: rx.Var[Tick]) -> rx.Component:
    return FilterTick.create(key=tick.value, checked=tick.is_chosen, to=tick.href, label=tick.label, count=tick.count)


def _size(size: rx.Var[SizeLink]) -> rx.Component:
    current = rx.cond(size.is_current, "page", "false")
    named = (size.label, hidden_text(" ", words.ROWS_PER_PAGE.lower()))
    link = rx.el.a(*named, href=size.href, aria_current=current, prevent_scroll_reset=True, class_name="ct-link px-2")
    return rx.el.li(link)
