"""The letters of plugins: to whom they go, what their texts may say, and which files go with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app import settings
from casetasks_app.mail import links, posting, rules
from casetasks_app.mail.facts import Recipient
from casetasks_app.mail.posting import CannotBeWritten, Posted
from casetasks_app.mail.render import Source
from casetasks_app.models import CaseType, Person, StoredFile, TaskFile
from casetasks_app.moments import long_moment
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.jobs import Letter
from casetasks_app.tasks import notices
from casetasks_app.tasks.access import TaskAtHand

_TOO_LARGE = "The files of the letter are larger than {most} MB together, which most mail servers refuse."


class NobodyToWriteTo(CannotBeWritten):
    """There is nobody this letter could go to."""


@dataclass(frozen=True, slots=True)
class Writing:
    """The task a letter is about, the plugin that writes it, the variables of the process, and what makes it unique."""

    at: TaskAtHand
    plugin: TaskPlugin
    variables: Mapping[str, object]
    event: str


def send(session: Session, *, letter: Letter, writing: Writing, now: datetime) -> list[str]:
    """Write a letter and put it into the outbox; returns the names of those it goes to.

    Raises CannotBeWritten for texts or files that cannot be used, NobodyToWriteTo.
    """
    at = writing.at
    source = _source(writing.plugin, letter.template)
    manager = session.get(Person, at.case.manager_id) if at.case.manager_id else None
    values = _values(session, writing, manager, now)
    posted = Posted(
        case_id=at.task.case_id,
        task_id=at.task.id or 0,
        event=writing.event,
        recipients=_recipients(session, at, letter.to),
        reply_to=manager.email if manager else "",
        enclosures=_enclosures(session, at, letter.files),
    )
    where = f"emails/{letter.template}"
    texts = [
        posting.write(source, {**values, "recipient": to.name, **writing.variables, **letter.values}, where=where)
        for to in posted.recipients
    ]
    sent = posting.post(session, letter=posted, texts=texts, now=now)
    if not sent:
        raise NobodyToWriteTo(_nobody(letter.to))
    return [to.name or to.address for to in sent]


def _source(plugin: TaskPlugin, template: str) -> Source:
    folder = f"emails/{template}"
    subject, body = plugin.resource(f"{folder}/subject.txt"), plugin.resource(f"{folder}/body.txt")
    if subject is None or body is None:
        msg = f"The letter {folder} cannot be written: its subject.txt or body.txt is missing."
        raise CannotBeWritten(msg)
    return Source(subject, body, plugin.resource(f"{folder}/body.html") or "")


def _values(session: Session, writing: Writing, manager: Person | None, now: datetime) -> dict[str, object]:
    at, config = writing.at, settings.load()
    return {
        "reference": at.reference,
        "case_reference": at.case.reference,
        "case_type": session.get_one(CaseType, at.case.case_type_id).name,
        "task_type": at.task_type.name,
        "manager": manager.name if manager else "",
        "organisation": config.organisation,
        "link": links.with_moment(f"{config.url}/cases/{at.case.reference}/tasks/{at.task.number}", now),
        "moment": long_moment(now),
    }


def _recipients(session: Session, at: TaskAtHand, to: str) -> Sequence[Recipient]:
    """Whom the word means now: the contact of a case goes before whoever typed it in."""
    case, task = at.case, at.task
    if to == "raised by" and case.contact_email:
        return [Recipient(None, case.contact_name, case.contact_email)]
    if to == "assignee":
        holders = [step.assignee_id for step in at.steps if step.completed_at is None and step.is_own and step.assignee_id]
        found = notices.persons(session, holders or [task.assignee_id])
        return found or notices.team_members(session, task.team_id)
    if to == "team":
        return notices.team_members(session, task.team_id)
    ids = {"raised by": case.raised_by_id, "case manager": case.manager_id}
    return notices.persons(session, [ids[to] if to in ids else int(to) if to.isdecimal() else None])


def _nobody(to: str) -> str:
    whom = {
        "raised by": "the case has no email address of whoever raised it",
        "case manager": "the case has no case manager",
        "assignee": "nobody has the task, and no team that could",
        "team": "the task has no team with people in it",
    }
    return f"The letter has nobody to go to: {whom.get(to, f'{to!r} is nobody')}."


def _enclosures(session: Session, at: TaskAtHand, ids: Sequence[str]) -> list[dict[str, str]]:
    """The files to enclose: this task's own, or those sent with it; no plugin can name another's."""
    if not ids:
        return []
    sent_with = select(TaskFile.file_id).where(TaskFile.task_id == at.task.id)
    mine = (col(StoredFile.task_id) == at.task.id) | col(StoredFile.id).in_(sent_with)
    kept = (col(StoredFile.removed_at).is_(None), col(StoredFile.draft_key).is_(None))
    found = session.exec(select(StoredFile).where(col(StoredFile.id).in_(list(ids)), mine, *kept).order_by(StoredFile.name)).all()
    if len(found) < len(set(ids)):
        msg = "A file of the letter is not one of this task's, or was removed."
        raise CannotBeWritten(msg)
    if sum(file.size for file in found) > rules.MOST_ENCLOSED:
        raise CannotBeWritten(_TOO_LARGE.format(most=rules.MOST_ENCLOSED // 1_000_000))
    return [{"id": file.id, "name": file.name, "media_type": file.media_type} for file in found]
