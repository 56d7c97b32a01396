"""How Alembic reaches our database and our tables."""

from alembic import context
from sqlmodel import SQLModel

from casetasks_app import models
from casetasks_app.db import engine

assert models.Person  # noqa: S101  the import fills the metadata


def run() -> None:
    """Run the asked-for migrations on the configured database, in one transaction."""
    bind = engine.current().execution_options(write=True)
    with bind.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        context.configure(connection=connection, target_metadata=SQLModel.metadata, compare_type=True, render_as_batch=is_sqlite)
        with context.begin_transaction():
            context.run_migrations()


run()
