"""What an address gets under which there is nothing."""

from casetasks_app.web import routes, shell
from casetasks_app.web.page import Page
from casetasks_app.web.pages.not_found.page import TITLE, not_found

PAGE = Page(route=routes.NOT_FOUND, component=not_found, title=shell.title(TITLE))
