"""The parts of the overview: what is new, how it ended, files, the Tasks card, taking over."""

from typing import Any

import reflex as rx

from casetasks_app.files.kinds import ENDINGS
from casetasks_app.web import form_messages, messages
from casetasks_app.web.pages.case_overview import texts
from casetasks_app.web.pages.case_overview.state import CaseOverview
from casetasks_app.web.ui.alerts import alert
from casetasks_app.web.ui.buttons import button, link
from casetasks_app.web.ui.facts import facts_from
from casetasks_app.web.ui.target import target_block
from casetasks_app.web.ui.uploads import file_list, uploader

CASE: Any = CaseOverview.case
"""A state’s field is its var."""


def news() -> rx.Component:
    """Draw which tasks raising the case created, until something else happens to it."""
    return rx.cond(CASE.news, alert(CASE.news, dismissible=True), rx.fragment())


def ending() -> rx.Component:
    """Draw outcome and note of a closed case."""
    drawn = rx.el.section(rx.el.h2(texts.ENDED), facts_from(CASE.ending), class_name="flex flex-col gap-2")
    return rx.cond(CASE.ending.length() > 0, drawn, rx.fragment())


def files() -> rx.Component:
    """Draw the files with their downloads, and for the case manager the way to add some."""
    none = rx.el.p(texts.NO_FILES, class_name="text-ink-muted")
    adding = rx.el.fieldset(
        rx.el.legend(texts.ADD_FILES, class_name="font-medium mb-2"),
        rx.el.p(texts.ADD_FILES_HINT, id="f-files-hint", class_name="ct-hint mb-2"),
        uploader(
            "files",
            CASE.upload_url,
            CaseOverview.add_file,
            hint=texts.ADD_FILES_HINT,
            accept=",".join(ENDINGS),
            kinds=form_messages.FILE_KINDS,
            limit=CASE.most_bytes,
        ),
        class_name="ct-no-print mt-2",
    )
    return rx.el.section(
        rx.el.h2(texts.FILES),
        rx.cond(CASE.files.length() > 0, file_list(CASE.files), none),
        rx.cond(CASE.upload_url, adding, rx.fragment()),
        class_name="flex flex-col gap-2",
    )


def tasks_card() -> rx.Component:
    """Draw counts, the next target and the way to the tasks; nothing for a type of case without tasks (B1)."""
    card = CASE.tasks
    following = rx.el.div(
        rx.el.h3(texts.NEXT_TARGET, class_name="text-base"),
        link(card.next_label, card.next_href),
        target_block(card.state, card.line1, card.line2, card.iso),
        class_name="flex flex-col gap-2",
    )
    drawn = _card(
        rx.el.h2(messages.TASKS),
        rx.el.p(card.words, class_name="ct-num"),
        rx.cond(card.next_href, following, rx.fragment()),
        link(card.link, card.href),
    )
    return rx.cond(card.href, drawn, rx.fragment())


def takeover_card() -> rx.Component:
    """Draw who manages the case and the way to take it over, for another manager of its type."""
    drawn = _card(
        rx.el.h2(messages.CASE_MANAGER),
        rx.el.p(CASE.takeover),
        rx.el.p(texts.TAKE_OVER_MORE, class_name="ct-hint"),
        button(texts.TAKE_OVER, on_click=CaseOverview.take_over),
    )
    return rx.cond(CASE.takeover, drawn, rx.fragment())


def _card(*content: rx.Component) -> rx.Component:
    return rx.el.section(*content, class_name="flex flex-col items-start gap-3 p-4 border border-line rounded bg-panel")
