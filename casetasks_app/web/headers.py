"""The headers every answer carries: the content policy computed from the build, and how long a browser may keep what."""

import base64
import hashlib
import re
from http import HTTPStatus
from pathlib import Path

from starlette.types import Message, Send

SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_WITH_SOURCE = re.compile(rb"\ssrc\s*=", re.IGNORECASE)
_DATA_TYPE = re.compile(rb"type\s*=\s*[\"']?(application/(ld\+)?json|speculationrules)", re.IGNORECASE)

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
)
KEEP_FOR_EVER = b"private, max-age=31536000, immutable"
KEEP_NOTHING = b"no-store"
ASK_AGAIN = b"no-cache"


def script_hashes(pages: Path) -> list[str]:
    """Return the policy's names for every inline script of the built pages, each once, in a fixed order."""
    found: set[str] = set()
    for page in pages.rglob("*.html"):
        for script in SCRIPT.finditer(page.read_bytes()):
            attributes = script["attributes"]
            if script["body"] and not _WITH_SOURCE.search(attributes) and not _DATA_TYPE.search(attributes):
                found.add(hash_name(script["body"]))
    return sorted(found)


def hash_name(script: bytes) -> str:
    """Return how a content policy names one inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def content_policy(hashes: list[str]) -> str:
    """Return the policy: our own scripts, no eval, no inline script but the built ones, nothing from elsewhere."""
    # Style attributes are written by the components at run time, so inline styles must stay.
    return "; ".join(
        [
            "default-src 'self'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


class Headers:
    """Adds the headers to each answer; what a route has set itself stays."""

    def __init__(self, policy: str) -> None:
        """Take the content policy of this build."""
        self._always = ((b"content-security-policy", policy.encode()), *ALWAYS)

    def around(self, path: str, send: Send) -> Send:
        """Return a `send` that completes the headers of an answer under this path."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._completed(path, message["status"], list(message["headers"]))}
            await send(message)

        return complete

    def _completed(self, path: str, status: int, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        present = {name.lower() for name, _ in given}
        added = [header for header in self._always if header[0] not in present]
        if b"cache-control" not in present:
            added.append((b"cache-control", _keeping(path, status, given)))
        return [*given, *added]


def _keeping(path: str, status: int, headers: list[tuple[bytes, bytes]]) -> bytes:
    if path.startswith("/assets/") and status == HTTPStatus.OK:
        return KEEP_FOR_EVER
    kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
    return KEEP_NOTHING if status != HTTPStatus.OK or kind.startswith((b"text/html", b"application/json")) else ASK_AGAIN
