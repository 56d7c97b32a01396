"""The target block: bar, shape and words, so that colour is never the only sign."""

import reflex as rx

from casetasks_app.web.ui.icons import icon_of
from casetasks_app.web.ui.values import Text, is_set, when

SHAPES = {
    "none": "minus",
    "on track": "clock",
    "soon": "clock_alert",
    "today": "clock_alert",
    "breached": "octagon_alert",
    "met": "check",
    "late": "x",
    "off": "circle_slash",
}


def target_block(state: Text, line1: Text, line2: Text = "", iso: Text = "", *, number: Text = "") -> rx.Component:
    """Draw a target from ready words. `state` is one of SHAPES, `iso` the moment for machines, `number` the task's for tests."""
    first = rx.el.span(icon_of(state, SHAPES, "target"), rx.el.span(line1), class_name="inline-flex items-center gap-1 font-medium")
    first = (
        rx.cond(iso, rx.el.time(first, date_time=iso), first)
        if isinstance(iso, rx.Var)
        else rx.el.time(first, date_time=iso)
        if iso
        else first
    )
    return rx.el.div(
        first,
        rx.el.span(". ", class_name="ct-hidden"),
        when(is_set(line2), rx.el.span(line2, class_name="ct-second block text-ink-muted")),
        class_name="ct-sla",
        data_state=state,
        data_testid="target-" + number,
    )
