"""Fields of a form: label above, hint, error and control tied together. All keep what is typed in the browser."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.ui.browser import CharacterCount
from casetasks_app.web.ui.values import Part, Prop, Text, is_set, joined, when

COUNTER = {"oneLeft": messages.ONE_LEFT, "left": messages.LEFT, "oneOver": messages.ONE_OVER, "over": messages.OVER}


def field_id(name: Text) -> Text:
    """Return the id of a field's control; never its name, because forms are also read by id."""
    return f"f-{name}" if isinstance(name, str) else joined("f-", name)


def text_field(name: Text, label: Text, *, hint: Text = "", error: Text = "", value: Text = "", **props: Prop) -> rx.Component:
    """Draw a single-line field; `value` is what stands in it when it is first drawn."""
    props.setdefault("type", "text")
    control = rx.el.input(name=name, default_value=value, **control_props(name, hint, error), **props)
    return labelled(name, label, control, hint=hint, error=error)


def number_field(name: Text, label: Text, *, hint: Text = "", error: Text = "", value: Text = "", **props: Prop) -> rx.Component:
    """Draw a field for a number: a text, so that whatever is typed reaches the server and is refused in words."""
    props = {"input_mode": "decimal", "auto_complete": "off", "style": {"maxWidth": "12rem"}, **props}
    return text_field(name, label, hint=hint, error=error, value=value, **props)


def date_field(name: Text, label: Text, *, hint: Text = "", error: Text = "", value: Text = "", with_time: bool = False) -> rx.Component:
    """Draw a date, or a date and time; the answer is ISO text."""
    kind = "datetime-local" if with_time else "date"
    return text_field(name, label, hint=hint, error=error, value=value, type=kind, style={"maxWidth": "16rem"})


def long_text_field(
    name: Text, label: Text, *, hint: Text = "", error: Text = "", value: Text = "", limit: int | rx.Var[int] = 0
) -> rx.Component:
    """Draw a field of several lines; with a limit it counts down, and typing over it is allowed."""
    control = rx.el.textarea(name=name, default_value=value, **control_props(name, hint, error))
    counted = CharacterCount.create(control=field_id(name), limit=limit, words=COUNTER)
    return labelled(name, label, rx.fragment(control, when(limit > 0, counted)), hint=hint, error=error)


def labelled(name: Text, label: Text, control: rx.Component, *, hint: Text = "", error: Text = "") -> rx.Component:
    """Draw a control of one's own under a label, with hint and error."""
    return rx.el.div(
        rx.el.label(label, html_for=field_id(name), class_name="font-medium"),
        *hint_and_error(name, hint, error),
        control,
        class_name="ct-field flex flex-col gap-2",
        data_invalid=_invalid(error),
    )


def group(name: Text, legend: Part, *controls: rx.Component, hint: Text = "", error: Text = "") -> rx.Component:
    """Draw controls that answer one question together; the id leads focus to the first of them."""
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="font-medium mb-2"),
        *hint_and_error(name, hint, error),
        *controls,
        id=field_id(name),
        aria_describedby=described_by(name, hint, error),
        class_name="ct-field flex flex-col",
        data_invalid=_invalid(error),
    )


def hint_and_error(name: Text, hint: Text, error: Text) -> list[rx.Component]:
    """Return the two lines between a label and its control."""
    said = rx.el.p(
        rx.el.span(f"{messages.ERROR}: ", class_name="ct-hidden"), error, id=joined(field_id(name), "-error"), class_name="ct-error"
    )
    helped = rx.el.p(hint, id=joined(field_id(name), "-hint"), class_name="ct-hint")
    return [when(is_set(hint), helped), when(is_set(error), said)]


def described_by(name: Text, hint: Text, error: Text) -> Prop:
    """Return the ids of hint and error, as far as they are drawn."""
    base = field_id(name)
    hint_id, error_id = joined(base, "-hint"), joined(base, "-error")
    hinted = rx.cond(is_set(hint), hint_id, "") if isinstance(hint, rx.Var) else hint_id if hint else ""
    if not isinstance(error, rx.Var):
        return joined(hinted, " ", error_id) if error else hinted
    return rx.cond(is_set(error), joined(hinted, " ", error_id), hinted)


def control_props(name: Text, hint: Text, error: Text) -> dict[str, Any]:
    """Return what ties a control to its label, hint and error."""
    return {
        "id": field_id(name),
        "class_name": "ct-control",
        "aria_invalid": _invalid(error),
        "aria_describedby": described_by(name, hint, error),
    }


def _invalid(error: Text) -> Prop:
    return rx.cond(is_set(error), "true", "false") if isinstance(error, rx.Var) else str(bool(error)).lower()
