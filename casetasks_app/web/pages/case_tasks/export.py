"""The tasks of a case as a file: the ticked ones, or all that match what the address asks for, folded ones included."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casetasks_app import clock
from casetasks_app.cases import tasks_tab
from casetasks_app.errors import NotFound
from casetasks_app.web import exports, routes
from casetasks_app.web.pages.case_tasks import arranging


async def export(request: Request) -> Response:
    """Send the tasks of the case that the signed-in person may see; to a stranger the case does not exist."""
    reference, now = request.path_params["case_ref"].upper(), clock.now()
    try:
        tab = await exports.asked(tasks_tab.tab, reference=reference, actor=request.scope["visit"].actor, now=now)
    except NotFound:
        return exports.not_found()
    only = set(exports.ticked(request.query_params))
    rows = [row for row in tab.tasks if row.task_id in only] if only else arranging.exported(tab, request.query_params)
    return await exports.answer(f"tasks-{tab.header.reference}", exports.tasks(rows), now)


ROUTES = [Route(f"{routes.EXPORT}{routes.CASES}/{{case_ref}}/tasks", export, methods=["GET"])]
