"""What a history entry says, from its kind and details; one sentence a kind."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from casetasks_app.history.service import Happened
from casetasks_app.moments import long_moment

Details = Mapping[str, object]
Said = tuple[str, list[str]]


def sentence(kind: str, details: Details) -> Said:
    """Return the title and the lines of an entry; an unknown kind is shown by its name."""
    say = _SENTENCES.get(kind)
    return say(details) if say else (kind.replace("_", " ").capitalize(), [])


def _task(details: Details) -> str:
    return f"Task {details.get('number', '')}"


def _outcome(details: Details) -> str:
    # The outcome of a task is the name of an end event, which authors of process models write as they like.
    said = _text(details, "outcome")
    return f"Outcome: {said[:1].upper()}{said[1:]}."


def _text(details: Details, name: str) -> str:
    return str(details.get(name) or "")


def _raised(details: Details) -> Said:
    return "Case raised", [_text(details, "type")]


def _manager(details: Details) -> Said:
    former = _text(details, "former")
    return f"{_text(details, 'manager')} became case manager", [f"Before: {former}." if former else ""]


def _created(details: Details) -> Said:
    if not details.get("is_automatic"):
        return f"{_task(details)} created: {_text(details, 'type')}", []
    field = _text(details, "field")
    why = f"Automatically, because of the answer to “{field}”." if field else "Automatically, because the case type creates it."
    return f"{_task(details)} created automatically: {_text(details, 'type')}", [why]


def _step(details: Details) -> Said:
    return f"{_task(details)}: “{_text(details, 'step')}” completed", []


def _timer(details: Details) -> Said:
    return f"{_task(details)}: the time for “{_text(details, 'step')}” came", []


def _job(details: Details) -> Said:
    return f"{_task(details)}: “{_text(details, 'step')}” was done", [_mailed(details) if details.get("to") else ""]


def _job_failed(details: Details) -> Said:
    return f"{_task(details)}: “{_text(details, 'step')}” could not be done", ["The task page says why."]


def _message(details: Details) -> Said:
    return f"{_task(details)}: message “{_text(details, 'message')}” received", []


def _note(details: Details) -> Said:
    return f"{_task(details)}: note on “{_text(details, 'step')}”", [_text(details, "text")]


def _closed(details: Details) -> Said:
    return f"{_task(details)} closed", [_outcome(details)]


def _cancelled(details: Details) -> Said:
    reason, text = _text(details, "reason"), _text(details, "text")
    return f"{_task(details)} cancelled", [f"Reason: {reason}." if reason else "", f"“{text}”" if text else ""]


def _claimed(details: Details) -> Said:
    return f"{_task(details)} claimed", []


def _released(details: Details) -> Said:
    return f"{_task(details)} released", [f"Back with {_text(details, 'team')} for anyone to claim."]


def _reassigned(details: Details) -> Said:
    to = _text(details, "to") or _text(details, "team")
    former = _text(details, "from")
    return f"{_task(details)} reassigned to {to}", [f"Before: {former}." if former else ""]


def _target_set(details: Details) -> Said:
    return f"Target of task {details.get('number', '')} set", [_due(details)]


def _target_changed(details: Details) -> Said:
    return f"Target of task {details.get('number', '')} changed", [_due(details), _before(details), _why(details)]


def _target_removed(details: Details) -> Said:
    return f"Target of task {details.get('number', '')} removed", [_before(details), _why(details)]


def _due(details: Details) -> str:
    amount = _text(details, "target")
    return f"{_moment(details, 'due')}{f' ({amount})' if amount else ''}."


def _before(details: Details) -> str:
    return f"Before: {_moment(details, 'was')}." if _text(details, "was") else ""


def _why(details: Details) -> str:
    return f"Reason: {_text(details, 'reason')}" if _text(details, "reason") else ""


def _moment(details: Details, name: str) -> str:
    return long_moment(datetime.fromisoformat(_text(details, name)))


def _reminder(details: Details) -> Said:
    return f"Reminder about the target of task {details.get('number', '')}", [f"Due {_moment(details, 'due')}.", _mailed(details)]


def _breached(details: Details) -> Said:
    return f"Target of task {details.get('number', '')} breached", [f"Was due {_moment(details, 'due')}.", _mailed(details)]


def _mailed(details: Details) -> str:
    to = details.get("to")
    names = [str(each) for each in cast("list[object]", to)] if isinstance(to, list) else []
    return f"{' and '.join(names)} {'was' if len(names) == 1 else 'were'} emailed." if names else "Nobody was emailed."


def _file(details: Details) -> Said:
    if "number" not in details:
        return "File added", [_text(details, "name")]
    count = details.get("count", 1)
    return f"{_task(details)}: {'file' if count == 1 else f'{count} files'} added", []


def _mail(details: Details) -> Said:
    what = _MAILS.get(_text(details, "mail"), "")
    return "Email could not be sent", [f"To {_text(details, 'to')}{f': {what}' if what else ''}."]


_MAILS = {
    "assigned": "a task was assigned",
    "team_task": "a new task for the team",
    "cancelled": "a task was cancelled",
    "reminder": "reminder of a target",
    "breached": "a target was breached",
    "unassigned": "a task was given to somebody else",
    "all_completed": "no task is outstanding any more",
    "step_ready": "the next step of a task",
}
"""The kinds of mail as a history names them (behaviour, section 8)."""


def _case_closed(details: Details) -> Said:
    if _text(details, "text"):
        return "Case closed: note", [_text(details, "text")]
    return "Case closed", [_outcome(details)]


def _migrated(details: Details) -> Said:
    now, before = f"version {_text(details, 'version')} of “{_text(details, 'plugin')}”", _text(details, "former")
    return f"{_task(details)} goes on with {now}", [f"Before: version {before}." if before != _text(details, "version") else ""]


_SENTENCES: dict[str, Callable[[Details], Said]] = {
    Happened.CASE_RAISED: _raised,
    Happened.MANAGER_ASSIGNED: _manager,
    Happened.TASK_CREATED: _created,
    Happened.STEP_COMPLETED: _step,
    Happened.TIMER_FIRED: _timer,
    Happened.JOB_DONE: _job,
    Happened.JOB_FAILED: _job_failed,
    Happened.MESSAGE_RECEIVED: _message,
    Happened.NOTE_WRITTEN: _note,
    Happened.TASK_CLOSED: _closed,
    Happened.TASK_CANCELLED: _cancelled,
    Happened.CLAIMED: _claimed,
    Happened.RELEASED: _released,
    Happened.REASSIGNED: _reassigned,
    Happened.TARGET_SET: _target_set,
    Happened.TARGET_CHANGED: _target_changed,
    Happened.TARGET_REMOVED: _target_removed,
    Happened.REMINDER_SENT: _reminder,
    Happened.BREACHED: _breached,
    Happened.FILE_ADDED: _file,
    Happened.MAIL_FAILED: _mail,
    Happened.CASE_CLOSED: _case_closed,
    Happened.TASK_MIGRATED: _migrated,
}
