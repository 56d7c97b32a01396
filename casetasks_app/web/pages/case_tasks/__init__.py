"""The tasks of a case, and the dialog that creates one."""

from casetasks_app.web import routes
from casetasks_app.web.page import Page
from casetasks_app.web.pages.case_tasks.creation.state import Creation
from casetasks_app.web.pages.case_tasks.export import ROUTES
from casetasks_app.web.pages.case_tasks.page import TITLE, case_tasks
from casetasks_app.web.pages.case_tasks.state import CaseTasks

PAGE = Page(
    route=routes.CASE_TASKS,
    component=case_tasks,
    title=TITLE,
    on_load=(CaseTasks.open, Creation.open, CaseTasks.watch),
    routes=ROUTES,
)
