"""The words of the Emails page."""

from datetime import datetime

from casetasks_app import moments
from casetasks_app.mail.facts import MailKind
from casetasks_app.mail.queries import MailHealth

EMAILS = "Emails"
WHEN, TO, ABOUT, KIND, STATE, TRIES = "When", "To", "About", "Email", "State", "Tries"
CAPTION = "Emails, failed ones first, then the newest first"
TRY_AGAIN = "Try again"
TRY_ALL = "Try again all failed"
NONE = "No emails yet."
NONE_MEANS = "Emails about tasks stand here from the moment they are written."
FIRST, MORE = "First page", "Older emails"
CLOSE = "Close"
SUBJECT, REPLY_TO, TEXT = "Subject", "Replies go to", "Text"
ONLY_ADMINISTRATORS = "You cannot open this page"
ASK = "Only administrators can look at emails."

KINDS = {
    MailKind.ASSIGNED: "Task assigned",
    MailKind.TEAM_TASK: "Task for the team",
    MailKind.CANCELLED: "Task cancelled",
    MailKind.REMINDER: "Target reminder",
    MailKind.BREACHED: "Target breached",
    MailKind.UNASSIGNED: "Task taken away",
    MailKind.ALL_COMPLETED: "All tasks completed",
    MailKind.STEP_READY: "Next step ready",
}


def kind_in_words(kind: str) -> str:
    """Return what a kind of mail tells."""
    return KINDS.get(MailKind(kind), kind) if kind in set(MailKind) else kind.replace("_", " ").capitalize()


def on_top(health: MailHealth, now: datetime) -> tuple[str, str]:
    """Return the sentence on top in two parts: whether mails are leaving, and what that means."""
    failed = _count(health.failed, "has failed", "have failed") if health.failed else ""
    bold, rest = _leaving(health, now)
    return bold, " ".join(part for part in (rest, failed) if part)


def _leaving(health: MailHealth, now: datetime) -> tuple[str, str]:
    if not health.has_server:
        kept = _count(health.waiting, "is held", "are held") if health.waiting else ""
        return "No mail server is configured.", f"Emails are kept here and sent once there is one. {kept}".strip()
    if health.problem:
        since = moments.short_moment(health.oldest_waiting_at, now) if health.oldest_waiting_at else ""
        waiting = f"{health.waiting:,} {'is' if health.waiting == 1 else 'are'} waiting and will be sent when it works again."
        return f"Email has not been leaving{f' since {since}' if since else ''}.", f"{waiting} {health.problem}"
    if health.waiting:
        return _count(health.waiting, "is waiting to be sent", "are waiting to be sent"), ""
    return f"All emails sent up to {moments.short_moment(health.last_round_at or now, now)}.", ""


def _count(number: int, one: str, more: str) -> str:
    return f"{number:,} {f'email {one}' if number == 1 else f'emails {more}'}."


def again(name: str) -> str:
    """Return that a mail will be tried again."""
    return f"The email to {name} will be tried again."


def all_again(count: int) -> str:
    """Return how many mails will be tried again."""
    return _count(count, "will be tried again", "will be tried again") if count else "No email has failed."
