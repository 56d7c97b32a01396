"""The list of cases as a file: all that match what its address asks for."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from casetasks_app import clock
from casetasks_app.cases import listing
from casetasks_app.cases.listing import CaseRow
from casetasks_app.web import exports, list_messages, routes
from casetasks_app.web.exports import Sheet
from casetasks_app.web.pages.cases import shown


async def export(request: Request) -> Response:
    """Send the cases of the types that the signed-in person manages, and no others."""
    actor, now, wanted = request.scope["visit"].actor, clock.now(), shown.wanted_of(shown.asked_of(request.query_params))
    rows = await exports.asked(listing.every, actor=actor, wanted=wanted, now=now, most=exports.MOST + 1)
    return await exports.answer("cases", Sheet(exports.head(list_messages.CASE_COLUMNS), map(_cells, rows), "cases"), now)


def _cells(row: CaseRow) -> list[str]:
    due, opened = exports.moment(row.next_target_iso), exports.moment(row.opened_iso)
    return [row.reference, row.title, row.type_name, row.status_word, row.open_tasks, due, row.manager, opened]


ROUTES = [Route(f"{routes.EXPORT}{routes.CASES}", export, methods=["GET"])]
