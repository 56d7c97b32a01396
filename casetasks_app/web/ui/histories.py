"""The timeline: what happened, by whom, when and why, newest first, grouped by day."""

from dataclasses import dataclass, field

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.badges import private_note
from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.values import Part, joined

FOLDED_LINES = 34
"""Longer texts are folded, with a way to show all of them."""


@dataclass(frozen=True)
class ShownEntry:
    """One thing that happened, in words; `link_label` is unique ("View task 3")."""

    title: str
    by: str
    time: str
    iso: str
    text: str = ""
    lines: int = 0
    is_private: bool = False
    link_label: str = ""
    href: str = ""


@dataclass(frozen=True)
class Day:
    """A day of a history with its entries, newest first; `heading` is the date in words."""

    heading: str
    happened: list[ShownEntry] = field(default_factory=list)


def timeline(days: rx.Var[list[Day]]) -> rx.Component:
    """Draw days and their entries; headings of level 2 and 3."""

    def one(day: rx.Var[Day]) -> rx.Component:
        happened = rx.el.ol(rx.foreach(day.happened, timed), class_name="ct-history")
        return rx.el.section(rx.el.h2(day.heading), happened, class_name="flex flex-col gap-4")

    def timed(shown: rx.Var[ShownEntry]) -> rx.Component:
        return entry(shown)

    return rx.el.div(rx.foreach(days, one), class_name="flex flex-col gap-6")


def short_timeline(entries: rx.Var[list[ShownEntry]]) -> rx.Component:
    """Draw the entries of one task beside its facts, without days; each `time` carries its date."""

    def one(shown: rx.Var[ShownEntry]) -> rx.Component:
        return entry(shown, between=", ")

    return rx.el.ol(rx.foreach(entries, one), class_name="ct-history text-sm")


def entry(shown: rx.Var[ShownEntry], between: str = f" {messages.AT} ") -> rx.Component:
    """Draw one entry; `between` stands between who did it and when."""
    return rx.el.li(
        rx.el.div(
            rx.el.h3(shown.title, class_name="text-base"),
            rx.cond(shown.is_private, private_note(), rx.fragment()),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        rx.el.p(
            f"{messages.BY} ",
            shown.by,
            between,
            rx.el.time(shown.time, date_time=shown.iso),
            class_name="text-ink-muted text-sm",
        ),
        rx.cond(shown.text, folded(shown.text, shown.lines, shown.title), rx.fragment()),
        rx.cond(shown.href, rx.el.a(shown.link_label, href=shown.href, class_name="ct-link text-sm"), rx.fragment()),
    )


def folded(text: rx.Var[str], lines: rx.Var[int], about: Part) -> rx.Component:
    """Draw a text with its own line breaks; a long one behind "Show all 60 lines", never cut silently."""
    whole = rx.el.p(text, class_name="ct-text")
    words = joined(messages.SHOW_ALL, lines.to_string(), messages.LINES)
    fold = rx.el.details(rx.el.summary(words, hidden_text(messages.OF, about), class_name="ct-link"), whole)
    return rx.cond(lines > FOLDED_LINES, fold, whole)
