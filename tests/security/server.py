"""The product in a process of its own, on a free port, with people to sign in as."""

import hashlib
import http.client
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from casetasks_app.web import reflex_internals

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
PEOPLE = {"ana@example.test": "Ana Ruiz", "tom@example.test": "Tom Ellis", "ada@example.test": "Ada Chief", "eve@example.test": "Eve Lost"}

_PREPARE = """
from casetasks_app import clock
from casetasks_app.db import migrate
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import service
migrate.upgrade()
with unit_of_work() as session:
    for email, name in {people!r}.items():
        service.add_person(session, email=email, name=name, password={password!r}, is_administrator=name == "Ada Chief", now=clock.now())
"""


@dataclass
class Answer:
    """An HTTP answer, headers in lower case; `cookies` as sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: list[str] = field(default_factory=list)


@dataclass
class Server:
    """A running product."""

    port: int
    folder: Path
    environment: dict[str, str]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def request(self, method: str, path: str, *, body: bytes | None = None, timeout: float = 15, **headers: str) -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as connection:
            connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
            with connection.getresponse() as response:
                sent = {name.lower(): value for name, value in response.getheaders()}
                return Answer(response.status, sent, response.read(), response.msg.get_all("set-cookie") or [])

    def post(self, path: str, form: dict[str, str], *, cookie: str = "", origin: str | None = None) -> Answer:
        headers = {"origin": self.base if origin is None else origin, "content-type": "application/x-www-form-urlencoded"}
        if cookie:
            headers["cookie"] = cookie
        return self.request("POST", path, body=urlencode(form).encode(), **headers)

    def enter(self, email: str = "ana@example.test") -> str:
        """Sign somebody in as a browser does; gives the cookie."""
        answer = self.post("/sign-in", {"email": email, "password": PASSWORD, "next": "/"})
        assert answer.status == 303, answer.body
        return answer.cookies[0].partition(";")[0]

    def sign_in(self, email: str = "ana@example.test") -> str:
        """Write a sign-in into the database and give its cookie: a password takes long to check, on purpose."""
        token = secrets.token_urlsafe(32)
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}"
        self.change_database(
            "INSERT INTO sign_in (digest, person_id, created_at, last_seen_at, address, browser)"
            " SELECT ?, id, ?, ?, '', '' FROM person WHERE email = ?",
            *(hashlib.sha256(token.encode()).hexdigest(), now, now, email),
        )
        return f"sid={token}"

    def run(self, code: str) -> str:
        """Run a piece of code beside the server, on the same database."""
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def change_database(self, statement: str, *values: str) -> None:
        """Change the database as another program would."""
        with closing(sqlite3.connect(self.folder / "data" / "casetasks.db", timeout=10)) as connection:
            connection.execute(statement, values)
            connection.commit()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(folder: Path, target: str = "tests.security.attacked:app", **changes: str):
    """Start the product without its front end, give it, and stop it."""
    port = free_port()
    environment = {
        **os.environ,
        **reflex_internals.serving_environment(with_front_end=changes.pop("front_end", "") == "yes"),
        "CASETASKS_DATA_DIR": str(folder / "data"),
        "CASETASKS_PORT": str(port),
        "CASETASKS_RUN_JOBS": "false",
        "PYTHONPATH": str(ROOT),
        **changes,
    }
    server = Server(port, folder, environment)
    server.run(_PREPARE.format(people=PEOPLE, password=PASSWORD))
    granian = Path(sys.executable).with_name("granian")
    command = [granian, "--interface", "asgi", "--factory", "--host", "127.0.0.1", "--port", str(port), target]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def _wait_until_up(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            if server.request("GET", "/up").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(server.log)
