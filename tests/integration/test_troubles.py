"""A database that is locked, full or gone, and ids that nothing can have: told in words, nothing half written, then on as before."""

import sqlite3
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Barrier

import psycopg
import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from casetasks_app import settings
from casetasks_app.cases import complete
from casetasks_app.cases import queries as cases
from casetasks_app.db import engine
from casetasks_app.db import unit_of_work as transactions
from casetasks_app.db.troubles import DatabaseBusy, DatabaseFull, DatabaseGone
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.files import service as files
from casetasks_app.models import Task, Team
from casetasks_app.tasks import dialog, hold, uploads
from casetasks_app.tasks.uploads import Question
from casetasks_app.tasks.wanted import TaskRefused
from tests.databases import POSTGRESQL, SQLITE
from tests.factories import NOON, Office, a_task, actor, an_office

TOO_LARGE = 10**30


@pytest.fixture
def office(database: str) -> Office:
    assert database
    with unit_of_work() as session:
        session.add(Team(key="counted", name="Before"))
        return an_office(session)


def impatient(database: str) -> None:
    """Let the one pooled connection wait a moment only, where people would be kept waiting for seconds."""
    wait = "PRAGMA busy_timeout = 50" if database == SQLITE else "SET lock_timeout = '50ms'"
    with engine.current().connect() as connection:
        connection.exec_driver_sql(wait)
        connection.commit()


@contextmanager
def locked_by_another(database: str) -> Generator[None]:
    """Hold what everybody needs, as another program would."""
    if database == SQLITE:
        with closing(sqlite3.connect(settings.load().data_dir / "casetasks.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
        return
    with psycopg.connect(settings.load().database.replace("+psycopg", "")) as other:
        other.execute("SELECT * FROM team FOR UPDATE")
        yield
        other.rollback()


def renamed(session: Session) -> None:
    session.exec(sa.update(Team).where(col(Team.key) == "counted").values(name="After"))


def _rename() -> None:
    with unit_of_work() as session:
        renamed(session)


def name_now() -> str:
    with unit_of_work.read() as session:
        return session.exec(select(Team.name).where(Team.key == "counted")).one()


def test_a_database_that_stays_locked_is_told_in_words_and_readers_go_on(database: str, office: Office) -> None:
    """F10: nothing is written in part, and it works again once the lock is gone."""
    impatient(database)

    with locked_by_another(database):
        with pytest.raises(DatabaseBusy, match=r"busy right now and nothing was saved\."), unit_of_work() as session:
            renamed(session)
        assert name_now() == "Before"

    with unit_of_work() as session:
        renamed(session)
    assert name_now() == "After"


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_who_waits_too_long_for_another_writer_of_this_process_is_told_in_words(
    database: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """F10: on SQLite writers take turns; a turn that does not come ends in the same words."""
    monkeypatch.setattr(transactions, "TURN_SECONDS", 0.01)

    with unit_of_work() as session, ThreadPoolExecutor(1) as another:
        renamed(session)
        waiting = another.submit(_rename)
        with pytest.raises(DatabaseBusy, match="busy right now"):
            waiting.result(timeout=10)

    _rename()
    assert name_now() == "After"


def test_two_that_wait_for_each_other_are_parted_in_words(database: str) -> None:
    """What PostgreSQL calls a deadlock; SQLite lets one after the other in."""
    with unit_of_work() as session:
        session.add_all(Team(key=key, name=key) for key in "ab")
    both_hold_one = Barrier(2)

    def change(first: str, second: str) -> str:
        try:
            with unit_of_work() as session:
                session.exec(sa.update(Team).where(col(Team.key) == first).values(name="changed"))
                if database == POSTGRESQL:
                    both_hold_one.wait(timeout=20)
                session.exec(sa.update(Team).where(col(Team.key) == second).values(name="changed"))
        except DatabaseBusy as trouble:
            return trouble.message.partition(" and ")[0]
        return "done"

    with ThreadPoolExecutor(2) as threads:
        ends = sorted(threads.map(change, "ab", "ba"))

    assert ends == (["The system is busy right now", "done"] if database == POSTGRESQL else ["done", "done"])


@pytest.mark.parametrize("database", [POSTGRESQL], indirect=True)
def test_a_connection_lost_in_the_middle_is_told_and_the_next_one_works(database: str, office: Office) -> None:
    """F12: what was begun is undone by the server, and the pool notices that its connection is dead."""
    with pytest.raises(DatabaseGone, match="cannot be reached right now"), unit_of_work() as session:
        renamed(session)
        mine = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with psycopg.connect(settings.load().database.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))
        renamed(session)

    assert name_now() == "Before", database
    with unit_of_work() as session:
        renamed(session)
    assert name_now() == "After"


@pytest.mark.parametrize("database", [SQLITE], indirect=True)
def test_a_full_disk_is_told_and_everything_can_still_be_read(database: str, office: Office) -> None:
    """F11: SQLite says the same of a disk without room and of a file at its limit."""
    with engine.current().connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DatabaseFull, match="There is no room left"), unit_of_work() as session:
        for _ in range(200):
            a_task(session, office, summary="x" * 4000)

    with unit_of_work.read() as session:
        assert session.exec(select(Task)).all() == [], database
        assert cases.header(session, reference=office.reference, actor=actor(session, office.manager), now=NOON).is_open
    with engine.current().connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
    with unit_of_work() as session:
        assert a_task(session, office).number == 1


def test_an_id_that_is_too_large_to_be_one_finds_nothing(office: Office) -> None:
    """B2, B18, B19: forged ids are refused like those of nothing, on both databases."""
    with unit_of_work() as session:
        manager = actor(session, office.manager)

    for verb in (
        lambda session: hold.claim(session, task_id=TOO_LARGE, actor=manager, now=NOON),
        lambda session: dialog.submit_now(session, case_id=TOO_LARGE, key="x", actor=manager, now=NOON),
        lambda session: cases.checklist(session, case_id=TOO_LARGE, actor=manager, now=NOON),
        lambda session: complete.save_draft(session, task_id=TOO_LARGE, step_id=1, answers={}, actor=manager, now=NOON),
        lambda session: uploads.attach(session, to=Question(1, TOO_LARGE, "files"), file_id="x", actor=manager, now=NOON),
        lambda session: files.remove_draft(session, file_id="x", person_id=TOO_LARGE, now=NOON),
        lambda session: a_task(session, office, task_type_id=TOO_LARGE),
        lambda session: a_task(session, office, team_id=TOO_LARGE),
        lambda session: a_task(session, office, assignee_id=TOO_LARGE),
    ):
        with pytest.raises((NotFound, TaskRefused)), unit_of_work() as session:
            verb(session)
