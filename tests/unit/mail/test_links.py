"""The moment in the link of a mail: written, read, and everything that is none."""

from datetime import timedelta

import pytest

from casetasks_app.mail import links
from tests.factories import NOON

ADDRESS = "https://tasks.example.org/cases/HSG-1042/tasks/2"


def test_a_link_says_when_its_mail_was_written_and_is_read_back() -> None:
    link = links.with_moment(ADDRESS, NOON)

    assert link == f"{ADDRESS}?mailed=20261118T120000"
    assert links.moment_of(link.partition("mailed=")[2], NOON) == NOON


def test_what_the_mail_itself_tells_about_is_not_later_than_its_moment() -> None:
    link = links.with_moment(ADDRESS, NOON + timedelta(microseconds=1))

    assert link.endswith("20261118T120001")


@pytest.mark.parametrize("text", ["", "yesterday", "20261118T1200", "20261318T120000", "20261118T120001", "20261118 120000", "9" * 500])
def test_a_moment_that_is_none_or_has_not_come_yet_is_left_alone(text: str) -> None:
    assert links.moment_of(text, NOON) is None
