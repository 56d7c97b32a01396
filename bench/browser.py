"""A browser tab without a browser: opens a page, sends its events, and says how long the answers took."""

import time
from collections.abc import Callable
from contextlib import suppress

import websocket

from bench.server import Running
from casetasks_app.web.ui.shell_state import Shell
from tests.security.client import Tab

SHELL = Shell.get_full_name()
QUIET_SECONDS = 0.3


class Page(Tab):
    """One open page of one person."""

    def __init__(self, server: Running, cookie: str, path: str, token: str = "") -> None:
        """Connect, as a new tab or as the one that has this token; the page is loaded by `open`."""
        super().__init__(server.base, cookie=cookie, token=token)
        self.path = path

    def open(self, state: str, seconds: float = 30) -> float:
        """Load the page and return how many seconds it took until its state says that it is loaded."""
        started = time.perf_counter()
        self.load(self.path)
        assert self.until(lambda tab: tab.var(state, "loaded"), seconds), self.everything()[-2000:]
        return time.perf_counter() - started

    def timed(self, event: str, payload: dict[str, object], is_answered: Callable[["Page"], object]) -> float:
        """Send an event and return how many seconds it took until what was sent back holds."""
        self.frames.clear()
        started = time.perf_counter()
        self.send(event, payload, path=self.path)
        assert self.until(is_answered, 30), self.everything()[-2000:]  # pyright: ignore[reportArgumentType]
        return time.perf_counter() - started

    def has_changed(self, state: str, name: str) -> bool:
        """Tell whether a var of a state was sent since the last event."""
        return any(f"{name}_rx_state_" in (frame.get("delta") or {}).get(state, {}) for frame in self.frames)

    def calm_down(self) -> None:
        """Read whatever is still on its way."""
        while self._receive(QUIET_SECONDS):
            pass

    def leave(self) -> None:
        """Close the tab."""
        with suppress(OSError, websocket.WebSocketException):
            self.close()
