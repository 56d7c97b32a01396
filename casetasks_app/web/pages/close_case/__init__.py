"""Closing a case: the checklist of what is left, and when nothing is, outcome and note."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.close_case.page import close_case
from casetasks_app.web.pages.close_case.state import CloseCase

PAGE = Page(route=routes.CLOSE_CASE, component=close_case, title=CloseCase.tab_title, on_load=(CloseCase.open, CloseCase.watch))
