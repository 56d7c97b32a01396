"""My work as a file: the ticked tasks, or all of a view that match what its address asks for."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casetasks_app import clock
from casetasks_app.tasks.queries import exporting
from casetasks_app.tasks.queries.my_work import View, Wanted
from casetasks_app.web import exports, routes
from casetasks_app.web.pages.my_work import asking, texts

_YEARS = range(2000, 9000)


async def export(request: Request) -> Response:
    """Send what the signed-in person sees in the view of `?view=`, and nothing else."""
    actor, now, parameters = request.scope["visit"].actor, clock.now(), request.query_params
    view, only = asking.view_of(parameters.get("view", "")), exports.ticked(parameters)
    if only:
        rows = await exports.asked(exporting.ticked, task_ids=only, actor=actor, now=now)
    else:
        wanted = Wanted(view, choice=asking.asked_of(parameters).choice, since=_moment(parameters.get("since", "")))
        rows = await exports.asked(exporting.matching, actor=actor, wanted=wanted, now=now, most=exports.MOST + 1)
    return await exports.answer(_name(view), exports.tasks(rows), now)


def _name(view: View) -> str:
    return "tasks-" + texts.VIEW_NAMES[view].lower().replace(" ", "-")


def _moment(text: str) -> datetime | None:
    """Since when the page counts news; what is no moment with a zone is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo and found.year in _YEARS else None


ROUTES = [Route(f"{routes.EXPORT}{routes.MY_WORK}", export, methods=["GET"])]
