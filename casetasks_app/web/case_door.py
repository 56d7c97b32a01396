"""The door of a case's screens: the case for those who may see it, and for the others a sentence that names nobody's case."""

from casetasks_app import clock
from casetasks_app.cases import access, queries
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.people.rules import Actor
from casetasks_app.web import messages, routes
from casetasks_app.web.ui.alerts import NoticeLink
from casetasks_app.web.ui.refusals import Refusal

NOT_FOUND = "Page not found"
CHECK_ADDRESS = "Check the address. If you followed a link from an email, the task may be on another case."
CANNOT_OPEN = "You cannot open this case"
ONLY_WORKING = "Only people working on the case can see it."
ONLY_TASKS = "You see the tasks of this case that are yours or your team’s, not the case itself."
NOBODY_YET = "nobody yet"
TO_MY_WORK = NoticeLink(messages.MY_WORK, routes.MY_WORK)

PAGE_NOT_FOUND = Refusal(NOT_FOUND, CHECK_ADDRESS, [TO_MY_WORK])


async def knock(path: str, actor: Actor) -> CaseHeader | Refusal:
    """Return the case that an address names, or why it stays shut; for screens that show all of a case."""
    reference = routes.case_in(path)
    try:
        header = await unit_of_work.ask(queries.header, reference=reference, actor=actor, now=clock.now())
    except NotFound:
        return await refusal(reference)
    return header if header.sees_all else _only_tasks(header)


async def refusal(reference: str) -> Refusal:
    """Return what is said to somebody who may not see a case: whom to ask, never what it is about."""
    manager = await unit_of_work.ask(access.manager_of, reference=reference)
    if manager is None:
        return PAGE_NOT_FOUND
    return Refusal(CANNOT_OPEN, f"{ONLY_WORKING} {messages.CASE_MANAGER}: {manager or NOBODY_YET}.", [TO_MY_WORK])


def _only_tasks(header: CaseHeader) -> Refusal:
    tasks = NoticeLink(f"Tasks of {header.reference}", routes.case_tasks(header.reference))
    return Refusal(CANNOT_OPEN, f"{ONLY_TASKS} {messages.CASE_MANAGER}: {header.manager or NOBODY_YET}.", [tasks, TO_MY_WORK])
