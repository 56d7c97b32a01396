"""One task: what is to be done, what was sent with it, the form of its open step, and everything about it."""

from casetasks_app.web import routes, shell
from casetasks_app.web.page import Page
from casetasks_app.web.pages.task.dialog_state import TaskDialog
from casetasks_app.web.pages.task.page import task
from casetasks_app.web.pages.task.presence_state import TaskPresence
from casetasks_app.web.pages.task.state import TaskView

PAGE = Page(
    route=routes.TASK,
    component=task,
    title=shell.title(TaskView.tab_what, TaskView.tab_where, has_errors=TaskView.errors.length() > 0),
    on_load=(TaskView.open, TaskDialog.open_dialog, TaskView.watch, TaskPresence.attend),
)
