"""What "Page not found" looks like."""

import reflex as rx

from casetasks_app.web import messages, routes, shell
from casetasks_app.web.case_door import CHECK_ADDRESS, NOT_FOUND

TITLE = NOT_FOUND


def not_found() -> rx.Component:
    """Draw the page."""
    return shell.page(
        TITLE,
        rx.el.p(CHECK_ADDRESS),
        rx.el.p(rx.el.a(messages.MY_WORK, href=routes.MY_WORK, class_name="ct-link")),
        reading=True,
    )
