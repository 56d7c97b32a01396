"""The list of cases: find one, see what is late on it."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.cases.export import ROUTES
from casetasks_app.web.pages.cases.page import cases
from casetasks_app.web.pages.cases.state import Cases

PAGE = Page(
    route=routes.CASES,
    component=cases,
    title=Cases.tab_title,  # pyright: ignore[reportArgumentType]  a state's field is its var
    on_load=(Cases.open, Cases.watch),
    routes=ROUTES,
)
