"""How many mails a second go through the outbox to a mail server on loopback."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bench import office
from bench.rows import Row
from casetasks_app import clock, settings
from casetasks_app.cli.server import free_port
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.mail import service
from casetasks_app.mail.facts import MailFacts, MailKind, Recipient
from casetasks_app.mail.sender import Sender

MAILS = 1_000
CONNECTIONS = "4"


def outbox(folder: Path) -> Iterator[Row]:
    """Measure queueing and sending."""
    with _mail_server() as port, _sending_to(port), office.database(folder):
        here = office.fill(office.TASKS_A_CASE)
        facts = MailFacts(case_id=here.case_id, case_reference=here.reference, case_type="Housing repair", task_type="Site visit")
        recipients = [Recipient(None, f"Desk {number}", f"desk{number}@example.test") for number in range(MAILS)]
        started = time.perf_counter()
        with unit_of_work() as session:
            service.queue(session, kind=MailKind.TEAM_TASK, recipients=recipients, facts=facts, event="bench", now=clock.now())
        queued = time.perf_counter() - started
        started = time.perf_counter()
        sent = asyncio.run(_send())
        seconds = time.perf_counter() - started
    yield Row("mails queued a second", MAILS / queued, "/s", more_is_better=True)
    note = f"{sent:,} mails, one sender of {CONNECTIONS} connections"
    yield Row("mails sent a second", sent / seconds, "/s", floor="227 /s, 3 senders of 4 connections", more_is_better=True, note=note)


async def _send() -> int:
    sender, sent = Sender(), 0
    while sent < MAILS:
        result = await sender.send_due()
        assert not result.problem, result.problem
        sent += result.sent
    await sender.stop()
    return sent


@contextmanager
def _mail_server() -> Generator[int]:
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"], stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
            return
        time.sleep(0.05)
    raise TimeoutError


@contextmanager
def _sending_to(port: int) -> Generator[None]:
    wanted = {"HOST": "127.0.0.1", "PORT": str(port), "TLS": "none", "CONNECTIONS": CONNECTIONS, "FROM": "case-tasks@example.test"}
    names = {f"CASETASKS_MAIL_{name}": value for name, value in wanted.items()}
    os.environ.update(names)
    settings.load.cache_clear()
    try:
        yield
    finally:
        for name in names:
            del os.environ[name]
        settings.load.cache_clear()
