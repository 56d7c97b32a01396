"""A small client that speaks the page's wire protocol, honestly or not."""

import json
import time
import uuid
from collections.abc import Callable
from itertools import count

import websocket

STATE = "reflex___state____state"
VICTIM = f"{STATE}.tests___security___attacked____victim"
_turns = count(1)
ME = f"{STATE}.casetasks_app___web___session____me"


class Tab:
    """One tab: a socket, its token, and all that was sent to it."""

    def __init__(self, base: str, *, cookie: str = "", origin: str | None = None, token: str = "") -> None:
        self.token = token or str(uuid.uuid4())
        self.frames: list[dict] = []
        self.state: dict[str, dict] = {}
        self.is_closed = False
        address = base.replace("http", "ws", 1)
        self.socket = connected(
            f"{address}/_event/?EIO=4&transport=websocket&token={self.token}", base if origin is None else origin, cookie
        )
        try:
            self.socket.recv()
            self.socket.send("40/_event,")
            self._receive(10)
        except BaseException:
            self.socket.shutdown()
            raise

    def load(self, path: str = "/victim") -> None:
        """Do what a page does when it connects."""
        self.send(f"{STATE}.hydrate_and_load", {"vars": {}}, path=path)

    def send(self, name: str, payload: object = None, *, path: str = "/victim") -> None:
        event = {
            "name": name,
            "payload": payload if payload is not None else {},
            "router_data": {"pathname": path, "asPath": path, "query": {}},
        }
        self.raw("42/_event," + json.dumps(["event", event]))

    def raw(self, frame: str) -> None:
        self.socket.send(frame)

    def until(self, is_so: Callable[["Tab"], object], seconds: float = 10) -> bool:
        """Read until something holds of what was sent; False when it did not come to hold in time."""
        end = time.monotonic() + seconds
        while not is_so(self):
            left = end - time.monotonic()
            if left <= 0 or self.is_closed:
                return False
            self._receive(left)
        return True

    def listen(self, seconds: float) -> None:
        """Read whatever comes for a while; who is signed in may be remembered for a second."""
        self.until(lambda _tab: False, seconds)

    def finish(self) -> None:
        """Read on until everything sent before has been handled: a tab's events run one after another."""
        number = next(_turns)
        self.send(f"{VICTIM}.pass_turn", {"number": number})
        assert self.until(lambda tab: tab.var(VICTIM, "turn") == number), self.everything()

    def var(self, state: str, name: str) -> object:
        return self.state.get(state, {}).get(f"{name}_rx_state_")

    def everything(self) -> str:
        return json.dumps(self.frames)

    def close(self) -> None:
        try:
            self.socket.close()
        finally:
            self.socket.shutdown()

    def _receive(self, seconds: float) -> bool:
        self.socket.settimeout(max(seconds, 0.01))
        try:
            frame = self.socket.recv()
        except websocket.WebSocketTimeoutException:
            return False
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            self.is_closed = True
            return False
        if not frame:
            self.is_closed = True
        if frame == "2":
            self.socket.send("3")
        if isinstance(frame, str) and frame.startswith("42/_event,"):
            self._take(json.loads(frame.removeprefix("42/_event,")))
        return bool(frame)

    def _take(self, message: list) -> None:
        update = json.loads(message[1]) if isinstance(message[1], str) and message[1].startswith("{") else message[1]
        if isinstance(update, dict):
            self.frames.append(update)
            for state, changes in (update.get("delta") or {}).items():
                self.state.setdefault(state, {}).update(changes)


def connected(address: str, origin: str, cookie: str) -> websocket.WebSocket:
    """Open a socket, with an empty origin without that header; a refusal leaves nothing open behind."""
    found = websocket.WebSocket()
    found.settimeout(10)
    try:
        found.connect(address, origin=origin or None, suppress_origin=not origin, cookie=cookie or None)
    except (websocket.WebSocketException, OSError):
        found.shutdown()
        raise
    return found
