"""Who asks: the person for whom the token of a request stands. Cookies count for nothing here."""

import re

from starlette.background import BackgroundTask
from starlette.requests import Request

from casetasks_app import clock, settings
from casetasks_app.api.problems import NoToken, WrongToken
from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.people import tokens
from casetasks_app.people.addresses import FORWARDED, real_address
from casetasks_app.people.tokens import Holder

_BEARER = re.compile(r"bearer +([\x21-\x7e]{1,200})", re.IGNORECASE)


async def holder_of(request: Request) -> Holder:
    """Return for whom the request's token stands; raises NoToken, WrongToken or TooManyTries."""
    given = request.headers.get("authorization", "")
    if not given:
        raise NoToken
    found = _BEARER.fullmatch(given.strip())
    address, now = _address_of(request), clock.now()
    # What is no token is looked up all the same, so that every wrong one is answered alike and counted.
    text = found[1] if found else given[:200]
    holder = await unit_of_work.ask(tokens.holder, text=text, address=address, now=now)
    if holder is None:
        await unit_of_work.run(tokens.record_failure, text=text, address=address, now=now)
        raise WrongToken
    return holder


def use_of(holder: Holder) -> BackgroundTask | None:
    """Return what notes, once a day and after the answer, that a token is in use."""
    return BackgroundTask(_note, holder.token_id) if holder.is_fresh else None


async def _note(token_id: int) -> None:
    try:
        await unit_of_work.run(tokens.note_use, token_id=token_id, now=clock.now())
    except DatabaseBusy:
        return  # what was asked has been answered; the next use is noted


def _address_of(request: Request) -> str:
    peer = request.client.host if request.client else ""
    return real_address(peer, request.headers.getlist(FORWARDED), settings.load().proxies)
