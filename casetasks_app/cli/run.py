"""`casetasks run`: check the settings, prepare the database and the front end, become the server."""

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from casetasks_app import settings
from casetasks_app.cli import build, server
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError


class UnsafeSettings(CaseTasksError):
    """Case Tasks does not start with these settings."""


@dataclass(frozen=True)
class Start:
    """How one start was asked for: where to listen, and whether with the demo organisation."""

    host: str
    port: int
    demo: bool
    data_dir: Path

    def variables(self) -> dict[str, str]:
        """Return the settings that the command line decides for the server process."""
        production = {} if self.demo else {"CASETASKS_PRODUCTION": "true"}
        listen = {"CASETASKS_HOST": self.host, "CASETASKS_PORT": str(self.port)}
        return {**listen, "CASETASKS_DATA_DIR": str(self.data_dir.resolve()), **production}


def refusals(config: settings.Settings, start: Start) -> list[str]:
    """Return why this start must not happen, a sentence each; empty means that it may."""
    if not start.demo:
        return config.problems()
    found: list[str] = []
    if config.production:
        found.append("--demo brings people with known passwords: not with CASETASKS_PRODUCTION.")
    if start.host not in settings.LOOPBACK:
        found.append(f"--demo brings people with known passwords: it listens on 127.0.0.1 only, not on {start.host}.")
    return found


def _run(arguments: Namespace) -> None:
    config = settings.load()
    start = Start(arguments.host or config.host, arguments.port or config.port, arguments.demo, config.data_dir)
    if reasons := refusals(config, start):
        raise UnsafeSettings("\n  - ".join(["Case Tasks does not start:", *reasons]))
    server.require_free(start.host, start.port)
    build.ensure_built()
    _prepare_database()
    _greet(config.model_copy(update={"host": start.host, "port": start.port}), demo=start.demo)
    server.replace_this_process(start.host, start.port, start.variables())


def _prepare_database() -> None:
    from casetasks_app.db import migrate

    settings.load().data_dir.mkdir(parents=True, exist_ok=True)
    if not migrate.is_current():
        print("==> Bringing the database up to date", flush=True)
        migrate.upgrade()


def _greet(config: settings.Settings, *, demo: bool) -> None:
    lines = _demo_sign_ins() if demo else _without_people()
    print(f"\nCase Tasks: {config.url}\n", *lines, sep="\n", flush=True)


def _demo_sign_ins() -> list[str]:
    from casetasks_app import clock, demo
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.process import installed

    installed.load()
    with unit_of_work() as session:
        found = demo.load(session, now=clock.now())
    if not found:
        return ["The database already holds other people; the demo organisation was not loaded.", ""]
    width = max(len(one.email) for one in found)
    rows = [f"  {one.email:<{width}}  {one.password}   {one.role}" for one in found]
    return ["Sign in as one of these (demo data, on this machine only):", *rows, "", "Stop with Ctrl+C.", ""]


def _without_people() -> list[str]:
    import sqlmodel

    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.models import Person

    with unit_of_work.read() as session:
        if session.exec(sqlmodel.select(Person.id).limit(1)).first():
            return []
    return ["Nobody can sign in yet. Add the first administrator: casetasks person add --administrator", ""]


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="with a demo organisation, on this machine only")
    parser.add_argument("--host", help="address to listen on (default: CASETASKS_HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (default: CASETASKS_PORT, 8000)")


COMMANDS = (Command("run", "start the web server; without --demo only with settings fit for production", _run, _arguments),)
