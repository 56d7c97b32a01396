"""Badges, statuses and tags: a word with its own shape, never a button or a link."""

from typing import Literal

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.values import Part, Text

Tone = Literal["neutral", "info", "warning", "danger", "success", "automatic"]


def badge(words: Part, *, tone: Tone = "neutral", glyph: str = "") -> rx.Component:
    """Draw a word on a soft ground."""
    return rx.el.span(icon(glyph) if glyph else rx.fragment(), rx.el.span(words), class_name="ct-badge", data_tone=tone)


def status(value: Text) -> rx.Component:
    """Draw a task's status: new as a badge, closed and cancelled as plain text, each with its own shape."""
    drawn = {
        "new": badge(messages.STATUS["new"], tone="info", glyph="circle_dot"),
        "closed": _plain(messages.STATUS["closed"], "circle_check", "text-success"),
        "cancelled": _plain(messages.STATUS["cancelled"], "circle_slash", "text-ink-muted"),
    }
    if isinstance(value, str):
        return drawn[value]
    return rx.match(value, *drawn.items(), rx.el.span(value))


def created_automatically() -> rx.Component:
    """Draw the mark of a task that the case type's configuration created (B16)."""
    return badge(messages.CREATED_AUTOMATICALLY, tone="automatic", glyph="bot")


def private_note() -> rx.Component:
    """Draw the mark of a history entry that only case managers see."""
    return badge(messages.PRIVATE_NOTE, glyph="lock")


def changed_now() -> rx.Component:
    """Draw the mark of a row that somebody else has just changed, on its upper edge, so that no row grows."""
    return rx.el.span(badge(messages.CHANGED_NOW, tone="warning"), class_name="ct-just-now")


def _plain(words: str, glyph: str, colour: str) -> rx.Component:
    muted = "text-ink-muted" if glyph == "circle_slash" else ""
    return rx.el.span(
        icon(glyph, class_name=f"shrink-0 {colour}"), words, class_name=f"inline-flex items-center gap-1 min-h-6 text-sm {muted}"
    )
