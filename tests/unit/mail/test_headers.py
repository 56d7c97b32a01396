"""Header values stay one value of one header, whatever somebody typed."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetasks_app.mail import headers
from casetasks_app.mail.letter import CannotBeWritten, letter_of
from casetasks_app.models import OutgoingMail

HOSTILE = st.text(max_size=300) | st.lists(
    st.sampled_from(
        ["=?", "?=", "=?utf-8?q?=0D=0ABcc:_a=40b?=", "\r\n", "Bcc: a@b.c", "\x00", "\u202e", "\u2028", "é", "🔥", " ", "=", "?"]
    )
).map("".join)
EXPECTED = {
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References", "List-Id", "Auto-Submitted",
    "X-Auto-Response-Suppress", "X-Case-Tasks", "MIME-Version", "Content-Type",
}  # fmt: skip


def a_mail(**values: object) -> OutgoingMail:
    made = {
        "kind": "assigned",
        "to_address": "tom@example.org",
        "reply_to": "priya@example.org",
        "subject": "Assigned to you",
        "text": "A task.\n",
        "html": "<p>A task.</p>",
        "message_id": "<a.1@localhost>",
        "thread_id": "<case-12@localhost>",
        "created_at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    }
    return OutgoingMail(**(made | values))


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=400, deadline=None)
def test_no_text_adds_or_removes_a_header(subject: str, body: str, kind: str) -> None:
    """Trap 1: an encoded line break must not become a real one."""
    content = letter_of(a_mail(subject=subject, text=body, kind=kind)).content

    message = message_from_bytes(content, policy=policy.default)
    assert set(message.keys()) == EXPECTED
    assert len(message.keys()) == len(EXPECTED)
    assert message["To"] == "tom@example.org"


@given(HOSTILE)
@settings(max_examples=400, deadline=None)
def test_a_cleaned_value_is_one_short_line_without_marks_of_encoded_words(value: str) -> None:
    cleaned = headers.clean(value)

    assert len(cleaned) <= headers.LONGEST
    assert len(cleaned.splitlines()) <= 1
    assert "=?" not in cleaned
    assert "?=" not in cleaned
    assert headers.clean(cleaned) == cleaned


def test_plain_words_stay_as_they_are() -> None:
    assert headers.clean("Assigned to you: Café visit, HSG-1042/2, due 26 Nov") == "Assigned to you: Café visit, HSG-1042/2, due 26 Nov"


@pytest.mark.parametrize(
    "address", ["", "tom", "a@b.c\r\nRCPT TO:<x@y.z>", "Tom <tom@example.org>", "a@b.c,d@e.f", "a b@c.d", "\u202ea@b.c"]
)
def test_what_is_not_one_plain_address_is_not_mailed(address: str) -> None:
    assert not headers.is_address(address)
    with pytest.raises(CannotBeWritten):
        letter_of(a_mail(to_address=address))


def test_a_mail_says_that_a_machine_sent_it_and_which_case_it_belongs_to() -> None:
    message = message_from_bytes(letter_of(a_mail()).content, policy=policy.default)

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Id"] == "<case-12.localhost>"
    assert message["References"] == message["In-Reply-To"] == "<case-12@localhost>"
    assert message["Message-ID"] == "<a.1@localhost>"
    assert message["Reply-To"] == "priya@example.org"
    assert "Precedence" not in message
