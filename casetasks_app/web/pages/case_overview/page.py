"""What the overview of a case looks like."""

from typing import Any

import reflex as rx

from casetasks_app.web import shell
from casetasks_app.web.pages.case_overview import texts
from casetasks_app.web.pages.case_overview.parts import ending, files, news, takeover_card, tasks_card
from casetasks_app.web.pages.case_overview.state import CaseOverview
from casetasks_app.web.ui.case_top import case_top
from casetasks_app.web.ui.facts import ShownFact, facts_from
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.refusals import heading_or, unless_refused

STATE: Any = CaseOverview
"""Its fields are vars here."""


def case_overview() -> rx.Component:
    """Draw the page."""
    title = rx.cond(STATE.loaded, heading_or(STATE.refusal, STATE.case.title), texts.CASE)
    return shell.page(
        title,
        when_loaded(STATE.loaded, unless_refused(STATE.refusal, news(), _columns())),
        above=case_top(STATE.bar, loaded=STATE.loaded),
    )


def _columns() -> rx.Component:
    told = rx.el.div(
        ending(),
        _section(texts.ANSWERS, STATE.case.answers, texts.NO_ANSWERS),
        _section(texts.CONTACT, STATE.case.contact, texts.NOBODY_NAMED),
        files(),
        class_name="flex flex-col gap-8 grow min-w-0 max-w-reading",
    )
    beside = rx.el.div(tasks_card(), takeover_card(), class_name="flex flex-col gap-4 w-full lg:w-80 lg:ml-auto shrink-0")
    return rx.el.div(told, beside, class_name="flex flex-col lg:flex-row gap-8 lg:gap-12")


def _section(heading: str, rows: rx.Var[list[ShownFact]], otherwise: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading),
        rx.cond(rows.length() > 0, facts_from(rows), rx.el.p(otherwise, class_name="text-ink-muted")),
        class_name="flex flex-col gap-2",
    )
