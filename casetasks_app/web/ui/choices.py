"""Fields with given answers: drop-downs, radios and boxes, all native."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from casetasks_app.web.ui.fields import control_props, field_id, group, labelled
from casetasks_app.web.ui.values import Part, Prop, Text, joined


@dataclass(frozen=True)
class Option:
    """One answer on offer; `hint` stands under its label."""

    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


Options = rx.Var[list[Option]] | tuple[Option, ...] | list[Option]


def select_field(name: Text, label: Text, options: Options, *, hint: Text = "", error: Text = "", **props: Prop) -> rx.Component:
    """Draw a drop-down. `value=` is what is chosen when first drawn; `first=` an option for no choice yet.

    Give `on_change` where the choice changes something else on the page.
    """
    first, value = props.pop("first", ""), props.pop("value", "")
    offered = [rx.el.option(first, value="")] if not isinstance(first, str) or first else []
    control = rx.el.select(*offered, *_each(options, _option), name=name, default_value=value, **control_props(name, hint, error), **props)
    return labelled(name, label, control, hint=hint, error=error)


def radios(name: Text, legend: Part, options: Options, *, hint: Text = "", error: Text = "", **more: Prop) -> rx.Component:
    """Draw one choice of a few; the option with `is_chosen` is chosen when first drawn.

    `on_change=` where the choice changes something else on the page; `is_row=True` puts the options beside each other;
    `under=(value, content)` is what one of the options asks further, drawn right under it.
    """
    on_change, under = more.get("on_change"), more.get("under")

    def one(option: Prop, index: Prop) -> rx.Component:
        box = _box("radio", name, option, index, on_change)
        return box if under is None else rx.fragment(box, rx.cond(option.value == under[0], under[1], rx.fragment()))

    offered = _each(options, one)
    if more.get("is_row"):
        offered = [rx.el.div(*offered, class_name="flex flex-wrap gap-x-6")]
    return group(name, legend, *offered, hint=hint, error=error)


def checkboxes(name: Text, legend: Part, options: Options, *, hint: Text = "", error: Text = "") -> rx.Component:
    """Draw any number of choices; the form's answer is a list (`answers_of`)."""

    def one(option: Prop, index: Prop) -> rx.Component:
        return _box("checkbox", name, option, index, None)

    return group(name, legend, *_each(options, one), hint=hint, error=error)


def checkbox(
    name: Text, label: Part, *, checked: bool | rx.Var[bool] = False, value: str = "yes", hint: Text = "", described: Prop = ""
) -> rx.Component:
    """Draw a single box that says yes; with `described`, hint and error are drawn by the caller under these ids."""
    has_hint = not isinstance(hint, str) or bool(hint)
    by = joined(field_id(name), "-hint") if has_hint else described
    props = {"aria_describedby": by} if isinstance(by, rx.Var) or by else {}
    box = rx.el.label(
        rx.el.input(type="checkbox", id=field_id(name), name=name, value=value, default_checked=checked, **props),
        rx.el.span(label),
        class_name="ct-check",
    )
    under = rx.el.p(hint, id=joined(field_id(name), "-hint"), class_name="ct-hint pl-8") if has_hint else rx.fragment()
    return rx.el.div(box, under)


def _option(option: Prop, _index: Prop) -> rx.Component:
    return rx.el.option(option.label, value=option.value)


def _box(kind: str, name: Text, option: Prop, index: Prop, on_change: Prop) -> rx.Component:
    base = joined(field_id(name), "-", index.to_string() if isinstance(index, rx.Var) else str(index))
    props = {} if on_change is None else {"on_change": on_change}
    hint: Any = option.hint
    under = rx.el.span(hint, class_name="ct-hint block") if not isinstance(hint, str) or hint else rx.fragment()
    return rx.el.label(
        rx.el.input(type=kind, id=base, name=name, value=option.value, default_checked=option.is_chosen, **props),
        rx.el.span(option.label, rx.cond(hint, under, rx.fragment()) if isinstance(hint, rx.Var) else under),
        class_name="ct-check",
        html_for=base,
    )


def _each(options: Options, draw: Prop) -> list[Any]:
    if isinstance(options, rx.Var):
        return [rx.foreach(options, draw)]
    return [draw(option, index) for index, option in enumerate(options)]
