"""Files that go with the letters of plugins, as they travel."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from casetasks_app.mail.letter import CannotBeWritten, letter_of
from casetasks_app.models import OutgoingMail

CONTENTS = {"a" * 32: b"%PDF-1.7 \x00\xff" * 50, "b" * 32: b"\xff\xd8\xff photo"}


def a_letter(*enclosures: dict[str, str], html: str = "<p>Dear Joan</p>") -> OutgoingMail:
    return OutgoingMail(
        dedupe_key="k",
        kind="letter",
        to_address="joan@example.org",
        subject="Your case",
        text="Dear Joan\n",
        html=html,
        enclosures=list(enclosures) or None,
        message_id="<a@example.org>",
        created_at=datetime(2026, 11, 18, 12, 0, tzinfo=UTC),
    )


def test_the_files_arrive_as_they_are_beside_both_texts() -> None:
    plan = {"id": "a" * 32, "name": "Plan – Mill Lane.pdf", "media_type": "application/pdf"}
    photo = {"id": "b" * 32, "name": "photo.jpg", "media_type": "image/jpeg"}

    message = message_from_bytes(letter_of(a_letter(plan, photo), CONTENTS.__getitem__).content, policy=policy.default)

    assert message.get_content_type() == "multipart/mixed"
    assert message.get_body(("plain",)).get_content() == "Dear Joan\n"  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    assert message.get_body(("html",)).get_content().strip() == "<p>Dear Joan</p>"  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    files = [(part.get_filename(), part.get_content_type(), part.get_content()) for part in message.iter_attachments()]  # pyright: ignore[reportAttributeAccessIssue]
    assert files == [
        ("Plan – Mill Lane.pdf", "application/pdf", CONTENTS["a" * 32]),
        ("photo.jpg", "image/jpeg", CONTENTS["b" * 32]),
    ]


def test_a_name_or_kind_of_a_file_cannot_become_a_header() -> None:
    hostile = {"id": "b" * 32, "name": 'x"\r\nBcc: all@example.org', "media_type": "image/jpeg\r\nBcc: all@example.org"}

    message = message_from_bytes(letter_of(a_letter(hostile, html=""), CONTENTS.__getitem__).content, policy=policy.default)

    (part,) = message.iter_attachments()  # pyright: ignore[reportAttributeAccessIssue]
    assert (part["Bcc"], message["Bcc"], part.get_content_type()) == (None, None, "application/octet-stream")


def test_a_letter_whose_file_is_gone_is_not_sent_without_it() -> None:
    with pytest.raises(CannotBeWritten, match="KeyError"):
        letter_of(a_letter({"id": "c" * 32, "name": "gone.pdf", "media_type": "application/pdf"}), CONTENTS.__getitem__)
    with pytest.raises(CannotBeWritten, match="FileNotFoundError"):
        letter_of(a_letter({"id": "a" * 32, "name": "plan.pdf", "media_type": "application/pdf"}))
