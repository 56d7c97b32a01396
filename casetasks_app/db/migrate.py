"""Bring the database to the newest schema; run from code at start, never by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from casetasks_app import settings
from casetasks_app.db import engine

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num"))


def config() -> Config:
    """Return Alembic's configuration for this package's migrations."""
    from alembic.config import Config  # noqa: PLC0415  a start of what is up to date does without

    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.set_main_option("path_separator", "os")
    return made


def upgrade(revision: str = "head") -> None:
    """Migrate the configured database up to `revision`; each step is one transaction."""
    from alembic import command  # noqa: PLC0415  a start of what is up to date does without

    settings.load().data_dir.mkdir(parents=True, exist_ok=True)
    command.upgrade(config(), revision)


def downgrade(revision: str) -> None:
    """Migrate the configured database down to `revision`."""
    from alembic import command  # noqa: PLC0415  a start of what is up to date does without

    command.downgrade(config(), revision)


def is_new() -> bool:
    """Tell whether nothing was ever stored here: there is no SQLite file, or no schema. Looking makes no file."""
    address = sa.make_url(settings.load().database)
    if address.get_backend_name() == "sqlite" and address.database and not Path(address.database).exists():
        return True
    return _current() is None


def is_current() -> bool:
    """Tell whether the configured database has the newest schema."""
    return _current() == newest()


def newest() -> str:
    """Return the newest revision: migrations are called by their number, 0003_attention.py."""
    return max(path.name.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*_*.py"))


def _current() -> str | None:
    with engine.current().connect() as connection:
        if not sa.inspect(connection).has_table(_VERSION.name):
            return None
        return connection.execute(sa.select(_VERSION.c.version_num)).scalar()
