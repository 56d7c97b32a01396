"""When a mail is tried again, and when it has lost its point."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casetasks_app.mail import moments, rules
from casetasks_app.mail.facts import MailKind
from casetasks_app.mail.rules import TaskNow

LONDON = ZoneInfo("Europe/London")


def a_task(now: datetime, **values: object) -> TaskNow:
    made = {"is_open": True, "generation": 1, "due_at": now + timedelta(hours=1), "holders": frozenset({7})}
    return TaskNow(**(made | values))  # pyright: ignore[reportArgumentType]


def why(kind: MailKind, task: TaskNow, now: datetime, *, person_id: int = 7) -> str:
    return rules.why_pointless(kind, generation=1, person_id=person_id, task=task, now=now)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 180), (6, 360), (7, 720), (8, 1440)])
def test_a_mail_waits_longer_after_each_failed_try(now: datetime, attempts: int, minutes: int) -> None:
    assert rules.retry_at(attempts, now, 0.5) == now + timedelta(minutes=minutes)
    assert rules.retry_at(attempts, now, 0.0) == now + timedelta(minutes=minutes * 0.8)
    assert rules.retry_at(attempts, now, 1.0) == now + timedelta(minutes=minutes * 1.2)


def test_a_mail_is_given_up_after_its_last_wait(now: datetime) -> None:
    assert rules.retry_at(9, now, 0.5) is None


@pytest.mark.parametrize("kind", [MailKind.REMINDER, MailKind.BREACHED])
def test_mails_about_a_target_are_dropped_when_the_task_is_over_or_has_another_target(now: datetime, kind: MailKind) -> None:
    """R16, R21."""
    assert why(kind, a_task(now, is_open=False), now)
    assert why(kind, a_task(now, generation=2), now)
    assert not why(kind, a_task(now), now)


def test_a_reminder_that_comes_too_late_is_dropped_and_a_breach_is_not(now: datetime) -> None:
    """R23."""
    late = a_task(now, due_at=now)

    assert why(MailKind.REMINDER, late, now)
    assert not why(MailKind.BREACHED, late, now)


def test_the_mail_about_an_assignment_is_dropped_only_when_somebody_else_has_the_task(now: datetime) -> None:
    assert why(MailKind.ASSIGNED, a_task(now, holders=frozenset({8})), now)
    assert not why(MailKind.ASSIGNED, a_task(now), now)
    assert not why(MailKind.ASSIGNED, a_task(now, is_open=False, holders=frozenset()), now)
    assert not why(MailKind.CANCELLED, a_task(now, is_open=False, holders=frozenset()), now)


def test_moments_are_said_in_the_zone_of_the_installation(now: datetime) -> None:
    summer = now.replace(month=7)

    assert moments.long(summer, LONDON) == "Thursday 2 July 2026, 10:00 BST"
    assert moments.near(now + timedelta(days=1), now, LONDON) == "tomorrow 09:00"
    assert moments.near(now + timedelta(days=3), now, LONDON) == "Thu 5 Mar 09:00"
    assert moments.was_near(now - timedelta(days=3), now, LONDON) == "27 Feb"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "less than a minute"), (60, "1 minute"), (7199, "1 hour"), (7200, "2 hours"), (172800, "2 days")]
)
def test_lengths_of_time_are_said_in_their_largest_unit(seconds: int, words: str) -> None:
    assert moments.span(timedelta(seconds=seconds)) == words
