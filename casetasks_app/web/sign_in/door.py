"""Signing in and out: the page, the checks one after another, and the cookie."""

import asyncio
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from casetasks_app import clock, settings
from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.people import passwords, rules, service
from casetasks_app.people.service import Browser, SignedIn, TooManyTries, WrongDetails
from casetasks_app.web import endings, gate_settings, routes, visitors

HERE = Path(__file__).parent
CHECKS_AT_ONCE = 2
"""Each password check takes a processor and 64 MB for a moment; strangers must not be able to take all of them."""

_checking = asyncio.Semaphore(CHECKS_AT_ONCE)


async def show(request: Request) -> Response:
    """Draw the page; somebody who is signed in goes straight on."""
    following = routes.local(request.query_params.get("next", routes.HOME))
    if request.scope["visit"].actor is not None:
        return RedirectResponse(following, status_code=303)
    return _page(following, was_signed_out=bool(request.scope["visit"].digest))


async def enter(request: Request) -> Response:
    """Check name and password and start a new sign-in, whatever cookie the browser had."""
    form = parse_qs((await request.body()).decode("utf-8", errors="replace"), keep_blank_values=True)
    following = routes.local(form.get("next", [routes.HOME])[0])
    email = form.get("email", [""])[0][:254]
    try:
        signed_in = await _checked(email, form.get("password", [""])[0], _browser(request))
    except WrongDetails as error:
        return _page(following, email=email, error=error.message, status=401)
    except TooManyTries as error:
        return _page(following, email=email, error=_too_many(error.until), is_throttled=True, status=429)
    except DatabaseBusy:
        return _page(following, email=email, error="The system is busy right now. Try again in a moment.", status=503)
    await _end(request.scope["visit"].digest)
    response = RedirectResponse(following, status_code=303)
    _set_cookie(response, signed_in.token)
    return response


async def leave(request: Request) -> Response:
    """End this sign-in and empty its open pages."""
    await _end(request.scope["visit"].digest)
    return _gone()


async def leave_everywhere(request: Request) -> Response:
    """End every sign-in of this person and empty their open pages."""
    actor = request.scope["visit"].actor
    await endings.empty_tabs(*await unit_of_work.run(service.sign_out_everywhere, person_id=actor.person_id, now=clock.now()))
    return _gone()


async def who_am_i(_request: Request) -> Response:
    """Answer a page that lost its socket: 204 while it is signed in; the gate answers 401 otherwise."""
    return Response(status_code=204)


async def _end(digest: str) -> None:
    if digest:
        await unit_of_work.run(service.sign_out, digest=digest, now=clock.now())
        await endings.empty_tabs(digest)


async def _checked(email: str, password: str, browser: Browser) -> SignedIn:
    address = rules.clean_email(email) or ""
    # Counted and checked in one turn: guesses that arrive together must not all find that there was no failure yet.
    async with _checking:
        now = clock.now()
        await unit_of_work.ask(service.check_throttle, email=address, address=browser.address, now=now)
        person_id, stored = await unit_of_work.ask(service.password_hash_of, email=address)
        is_right = await asyncio.to_thread(passwords.is_right, password, stored)
        if not is_right or person_id is None:
            await unit_of_work.run(service.record_failure, email=address, address=browser.address, now=now)
            raise WrongDetails
    return await unit_of_work.run(service.open_sign_in, person_id=person_id, browser=browser, now=now)


def _browser(request: Request) -> Browser:
    return Browser(address=visitors.address_of(request), name=request.headers.get("user-agent", ""))


def _page(following: str, *, status: int = 200, **shown: object) -> Response:
    facts = {"next": following, "destination": routes.destination(following), "organisation": settings.load().organisation}
    return HTMLResponse(_template().render(**facts, **shown), status_code=status)


@lru_cache(maxsize=1)
def _template():  # noqa: ANN202  jinja2's own type
    return Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True).get_template("page.html")


def _too_many(until: datetime) -> str:
    at = until.astimezone(ZoneInfo(settings.load().time_zone))
    # Rounded up: at the minute shown the next try works.
    shown = at.replace(second=0, microsecond=0).timestamp() + (60 if at.second or at.microsecond else 0)
    return f"Too many tries. You can try again at {datetime.fromtimestamp(shown, at.tzinfo):%H:%M}, or ask your service desk."


def _set_cookie(response: Response, token: str) -> None:
    config = settings.load()
    response.set_cookie(
        gate_settings.cookie_name(config),
        token,
        max_age=config.session_hours * 3600,
        path="/",
        secure=config.is_https,
        httponly=True,
        samesite="lax",
    )


def _gone() -> Response:
    config = settings.load()
    response = RedirectResponse(routes.SIGN_IN, status_code=303, headers={"clear-site-data": '"storage"'})
    response.delete_cookie(gate_settings.cookie_name(config), path="/", secure=config.is_https, httponly=True, samesite="lax")
    return response


def _file(name: str) -> Route:
    async def answer(_request: Request) -> Response:
        return FileResponse(HERE / name)

    return Route(f"{routes.SIGN_IN}/{name}", answer, methods=["GET"])


ROUTES = [
    Route(routes.SIGN_IN, show, methods=["GET"]),
    Route(routes.SIGN_IN, enter, methods=["POST"]),
    Route(routes.SIGN_OUT, leave, methods=["POST"]),
    Route(routes.SIGN_OUT_EVERYWHERE, leave_everywhere, methods=["POST"]),
    Route(routes.WHO_AM_I, who_am_i, methods=["GET"]),
    _file("sign-in.css"),
    _file("sign-in.js"),
]
