"""Icons: Lucide's shapes by their names, hidden from screen readers because words stand beside them."""

import reflex as rx

from casetasks_app.web.ui.values import Prop

SIZES = {"target": 14, "text": 16, "alert": 20}


def icon(name: str, size: str = "text", **props: Prop) -> rx.Component:
    """Draw an icon that says nothing of its own; give the control a name when no words stand beside it."""
    props.setdefault("class_name", "shrink-0")
    return rx.icon(name, size=SIZES[size], aria_hidden="true", **props)


def icon_of(kind: rx.Var[str] | str, names: dict[str, str], size: str = "text", **props: Prop) -> rx.Component:
    """Draw the icon that belongs to a kind; nothing for a kind that has none. Only the named icons are shipped."""
    if isinstance(kind, str):
        return icon(names[kind], size, **props) if kind in names else rx.fragment()
    cases = [(key, icon(name, size, **props)) for key, name in names.items()]
    return rx.match(kind, *cases, rx.fragment())
