"""My work: what to do next, what can be claimed, what was asked for, what is done."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.my_work.export import ROUTES
from casetasks_app.web.pages.my_work.page import my_work
from casetasks_app.web.pages.my_work.state import MyWork

PAGE = Page(
    route=routes.MY_WORK,
    component=my_work,
    title=MyWork.tab_title,  # pyright: ignore[reportArgumentType]  a state's field is its var
    on_load=(MyWork.open, MyWork.watch),
    routes=ROUTES,
)
