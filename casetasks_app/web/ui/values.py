"""The kinds of value a part of the kit takes: fixed at build, or a var that the page's state fills."""

from typing import Any

import reflex as rx

Text = str | rx.Var[str]
Flag = bool | rx.Var[bool]
Number = int | rx.Var[int]
Prop = Any
"""An attribute of an element, or something a foreach hands over: fixed, a var, or an event handler."""
Part = rx.Component | str | rx.Var[Any]
"""What may stand inside an element."""


def joined(*parts: Text) -> rx.Var[str]:
    """Return texts and vars as one text."""
    given = [part for part in parts if isinstance(part, rx.Var) or part]
    whole: rx.Var[Any] = rx.Var.create(given[0] if given else "")
    for part in given[1:]:
        whole = whole + part
    return whole.to(str)


def is_set(text: Text) -> bool | rx.Var[bool]:
    """Return whether a text is given; a fixed one is answered at once, so that nothing is drawn for it."""
    return text.bool() if isinstance(text, rx.Var) else bool(text)


def when(condition: bool | rx.Var[bool], shown: rx.Component) -> rx.Component:
    """Draw a part only under a condition, without leaving one for a fixed answer."""
    if isinstance(condition, rx.Var):
        return rx.cond(condition, shown)
    return shown if condition else rx.fragment()


def counted(label: Text, count: Text, words: Text) -> dict[str, Any]:
    """Return the accessible name of a link with a count beside it: "My work, 7 open tasks"; none without a count."""
    return {"aria_label": rx.cond(count, joined(label, ", ", words), label)}
