"""Menus: a native disclosure with a list of links and buttons; Escape closes it and gives the focus back."""

import reflex as rx

from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.values import Part, Prop, Text


def menu(label: Part, *items: Part, about: Text = "", glyph: str = "chevron_down", hide_label: bool = False) -> rx.Component:
    """Draw a button that opens a small list. With `hide_label` only the icon is seen, and the label is its name."""
    words = hidden_text(label, " ", about) if hide_label else rx.el.span(label, hidden_text(" ", about))
    return rx.el.details(
        rx.el.summary(words, icon(glyph), class_name="ct-button"),
        rx.el.div(*items, class_name="ct-menu-panel"),
        class_name="ct-menu",
        data_menu="",
    )


def menu_link(label: Part, href: Text, *, glyph: str = "", about: Text = "") -> rx.Component:
    """Draw one entry that goes somewhere."""
    return rx.el.a(
        icon(glyph) if glyph else rx.fragment(), rx.el.span(label, hidden_text(" ", about)), href=href, class_name="ct-menu-item"
    )


def menu_button(label: Part, on_click: Prop, *, glyph: str = "", about: Text = "", saves: bool = True) -> rx.Component:
    """Draw one entry that does something."""
    props = {"data_mutates": ""} if saves else {}
    return rx.el.button(
        icon(glyph) if glyph else rx.fragment(), rx.el.span(label, hidden_text(" ", about)),
        type="button", on_click=on_click, class_name="ct-menu-item", **props,
    )  # fmt: skip
