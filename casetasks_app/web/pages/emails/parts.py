"""The parts of the outbox: the sentence on top, the table, and one mail to be read."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages
from casetasks_app.web.pages.emails import texts
from casetasks_app.web.pages.emails.state import Emails
from casetasks_app.web.ui.badges import badge
from casetasks_app.web.ui.buttons import button
from casetasks_app.web.ui.dialogs import dialog, dialog_buttons
from casetasks_app.web.ui.facts import facts_from
from casetasks_app.web.ui.icons import icon
from casetasks_app.web.ui.tables import Column, actions_cell, data_table, row, row_link, rows, second_line
from casetasks_app.web.ui.values import Prop

STATE: Any = Emails
"""Its fields are vars here."""

COLUMNS = (
    Column(texts.WHEN, width="136px"),
    Column(texts.TO),
    Column(texts.ABOUT, width="176px"),
    Column(texts.KIND, width="200px", is_header=True),
    Column(texts.STATE, width="224px"),
    Column(texts.TRIES, width="72px", is_numeric=True),
    Column(messages.ACTIONS, width="120px", is_quiet=True),
)


def on_top() -> rx.Component:
    """Draw whether mails are leaving."""

    def box(kind: str, glyph: str) -> rx.Component:
        said = rx.el.p(rx.el.strong(STATE.bold), " ", STATE.rest)
        return rx.el.div(icon(glyph, "alert", class_name="shrink-0 mt-0.5"), said, class_name="ct-alert", data_kind=kind)

    return rx.cond(STATE.is_in_trouble, box("warning", "triangle_alert"), box("information", "mail"))


def mail_table() -> rx.Component:
    """Draw the mails."""
    return data_table(texts.CAPTION, COLUMNS, rows(STATE.rows, _mail))


def mail_dialog() -> rx.Component:
    """Draw the mail that the address names."""
    mail = STATE.mail
    again = button(texts.TRY_AGAIN, look="primary", on_click=Emails.try_again(mail.failed_id))
    return dialog(
        mail.title,
        facts_from(mail.facts),
        rx.el.section(
            rx.el.h3(texts.TEXT, class_name="ct-hidden"),
            rx.el.p(mail.text, class_name="ct-text break-words border border-line rounded p-4 text-sm", tab_index=0),
        ),
        dialog_buttons(
            button(texts.CLOSE, saves=False, on_click=Emails.close_mail), rx.cond(mail.failed_id > 0, again, rx.fragment())
        ),
        opened=STATE.reading,
        on_close=Emails.close_mail,
        dialog_id="mail",
    )  # fmt: skip


def _mail(mail: Prop) -> rx.Component:
    about = rx.cond(mail.href, rx.el.a(mail.reference, href=mail.href, class_name="ct-link"), rx.el.span(mail.reference))
    again = button(texts.TRY_AGAIN, about=mail.read_about, size="small", on_click=Emails.try_again(mail.mail_id))
    return row(
        COLUMNS,
        rx.el.time(mail.when, date_time=mail.iso, class_name="ct-num"),
        rx.el.div(rx.el.span(mail.recipient), second_line(rx.el.span(mail.address, class_name="break-all"))),
        rx.el.div(about, second_line(rx.el.span(mail.about))),
        row_link(rx.el.span(mail.kind, rx.el.span(" ", mail.read_about, class_name="ct-hidden")), mail.read_href),
        rx.el.div(_state(mail.state), second_line(rx.el.span(mail.problem, class_name="ct-text"))),
        rx.el.span(mail.tries.to_string()),
        actions_cell(rx.cond(mail.may_try, again, rx.fragment())),
        key=mail.mail_id,
        changed=mail.is_changed,
    )


def _state(state: Prop) -> rx.Component:
    plain = "inline-flex items-center gap-1 min-h-6"
    return rx.match(
        state,
        ("Failed", badge("Failed", tone="danger", glyph="octagon_alert")),
        ("Waiting", badge("Waiting", tone="info", glyph="clock")),
        ("Held", badge("Held", glyph="mail")),
        ("Sent", rx.el.span(icon("circle_check", class_name="shrink-0 text-success"), "Sent", class_name=plain)),
        rx.el.span(icon("circle_slash", class_name="shrink-0 text-ink-muted"), state, class_name=plain + " text-ink-muted"),
    )
