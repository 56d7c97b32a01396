"""Facts beside each other: the summary list of a case, a task, a review."""

from dataclasses import dataclass

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.buttons import hidden_text
from casetasks_app.web.ui.values import Part, Text


@dataclass(frozen=True)
class ShownFact:
    """A label and its value in words; with an address, the value can be changed there ("Change" + `about`)."""

    label: str
    value: str
    change_href: str = ""
    about: str = ""
    note: str = ""


def facts(*rows: rx.Component, narrow: bool = False) -> rx.Component:
    """Draw a summary list of `fact(...)` rows; `narrow` puts the label above the value."""
    return rx.el.dl(
        *rows, class_name="flex flex-col text-sm" + ("" if narrow else " [&>div]:sm:grid [&>div]:sm:grid-cols-[minmax(144px,30%)_1fr]")
    )


def fact(label: Text, *value: Part) -> rx.Component:
    """Draw one row; an empty var is shown as "Not provided"."""
    shown = [_or_not_provided(part) for part in value]
    return rx.el.div(
        rx.el.dt(label, class_name="text-ink-muted"),
        rx.el.dd(*shown, class_name="ct-text min-w-0"),
        class_name="ct-fact py-2 border-b border-line gap-x-4",
    )


def facts_from(rows: rx.Var[list[ShownFact]], *, narrow: bool = False) -> rx.Component:
    """Draw a summary list from the state, with "Change" links where a row has an address."""
    return facts(rx.foreach(rows, _row), narrow=narrow)


def _row(row: rx.Var[ShownFact]) -> rx.Component:
    change = rx.el.a(messages.CHANGE, hidden_text(" ", row.about), href=row.change_href, class_name="ct-link shrink-0 -my-0.5")
    value = rx.el.div(
        rx.el.span(rx.cond(row.value, row.value, messages.NOT_PROVIDED)),
        rx.cond(row.note, rx.el.span(row.note, class_name="ct-hint block"), rx.fragment()),
        class_name="grow min-w-0",
    )
    # At the right edge, one under the other, so that a long value does not push it about.
    return fact(row.label, rx.el.div(value, rx.cond(row.change_href, change, rx.fragment()), class_name="flex gap-4 items-baseline"))


def _or_not_provided(part: Part) -> Part:
    if isinstance(part, rx.Var):
        return rx.cond(part, part, messages.NOT_PROVIDED)
    return part or messages.NOT_PROVIDED
