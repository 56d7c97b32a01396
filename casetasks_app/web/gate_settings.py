"""What the gate derives from the settings: the origins it knows and the name of its cookie."""

from urllib.parse import urlsplit

from casetasks_app.settings import LOOPBACK, Settings


def origins_of(settings: Settings) -> frozenset[str]:
    """Return the origins whose pages may talk to this installation: its own, on a loopback address under each name of it."""
    address = urlsplit(settings.url)
    own = f"{address.scheme}://{address.netloc}".lower()
    if (address.hostname or "") not in LOOPBACK:
        return frozenset({own})
    port = f":{address.port}" if address.port else ""
    return frozenset({own, *(f"{address.scheme}://{name}{port}" for name in ("localhost", "127.0.0.1", "[::1]"))})


def cookie_name(settings: Settings) -> str:
    """Return the name of the session cookie; with TLS one that browsers let no other host set."""
    return "__Host-sid" if settings.is_https else "sid"
