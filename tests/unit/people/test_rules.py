"""Addresses in one form, tries that are counted, sign-ins that end: pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetasks_app.mail import headers
from casetasks_app.people import rules

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
IDLE, ABSOLUTE = timedelta(hours=8), timedelta(hours=20)


def test_an_address_is_stored_in_one_form() -> None:
    assert rules.clean_email("  Tom.Ellis@Example.ORG ") == "tom.ellis@example.org"


@pytest.mark.parametrize(
    "address",
    ["", "tom", "@example.org", "tom@", "tom@exa mple.org", "tom@example.org\r\nBcc: eve@example.org", "tom@example.org\x00", "a@b@c.org",
     "Tom <tom@example.org>", "tom@example.org,eve@example.org", "t" * 65 + "@example.org", "tom@" + "x" * 260, "\u202etom@example.org",
     "stra\u00dfe@example.org", "\u212aim@example.org", "tom@ex\u0430mple.org"],
)  # fmt: skip
def test_what_is_no_plain_address_is_refused(address: str) -> None:
    """A letter that only looks like another, or that folds into two, would be somebody else's address."""
    assert rules.clean_email(address) is None


@given(st.emails() | st.text(max_size=80))
def test_an_accepted_address_is_accepted_again_unchanged_and_stays_on_one_line(text: str) -> None:
    found = rules.clean_email(text)

    assert found is None or (rules.clean_email(found) == found and headers.one_line(found) == found)


def test_the_fifth_failure_within_five_minutes_closes_the_door_until_the_first_is_over() -> None:
    failures = [NOW - timedelta(minutes=minutes) for minutes in range(5)]

    assert rules.blocked_until(failures[:4], 5, NOW) is None
    assert rules.blocked_until(failures, 5, NOW) == NOW + timedelta(minutes=1)
    assert rules.blocked_until(failures, 5, NOW + timedelta(minutes=1)) is None


@pytest.mark.parametrize(
    ("age", "unused", "is_over"),
    [
        (timedelta(), timedelta(), False), (IDLE, IDLE - timedelta(seconds=1), False), (IDLE, IDLE, True),
        (ABSOLUTE - timedelta(seconds=1), timedelta(), False), (ABSOLUTE, timedelta(), True),
    ],
)  # fmt: skip
def test_a_sign_in_ends_by_disuse_or_by_age(age: timedelta, unused: timedelta, *, is_over: bool) -> None:
    assert rules.is_session_over(created_at=NOW - age, last_seen_at=NOW - unused, now=NOW, idle=IDLE, absolute=ABSOLUTE) is is_over
