"""The start: nothing to look at, it leads to where the person's work is."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.home.page import home
from casetasks_app.web.pages.home.state import Home

PAGE = Page(route=routes.HOME, component=home, title="Case tasks", on_load=(Home.open,))
