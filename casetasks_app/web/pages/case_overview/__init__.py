"""The overview of a case: its facts, who raised it, its files, and how its tasks stand."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.case_overview.page import case_overview
from casetasks_app.web.pages.case_overview.state import CaseOverview

PAGE = Page(
    route=routes.CASE, component=case_overview, title=CaseOverview.tab_title, on_load=(CaseOverview.open, CaseOverview.watch)
)  # fmt: skip
