"""The addresses of ours that are no pages, all behind the gate: health, files, and the way in and out."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from casetasks_app.db.unit_of_work import DatabaseBusy
from casetasks_app.web import file_routes, picture_routes, routes
from casetasks_app.web.sign_in import door


async def up(_request: Request) -> Response:
    """Tell a load balancer that this process answers, and nothing else."""
    return PlainTextResponse("up")


RETRY_AFTER = "5"

ROUTES = [Route(routes.UP, up, methods=["GET"]), *door.ROUTES, *file_routes.ROUTES, *picture_routes.ROUTES]


def application(of_pages: Sequence[Route] = ()) -> Starlette:
    """Return our own routes and those of the pages; Reflex is mounted under them for everything else."""
    return Starlette(routes=[*ROUTES, *of_pages], exception_handlers={DatabaseBusy: busy})


async def busy(_request: Request, trouble: Exception) -> Response:
    """Answer while the database cannot be used: with its words, and when to come again."""
    return JSONResponse({"detail": str(trouble)}, status_code=503, headers={"retry-after": RETRY_AFTER})
