"""From mails of the outbox to the lines of the page, the one that is read, and what changed since."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from casetasks_app import moments
from casetasks_app.mail.queries import Cursor, MailRow, MailView, Shown
from casetasks_app.web import routes
from casetasks_app.web.pages.emails import texts
from casetasks_app.web.ui.facts import ShownFact

_CURSOR = re.compile(r"([01])_(\d{1,12})_(.{1,40})")


@dataclass(frozen=True)
class ShownMail:
    """One line."""

    mail_id: int
    when: str
    iso: str
    recipient: str
    address: str
    about: str
    reference: str
    href: str
    kind: str
    read_about: str
    read_href: str
    state: str
    problem: str
    tries: int
    may_try: bool
    is_changed: bool = False


@dataclass(frozen=True)
class ReadMail:
    """One mail that is read in the dialog."""

    title: str = ""
    facts: list[ShownFact] = field(default_factory=list)
    text: str = ""
    failed_id: int = 0


def shown_mail(row: MailRow, *, after: str, now: datetime, opens_cases: bool) -> ShownMail:
    """Return a line; `opens_cases` says whether its reader may open any case at all."""
    name = row.to_name or row.to_address
    when = moments.short_moment(row.queued_at, now)
    return ShownMail(
        mail_id=row.mail_id,
        when=when,
        iso=row.queued_at.isoformat(timespec="seconds"),
        recipient=name,
        address=row.to_address if row.to_name else "",
        about=row.task_type,
        reference=row.reference,
        href=_href(row) if opens_cases else "",
        kind=texts.kind_in_words(row.kind),
        read_about=f"to {name}, {row.reference}, {when}, number {row.mail_id}",
        read_href=routes.emails(after=after, mail=row.mail_id),
        state=row.state.value,
        problem=_more(row, now),
        tries=row.tries,
        may_try=row.state is Shown.FAILED,
    )


def read_mail(view: MailView, now: datetime) -> ReadMail:
    """Return a mail to be read."""
    row = view.row
    facts = [
        ShownFact(texts.TO, f"{row.to_name} ({row.to_address})" if row.to_name else row.to_address),
        ShownFact(texts.REPLY_TO, view.reply_to),
        ShownFact(texts.WHEN, moments.short_moment(row.queued_at, now)),
        ShownFact(texts.STATE, " ".join(part for part in (f"{row.state.value}.", _more(row, now)) if part)),
    ]
    told = [fact for fact in facts if fact.value]
    return ReadMail(view.subject, told, view.text, row.mail_id if row.state is Shown.FAILED else 0)


def in_address(cursor: Cursor | None) -> str:
    """Return where the next page begins as it stands in the address; empty when this is the last."""
    return f"{int(cursor.is_failed)}_{cursor.mail_id}_{cursor.created_at.isoformat()}" if cursor else ""


def cursor_of(text: str) -> Cursor | None:
    """Return where an address says that its page begins; None for the first page and for anything else."""
    found = _CURSOR.fullmatch(text)
    try:
        at = datetime.fromisoformat(found[3]) if found else None
    except ValueError:
        return None
    return Cursor(found[1] == "1", at, int(found[2])) if found and at and at.tzinfo else None


def in_place(shown: Sequence[ShownMail], now_there: Sequence[ShownMail], marked: Collection[int]) -> list[ShownMail]:
    """Return the lines as they stand, in the order they had, with what changed in them marked."""
    found = {each.mail_id: each for each in now_there}
    return [_updated(old, found.get(old.mail_id, old), marked) for old in shown]


def changed_ids(shown: Sequence[ShownMail], now_there: Sequence[ShownMail]) -> set[int]:
    """Return which of the shown mails say something else now."""
    was = {each.mail_id: (each.state, each.problem, each.tries) for each in shown}
    return {each.mail_id for each in now_there if was.get(each.mail_id, "") not in ("", (each.state, each.problem, each.tries))}


def moved(shown: Sequence[ShownMail], now_there: Sequence[ShownMail]) -> int:
    """Return how many mails came, or belong elsewhere in the list by now."""
    was = {each.mail_id: each.may_try for each in shown}
    return sum(1 for each in now_there if was.get(each.mail_id) is not each.may_try)


def _updated(old: ShownMail, new: ShownMail, marked: Collection[int]) -> ShownMail:
    return replace(new, is_changed=old.mail_id in marked)


def _href(row: MailRow) -> str:
    if not row.case_reference:
        return ""
    return routes.task(row.case_reference, row.task_number) if row.task_number else routes.case(row.case_reference)


def _more(row: MailRow, now: datetime) -> str:
    if row.state is Shown.SENT and row.sent_at:
        return f"At {moments.short_moment(row.sent_at, now)}."
    if row.state is Shown.WAITING and row.tries and row.next_try_at:
        return f"Next try {moments.short_moment(row.next_try_at, now)}. {row.problem}".strip()
    return row.problem
