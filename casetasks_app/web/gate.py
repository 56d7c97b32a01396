"""The gate: nothing reaches Reflex, a file or a route of ours without a sign-in, a known origin and a bounded body."""

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers as RequestHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casetasks_app.db.unit_of_work import DatabaseBusy
from casetasks_app.people.rules import Actor
from casetasks_app.people.service import digest_of
from casetasks_app.settings import Settings
from casetasks_app.web import reflex_internals, routes
from casetasks_app.web.gate_settings import cookie_name, origins_of
from casetasks_app.web.guard import SESSION_SCHEME
from casetasks_app.web.headers import Headers
from casetasks_app.web.limits import Limits, Usage
from casetasks_app.web.signed_in import signed_in, tabs

log = logging.getLogger(__name__)

SAFE = frozenset({"GET", "HEAD"})
_LOOKS = frozenset(
    {routes.SIGN_IN, routes.UP, "/sign-in/sign-in.css", "/sign-in/sign-in.js", "/tokens.css", "/favicon.svg", "/favicon.ico"}
)
PUBLIC = {"GET": _LOOKS, "HEAD": _LOOKS, "POST": frozenset({routes.SIGN_IN, routes.SIGN_OUT})}
"""What a stranger may ask for; everything else needs a sign-in."""

MAX_BODY = 64 * 1024
MEGABYTE = 1024 * 1024
REFUSED = 4401
TAB_TOKEN = re.compile(r"[A-Za-z0-9-]{16,64}")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who asks: the digest of their cookie and, when that is a living sign-in, the person."""

    digest: str
    actor: Actor | None


class Gate:
    """Wraps the whole application; see docs/decisions/0010 and the tests in tests/security."""

    def __init__(
        self, app: ASGIApp, *, settings: Settings, headers: Headers, limits: Limits, apart: Mapping[str, ASGIApp] | None = None
    ) -> None:  # fmt: skip
        """Stand before `app`; what is `apart` has a door of its own, under the prefix that it is named by."""
        self._app = app
        self._apart = apart or {}
        self._origins = origins_of(settings)
        self._cookie = cookie_name(settings)
        self._headers = headers
        self._usage = Usage(limits)
        self._bodies: Mapping[str, int] = {routes.UPLOAD: (settings.max_file_mb * settings.max_files + 1) * MEGABYTE}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            handler = self._own_door(scope["path"]) or self._request
            await handler(scope, receive, self._headers.around(scope["path"], send))
        else:
            await self._app(scope, receive, send)

    def _own_door(self, path: str) -> ASGIApp | None:
        app = next((app for prefix, app in self._apart.items() if path == prefix or path.startswith(f"{prefix}/")), None)
        return without_cookies(app) if app else None

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = RequestHeaders(scope=scope)
        try:
            visit = await self._visit(headers)
        except DatabaseBusy as trouble:
            await PlainTextResponse(str(trouble), status_code=503, headers={"retry-after": "5"})(scope, receive, send)
            return
        refusal = self._refusal(scope, headers, visit)
        await (refusal or self._app)(_inside(scope, visit), receive, send)

    def _refusal(self, scope: Scope, headers: RequestHeaders, visit: Visit) -> Response | None:
        method, path = scope["method"], scope["path"]
        if method not in SAFE:
            unsafe = self._unsafe(path, headers)
            if unsafe is not None:
                return unsafe
        if visit.actor is not None or path in PUBLIC.get(method, ()):
            return _no_framework_upload(path)
        if method in SAFE and _is_navigation(headers):
            return RedirectResponse(routes.sign_in(_wanted(scope)), status_code=303)
        return PlainTextResponse("Sign in first.", status_code=401)

    def _unsafe(self, path: str, headers: RequestHeaders) -> Response | None:
        if headers.get("origin") not in self._origins:
            return PlainTextResponse("This request came from another site.", status_code=403)
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("The length of the content is missing.", status_code=411)
        if int(length) > self._bodies.get(path, MAX_BODY):
            return PlainTextResponse("The content is too large.", status_code=413)
        return None

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = RequestHeaders(scope=scope)
        visit = await self._visit(headers)
        token = _tab_token(scope)
        is_ours = headers.get("origin") in self._origins and visit.actor is not None and bool(token)
        if not is_ours or not await _may_use(token, visit.digest) or not self._usage.may_connect(visit.digest):
            await _refuse_socket(receive, send)
            return
        tabs.bind(token, visit.digest)
        try:
            await self._app(_inside(scope, visit), self._usage.slowed(visit.digest, receive, send), send)
        finally:
            self._usage.closed(visit.digest)

    async def _visit(self, headers: RequestHeaders) -> Visit:
        token = cookie_in(headers.get("cookie", ""), self._cookie)
        digest = digest_of(token) if token else ""
        return Visit(digest, await signed_in.find_in_use(digest))


def cookie_in(header: str, name: str) -> str:
    """Return a cookie's value from the header of a request; empty when it is not there."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def without_cookies(app: ASGIApp) -> ASGIApp:
    """Return an application that never sees a cookie: what a browser adds by itself opens nothing behind its own door."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [header for header in scope["headers"] if header[0].lower() != b"cookie"]
        await app({**scope, "headers": headers}, receive, send)

    return answer


def _inside(scope: Scope, visit: Visit) -> Scope:
    # Reflex never sees the cookie, so neither its memory nor its logs hold a usable key; the digest is none.
    hidden = {b"authorization", b"cookie"}
    headers = [header for header in scope["headers"] if header[0].lower() not in hidden]
    if visit.actor is not None:
        headers.append((b"authorization", f"{SESSION_SCHEME}{visit.digest}".encode()))
    return {**scope, "headers": headers, "visit": visit}


def _no_framework_upload(path: str) -> Response | None:
    if path == reflex_internals.UPLOAD_PATH or path.startswith(reflex_internals.UPLOAD_PATH + "/"):
        return PlainTextResponse("There is nothing here.", status_code=404)
    return None


def _is_navigation(headers: RequestHeaders) -> bool:
    return headers.get("sec-fetch-mode", "navigate") == "navigate" and "text/html" in headers.get("accept", "")


def _wanted(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return routes.local(scope["path"] + (f"?{query}" if query else ""))


def _tab_token(scope: Scope) -> str:
    if not scope["path"].startswith(reflex_internals.EVENT_PATH):
        return ""
    given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [])
    return given[0] if len(given) == 1 and TAB_TOKEN.fullmatch(given[0]) else ""


async def _may_use(token: str, digest: str) -> bool:
    owner = tabs.digest_of(token)
    return not owner or owner == digest or await signed_in.find(owner) is None


async def _refuse_socket(receive: Receive, send: Send) -> None:
    message: Message = await receive()
    if message["type"] == "websocket.connect":
        await send({"type": "websocket.close", "code": REFUSED})
    await asyncio.sleep(0)
