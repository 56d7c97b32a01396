"""Whose network address a request of the sign-in page has."""

from starlette.requests import Request

from casetasks_app import settings
from casetasks_app.people.addresses import FORWARDED, real_address


def address_of(request: Request) -> str:
    """Return the network address of whoever asks, for the throttle of sign-ins; empty for one that is not known."""
    peer = request.client.host if request.client else ""
    return real_address(peer, request.headers.getlist(FORWARDED), settings.load().proxies)
