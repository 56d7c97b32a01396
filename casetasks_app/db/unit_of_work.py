"""One call is one transaction: the only place that commits, and then tells who listens what changed."""

import asyncio
import contextvars
import json
import logging
import threading
from collections.abc import Callable, Collection, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from casetasks_app import settings
from casetasks_app.db import engine as engines
from casetasks_app.db.troubles import TROUBLES, DatabaseBusy, in_words

__all__ = ["DatabaseBusy", "UnitOfWork", "touch", "unit_of_work"]

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Listener = Callable[[Collection[str]], None]

NOTIFY_CHANNEL = "casetasks_live"
_PAYLOAD_LIMIT = 7000
_TOPICS = "topics"

TURN_SECONDS = 15.0
"""How long a writer waits for its turn on SQLite, as long as SQLite itself waits for a writer of another process."""

_turn = threading.Lock()


class UnitOfWork:
    """Opens sessions at the edges: `with unit_of_work() as session`, or `await unit_of_work.run(verb, …)`."""

    def __init__(self) -> None:
        """Start without listeners."""
        self._listeners: list[Listener] = []

    @contextmanager
    def __call__(self) -> Generator[Session]:
        """Give a session that may write; commit at the end, roll back on an error.

        Raises DatabaseBusy when the database stayed locked for the whole waiting time, or cannot be used for another
        reason; NotFound for an id that is too large to be one.
        """
        with _own_turn(), _session(writes=True) as session:
            yield session
            topics = frozenset[str](session.info.pop(_TOPICS, ()))
            _notify(session, topics)
            session.commit()
        if topics and not _is_postgres():
            self.announce(topics)

    @contextmanager
    def read(self) -> Generator[Session]:
        """Give a session for reading only; whatever it changed is dropped."""
        with _session(writes=False) as session:
            yield session

    async def run(self, verb: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out a verb in its own transaction on a worker thread and return its result."""
        return await _on_thread(self._write, _bind(verb, args, kwargs))

    async def ask(self, question: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer a question in a read-only session on a worker thread."""
        return await _on_thread(self._read, _bind(question, args, kwargs))

    def after_commit(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the topics of each commit, on the committing thread; returns how to stop it."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    def announce(self, topics: Collection[str]) -> None:
        """Tell every listener of this process that something under these topics changed."""
        for listener in tuple(self._listeners):
            listener(topics)

    def _write(self, work: Callable[[Session], T]) -> T:
        with self() as session:
            return work(session)

    def _read(self, work: Callable[[Session], T]) -> T:
        with self.read() as session:
            return work(session)


unit_of_work = UnitOfWork()


def touch(session: Session, *topics: str) -> None:
    """Note that this transaction changes something under these topics; told to listeners after the commit."""
    session.info.setdefault(_TOPICS, set()).update(topics)


def _bind(call: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> Callable[[Session], T]:
    return lambda session: call(session, *args, **kwargs)


@contextmanager
def _own_turn() -> Generator[None]:
    """Let one transaction of this process write at a time on SQLite, which has room for one only.

    Here a writer is woken when its turn comes; SQLite would have it look again after ever longer pauses, in no order.
    """
    if _is_postgres():
        yield
        return
    if not _turn.acquire(timeout=TURN_SECONDS):
        log.warning("A writer waited %s s for its turn", TURN_SECONDS)
        raise DatabaseBusy
    try:
        yield
    finally:
        _turn.release()


@contextmanager
def _session(*, writes: bool) -> Generator[Session]:
    with Session(engines.to_write() if writes else engines.current(), expire_on_commit=False) as session:
        try:
            yield session
        except TROUBLES as error:
            trouble = in_words(error)
            if trouble is None:
                raise
            log.warning("%s: %.300s", type(trouble).__name__, error)
            raise trouble from error


def _is_postgres() -> bool:
    return engines.current().dialect.name == "postgresql"


def _notify(session: Session, topics: Collection[str]) -> None:
    if not topics or not _is_postgres():
        return
    payload = json.dumps(sorted(topics))
    if len(payload) > _PAYLOAD_LIMIT:
        payload = json.dumps(["*"])
    session.connection().execute(sa.text("SELECT pg_notify(:channel, :payload)"), {"channel": NOTIFY_CHANNEL, "payload": payload})


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(settings.load().db_pool, thread_name_prefix="db")


async def _on_thread(call: Callable[[Callable[[Session], T]], T], work: Callable[[Session], T]) -> T:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(_threads(), lambda: context.run(call, work))
