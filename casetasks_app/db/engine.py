"""The engine of this process: SQLite by default, PostgreSQL by address, each with the settings that keep data safe."""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from casetasks_app import settings

_SQLITE_PRAGMAS = ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000")


@lru_cache(maxsize=4)
def for_url(url: str, pool: int) -> sa.Engine:
    """Return the engine for a database address; connections are opened at first use, not here."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_size=pool, max_overflow=2, pool_timeout=15)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        url,
        pool_size=pool,
        max_overflow=2,
        pool_timeout=15,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c lock_timeout=15s -c statement_timeout=60s"},
    )


def current() -> sa.Engine:
    """Return the engine of the configured database."""
    config = settings.load()
    return for_url(config.database, config.db_pool)


def to_write() -> sa.Engine:
    """Return the same engine for transactions that will write, on the same connections."""
    return _writing(current())


@lru_cache(maxsize=4)
def _writing(engine: sa.Engine) -> sa.Engine:
    return engine.execution_options(write=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver's own type
    # The driver's own BEGIN is switched off: ours says IMMEDIATE where something will be written.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
