"""One mail as it travels: envelope, headers, text and HTML as bytes."""

import re
import secrets
from base64 import encodebytes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, formataddr
from urllib.parse import quote

from casetasks_app import settings
from casetasks_app.mail import headers
from casetasks_app.models import OutgoingMail

_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+")
_BREAK = re.compile(r"[\r\n\x00]")


class CannotBeWritten(ValueError):
    """This mail cannot be put into the form in which mails travel."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An envelope and its contents."""

    sender: str
    recipient: str
    content: bytes


ReadFile = Callable[[str], bytes]
"""Gives the content of a stored file by its id; raises when there is none."""


def no_file(file_id: str) -> bytes:
    """Stand in where nobody can read files."""
    raise FileNotFoundError(file_id)


def letter_of(mail: OutgoingMail, file: ReadFile = no_file) -> Letter:
    """Build the letter of one row of the outbox; the same row gives the same Message-ID each time.

    Raises CannotBeWritten, whatever is wrong with the row: one bad mail must not stop the others.
    """
    if not headers.is_address(mail.to_address):
        msg = "The address is not one a mail can be sent to."
        raise CannotBeWritten(msg)
    try:
        return Letter(settings.load().mail_from, mail.to_address, _written(mail, file))
    except Exception as error:
        msg = f"{type(error).__name__}: {error}"
        raise CannotBeWritten(msg) from error


def _written(mail: OutgoingMail, file: ReadFile) -> bytes:
    # Put together by hand: Python's EmailMessage takes ten times as long for the same bytes, and most of a sender's time.
    config = settings.load()
    head = {
        "From": formataddr((headers.clean(f"Case tasks, {config.organisation}"), config.mail_from)),
        "To": mail.to_address,
        "Subject": _encoded(headers.clean(mail.subject)),
        "Date": format_datetime(mail.created_at),
        "Message-ID": mail.message_id,
    }
    if headers.is_address(mail.reply_to):
        head["Reply-To"] = mail.reply_to
    lines = [f"{name}: {_checked(value)}" for name, value in (head | _thread(mail) | _automatic(mail)).items()]
    lines += ["MIME-Version: 1.0", *_content(mail, file)]
    return "\r\n".join([*lines, ""]).encode("ascii")


def _encoded(value: str) -> str:
    return value if value.isascii() else Header(value, "utf-8").encode(linesep="\r\n")


def _checked(value: str) -> str:
    # Folded lines begin with a space; anything else after a line break would be a header of its own.
    if any(not line.startswith(" ") for line in value.split("\r\n")[1:]) or _BREAK.search(value.replace("\r\n ", " ")):
        msg = "A header value spans lines."
        raise CannotBeWritten(msg)
    return value


def _content(mail: OutgoingMail, file: ReadFile) -> list[str]:
    texts = _alternatives(mail.text, mail.html) if mail.html else _part("plain", mail.text)
    if not mail.enclosures:
        return texts
    boundary = f"=={secrets.token_hex(16)}=="
    parts = [texts, *(_enclosed(each, file(each["id"])) for each in mail.enclosures)]
    opened = [line for part in parts for line in (f"--{boundary}", *part)]
    return [f'Content-Type: multipart/mixed; boundary="{boundary}"', "", *opened, f"--{boundary}--"]


def _enclosed(about: Mapping[str, str], content: bytes) -> list[str]:
    name = quote(headers.clean(about["name"], 200), safe="")
    kind = about["media_type"] if _MEDIA_TYPE.fullmatch(about["media_type"]) else "application/octet-stream"
    head = [f"Content-Type: {kind}", f"Content-Disposition: attachment; filename*=UTF-8''{name}", "Content-Transfer-Encoding: base64", ""]
    return [*head, *encodebytes(content).decode("ascii").splitlines()]


def _alternatives(text: str, html: str) -> list[str]:
    boundary = f"=={secrets.token_hex(16)}=="
    opening = f"--{boundary}"
    head = [f'Content-Type: multipart/alternative; boundary="{boundary}"', "", opening]
    return [*head, *_part("plain", text), opening, *_part("html", html), f"--{boundary}--"]


def _part(subtype: str, text: str) -> list[str]:
    body = encodebytes(text.encode("utf-8", "replace")).decode("ascii").splitlines()
    return [f'Content-Type: text/{subtype}; charset="utf-8"', "Content-Transfer-Encoding: base64", "", *body]


def _thread(mail: OutgoingMail) -> dict[str, str]:
    thread = headers.clean(mail.thread_id)
    if not thread:
        return {}
    return {"In-Reply-To": thread, "References": thread, "List-Id": f"<{thread.strip('<>').replace('@', '.')}>"}


def _automatic(mail: OutgoingMail) -> dict[str, str]:
    # Out-of-office replies to these mails would reach the case manager as if somebody had answered.
    return {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "X-Case-Tasks": _encoded(headers.clean(mail.kind))}
