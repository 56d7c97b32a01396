"""The frame of the creation dialog: alerts, error summary, the step, what was answered so far, the buttons."""

from typing import Any

import reflex as rx

from casetasks_app.tasks.one_page import ALL
from casetasks_app.web.pages.case_tasks.creation import words
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.pages.case_tasks.creation.steps import FORM_ID, all_form, step_form
from casetasks_app.web.ui import alerts, buttons, dialogs, facts, forms
from casetasks_app.web.ui.facts import ShownFact

DIALOG_ID = "create-dialog"
STATE: Any = Creation
"""Its fields are vars here."""
shown = STATE.shown


def creation_dialog() -> rx.Component:
    """Draw the dialog; closed it is empty."""
    headings = rx.match(shown.step, *words.HEADINGS.items(), "")
    step = rx.el.div(dialogs.step_heading(headings), _step(), key=shown.step, class_name="flex flex-col gap-6")
    return dialogs.stepped_dialog(
        rx.fragment("Create a task", buttons.hidden_text(" on ", STATE.shown.reference)),
        _alerts(),
        forms.error_summary(STATE.errors, STATE.err_seq, summary_id="create-errors"),
        step,
        opened=STATE.is_open,
        on_close=STATE.close,
        step=shown.step,
        about=shown.about,
        progress=shown.progress,
        described=shown.described,
        can_go_back=shown.back_href != "",
        on_back=STATE.back,
        so_far=rx.foreach(shown.so_far, _so_far),
        foot=(_foot(),),
        beside=_style(),
        saved=shown.saved,
        dialog_id=DIALOG_ID,
        fallback="create-task",
    )


def _step() -> rx.Component:
    review = rx.el.div(facts.facts_from(shown.review), rx.el.p(shown.when_created), class_name="flex flex-col gap-4")
    asked = rx.cond(shown.step == ALL, all_form(), step_form())
    return rx.cond(shown.step == "review", review, rx.cond(_is_stuck(), _nothing_usable(), asked))


def _is_stuck() -> rx.Var[bool]:
    return ((shown.step == "type") | (shown.step == ALL)) & shown.type.is_nothing_usable


def _nothing_usable() -> rx.Component:
    return rx.el.div(
        rx.el.p(rx.el.strong(words.NOTHING_USABLE)),
        facts.facts_from(shown.type.unusable),
        buttons.link("Back to tasks", STATE.close_href),
        class_name="flex flex-col gap-3 items-start",
    )


def _alerts() -> rx.Component:
    again = rx.el.button("Start again", type="button", on_click=STATE.start_again, data_mutates="")
    copy = rx.el.button("Copy my text", type="button", data_copy=STATE.unsent)
    close = rx.el.button("Close", type="button", on_click=STATE.close)
    stopped = rx.el.span(rx.cond(STATE.unsent, copy, rx.fragment()), " ", close, class_name="inline-flex gap-3")
    return rx.fragment(
        rx.cond(STATE.blocked, alerts.alert(STATE.blocked, stopped, kind="error"), rx.fragment()),
        rx.cond(STATE.changed, alerts.alert(STATE.changed, kind="warning"), rx.fragment()),
        rx.cond(STATE.continuing, alerts.alert(STATE.continuing, again), rx.fragment()),
        rx.cond(STATE.hint, alerts.alert(STATE.hint), rx.fragment()),
    )


def _so_far(row: rx.Var[ShownFact]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.label, ": ", class_name="text-ink-muted"),
        row.value,
        rx.el.a("Change", buttons.hidden_text(" ", row.about), href=row.change_href, class_name="ct-link ml-2"),
    )


def _foot() -> rx.Component:
    go_on = buttons.button("Continue", look="primary", size="large", type="submit", form=FORM_ID)
    short = buttons.button(_busy("Create now"), size="large", on_click=STATE.create("now"))
    type_step = rx.cond(
        shown.is_single,
        buttons.button(_busy("Create task"), look="primary", size="large", on_click=STATE.create("now"), aria_busy=_is_busy()),
        rx.fragment(rx.cond(shown.can_create_now, short, rx.fragment()), rx.cond(_is_stuck(), rx.fragment(), go_on)),
    )
    mine = buttons.button(words.DO_NOW, size="large", on_click=STATE.create("mine"))
    do_now = rx.cond(shown.can_do_now, mine, rx.fragment())
    review = rx.fragment(
        do_now,
        buttons.button("Create and add another", size="large", on_click=STATE.create("another")),
        buttons.button(
            _busy("Create task"), look="primary", size="large", on_click=STATE.create("reviewed"), aria_busy=_is_busy(), id="create-last"
        ),
    )
    last = buttons.button(_busy("Create task"), look="primary", size="large", type="submit", form=FORM_ID, aria_busy=_is_busy())
    everything = rx.cond(_is_stuck(), rx.fragment(), rx.fragment(do_now, last))
    first = rx.fragment(do_now, type_step)
    foot = rx.match(shown.step, ("type", first), ("review", review), (ALL, everything), go_on)
    return rx.cond(STATE.blocked, rx.fragment(), foot)


def _style() -> rx.Component:
    """Draw the switch between one page and steps; it stands where the answers to come are not decided yet."""
    to_one = buttons.button(words.TO_ONE_PAGE, look="link", size="small", on_click=STATE.ask(True))
    to_steps = buttons.button(words.TO_STEPS, look="link", size="small", on_click=STATE.ask(False))
    return rx.cond(shown.step == ALL, to_steps, rx.cond(shown.step == "type", to_one, rx.fragment()))


def _busy(label: str) -> rx.Var[str]:
    return rx.cond(STATE.is_creating, "Creating task…", label)


def _is_busy() -> rx.Var[str]:
    return rx.cond(STATE.is_creating, "true", "false")
