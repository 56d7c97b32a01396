"""The database layer on SQLite and PostgreSQL: migrations, transactions, telling what changed."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exc
from sqlmodel import Session, SQLModel, select

from casetasks_app import clock
from casetasks_app.db import engine, migrate
from casetasks_app.db.unit_of_work import touch, unit_of_work
from casetasks_app.models import Person, Team


def test_the_migrations_give_exactly_the_tables_of_the_models(database: str) -> None:
    with engine.current().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)

    assert differences == [], database


def test_one_step_down_and_up_again_leads_to_the_newest_schema(database: str) -> None:
    migrate.downgrade("-1")
    assert not migrate.is_current(), database

    migrate.upgrade()

    assert migrate.is_current()
    assert migrate.newest() == ScriptDirectory.from_config(migrate.config()).get_current_head()


def test_a_unit_of_work_that_fails_leaves_nothing(database: str) -> None:
    with pytest.raises(exc.IntegrityError), unit_of_work() as session:
        session.add(Team(key="a", name="A"))
        session.flush()
        session.add(Team(key="a", name="twice"))

    with unit_of_work.read() as session:
        assert session.exec(select(Team)).all() == [], database


def test_moments_come_back_aware_and_equal(session: Session) -> None:
    now = clock.now()
    session.add(Person(email="a@example.org", name="A", created_at=now))
    session.flush()
    session.expire_all()

    assert session.exec(select(Person.created_at)).one() == now


def test_a_foreign_key_to_nothing_is_refused(database: str) -> None:
    insert = "INSERT INTO holiday (calendar_id, \"on\", name) VALUES (99, '2026-01-01', 'x')"

    with pytest.raises(exc.IntegrityError), unit_of_work() as session:
        session.connection().execute(sa.text(insert))

    assert database


def test_listeners_hear_of_a_commit_and_never_of_a_rollback(database: str) -> None:
    heard: list[set[str]] = []
    stop = unit_of_work.after_commit(lambda topics: heard.append(set(topics)))
    with unit_of_work() as session:
        touch(session, "case:1", "case:2")
    with pytest.raises(exc.IntegrityError), unit_of_work() as session:
        touch(session, "case:3")
        session.add_all([Team(key="a", name="A"), Team(key="a", name="twice")])
    stop()

    assert heard == ([{"case:1", "case:2"}] if database == "sqlite" else [])
