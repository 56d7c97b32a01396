"""Whose network address something has: the peer's, or behind a reverse proxy of ours what that proxy says of it."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from casetasks_app.settings import Network

FORWARDED = "x-forwarded-for"
Address = IPv4Address | IPv6Address


def real_address(peer: str, forwarded: Sequence[str], proxies: Sequence[Network]) -> str:
    """Return the last address that nobody but a trusted proxy could have written.

    Each proxy adds to the right the address it was asked from; what stands left of an untrusted address is that
    visitor's own invention. Without trusted proxies the header counts for nothing.
    """
    believed = _read(peer)
    for said in reversed([part for line in forwarded for part in line.split(",")]):
        if believed is None or not _is_trusted(believed, proxies):
            break
        before = _read(said)
        if before is None:
            break
        believed = before
    return peer if believed is None else str(believed)


def _is_trusted(address: Address, proxies: Sequence[Network]) -> bool:
    return any(address in each for each in proxies)


def _read(text: str) -> Address | None:
    """Return an address, with or without a port; one of IPv4 in the clothes of IPv6 as what it is."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found
