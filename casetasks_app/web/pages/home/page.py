"""What the start looks like for the moment it is seen."""

import reflex as rx

from casetasks_app.web import messages, shell


def home() -> rx.Component:
    """Draw the page."""
    return shell.page(messages.PRODUCT, rx.el.p(messages.LOADING_PAGE))
