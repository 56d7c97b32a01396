"""Files that become part of a case after it was raised."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.cases import access, rules
from casetasks_app.errors import NotAllowed
from casetasks_app.files import service as files
from casetasks_app.models import CaseStatus
from casetasks_app.people.rules import Actor


class CannotAddFiles(NotAllowed):
    """Only the case manager adds files, and only to an open case."""


def draft_key(reference: str) -> str:
    """Return the key under which files for a case are uploaded before they are part of it."""
    return f"case/{reference}"


def add(session: Session, *, case_id: int, actor: Actor, now: datetime) -> list[str]:
    """Make what the case manager has uploaded for this case part of it; returns the ids, none when there was nothing.

    Repeating it changes nothing. Raises CannotAddFiles, NotFound.
    """
    case = access.seen(session, case_id=case_id, actor=actor)
    is_manager = rules.is_case_manager(actor, case_type_id=case.case_type_id, manager_id=case.manager_id)
    if not is_manager or case.status != CaseStatus.OPEN:
        raise CannotAddFiles
    return files.claim_drafts(session, draft_key=draft_key(case.reference), case_id=case_id, person_id=actor.person_id, now=now)
