"""From a commit to a watcher: in this process, between processes, and after the bridge was cut."""

import asyncio

import psycopg
import pytest
from sqlmodel import Session

from casetasks_app import settings
from casetasks_app.db.unit_of_work import touch, unit_of_work
from casetasks_app.live import bridge
from casetasks_app.live.hub import Hub
from tests import databases


def _change(session: Session, *, topic: str) -> None:
    touch(session, topic)


def _fail(session: Session, *, topic: str) -> None:
    touch(session, topic)
    raise RuntimeError


async def _is_up(hub: Hub, kind: str) -> None:
    # The listener says that everything may have changed once it listens.
    if kind == databases.POSTGRESQL:
        with hub.watch("up") as watch:
            assert await watch.changed(within=10)


async def test_a_commit_wakes_whoever_watches_its_topic(database):
    hub = Hub()
    async with bridge.listening(hub):
        await _is_up(hub, database)
        with hub.watch("case:1") as watch:
            await unit_of_work.run(_change, topic="case:1")

            assert await watch.changed(within=2) == {"case:1"}


async def test_what_was_rolled_back_wakes_nobody(database):
    hub = Hub()
    async with bridge.listening(hub):
        await _is_up(hub, database)
        with hub.watch("case:1", "case:2") as watch:
            with pytest.raises(RuntimeError):
                await unit_of_work.run(_fail, topic="case:1")
            await unit_of_work.run(_change, topic="case:2")

            assert await watch.changed(within=2) == {"case:2"}


async def test_after_the_end_nothing_is_listened_to_any_more(database):
    hub = Hub()
    async with bridge.listening(hub):
        pass

    with hub.watch("case:1") as watch:
        await unit_of_work.run(_change, topic="case:1")

        assert await watch.changed(within=0.1) == frozenset()


async def test_a_bridge_that_was_cut_comes_back_and_makes_good_what_was_missed(database, monkeypatch):
    if database != databases.POSTGRESQL:
        pytest.skip("only PostgreSQL has a bridge between processes")
    monkeypatch.setattr(bridge, "RETRY_SECONDS", 0.05)
    hub = Hub()
    async with bridge.listening(hub):
        await _is_up(hub, database)
        with hub.watch("case:1") as watch:
            await asyncio.to_thread(_cut)

            assert await watch.changed(within=10) == {"case:1"}
            await unit_of_work.run(_change, topic="case:1")
            assert await watch.changed(within=2) == {"case:1"}


def _cut() -> None:
    with psycopg.connect(settings.load().database.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
