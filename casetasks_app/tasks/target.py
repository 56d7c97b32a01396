"""A task's target: asked for, set at creation, changed later, put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from casetasks_app import moments
from casetasks_app.errors import NotAllowed
from casetasks_app.models import CaseType, TargetSource, Task, TaskType
from casetasks_app.models.columns import NEVER
from casetasks_app.people.rules import Actor
from casetasks_app.sla import calendars, custom, words
from casetasks_app.sla import rules as sla_rules
from casetasks_app.sla import service as sla
from casetasks_app.sla.rules import Amount
from casetasks_app.sla.words import TargetFacts, TargetWords
from casetasks_app.task_types.forms import cleaned
from casetasks_app.tasks import rules, steps
from casetasks_app.tasks.access import at_hand, lock
from casetasks_app.tasks.wanted import Problem, TaskRefused, WantedTarget

LONGEST_REASON = 500


class CannotChangeTarget(NotAllowed):
    """Only the case manager can change the target, and only where this type of task allows it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a target would be, in words, before anything is created (B7)."""

    amount: str
    due: str
    reminders: tuple[str, ...] = ()
    has_late_reminder: bool = False
    """A reminder is configured whose moment would have passed already (R22)."""
    is_business: bool = False
    """Days and hours are working days and hours."""
    at: datetime | None = None
    rest_day: str = ""
    """The day at a weekend on which a target falls that runs round the clock."""


def problems(asked: WantedTarget) -> list[Problem]:
    """Return what is wrong with a custom target: 1 to 365 days, 1 to 2,000 hours (B7, S59, S60)."""
    if asked.kind != "custom":
        return []
    if asked.amount is None:
        return [Problem("targets", "amount", "Enter the number of days or hours.")]
    try:
        custom.checked_target(Amount(asked.amount, asked.unit))
    except custom.TargetRefused as refusal:
        return [Problem("targets", "amount", str(refusal))]
    return []


def preview(session: Session, *, setup: TaskType, case_type: CaseType, asked: WantedTarget, now: datetime) -> Preview:
    """Return the exact moment a target would have if the task were created now (B7)."""
    calendar = calendars.calendar_of(session, task_type=setup, case_type=case_type)
    clock = calendars.clock_for(session, calendar.id if calendar else None)
    amount = _amount(setup, asked)
    if amount is None:
        return Preview("", "No target", is_business=clock.is_business)
    due_at = sla_rules.due_moment(now, amount, clock)
    leads = tuple(Amount(int(str(each["amount"])), sla_rules.Unit(each["unit"])) for each in setup.reminders)
    plan = sla_rules.Plan(now, due_at, leads)
    told = [
        f"{words.lead_in_words(lead, is_business=clock.is_business)} ({words.short_moment(at, now)})"
        for lead in leads
        if (at := sla_rules.reminder_moment(plan, lead, clock))
    ]
    return Preview(
        amount=words.amount_in_words(amount, is_business=clock.is_business),
        due=words.long_moment(due_at),
        reminders=tuple(told),
        has_late_reminder=len(told) < len(leads),
        is_business=clock.is_business,
        at=due_at,
        rest_day="" if clock.is_business else moments.weekend_day(due_at),
    )


def preview_change(session: Session, *, task_id: int, asked: WantedTarget, actor: Actor) -> str:
    """Return the exact moment a changed target would have, counted from the task's creation (B23, R16). Raises NotFound."""
    at = at_hand(session, task_id=task_id, actor=actor)
    amount = _amount(at.task_type, asked)
    clock = calendars.clock_for(session, at.task.target_calendar_id)
    return words.long_moment(sla_rules.due_moment(at.task.created_at, amount, clock)) if amount else ""


def change(session: Session, *, task_id: int, asked: WantedTarget, reason: str, actor: Actor, now: datetime) -> None:
    """Change or remove the target of an open task, where SLA – Override allows it (B23, R16, R17).

    Raises CannotChangeTarget, TaskRefused, TaskIsOver or NotFound.
    """
    at = at_hand(session, task_id=task_id, actor=actor, keep=True)
    lock(session, at)
    if not rules.may_change_target(actor, at.standing):
        raise CannotChangeTarget
    refuse(problems(asked))
    why = cleaned(reason, lines=True)[:LONGEST_REASON]
    sla.change_target(
        session,
        task=at.task,
        target=_amount(at.task_type, asked),
        reason=why,
        actor_id=actor.person_id,
        now=now,
    )
    for step in at.open_steps:
        step.sort_at = at.task.due_at or NEVER
    steps.tell(session, at.task, at.case, *at.open_steps)


def set_at_creation(session: Session, *, task: Task, setup: TaskType, case_type: CaseType, asked: WantedTarget) -> None:
    """Fix the target on a task that is being created: removed, custom, the configured one, or none (R15)."""
    amount = _amount(setup, asked)
    sources = {"none": TargetSource.REMOVED, "custom": TargetSource.CUSTOM}
    source = sources.get(asked.kind, TargetSource.DEFAULT if amount else TargetSource.NONE)
    sla.set_target(session, task=task, task_type=setup, case_type=case_type, target=amount, source=source)


def words_of(session: Session, tasks: Sequence[Task], *, now: datetime) -> dict[int, TargetWords]:
    """Return the words of these tasks' targets by task id."""
    clocks = calendars.clocks_for(session, {task.target_calendar_id for task in tasks})
    return {
        task.id or 0: words.target_words(
            TargetFacts(
                status=task.status.value,
                created_at=task.created_at,
                due_at=task.due_at,
                ended_at=task.ended_at,
                first_reminder_at=task.first_reminder_at,
            ),
            clock=clocks[task.target_calendar_id],
            now=now,
        )
        for task in tasks
    }


def _amount(setup: TaskType, asked: WantedTarget) -> Amount | None:
    if asked.kind == "none":
        return None
    if asked.kind == "custom" and asked.amount is not None:
        return Amount(asked.amount, asked.unit)
    return Amount(setup.target_amount, setup.target_unit) if setup.target_amount else None


def refuse(found: list[Problem]) -> None:
    """Raise TaskRefused when there is any problem."""
    if found:
        raise TaskRefused(*found)
