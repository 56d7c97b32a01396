"""The sender against a real SMTP server on loopback."""

import asyncio
import itertools
from dataclasses import dataclass
from datetime import timedelta

from aiosmtpd.smtp import SMTP
from sqlmodel import select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.history.queries import entry_of
from casetasks_app.history.service import Happened
from casetasks_app.mail import outbox, service
from casetasks_app.mail.facts import MailKind, Recipient
from casetasks_app.mail.outbox import Lease
from casetasks_app.mail.sender import Sender, SendResult
from casetasks_app.mail.smtp import Patience
from casetasks_app.models import Heartbeat, HistoryEntry, MailState
from tests.integration.mail.conftest import Connect, Office
from tests.integration.mail.post_office import PostOffice, Received

SHORT = Patience(connect=2, command=1, data=1)


def desk(number: int) -> Recipient:
    return Recipient(None, f"Desk {number}", f"desk{number}@example.org")


def rounds(office: Office, *after: timedelta) -> list[SendResult]:
    """Run one sender for a round at once and one after each of these lengths of time."""

    async def run() -> list[SendResult]:
        moments = itertools.accumulate(after, lambda at, length: at + length, initial=office.now)
        clock = [office.now]
        sender = Sender(now=lambda: clock[0], patience=SHORT)
        results: list[SendResult] = []
        for clock[0] in moments:
            results += [await sender.send_due()]
        await sender.stop()
        return results

    return asyncio.run(run())


def test_a_mail_arrives_as_it_was_written(office: Office, connect: Connect) -> None:
    server = connect()
    office.queue(MailKind.ASSIGNED)

    [result] = rounds(office)

    [message], [mail] = server.to("tom@example.org"), office.mails()
    assert (result.sent, result.problem, mail.state, mail.attempts, mail.last_code) == (1, "", MailState.SENT, 1, 250)
    assert message["Subject"] == mail.subject
    assert message["From"] == '"Case tasks, Example Council" <tasks@council.example>'
    assert (message["Message-ID"], message["Reply-To"]) == (mail.message_id, "priya.shah@example.gov.uk")
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == mail.text
    assert message.get_body(("html",)).get_content().replace("\r\n", "\n") == mail.html
    assert server.mails[0].sender == "tasks@council.example"


def test_without_a_server_mails_are_held(office: Office) -> None:
    office.queue()

    [result] = rounds(office)

    assert result.is_held
    assert [mail.state for mail in office.mails()] == [MailState.PENDING]


def test_many_mails_go_over_few_connections_and_each_arrives_once(office: Office, connect: Connect) -> None:
    server = connect()
    office.queue(to=[desk(number) for number in range(150)])

    [result] = rounds(office)

    assert result.sent == 150
    assert sorted(server.tries.values()) == [1] * 150
    assert server.connections <= 4
    with unit_of_work.read() as session:
        assert session.get_one(Heartbeat, outbox.JOB).at == office.now


@dataclass
class Picky(PostOffice):
    """Refuses one recipient for good, puts another off twice."""

    def recipient_answer(self, address: str) -> str:
        if address == "desk1@example.org":
            return "550 5.1.1 No such person"
        is_early = address == "desk2@example.org" and self.tries[address] <= 2
        return "451 4.7.1 Greylisted, try later" if is_early else "250 OK"


def test_a_refused_recipient_is_dead_at_once_and_others_are_not_affected(office: Office, connect: Connect) -> None:
    server = connect(Picky())
    office.queue(to=[desk(number) for number in range(4)])

    rounds(office, timedelta(minutes=2), timedelta(minutes=7))

    by_desk = {mail.to_address[4]: mail for mail in office.mails()}
    assert (by_desk["1"].state, by_desk["1"].attempts, by_desk["1"].last_error) == (MailState.DEAD, 1, "550 5.1.1 No such person")
    assert (by_desk["2"].state, by_desk["2"].attempts) == (MailState.SENT, 3)
    assert [len(server.to(f"desk{number}@example.org")) for number in range(4)] == [1, 0, 1, 1]
    with unit_of_work.read() as session:
        told = [entry_of(entry, None) for entry in session.exec(select(HistoryEntry))]
    assert [(entry.kind, entry.title, entry.is_private) for entry in told] == [
        (Happened.MAIL_FAILED, "Email could not be sent", False),
    ]
    assert told[0].lines == ("To desk1@example.org: a new task for the team.",)


@dataclass
class Rude(PostOffice):
    """Accepts a mail and hangs up before saying so, once for each."""

    async def content_answer(self, server: SMTP, mail: Received) -> str:
        if self.tries[mail.recipient] == 1:
            self.mails.append(mail)
            server.transport.abort()
            return "421 Gone"
        return "250 OK"


def test_a_mail_accepted_without_an_answer_is_sent_again_under_the_same_name(office: Office, connect: Connect) -> None:
    server = connect(Rude())
    office.queue()

    rounds(office, timedelta(minutes=2))

    first, second = server.to("tom@example.org")
    assert first["Message-ID"] == second["Message-ID"]
    assert [mail.state for mail in office.mails()] == [MailState.SENT]


@dataclass
class BlackHole(PostOffice):
    """Takes everything from desk 0 and never answers."""

    async def content_answer(self, server: SMTP, mail: Received) -> str:  # noqa: ARG002
        if mail.recipient == "desk0@example.org":
            await asyncio.sleep(30)
        return "250 OK"


def test_a_mail_the_server_never_answers_does_not_hold_up_the_others(office: Office, connect: Connect) -> None:
    connect(BlackHole())
    office.queue(to=[desk(number) for number in range(6)])

    [result] = rounds(office)

    assert (result.sent, result.put_off) == (5, 1)
    assert next(mail for mail in office.mails() if mail.to_address.startswith("desk0")).not_before > office.now


def test_a_mail_that_cannot_be_built_is_dead_and_the_others_go(office: Office, connect: Connect) -> None:
    connect()
    office.queue(to=[Recipient(None, "Odd", "odd\r\n@example.org"), desk(1)])

    [result] = rounds(office)

    assert (result.sent, result.refused) == (1, 1)
    assert [mail.state for mail in office.mails()] == [MailState.DEAD, MailState.SENT]


def test_a_waiting_mail_that_lost_its_point_is_dropped(office: Office, connect: Connect) -> None:
    """R16, R21, R23."""
    server = connect()
    office.queue(MailKind.BREACHED)
    office.queue(MailKind.ASSIGNED)
    office.change_task(target_generation=2, assignee_id=office.ana.person_id)

    rounds(office)

    assert server.mails == []
    assert [mail.last_error for mail in office.mails()] == [
        "The target was changed before this could be sent.",
        "Somebody else has the task by now.",
    ]


@dataclass
class Closed(PostOffice):
    """Takes no sender the first time."""

    refused: int = 0

    def sender_answer(self, address: str) -> str:  # noqa: ARG002
        self.refused += 1
        return "550 5.7.1 Not today" if self.refused == 1 else "250 OK"


def test_a_clock_that_is_set_back_keeps_no_mail_waiting(office: Office, connect: Connect) -> None:
    """F13: neither one that was never tried nor the probe of a server that could not be used."""
    server = connect(Closed())
    office.queue()

    refused, day_before, again = rounds(office, -timedelta(days=1), timedelta(seconds=3))

    assert "Not today" in refused.problem
    assert (day_before.sent, again.sent, day_before.problem) == (1, 0, "")
    assert len(server.mails) == 1


def test_two_senders_at_once_send_each_mail_once(office: Office, connect: Connect) -> None:
    server = connect()
    office.queue(to=[desk(number) for number in range(60)])

    async def run() -> int:
        senders = [Sender(now=lambda: office.now) for _ in range(3)]
        results = await asyncio.gather(*(sender.send_due() for sender in senders))
        await asyncio.gather(*(sender.stop() for sender in senders))
        return sum(result.sent for result in results)

    assert asyncio.run(run()) == 60
    assert len(server.mails) == 60


def test_claims_of_a_dead_sender_are_taken_over_when_their_time_is_up(office: Office, connect: Connect) -> None:
    server = connect()
    office.queue()
    with unit_of_work() as session:
        outbox.claim(session, lease=Lease("dead", timedelta(minutes=2)), limit=5, now=office.now)

    early, late = rounds(office, timedelta(minutes=3))

    assert (early.sent, late.sent) == (0, 1)
    assert len(server.mails) == 1


def test_a_mail_withdrawn_on_the_wire_is_recorded_as_sent_or_never_tried_again(office: Office) -> None:
    """B27."""
    accepted, put_off = (each.mail_id for each in office.queue(to=[office.tom, office.ana]))
    lease = Lease("me", timedelta(minutes=2))
    with unit_of_work() as session:
        outbox.claim(session, lease=lease, limit=5, now=office.now)
        assert outbox.step(session, outcomes=[], beginning=[accepted, put_off], lease=lease, now=office.now) == {accepted, put_off}

    with unit_of_work() as session:
        service.withdraw(session, task_id=office.task_id, now=office.now)
    with unit_of_work() as session:
        outcomes = [outbox.Outcome(accepted, outbox.Answer(outbox.Verdict.ACCEPTED, 250, "OK"))]
        outcomes.append(outbox.Outcome(put_off, outbox.Answer(outbox.Verdict.PUT_OFF, 451, "later")))
        outbox.step(session, outcomes=outcomes, beginning=[], lease=lease, now=office.now)

    assert [mail.state for mail in office.mails()] == [MailState.SENT, MailState.CANCELLED]


def test_stopping_gives_back_what_was_claimed(office: Office, connect: Connect) -> None:
    server = connect(BlackHole())
    office.queue(to=[desk(number) for number in range(30)])

    async def run() -> None:
        sender = Sender(now=lambda: office.now, patience=SHORT)
        working = asyncio.create_task(sender.send_due())
        while not server.mails:  # noqa: ASYNC110  the server runs in another thread
            await asyncio.sleep(0.01)
        await sender.stop()
        await working

    asyncio.run(run())

    assert {mail.state for mail in office.mails()} <= {MailState.PENDING, MailState.SENT}
    assert sum(mail.state == MailState.SENT for mail in office.mails()) == len(server.mails)
