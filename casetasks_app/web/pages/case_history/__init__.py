"""The history of a case: what happened, by whom, when and why."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.case_history.page import case_history
from casetasks_app.web.pages.case_history.state import CaseHistory

PAGE = Page(
    route=routes.CASE_HISTORY, component=case_history, title=CaseHistory.tab_title, on_load=(CaseHistory.open, CaseHistory.watch)
)  # fmt: skip
