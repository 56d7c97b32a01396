"""The one list of all pages: a native table, sorted by links, walked with the arrow keys, cards on a small screen."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from casetasks_app.web import list_messages, messages
from casetasks_app.web.ui.badges import changed_now
from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.values import Flag, Part, Prop, Text, joined


@dataclass(frozen=True)
class Column:
    """A column: `width` in CSS (empty: the rest), `sort` the key in the address (empty: not sortable)."""

    label: str
    width: str = ""
    sort: str = ""
    is_header: bool = False
    is_numeric: bool = False
    is_quiet: bool = False
    """Its label is not repeated on a card, because its content speaks for itself."""
    is_select: bool = False
    """It holds the boxes that tick a row; on a card there are none."""
    key: str = ""
    """What the style sheet knows it by, which hides it for who wants that and keeps it to one line in a compact list."""


@dataclass(frozen=True)
class Sorting:
    """How the list is sorted now: `base` is the address with all other choices kept, ending in `?` or `&`."""

    base: rx.Var[str]
    key: rx.Var[str]
    direction: rx.Var[str]
    """ascending, descending, or empty for the list's own order."""


def data_table(
    caption: Text, columns: tuple[Column, ...], *bodies: rx.Component, sorting: Sorting | None = None, drawn: Prop = None
) -> rx.Component:
    """Draw a list; each body is an `rx.el.tbody` made by `rows`. The caption says the order in words.

    `drawn` is the var of how its person has it drawn. Columns are hidden by the style sheet, so that no row is drawn anew.
    """
    own = {} if drawn is None else {"data_density": drawn.density, "data_hidden": drawn.hidden}
    return rx.el.table(
        rx.el.caption(caption, class_name="ct-hidden"),
        rx.el.colgroup(*[rx.el.col(style={"--width": column.width} if column.width else {}, **_keyed(column)) for column in columns]),
        rx.el.thead(rx.el.tr(*[_head(column, sorting) for column in columns], role="row"), role="rowgroup"),
        *bodies,
        class_name="ct-table",
        # Drawn as cards a table would lose its roles, so they are said.
        role="table",
        **own,
    )


def rows(items: rx.Var[list[Any]], draw: Prop, *, heading: Text = "", columns: int | rx.Var[int] = 1) -> rx.Component:
    """Draw the rows of a list under an optional group heading that spans `columns`."""
    head: list[rx.Component] = []
    if not isinstance(heading, str) or heading:
        head = [rx.el.tr(rx.el.th(heading, scope="rowgroup", col_span=columns, role="rowheader"), data_group="", role="row")]
    return rx.el.tbody(*head, rx.foreach(items, draw), role="rowgroup")


def row(columns: tuple[Column, ...], *cells: Part, key: Text | int, changed: Flag = False, gone: Flag = False) -> rx.Component:
    """Draw a row, one cell a column. `changed` marks what somebody else has just changed; `gone` dims a row that left the list."""
    drawn = [_cell(column, cell, changed) for column, cell in zip(columns, cells, strict=True)]
    return rx.el.tr(*drawn, key=key, role="row", data_changed=_said(changed), data_gone=_said(gone))


def row_link(label: Part, href: Text, **props: Prop) -> rx.Component:
    """Draw the link a row is walked by: Up, Down, Home, End move between rows, Enter opens."""
    return rx.el.a(label, href=href, data_row_link="", **props)


def second_line(*content: Part) -> rx.Component:
    """Draw the quieter line under a cell's first."""
    return rx.el.div(*content, class_name="ct-second text-ink-muted flex flex-wrap gap-x-2 gap-y-1 items-center")


def updates_pill(words: Text, on_show: Prop) -> rx.Component:
    """Draw "3 updates - show" above a list that holds back rows; nothing without words."""
    pill = rx.el.button(icon("refresh_cw"), words, type="button", on_click=on_show, class_name="ct-button self-start", data_testid="pill")
    return rx.cond(words, pill, rx.fragment()) if isinstance(words, rx.Var) else pill


def _head(column: Column, sorting: Sorting | None) -> rx.Component:
    common: dict[str, Any] = {"scope": "col", "role": "columnheader", **_keyed(column)}
    if column.is_numeric:
        common["data_numeric"] = ""
    if column.is_select:
        every = rx.el.input(type="checkbox", data_select_all="", aria_label=list_messages.SELECT_ALL)
        return rx.el.th(rx.el.label(every, class_name="ct-check"), data_pick="", **common)
    if sorting is None or not column.sort:
        return rx.el.th(column.label, **common)
    is_here = sorting.key == column.sort
    is_up = is_here & (sorting.direction == "ascending")
    is_down = is_here & (sorting.direction == "descending")
    after = rx.cond(is_up, f"sort={column.sort}&dir=descending", rx.cond(is_down, "", f"sort={column.sort}&dir=ascending"))
    arrow = rx.cond(is_up, icon("arrow_up", "target"), rx.cond(is_down, icon("arrow_down", "target"), icon("chevrons_up_down", "target")))
    return rx.el.th(
        rx.el.a(column.label, arrow, href=sorting.base + after, prevent_scroll_reset=True),
        aria_sort=rx.cond(is_up, "ascending", rx.cond(is_down, "descending", "none")),
        **common,
    )


def _cell(column: Column, content: Part, changed: Flag) -> rx.Component:
    props: dict[str, Any] = _keyed(column) | ({"data_numeric": ""} if column.is_numeric else {})
    if column.is_header:
        mark = (
            rx.cond(changed, changed_now(), rx.fragment()) if isinstance(changed, rx.Var) else changed_now() if changed else rx.fragment()
        )
        return rx.el.th(content, mark, scope="row", role="rowheader", **props)
    if column.is_select:
        return rx.el.td(content, role="cell", data_pick="")
    if column.is_quiet:
        props["data_quiet"] = ""
    return rx.el.td(content, role="cell", data_label=column.label, **props)


def _keyed(column: Column) -> dict[str, Any]:
    return {"data_column": column.key} if column.key else {}


def _said(flag: Flag) -> Prop:
    return rx.cond(flag, "true", "false") if isinstance(flag, rx.Var) else str(flag).lower()


def caption_sorted(what: Text, order: Text) -> rx.Var[str]:
    """Return a caption that says the order: "Tasks on case HSG-1042, sorted by target, earliest first"."""
    return joined(what, messages.SORTED_BY, order)


def actions_cell(*actions: rx.Component) -> rx.Component:
    """Draw the links and buttons of a row beside each other, 8 px apart."""
    return rx.el.div(*actions, class_name="flex flex-wrap gap-2 items-center")


def list_failed(code: Text, on_again: Prop) -> rx.Component:
    """Draw what stands in place of a list that could not be loaded."""
    return rx.el.div(
        rx.el.strong(messages.LIST_FAILED),
        f" {messages.NOTHING_CHANGED} ",
        rx.el.button(messages.TRY_AGAIN, type="button", on_click=on_again, class_name="ct-button"),
        rx.el.p(code, class_name="ct-hint"),
        hidden_text(messages.ERROR),
        role="alert",
        class_name="py-4",
    )
