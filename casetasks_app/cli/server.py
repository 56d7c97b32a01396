"""How the web server is started: granian on the front end built before, one worker, started anew when it dies."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import IO, NoReturn

from casetasks_app.cli import place
from casetasks_app.errors import CaseTasksError
from casetasks_app.web import reflex_internals

APPLICATION = "casetasks_app.casetasks_app:app"
KILL_SECONDS = 10
_POLL_SECONDS = 0.05


class PortTaken(CaseTasksError):
    """The server cannot listen there: the port is in use, or the address is not this machine's."""


class NotStarted(CaseTasksError):
    """The server did not answer in time."""


def command(host: str, port: int) -> list[str]:
    """Return the command line of the server process."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--workers", "1"),
        *("--respawn-failed-workers", "--workers-kill-timeout", str(KILL_SECONDS)),
        *("--host", host, "--port", str(port), APPLICATION),
    ]


def environment(port: int, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the server process: ours, what Reflex must be told, and `changes`."""
    reflex = {
        **reflex_internals.serving_environment(),
        "REFLEX_WEB_WORKDIR": str(place.WEB),
        "REFLEX_DIR": str(place.CACHE),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
    return place.environment({**reflex, "CASETASKS_PORT": str(port), **changes})


def replace_this_process(host: str, port: int, changes: Mapping[str, str]) -> NoReturn:
    """Become the server, so that signals and the exit code are its own; raises PortTaken."""
    require_free(host, port)
    os.chdir(place.require_checkout())
    words = command(host, port)
    sys.stdout.flush()
    os.execve(words[0], words, environment(port, changes))


def start(port: int, changes: Mapping[str, str], log: IO[bytes] | int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start the server on loopback as a child in its own process group, for tests and measurements.

    The bundle must be built and the database migrated. It answers after `wait_until_answering`.
    """
    return subprocess.Popen(
        command("127.0.0.1", port),
        cwd=place.require_checkout(),
        env=environment(port, changes),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def wait_until_answering(process: subprocess.Popen[bytes], port: int, seconds: float = 30) -> None:
    """Return as soon as the server answers HTTP with anything; raises NotStarted."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        if is_answering(port):
            return
        time.sleep(_POLL_SECONDS)
    raise NotStarted


def is_answering(port: int) -> bool:
    """Tell whether something on this port of the loopback answers HTTP."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()


def free_port() -> int:
    """Return a port of the loopback that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def require_free(host: str, port: int) -> None:
    """Raise PortTaken unless this process could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            pass
    except OSError as error:
        msg = f"The server cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}. Another port: --port {port + 1}"
        raise PortTaken(msg) from error
