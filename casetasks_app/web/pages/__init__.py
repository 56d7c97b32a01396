"""The screens, one folder each; PAGES lists them in the order of the specification."""

from casetasks_app.web.page import Page
from casetasks_app.web.pages import (
    case_history,
    case_overview,
    case_tasks,
    cases,
    close_case,
    emails,
    home,
    my_work,
    not_found,
    raise_case,
    task,
)

PAGES: tuple[Page, ...] = (
    home.PAGE,
    my_work.PAGE,
    cases.PAGE,
    raise_case.PAGE,
    case_overview.PAGE,
    case_tasks.PAGE,
    task.PAGE,
    case_history.PAGE,
    close_case.PAGE,
    emails.PAGE,
    not_found.PAGE,
)
