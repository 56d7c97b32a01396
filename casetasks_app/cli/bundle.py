"""Make the built front end independent of the address it was built for.

The build writes one address into the chunk that tells the browser where the server is. Here that address is
replaced by the page's own, so that one bundle serves every host and port, with or without TLS.
"""

import gzip
import re
from pathlib import Path

from casetasks_app.errors import CaseTasksError

BUILT_FOR = "http://localhost:8000"
_ADDRESS = re.compile(r'"(?P<scheme>http|ws)://localhost:8000(?P<path>[^"]*)"')
_ALSO_QUOTED = str.maketrans({"`": '"', "'": '"'})


class UnknownBundle(CaseTasksError):
    """The built front end does not look as expected: the chunk with the server's address was not found."""


def open_to_any_address(client: Path) -> None:
    """Rewrite the address chunk of a built client and its compressed copy; raises UnknownBundle."""
    chunks = list(client.glob("assets/reflex-env-*.js"))
    if not chunks:
        raise UnknownBundle
    for chunk in chunks:
        rewritten = without_address(chunk.read_text(encoding="utf-8"))
        chunk.write_text(rewritten, encoding="utf-8")
        _replace_compressed(chunk)


def without_address(script: str) -> str:
    """Return the script with each built-in address computed from the page's own; raises UnknownBundle."""
    rewritten, count = _ADDRESS.subn(_from_page, _double_quoted(script))
    if not count or "localhost" in rewritten:
        raise UnknownBundle
    return rewritten


def _double_quoted(script: str) -> str:
    return re.sub(r"""[`'](?:http|ws)://localhost:8000[^`'"]*[`']""", lambda found: found[0].translate(_ALSO_QUOTED), script)


def _from_page(found: re.Match[str]) -> str:
    if found["scheme"] == "ws":  # http… becomes ws…, https… becomes wss…
        return f'"ws"+location.origin.slice(4)+"{found["path"]}"'
    return f'location.origin+"{found["path"]}"'


def _replace_compressed(chunk: Path) -> None:
    # The chunk is a few hundred bytes: a gzip copy is enough, and the standard library has no brotli.
    for suffix in (".br", ".zst", ".gz"):
        compressed = chunk.with_name(chunk.name + suffix)
        was_there = compressed.exists()
        compressed.unlink(missing_ok=True)
        if was_there and suffix == ".gz":
            compressed.write_bytes(gzip.compress(chunk.read_bytes(), mtime=0))
