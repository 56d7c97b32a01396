"""Made-up facts, so that a text can be looked at before anybody gets it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from casetasks_app.mail import render
from casetasks_app.mail.facts import MailFacts, MailKind
from casetasks_app.mail.render import Rendered, Source

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
"""The moment at which sample mails are written, a Monday in winter time."""

SITE_VISIT = MailFacts(
    case_id=1042,
    case_reference="HSG-1042",
    case_type="Planning enforcement",
    task_id=2,
    task_number=2,
    task_type="Site visit",
    task_name="14 Mill Lane",
    generation=1,
    due_at=datetime(2026, 11, 26, 17, 0, tzinfo=UTC),
    target_words="3 working days",
    actor="Priya Shah",
    manager="Priya Shah",
    manager_email="priya.shah@example.gov.uk",
)

SAMPLES = {
    MailKind.ASSIGNED: replace(SITE_VISIT, message="Gate code is in the notes.", sent_with="2 attachments, case details"),
    MailKind.TEAM_TASK: replace(SITE_VISIT, team="Planning officers"),
    MailKind.CANCELLED: replace(SITE_VISIT, reason="No longer needed"),
    MailKind.REMINDER: replace(
        SITE_VISIT,
        due_at=NOW + timedelta(days=1),
        holder="Planning officers, not claimed since Wednesday 18 November",
        lead_words="1 working day",
    ),
    MailKind.BREACHED: replace(
        SITE_VISIT, due_at=NOW - timedelta(minutes=5), holder="Tom Ellis", is_claimed=True, last_activity="draft saved 08:50"
    ),
    MailKind.UNASSIGNED: replace(SITE_VISIT, actor="Mia Lead", new_assignee="Ana Ruiz"),
    MailKind.ALL_COMPLETED: replace(SITE_VISIT, actor="Tom Ellis", outcome="Breach confirmed", path="/cases/HSG-1042/tasks"),
    MailKind.STEP_READY: replace(SITE_VISIT, actor="Tom Ellis", step="Check the findings"),
}


def preview(session: Session, *, kind: MailKind, source: Source | None = None) -> Rendered:
    """Write one kind of mail about made-up facts: as it goes out now, or with the template texts given.

    Raises jinja2's TemplateError for given texts that cannot be used.
    """
    if source is None:
        return render.render(session, kind=kind, facts=SAMPLES[kind], now=NOW)
    return render.render_source(source, render.variables(SAMPLES[kind], NOW))
