"""Buttons and links. A button that changes data is paused while the connection is lost."""

from typing import Any, Literal

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.values import Part, Prop, Text

Look = Literal["plain", "primary", "danger", "link"]
Size = Literal["small", "usual", "large"]


def button(
    label: Part, *, look: Look = "plain", size: Size = "usual", about: Text = "", saves: bool = True, glyph: str = "", **props: Prop
) -> rx.Component:
    """Draw a button: verb and object. `about` is read after the label ("Claim" + "task 3, Ask legal").

    `saves=False` for a button that only shows something: it works without a connection.
    """
    props.setdefault("type", "button")
    if saves:
        props["data_mutates"] = ""
    if look in {"primary", "danger"}:
        props["data_primary"] = ""
    return rx.el.button(
        *_inside(label, about, glyph), class_name="ct-button", data_look=look, data_size="" if size == "usual" else size, **props
    )


def link_button(
    label: Part, href: Text, *, look: Look = "plain", size: Size = "usual", about: Text = "", glyph: str = "", **props: Prop
) -> rx.Component:
    """Draw a link that looks like a button: for going somewhere, dialogs in the address included."""
    return rx.el.a(
        *_inside(label, about, glyph), href=href, class_name="ct-button", data_look=look, data_size="" if size == "usual" else size, **props
    )


def link(label: Part, href: Text, *, about: Text = "", glyph: str = "", **props: Prop) -> rx.Component:
    """Draw a link to a page of ours. `about` makes repeated links differ: "View" + "task 3, Ask legal"."""
    return rx.el.a(*_inside(label, about, glyph), href=href, class_name="ct-link", **props)


def download_link(label: Part, href: Text, *, about: Text = "", **props: Prop) -> rx.Component:
    """Draw a link to a file; the page and its connection stay."""
    return rx.el.a(*_inside(label, about, "download"), href=href, download=True, reload_document=True, class_name="ct-link", **props)


def copy_button(text: Text, href: Text = "") -> rx.Component:
    """Draw a button that copies a reference; with an address, rich text gets it as a link."""
    return rx.el.button(
        icon("copy"),
        hidden_text(messages.COPY, " ", text),
        type="button",
        title=messages.COPY,
        class_name="ct-button",
        data_look="link",
        data_size="small",
        data_copy=text,
        data_copy_href=href,
    )


def hidden_text(*parts: Part) -> rx.Component:
    """Draw words for screen readers only."""
    return rx.el.span(*parts, class_name="ct-hidden")


def _inside(label: Part, about: Text, glyph: str) -> list[Any]:
    parts: list[Any] = [icon(glyph)] if glyph else []
    # One text node of its own, so that the name reads "Claim task 3" and not "Claimtask 3".
    named = [rx.el.span(label, hidden_text(" ", about))] if not isinstance(about, str) or about else [label]
    return parts + named
