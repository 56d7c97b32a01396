"""Column types used everywhere: UTC timestamps, enums, JSON."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Stands where a moment is needed for sorting and there is none."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment: `timestamptz` on PostgreSQL, UTC text of fixed width on SQLite (R1)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a programming error."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a moment without a zone cannot be stored"
            raise ValueError(msg)
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Return an aware UTC moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def moment(*, nullable: bool = False) -> Any:  # noqa: ANN401  SQLModel fields are untyped by design
    """Return a field for a moment in UTC."""
    return Field(default=None, sa_type=UtcDateTime, nullable=nullable)  # pyright: ignore[reportCallIssue, reportArgumentType]


def json(default: Any = None) -> Any:  # noqa: ANN401
    """Return a field for JSON; `default` is a factory such as `dict` or `list`, None makes it nullable."""
    column = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    if default is None:
        return Field(default=None, sa_type=column, nullable=True)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return Field(default_factory=default, sa_type=column, nullable=False)  # pyright: ignore[reportCallIssue, reportArgumentType]


def choice(kind: type[StrEnum], default: StrEnum | None = None) -> Any:  # noqa: ANN401
    """Return a field for one of an enum's values, stored as its text and checked by the database."""
    column = sa.Enum(kind, native_enum=False, create_constraint=True, length=20, values_callable=_values)
    if default is None:
        return Field(sa_type=column)  # pyright: ignore[reportCallIssue, reportArgumentType]
    return Field(default=default, sa_type=column)  # pyright: ignore[reportCallIssue, reportArgumentType]


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


def link(table: str, *, nullable: bool = False, index: bool = False, cascade: bool = False) -> Any:  # noqa: ANN401
    """Return a foreign key field to `table.id`."""
    if cascade:
        return Field(default=None, foreign_key=f"{table}.id", nullable=nullable, index=index, ondelete="CASCADE")
    return Field(default=None, foreign_key=f"{table}.id", nullable=nullable, index=index)
