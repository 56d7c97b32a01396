"""From a target to the mail in somebody's inbox: the clock is moved, the mails are read from the SMTP server."""

import asyncio
from collections.abc import Generator
from datetime import datetime, timedelta

import pytest

from casetasks_app import settings
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.mail.sender import Sender
from casetasks_app.models import Unit
from casetasks_app.sla import service as sla
from casetasks_app.tasks import target
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, actor, an_office
from tests.integration.mail.post_office import PostOffice, open_for_business

REMINDER = [{"amount": 4, "unit": "hours"}]


@pytest.fixture
def post(database: str) -> Generator[PostOffice]:
    """Serve SMTP, and point the product at it."""
    assert database
    with open_for_business(PostOffice()) as office, pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOST": "127.0.0.1", "PORT": str(office.port), "TLS": "none"}.items():
            patch.setenv(f"CASETASKS_MAIL_{name}", value)
        settings.load.cache_clear()
        yield office
    settings.load.cache_clear()


def _arrange(**task_type: object) -> tuple[Office, int]:
    with unit_of_work() as session:
        office = an_office(session, target_amount=2, reminders=REMINDER, allow_override=True, **task_type)
        return office, a_task(session, office).task_id


def _subjects_at(post: PostOffice, office: Office, *moments: datetime) -> list[str]:
    """Let the jobs run at these moments, and return what has arrived at the case manager by then."""
    for now in moments:
        with unit_of_work() as session:
            sla.sweep(session, now=now)
        asyncio.run(_send(now))
    return [str(message["Subject"]) for message in post.to(office.manager.email)]


async def _send(now: datetime) -> None:
    sender = Sender(now=lambda: now)
    await sender.send_due()
    await sender.stop()


def test_the_case_manager_is_reminded_and_then_told_of_the_breach(post: PostOffice) -> None:
    """S61, S62, S63."""
    office, _ = _arrange()
    due_at = NOON + timedelta(days=2)

    before = _subjects_at(post, office, due_at - timedelta(hours=5))
    reminded = _subjects_at(post, office, due_at - timedelta(hours=4))
    on_time = _subjects_at(post, office, due_at)
    late = _subjects_at(post, office, due_at + timedelta(seconds=1), due_at + timedelta(hours=1))

    assert (before, len(reminded), on_time) == ([], 1, reminded)
    assert reminded[0].startswith("Due today 12:00: ")
    assert len(late) == 2
    assert late[1].startswith("Breached: ")


def test_after_a_downtime_only_the_breach_is_told(post: PostOffice) -> None:
    """S62."""
    office, _ = _arrange()

    subjects = _subjects_at(post, office, NOON + timedelta(days=5))

    assert [subject.partition(":")[0] for subject in subjects] == ["Breached"]


def test_repeats_come_as_often_as_configured(post: PostOffice) -> None:
    """S63."""
    office, _ = _arrange(breach_repeat_days=1, breach_repeat_times=2)
    due_at = NOON + timedelta(days=2)

    subjects = _subjects_at(post, office, *(due_at + timedelta(days=days, seconds=2) for days in range(6)))

    assert [subject.partition(":")[0].partition(",")[0] for subject in subjects] == ["Breached", "Still open", "Still open"]


def test_a_changed_target_is_the_one_that_counts(post: PostOffice) -> None:
    """B23, S62."""
    office, task_id = _arrange()
    with unit_of_work() as session:
        asked = WantedTarget("custom", 5, Unit.DAYS)
        target.change(session, task_id=task_id, asked=asked, reason="", actor=actor(session, office.manager), now=NOON)

    assert _subjects_at(post, office, NOON + timedelta(days=3)) == []
    assert len(_subjects_at(post, office, NOON + timedelta(days=5, seconds=1))) == 1
