"""A running server to measure, and how much of the machine it uses."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from bench.office import PASSWORD
from casetasks_app.cli import server
from casetasks_app.web import reflex_internals

MEASURED = "bench.served:app"
PATIENT = {"REFLEX_SOCKET_TIMEOUT": "600s"}
"""A page of a measurement answers no ping while another one has its turn."""


@dataclass
class Running:
    """A server on loopback."""

    port: int
    process: subprocess.Popen[bytes]
    seconds_to_start: float = 0.0

    @property
    def base(self) -> str:
        """Return its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask for a path and return answer and body as they were sent."""
        return self._ask("GET", path, None, headers)

    def sign_in(self, email: str) -> str:
        """Sign somebody in and return the cookie."""
        form = urlencode({"email": email, "password": PASSWORD, "next": "/"}).encode()
        headers = {"origin": self.base, "content-type": "application/x-www-form-urlencoded"}
        answer, body = self._ask("POST", "/sign-in", form, headers)
        cookie = answer.getheader("set-cookie")
        assert cookie, body
        return cookie.partition(";")[0]

    def memory(self) -> int:
        """Return how many bytes of memory its processes hold (proportional set size)."""
        return sum(_memory_of(each) for each in _family(self.process.pid))

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@contextmanager
def running(folder: Path, target: str = MEASURED, *, with_front_end: bool = False, port: int = 0) -> Generator[Running]:
    """Run the product on the database of a folder for as long as the context lasts, on a free port or the one given."""
    port = port or server.free_port()
    parts = reflex_internals.serving_environment(with_front_end=with_front_end)
    environment = server.environment(port, {**parts, **PATIENT, "CASETASKS_DATA_DIR": str(folder)})
    with (folder / "server.log").open("ab") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [*server.command("127.0.0.1", port)[:-1], target],
            env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            server.wait_until_answering(process, port, 60)
            yield Running(port, process, time.perf_counter() - started)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def processes_of(running: Running) -> list[int]:
    """Return the process ids of the server and its worker."""
    return _family(running.process.pid)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def _memory_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
