"""Process pictures over HTTP: drawn for whoever may see the task, an image and never part of a page."""

import re
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.tasks.queries import process
from casetasks_app.web import reflex_internals, routes

COLOURS = ("process-done", "process-open", "process-paper")
OWN = {"content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'", "cache-control": "private, no-store"}
_TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


async def picture(request: Request) -> Response:
    """Send the picture in the colours of `?look=`; to everybody who may not see the task it does not exist."""
    where = request.path_params
    try:
        drawn = await unit_of_work.ask(
            process.picture, reference=where["case_ref"], number=where["task_number"], actor=request.scope["visit"].actor
        )
    except NotFound as refusal:
        return PlainTextResponse(refusal.message, status_code=404)
    look = "dark" if request.query_params.get("look") == "dark" else "light"
    return Response(drawn.replace("<svg ", f'<svg style="{style(look)}" ', 1), media_type="image/svg+xml", headers=OWN)


@lru_cache(maxsize=2)
def style(look: str) -> str:
    """Return the colours of a scheme as one style attribute: an image does not see the page's own."""
    sheet = (reflex_internals.built_pages() / "tokens.css").read_text(encoding="utf-8")
    light, dark = _tokens(sheet, ":root"), _tokens(sheet, ".dark")
    known = {**light, **dark} if look == "dark" else light
    return ";".join(["font-family:system-ui,sans-serif", f"color:{known['ink']}", *[f"--{name}:{known[name]}" for name in COLOURS]])


def _tokens(sheet: str, selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} {{(.*?)^}}", sheet, re.MULTILINE | re.DOTALL)
    return dict(_TOKEN.findall(block[1])) if block else {}


ROUTES = [Route(routes.PROCESS_PICTURE, picture, methods=["GET"])]
