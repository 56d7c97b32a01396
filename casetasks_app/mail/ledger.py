"""Writes down what the connections do: many of them share one transaction, and none goes on before it is written."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.mail import outbox
from casetasks_app.mail.outbox import Lease, Outcome

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
"""How long to wait before writing again when the database could not take it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    outcome: Outcome | None
    beginning: int | None
    done: "asyncio.Future[bool]"


class Ledger:
    """Takes entries from all connections of one sender."""

    def __init__(self, lease: Lease, now: Callable[[], datetime]) -> None:
        """Take in whose name to write, and where the time comes from."""
        self._lease = lease
        self._now = now
        self._entries: list[_Entry] = []
        self._writing: asyncio.Task[None] | None = None

    async def write(self, outcome: Outcome | None, beginning: int | None) -> bool:
        """Record how the last mail went and mark the next one; returns whether the next may be sent.

        Returns after the transaction was committed. A database that cannot write now is asked again and again:
        what a server has accepted must not be forgotten.
        """
        if outcome is None and beginning is None:
            return False
        entry = _Entry(outcome, beginning, asyncio.get_running_loop().create_future())
        self._entries.append(entry)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="mail-ledger")
        return await asyncio.shield(entry.done)

    async def _write_all(self) -> None:
        while self._entries:
            entries, self._entries = self._entries, []
            try:
                begun = await self._commit(entries)
            except Exception as error:  # noqa: BLE001  handed to everybody who waits for it
                for entry in entries:
                    entry.done.set_exception(error)
                continue
            for entry in entries:
                entry.done.set_result(entry.beginning in begun)
            # Let the connections that were just told come back with their next entry, so that they share it.
            await asyncio.sleep(0)

    async def _commit(self, entries: list[_Entry]) -> set[int]:
        outcomes = [entry.outcome for entry in entries if entry.outcome is not None]
        beginning = [entry.beginning for entry in entries if entry.beginning is not None]
        while True:
            try:
                return await unit_of_work.run(outbox.step, outcomes=outcomes, beginning=beginning, lease=self._lease, now=self._now())
            except DatabaseBusy as error:
                log.warning("The outbox could not be written and is written again: %s", error)
                await asyncio.sleep(PAUSE_SECONDS)
