"""Empties the outbox: claims what is due, hands it to the SMTP server over a few connections, writes down what came of it."""

import asyncio
import logging
import os
import secrets
import socket
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casetasks_app import clock, settings
from casetasks_app.db.unit_of_work import DatabaseBusy, unit_of_work
from casetasks_app.mail import outbox
from casetasks_app.mail.ledger import Ledger
from casetasks_app.mail.letter import CannotBeWritten, Letter, ReadFile, letter_of, no_file
from casetasks_app.mail.outbox import Lease, Outcome
from casetasks_app.mail.smtp import Answer, Connection, Patience, Verdict
from casetasks_app.models import OutgoingMail

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
CLAIM_PER_CONNECTION = 20
PROBE_AFTER = timedelta(minutes=1)
"""How long nothing is tried after the server could not be used at all; then one mail goes ahead."""
BEAT_EVERY = timedelta(seconds=30)
SHUTDOWN_SECONDS = 30.0


@dataclass(slots=True)
class SendResult:
    """What one round did."""

    sent: int = 0
    put_off: int = 0
    refused: int = 0
    is_held: bool = False
    """There is no server to send to; mails stay in the outbox."""
    problem: str = ""
    """Why no mail can leave at all; empty when mails can."""

    def count(self, answer: Answer) -> None:
        """Add one mail's answer."""
        self.sent += answer.verdict is Verdict.ACCEPTED
        self.put_off += answer.verdict is Verdict.PUT_OFF
        self.refused += answer.verdict is Verdict.REFUSED

    @property
    def has_changes(self) -> bool:
        """Tell whether any mail moved."""
        return bool(self.sent or self.put_off or self.refused)


@dataclass(slots=True)
class _Pile:
    """The mails claimed for the connections of one round."""

    lease: Lease
    limit: int
    now: Callable[[], datetime]
    file: ReadFile
    mails: deque[tuple[int, Letter | Answer]] = field(default_factory=deque[tuple[int, Letter | Answer]])
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    is_closed: bool = False

    async def next(self) -> tuple[int, Letter | Answer] | None:
        async with self.lock:
            if self.is_closed:
                return None
            if not self.mails:
                claimed = await unit_of_work.run(outbox.claim, lease=self.lease, limit=self.limit, now=self.now())
                self.mails.extend(await asyncio.to_thread(_written, claimed, self.file))
            return self.mails.popleft() if self.mails else None


class Sender:
    """The sender of one process: keeps its connections and its knowledge of a broken server from round to round."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = clock.now,
        patience: Patience | None = None,
        lease: timedelta = LEASE,
        file: ReadFile = no_file,
    ) -> None:
        """Take where the time comes from, how long to wait for the server, how long claims last, and how files are read."""
        self._file = file
        self._now = now
        self._patience = patience or Patience()
        self._lease = Lease(f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}", lease)
        self._connections: list[Connection] = []
        self._round = asyncio.Lock()
        self._pile: _Pile | None = None
        self._is_stopping = False
        self._problem = ""
        self._probe_at: datetime | None = None
        self._beaten_at: datetime | None = None
        self._noted = ""

    async def send_due(self) -> SendResult:
        """Send everything that is due now; called every few seconds, safe in many processes at once."""
        async with self._round:
            result = SendResult(is_held=not settings.load().mail_host)
            if not result.is_held and self._may_try() and not self._is_stopping:
                await self._send(result)
            result.problem = self._problem
            await self._beat(result)
            return result

    async def stop(self) -> None:
        """Begin no further mail, let those on the wire finish for up to 30 seconds, give back what was claimed."""
        self._is_stopping = True
        if self._pile is not None:
            self._pile.is_closed = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._round.acquire(), SHUTDOWN_SECONDS)
        await unit_of_work.run(outbox.release, lease=self._lease)
        for connection in self._connections:
            await connection.close()

    def _may_try(self) -> bool:
        """Wait for the probe, but not for one that a clock set back has moved out of sight."""
        return self._probe_at is None or not timedelta(0) < self._probe_at - self._now() <= PROBE_AFTER

    async def _send(self, result: SendResult) -> None:
        config = settings.load()
        while len(self._connections) < config.mail_connections:
            self._connections.append(Connection(config, self._patience))
        for connection in self._connections:
            await connection.close(only_idle=True)
        renewing = asyncio.create_task(self._keep_claims(), name="mail-lease")
        try:
            if self._probe_at is not None:
                await self._use(self._connections[:1], 1, result, most=1)
            if self._probe_at is None:
                await self._use(self._connections, CLAIM_PER_CONNECTION * len(self._connections), result)
        finally:
            renewing.cancel()
            await unit_of_work.run(outbox.release, lease=self._lease)

    async def _use(self, connections: Sequence[Connection], limit: int, result: SendResult, most: int | None = None) -> None:
        pile = self._pile = _Pile(self._lease, limit, self._now, self._file, is_closed=self._is_stopping)
        ledger = Ledger(self._lease, self._now)
        ends = await asyncio.gather(
            *(self._work(connection, pile, ledger, result, most) for connection in connections), return_exceptions=True
        )
        for end in ends:
            if isinstance(end, BaseException):
                raise end

    async def _work(self, connection: Connection, pile: _Pile, ledger: Ledger, result: SendResult, most: int | None) -> None:
        outcome: Outcome | None = None
        tried = 0
        while (most is None or tried < most) and (mail := await pile.next()) is not None:
            mail_id, letter = mail
            may_go = await ledger.write(outcome, mail_id)
            outcome = None
            if not may_go:
                continue
            tried += 1
            answer = letter if isinstance(letter, Answer) else await connection.deliver(letter)
            outcome = Outcome(mail_id, answer)
            result.count(answer)
            self._learn(answer, pile)
        await ledger.write(outcome, None)

    def _learn(self, answer: Answer, pile: _Pile) -> None:
        if answer.verdict is Verdict.CHANNEL:
            pile.is_closed = True
            self._probe_at = self._now() + PROBE_AFTER
            self._problem = f"The mail server cannot be used: {answer.text}"
            log.error("%s", self._problem)
        elif self._probe_at is None:
            return
        elif answer.code is not None:
            log.info("The mail server works again.")
            self._probe_at, self._problem = None, ""
        elif answer.verdict is Verdict.PUT_OFF:
            self._probe_at = self._now() + PROBE_AFTER

    async def _keep_claims(self) -> None:
        while True:
            await asyncio.sleep(self._lease.length.total_seconds() / 4)
            try:
                await unit_of_work.run(outbox.renew, lease=self._lease, now=self._now())
            except DatabaseBusy as error:
                log.warning("The claims on mails could not be renewed: %s", error)

    async def _beat(self, result: SendResult) -> None:
        now = self._now()
        is_fresh = self._beaten_at is not None and timedelta(0) <= now - self._beaten_at < BEAT_EVERY
        if is_fresh and not result.has_changes and result.problem == self._noted:
            return
        self._beaten_at, self._noted = now, result.problem
        await unit_of_work.run(outbox.beat, process=self._lease.owner, note=result.problem, has_changes=result.has_changes, now=now)


def _written(mails: Sequence[OutgoingMail], file: ReadFile) -> list[tuple[int, Letter | Answer]]:
    return [(mail.id or 0, _letter_or_refusal(mail, file)) for mail in mails]


def _letter_or_refusal(mail: OutgoingMail, file: ReadFile) -> Letter | Answer:
    try:
        return letter_of(mail, file)
    except CannotBeWritten as error:
        return Answer(Verdict.REFUSED, None, str(error))
