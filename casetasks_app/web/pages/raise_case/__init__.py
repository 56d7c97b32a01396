"""Raising a case: its type, its form, who it came from, and the files that came with it."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.raise_case.page import raise_case
from casetasks_app.web.pages.raise_case.state import RaiseCase

PAGE = Page(
    route=routes.RAISE_CASE,
    component=raise_case,
    title=RaiseCase.tab_title,  # pyright: ignore[reportArgumentType]  a state's field is its var
    on_load=(RaiseCase.open,),
)
