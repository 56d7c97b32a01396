"""Files over HTTP: an upload becomes its uploader's draft, a download is an attachment, and only an image is ever drawn."""

import asyncio
import logging
import re
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from casetasks_app import clock
from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.errors import CaseTasksError
from casetasks_app.files import queries, service, store
from casetasks_app.files.service import Place
from casetasks_app.web import routes
from casetasks_app.web.multipart import FileForm

log = logging.getLogger(__name__)

IMAGES = frozenset({"image/jpeg", "image/png"})
DRAFT_KEY = re.compile(r"[A-Za-z0-9:/_-]{1,80}")


async def upload(request: Request) -> Response:
    """Take one file for `?draft=` and answer with what the form then names: id, name and size in words."""
    draft_key = request.query_params.get("draft", "")
    if not DRAFT_KEY.fullmatch(draft_key):
        return JSONResponse({"detail": "This form is out of date. Load the page again."}, status_code=400)
    person_id = request.scope["visit"].actor.person_id
    try:
        present = await unit_of_work.ask(queries.drafts, draft_key=draft_key, person_id=person_id)
        store.check_count(len(present) + 1)
        kept = await _received(FileForm(request))
        file_id = await unit_of_work.run(service.keep, upload=kept, place=Place(draft_key=draft_key), person_id=person_id, now=clock.now())
    except DatabaseBusy:
        raise
    except CaseTasksError as refusal:
        return JSONResponse({"detail": refusal.message}, status_code=422)
    return JSONResponse({"file_id": file_id, "name": kept.name, "size": queries.size_words(kept.size)}, status_code=201)


async def download(request: Request) -> Response:
    """Send a file to somebody who may have it; to everybody else it does not exist."""
    return await _sent(request, "attachment", ())


async def preview(request: Request) -> Response:
    """Send an image to be drawn in a page, to whoever may download it; for any other file there is no preview.

    It was recognised by its first bytes when it arrived, and a browser must take it for nothing else (nosniff).
    """
    return await _sent(request, "inline", IMAGES)


async def _sent(request: Request, how: str, only: Collection[str]) -> Response:
    found = await unit_of_work.ask(queries.download, file_id=request.path_params["file_id"], viewer=request.scope["visit"].actor)
    if found is None or (only and found.media_type not in only):
        return PlainTextResponse("There is nothing here, or you may not see it.", status_code=404)
    own = {"content-security-policy": "sandbox; default-src 'none'", "cache-control": "private, no-store"}
    return FileResponse(found.path, filename=found.name, media_type=found.media_type, content_disposition_type=how, headers=own)


async def _received(form: FileForm) -> store.Upload:
    part: store.Part | None = None
    try:
        async for piece in form.pieces():
            part = part or await asyncio.to_thread(store.Part, form.name)
            await asyncio.to_thread(part.write, piece)
        return await asyncio.to_thread(_whole(part, form.name).finish)
    except BaseException:
        # A connection that broke off as well: nothing half-arrived stays.
        if part is not None:
            part.discard()
        raise


def _whole(part: store.Part | None, name: str) -> store.Part:
    if part is None:
        raise store.Empty(name)
    return part


ROUTES = [
    Route(routes.UPLOAD, upload, methods=["POST"]),
    Route(f"{routes.FILES}/{{file_id}}", download, methods=["GET"]),
    Route(f"{routes.FILES}/{{file_id}}/preview", preview, methods=["GET"]),
]
