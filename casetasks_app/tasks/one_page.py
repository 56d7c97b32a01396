"""The creation dialog's short cuts: all questions on one page, a task to be done at once by oneself, and undoing a creation."""

from datetime import datetime

from sqlmodel import Session

from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Person
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import answers, cancel, dialog, drafts, rules
from casetasks_app.tasks.access import at_hand
from casetasks_app.tasks.answers import ASSIGNMENT, DETAILS, TARGETS, TYPE
from casetasks_app.tasks.queries import creation
from casetasks_app.tasks.queries import dialog as showing
from casetasks_app.tasks.submitted import Submitted
from casetasks_app.tasks.wanted import TaskRefused

ALL = "all"
"""Stands for a step where all questions are asked on one page."""
MISTAKE = "Created by mistake"


class AlreadyClaimed(CaseTasksError):
    """Somebody has already claimed this task."""


class NotForYou(CaseTasksError):
    """You are in none of the teams that can do this type of task."""


def keep(session: Session, *, case_id: int, step: str, sent: answers.Answers, actor: Actor, now: datetime) -> None:
    """Keep what was typed in a step, or with the step `all` in each part of the one page that says something new.

    Raises like `dialog.keep`. `drawn` names the parts that were shown: another type asks other questions.
    """
    parts = _changed_parts(session, case_id, sent, actor) if step == ALL else [step]
    for part in parts:
        dialog.keep(session, case_id=case_id, step=part, sent=sent, actor=actor, now=now)


def submit_all(session: Session, *, case_id: int, key: str, actor: Actor, now: datetime) -> Submitted:
    """Create the task; raises like `dialog.submit`, TaskRefused with every problem of the page at once."""
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft and draft.key == key:
        now_shown = showing.dialog(session, case_id=case_id, actor=actor, now=now)
        if problems := dialog.problems(session, case_id=case_id, now_shown=now_shown):
            raise TaskRefused(*problems)
    return dialog.submit(session, case_id=case_id, key=key, actor=actor, now=now)


def submit_for_me(session: Session, *, case_id: int, key: str, actor: Actor, now: datetime) -> Submitted:
    """Create the task for oneself, with the answers so far and the usual ones for the rest; raises like `dialog.submit`, and NotForYou.

    What the draft says stays as it was when the creation is refused, because both are one transaction.
    """
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft and draft.key == key and draft.task_type_id:
        given: dict[str, object] = {} if answers.text(draft.answers, "target") else {"target": "usual"}
        teams = [each.id for each in creation.teams(session, task_type_id=draft.task_type_id)]
        if teams:
            given |= {"team": str(_my_team(teams, answers.number(draft.answers, "team"), actor)), "person": str(actor.person_id)}
        dialog.put(session, case_id=case_id, given=given, actor=actor, now=now)
    return dialog.submit(session, case_id=case_id, key=key, actor=actor, now=now)


def undo(session: Session, *, task_id: int, actor: Actor, now: datetime) -> int:
    """Cancel a task that was just created and return its number; raises like `cancel.cancel`, and AlreadyClaimed.

    Where the type lists no such reason it is kept as text.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    claimed = [step.assignee_id for step in at.steps if step.assignee_id and step.held_since > at.task.created_at]
    if claimed:
        raise AlreadyClaimed(f"{session.get_one(Person, claimed[0]).name} has already claimed this task.")
    is_listed = MISTAKE in cancel.offered_reasons(at.task_type.cancel_reasons)
    reason = cancel.Reason(MISTAKE) if is_listed else cancel.Reason(rules.ANOTHER_REASON, MISTAKE)
    cancel.cancel(session, task_id=task_id, reason=reason, actor=actor, now=now)
    return at.task.number


def _changed_parts(session: Session, case_id: int, sent: answers.Answers, actor: Actor) -> list[str]:
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft is None or answers.number(sent, "task_type") != draft.task_type_id:
        return [TYPE]
    drawn = answers.text(sent, "drawn").split(",")
    known = draft.answers.items()
    return [each for each in (ASSIGNMENT, DETAILS, TARGETS) if each in drawn and not answers.answered_in(each, sent).items() <= known]


def _my_team(teams: list[int], chosen: int | None, actor: Actor) -> int:
    mine = [each for each in teams if actor.is_member(each)]
    if not mine:
        raise NotForYou
    return chosen if chosen in mine else mine[0]
