"""What the outbox looks like."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages, routes, shell
from casetasks_app.web.pages.emails import texts
from casetasks_app.web.pages.emails.parts import mail_dialog, mail_table, on_top
from casetasks_app.web.pages.emails.state import Emails
from casetasks_app.web.ui.alerts import empty_state
from casetasks_app.web.ui.buttons import button, link_button
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.refusals import heading_or, unless_refused
from casetasks_app.web.ui.tables import updates_pill

STATE: Any = Emails
"""Its fields are vars here."""


def emails() -> rx.Component:
    """Draw the page."""
    filled = rx.fragment(updates_pill(STATE.pill, Emails.show_new), mail_table(), _further())
    nothing = rx.fragment(updates_pill(STATE.pill, Emails.show_new), empty_state(texts.NONE, texts.NONE_MEANS))
    content = (on_top(), rx.cond(STATE.rows.length() > 0, filled, nothing), mail_dialog())
    try_all = button(texts.TRY_ALL, on_click=Emails.try_all_again, glyph="refresh_cw")
    return shell.page(
        heading_or(STATE.refusal, texts.EMAILS),
        when_loaded(STATE.loaded, unless_refused(STATE.refusal, *content)),
        beside=rx.cond(STATE.loaded & (STATE.failed > 0), try_all, rx.fragment()),
    )


def _further() -> rx.Component:
    first = link_button(texts.FIRST, routes.EMAILS)
    more = link_button(texts.MORE, STATE.more_href)
    return rx.cond(
        (STATE.more_href != "") | ~STATE.is_first,
        rx.el.nav(
            rx.cond(STATE.is_first, rx.fragment(), first),
            rx.cond(STATE.more_href, more, rx.fragment()),
            aria_label=messages.NAV_PAGES,
            class_name="flex gap-2 py-4",
        ),
        rx.fragment(),
    )
