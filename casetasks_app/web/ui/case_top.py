"""The top of a case's screens, drawn once the case is known."""

import reflex as rx

from casetasks_app.web import messages, routes
from casetasks_app.web.ui.case_frame import CaseBar, case_bar, case_tabs, way_to


def case_top(bar: rx.Var[CaseBar], *, loaded: rx.Var[bool]) -> rx.Component:
    """Draw the way here, the identity bar and the case's parts; nothing of them for a case that stays shut."""
    known = rx.State.is_hydrated & loaded & bar.reference.bool()
    way = way_to(messages.CASES, routes.CASES)
    drawn = rx.el.div(way, case_bar(bar), case_tabs(bar), class_name="flex flex-col gap-4 ct-no-print")
    return rx.cond(known, drawn, rx.fragment())
