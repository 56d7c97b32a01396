"""What a reminder or a breach mail says."""

from datetime import datetime, timedelta

from casetasks_app.mail.facts import MailFacts, MailKind, Recipient
from casetasks_app.models import TaskStep
from casetasks_app.sla import words
from casetasks_app.sla.rules import Event, EventKind
from casetasks_app.sla.watching import Batch, Watched

MAIL_KINDS = {EventKind.REMINDER: MailKind.REMINDER, EventKind.BREACHED: MailKind.BREACHED}

_STILL_PUNCTUAL = timedelta(minutes=15)


def recipients(batch: Batch, watched: Watched) -> list[Recipient]:
    """Return whom a target's mails go to (S61, S62)."""
    return [Recipient(person.id, person.name, person.email) for person in batch.recipients(watched)]


def facts(batch: Batch, watched: Watched, event: Event, now: datetime) -> MailFacts:
    """Return what the mail about an event may say, true at `now`, however late it is (R23)."""
    task, case, due_at = watched.task, watched.case, watched.task.due_at or now
    manager = batch.people.get(case.manager_id or 0)
    step = watched.steps[0] if watched.steps else None
    is_business = task.target_calendar_id is not None
    return MailFacts(
        case_id=task.case_id,
        case_reference=case.reference,
        case_type=watched.case_type.name,
        task_type=watched.task_type.name,
        task_id=task.id,
        task_number=task.number,
        task_name=task.description,
        generation=task.target_generation,
        due_at=due_at,
        target_words=words.of_target(task.target_amount, task.target_unit, is_business=is_business),
        manager=manager.name if manager else "",
        manager_email=manager.email if manager else "",
        holder=_holder(batch, step),
        is_claimed=bool(step and step.assignee_id),
        lead_words=_lead_words(event, now, is_business=is_business),
        late_by=words.length_between(due_at, now) if due_at < now else "",
        last_activity=f"draft saved {words.short_moment(step.draft_at, now)}" if step and step.draft_at else "",
        ordinal=event.ordinal,
    )


def _lead_words(event: Event, now: datetime, *, is_business: bool) -> str:
    # After a downtime "sent 1 working day before" would not be true, so it is left out.
    if event.lead is None or now - event.at > _STILL_PUNCTUAL:
        return ""
    return words.amount_in_words(event.lead, is_business=is_business)


def _holder(batch: Batch, step: TaskStep | None) -> str:
    if step is None:
        return ""
    if step.assignee_id:
        person = batch.people.get(step.assignee_id)
        return person.name if person else ""
    return f"{batch.teams.get(step.team_id or 0, 'Nobody')}, not claimed since {words.long_date(step.held_since)}"
