"""Statements that are no simple selects: updates whose row count decides, inserts that happen once, selects of columns."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable


def execute(session: orm.Session, statement: Executable) -> sa.Result[Any]:
    """Run a Core statement in the session's transaction, after flushing it; SQLModel's `exec` takes selects of its own only."""
    return session.execute(statement)


def changed(session: orm.Session, statement: sa.Update | sa.Delete, **values: object) -> int:
    """Run a conditional UPDATE or DELETE and return how many rows it changed: the number that decides who was first.

    Objects the session has loaded keep their old values; refresh those that are read afterwards.
    """
    session.flush()
    return session.connection().execute(statement, values).rowcount


def insert(session: orm.Session, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these rows past the ORM, which flushes nothing before; columns that a row leaves out get the model's defaults."""
    session.connection().execute(sa.insert(_table_of(table)), list(rows))


def insert_once(session: orm.Session, table: type[Any], rows: Sequence[Mapping[str, Any]], *, key: str | tuple[str, ...]) -> None:
    """Insert these rows, leaving out those whose `key` (a column or several) is there already, whoever inserts at the same time.

    Past the ORM, which flushes nothing before.
    """
    connection = session.connection()
    made = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = made(_table_of(table)).on_conflict_do_nothing(index_elements=[key] if isinstance(key, str) else key)
    connection.execute(statement, list(rows))


def tuples(session: orm.Session, statement: Executable, **values: object) -> list[tuple[Any, ...]]:
    """Run a select of columns or of several tables and return its rows as plain tuples."""
    return [tuple(row) for row in session.execute(statement, values)]


def looked_up(session: orm.Session, statement: Executable, **values: object) -> list[tuple[Any, ...]]:
    """Run a statement that was prepared once, with these values, past the ORM: a third of the time of `exec`.

    For what is asked again and again: columns only, with `sa.bindparam` where the values go. Unflushed changes are not seen.
    """
    return [tuple(row) for row in session.connection().execute(statement, values)]


def columns(*wanted: Any) -> Any:  # noqa: ANN401  SQLAlchemy's Select of computed columns has no type a checker can follow
    """Begin a select of columns, tables or computed values."""
    return sa.select(*wanted)


def _table_of(model: type[Any]) -> sa.Table:
    return model.__table__
