"""Databases for tests: a migrated SQLite file to copy, and a PostgreSQL of our own on a free port."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import psycopg

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs, or None when this machine has none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def kinds() -> list[str]:
    """Return the databases this machine can test on."""
    return [SQLITE, POSTGRESQL] if postgres_programs() else [SQLITE]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def postgres() -> Generator[str]:
    """Run a PostgreSQL server for as long as the context lasts; gives its address without a database name.

    Its folder is not one of the test runner's, which another run on the same machine may tidy away.
    """
    folder = tempfile.TemporaryDirectory(prefix="casetasks-postgres-", ignore_cleanup_errors=True)
    with folder as path, _server(Path(path)) as address:
        yield address


@contextlib.contextmanager
def _server(folder: Path) -> Generator[str]:
    programs = postgres_programs()
    assert programs, "PostgreSQL is not installed"
    as_user = _unprivileged(folder)
    data, port = folder / "data", free_port()
    subprocess.run(
        [*as_user, programs / "initdb", "-D", data, "-U", "casetasks", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=120"
    control = [*as_user, programs / "pg_ctl", "-D", data, "-w", "-t", "60"]
    subprocess.run([*control, "-o", options, "-l", folder / "log", "start"], check=True, capture_output=True, timeout=120)
    try:
        yield f"postgresql://casetasks@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, timeout=60)


@contextlib.contextmanager
def postgres_database(server: str, template: str = "template1") -> Generator[str]:
    """Make a database, copied from a template, and drop it afterwards; gives its address."""
    name = f"t{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _unprivileged(folder: Path) -> list[str]:
    """Return how to run a server as somebody other than root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["runuser", "-u", "postgres", "--"]
