"""What may happen to mails on their way (fault plan F3, F5 to F8): short in the test run, long by `make faults`."""

import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP

from casetasks_app import settings
from casetasks_app.mail.facts import MailKind, Recipient
from casetasks_app.models import MailState
from tests.faults.conftest import IS_LONG, KINDS, Report
from tests.integration.mail.conftest import Connect, Office, connect, office
from tests.integration.mail.post_office import PostOffice, Received
from tests.integration.mail.test_sending import rounds

__all__ = ["connect", "office"]

MAILS, SENDERS, CONNECTIONS, KILLS = (6000, 3, 4, 20) if IS_LONG else (150, 2, 2, 5)
LONGEST_SECONDS = 900 if IS_LONG else 120


def desks(office: Office, count: int) -> list[str]:
    recipients = [Recipient(None, f"Desk {number}", f"desk{number}@example.org") for number in range(count)]
    return [queued.address for queued in office.queue(MailKind.TEAM_TASK, to=recipients)]


def states(office: Office) -> Counter[str]:
    return Counter(mail.state.value for mail in office.mails())


def point_at(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("CASETASKS_MAIL_PORT", str(port))
    settings.load.cache_clear()


def start() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.faults.send_until_killed"], stdout=subprocess.DEVNULL)


@pytest.mark.parametrize("database", KINDS, indirect=True)
@pytest.mark.parametrize("kills", [0, KILLS])
def test_killed_senders_lose_nothing_and_double_only_what_was_on_the_wire(
    office: Office, connect: Connect, database: str, kills: int, report: Report
) -> None:  # fmt: skip
    """F3, P6: each kill may double as many mails as the sender has connections, each under the name it had; no kill, no double."""
    server = connect(settings_only={"mail_connections": CONNECTIONS})
    addresses = desks(office, MAILS)

    killed = send_and_kill(office, server, kills)

    assert states(office) == {"sent": MAILS}
    copies = Counter(mail.recipient for mail in server.mails)
    lost, doubles = len(set(addresses) - set(copies)), sum(copies.values()) - len(copies)
    renamed = len({(mail.recipient, mail.message["Message-ID"]) for mail in server.mails}) - len(copies)
    counters = {"lost": lost, f"doubled of at most {CONNECTIONS * killed}": doubles, "doubled under a new Message-ID": renamed}
    report(f"F3 {database}: {MAILS} mails, {SENDERS} senders, {killed} kills", counters)
    assert (lost, renamed, len({mail.message["Message-ID"] for mail in server.mails})) == (0, 0, MAILS)
    assert doubles <= CONNECTIONS * killed


def send_and_kill(office: Office, server: PostOffice, kills: int) -> int:
    """Run the senders until everything is sent, killing one of them now and then; returns how often."""
    chance, killed = random.Random(7), 0
    deadline = time.monotonic() + LONGEST_SECONDS
    with ExitStack() as stack:
        running = [start() for _ in range(SENDERS)]
        stack.callback(lambda: [process.kill() for process in running])
        while len({mail.recipient for mail in server.mails}) < MAILS or states(office) != {"sent": MAILS}:
            assert time.monotonic() < deadline, states(office)
            # Kills are spread over the whole sending, whatever the machine's speed.
            if killed < kills and len(server.mails) > MAILS * (killed + 1) / (kills + 2):
                victim = chance.randrange(SENDERS)
                running[victim].kill()
                running[victim].wait()
                running[victim], killed = start(), killed + 1
            time.sleep(0.05)
    for process in running:
        process.wait()
    assert killed == kills
    return killed


def test_a_server_that_was_down_gets_everything_when_it_is_back(
    office: Office, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """F5: no try is counted against a mail while nothing can leave, and one wait after the return all are delivered."""
    server = connect()
    desks(office, 40)
    point_at(monkeypatch, 1)

    down = rounds(office, *[timedelta(minutes=1)] * 30)
    untouched = {mail.attempts for mail in office.mails()}
    point_at(monkeypatch, server.port)
    [back] = rounds(replace(office, now=office.now + timedelta(minutes=31)))

    assert all(result.problem and not result.sent for result in down)
    assert untouched == {0}
    assert (back.sent, len(server.mails)) == (40, 40)


@dataclass
class Difficult(PostOffice):
    """Greylists every 7th recipient twice, refuses every 20th for good."""

    def recipient_answer(self, address: str) -> str:
        number = int(address.removeprefix("desk").partition("@")[0])
        if number % 20 == 0:
            return "550 5.1.1 No such person"
        return "451 4.7.1 Try later" if number % 7 == 0 and self.tries[address] <= 2 else "250 OK"


def test_greylisting_and_refusals_touch_only_their_own_mails(office: Office, connect: Connect) -> None:
    """F7."""
    server = connect(Difficult())
    count = 800 if IS_LONG else 120
    desks(office, count)

    rounds(office, timedelta(minutes=2), timedelta(minutes=7))

    dead = [mail for mail in office.mails() if mail.state == MailState.DEAD]
    assert len(dead) == count // 20
    assert {mail.attempts for mail in dead} == {1}
    assert states(office) == {"sent": count - count // 20, "dead": count // 20}
    assert len(server.mails) == count - count // 20


@dataclass
class Dropping(PostOffice):
    """Drops the line after accepting every 50th mail."""

    async def content_answer(self, server: SMTP, mail: Received) -> str:
        if len(self.mails) % 50 == 49:
            self.mails.append(mail)
            server.transport.abort()
            return "421 Gone"
        return "250 OK"


def test_a_line_dropped_after_acceptance_costs_at_most_one_copy(office: Office, connect: Connect) -> None:
    """F8."""
    server = connect(Dropping())
    count = 1000 if IS_LONG else 120
    desks(office, count)

    rounds(office, timedelta(minutes=2), timedelta(minutes=7))

    copies = Counter(mail.message["Message-ID"] for mail in server.mails)
    assert states(office) == {"sent": count}
    assert len(copies) == count
    assert sum(copies.values()) - count == len([each for each in copies.values() if each > 1])
