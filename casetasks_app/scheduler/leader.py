"""Which of several processes runs the jobs: a lock that saves work and guarantees nothing."""

from __future__ import annotations

import asyncio
import fcntl
from typing import IO, TYPE_CHECKING, Any, Protocol

from casetasks_app import settings

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

_KEY = 7_420_311_905
_PATIENCE = 3.0


class Leader(Protocol):
    """A claim to be the one process that runs the jobs."""

    async def acquire(self) -> bool:
        """Try to become the leader; tells whether it worked."""
        ...

    async def is_alive(self) -> bool:
        """Tell whether the claim still holds."""
        ...

    async def release(self) -> None:
        """Let another process lead."""
        ...


class FileLeader:
    """One host: a lock on a file, which the kernel frees when the process dies."""

    def __init__(self, path: Path) -> None:
        """Take the file to lock."""
        self._path = path
        self._file: IO[str] | None = None

    async def acquire(self) -> bool:
        """Lock the file, without waiting."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    async def is_alive(self) -> bool:
        """The kernel keeps the lock as long as the file is open."""
        return self._file is not None

    async def release(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


class PostgresLeader:
    """Many hosts: an advisory lock on a connection of its own, which dies with it."""

    def __init__(self, address: str) -> None:
        """Take the database's address in psycopg's form."""
        self._address = address
        self._connection: psycopg.AsyncConnection[Any] | None = None

    async def acquire(self) -> bool:
        """Take the lock, without waiting for whoever has it."""
        import psycopg  # noqa: PLC0415  an installation on SQLite does without

        connection = await psycopg.AsyncConnection.connect(self._address, autocommit=True, connect_timeout=10)
        row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (_KEY,))).fetchone()
        if row is None or not row[0]:
            await connection.close()
            return False
        self._connection = connection
        return True

    async def is_alive(self) -> bool:
        """Ask the database."""
        import psycopg  # noqa: PLC0415  an installation on SQLite does without

        if self._connection is None:
            return False
        try:
            await asyncio.wait_for(self._connection.execute("SELECT 1"), _PATIENCE)
        except (psycopg.Error, TimeoutError, OSError):
            return False
        return True

    async def release(self) -> None:
        """Close the connection, and with it the lock."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None


def leader() -> Leader:
    """Return the leader that fits the configured database."""
    config = settings.load()
    if config.database.startswith("sqlite"):
        return FileLeader(config.data_dir / "jobs.lock")
    return PostgresLeader(config.database.replace("postgresql+psycopg://", "postgresql://", 1))
