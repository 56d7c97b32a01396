"""The real product for tests: the built front end and the server, in its own process, on a free port."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Generator
from pathlib import Path

from casetasks_app.cli import build, server

STOP_SECONDS = 20


class Running:
    """One running server; it may be stopped, killed and started again on the same port and data."""

    def __init__(self, data_dir: Path, variables: dict[str, str]) -> None:
        """Take the folder of its data and further CASETASKS_… variables; starts nothing yet."""
        self.port = server.free_port()
        self.log = data_dir / "server.log"
        self._variables = {"CASETASKS_DATA_DIR": str(data_dir), **variables}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = server.start(self.port, self._variables, log)
        try:
            server.wait_until_answering(self.process, self.port, seconds=90)
        except server.NotStarted as error:
            self.kill()
            error.add_note(self.log.read_text(encoding="utf-8", errors="replace")[-4000:])
            raise

    def stop(self) -> int:
        """Stop it as a service manager does, with SIGTERM; return the exit code."""
        assert self.process
        self.process.terminate()
        return self.process.wait(timeout=STOP_SECONDS)

    def kill(self) -> None:
        """Kill -9 the server and its worker at once."""
        assert self.process
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=STOP_SECONDS)


@contextlib.contextmanager
def running(data_dir: Path, **variables: str) -> Generator[Running]:
    """Run the product on a migrated database for as long as the context lasts."""
    build.ensure_built()
    one = Running(data_dir, variables)
    one.start()
    try:
        yield one
    finally:
        one.kill()
