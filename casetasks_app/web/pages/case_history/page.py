"""What the history of a case looks like."""

from typing import Any

import reflex as rx

from casetasks_app.web import messages, shell
from casetasks_app.web.pages.case_history.shown import VIEWS
from casetasks_app.web.pages.case_history.state import CaseHistory
from casetasks_app.web.ui.alerts import empty_state
from casetasks_app.web.ui.case_frame import views
from casetasks_app.web.ui.case_top import case_top
from casetasks_app.web.ui.histories import timeline
from casetasks_app.web.ui.loading import when_loaded
from casetasks_app.web.ui.pages import page_links
from casetasks_app.web.ui.refusals import heading_or, unless_refused
from casetasks_app.web.ui.tables import updates_pill

STATE: Any = CaseHistory
"""Its fields are vars here."""


def case_history() -> rx.Component:
    """Draw the page."""
    shown = STATE.shown
    happened = rx.cond(shown.nothing, empty_state(shown.nothing), rx.el.div(timeline(shown.days), page_links(shown.under)))
    return shell.page(
        heading_or(STATE.refusal, messages.HISTORY),
        when_loaded(
            STATE.loaded,
            unless_refused(STATE.refusal, views(VIEWS, shown.views), updates_pill(STATE.more, CaseHistory.show_new), happened),
        ),
        above=case_top(STATE.bar, loaded=STATE.loaded),
        reading=True,
    )
