"""Letters of plugins: written from their own texts, put into the same outbox as every other mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from jinja2 import TemplateError
from sqlmodel import Session

from casetasks_app import settings
from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import CaseTasksError
from casetasks_app.mail import headers, rules
from casetasks_app.mail.facts import Recipient
from casetasks_app.mail.render import Rendered, Source, render_letter
from casetasks_app.mail.service import FRESH, TOPIC, insert


class CannotBeWritten(CaseTasksError):
    """The texts of this letter cannot be used."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One letter for several people. `event` makes it unique: the same event mails the same address once."""

    case_id: int
    task_id: int
    event: str
    recipients: Sequence[Recipient]
    reply_to: str = ""
    enclosures: Sequence[Mapping[str, str]] = ()
    """The files that go with it: id, name, media type."""


def write(source: Source, values: Mapping[str, object], *, where: str) -> Rendered:
    """Write a letter from a plugin's texts; `where` names them in the sentence. Raises CannotBeWritten."""
    try:
        return render_letter(source, dict(values))
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
        msg = f"The letter {where} cannot be written: {error or type(error).__name__}."
        raise CannotBeWritten(msg) from error


def post(session: Session, *, letter: Posted, texts: Sequence[Rendered], now: datetime) -> list[Recipient]:
    """Put a letter into the outbox, its text for each recipient; returns those whose address can be written to."""
    to = [(each, text) for each, text in zip(letter.recipients, texts, strict=True) if headers.is_address(each.address.strip())]
    rows = [_row(letter, each, text) | FRESH | {"not_before": now, "created_at": now} for each, text in to]
    if rows:
        insert(session, rows)
        touch(session, TOPIC)
    return [each for each, _ in to]


def _row(letter: Posted, to: Recipient, text: Rendered) -> dict[str, Any]:
    config = settings.load()
    host = headers.host_of(config.mail_from)
    digest = sha256(to.address.strip().casefold().encode()).hexdigest()[:16]
    return {
        "kind": rules.LETTER,
        "case_id": letter.case_id,
        "task_id": letter.task_id,
        "generation": None,
        "person_id": to.person_id,
        "to_address": to.address.strip(),
        "reply_to": letter.reply_to if headers.is_address(letter.reply_to) else config.mail_reply_to,
        "subject": text.subject,
        "text": text.text,
        "html": text.html,
        "enclosures": [dict(each) for each in letter.enclosures] or None,
        "message_id": headers.new_message_id(host, about=f"{rules.LETTER}-{letter.task_id}"),
        "thread_id": headers.thread_id(host, letter.case_id),
        "priority": rules.LETTER_PRIORITY,
        "dedupe_key": f"{rules.LETTER}:{letter.task_id}:{letter.event}:a{digest}",
    }
