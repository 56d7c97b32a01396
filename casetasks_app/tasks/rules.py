"""Who may do what with a task, and which task types a case can use now. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from casetasks_app.people.rules import Actor

LONGEST_DESCRIPTION = 120
LONGEST_SUMMARY = 4000
LONGEST_REASON = 1000
ANOTHER_REASON = "Another reason"
USUAL_REASONS = ("No longer needed", "Created by mistake", "Duplicate of another task", "The case changed")


@dataclass(frozen=True, slots=True)
class Standing:
    """What must be known of a task to decide who may do what: plain facts, no rows.

    `holders` and `teams` are the people who have an open step and the teams that may claim or see one; `team_ids`
    are all teams the task is or was with, also those of a person it was given to directly; `open_team_ids` are
    those that its open steps are with now. `helpers` had a step before.
    """

    case_type_id: int
    manager_id: int | None
    is_new: bool
    holders: frozenset[int] = frozenset()
    teams: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()
    open_team_ids: frozenset[int] = frozenset()
    claimable: frozenset[int] = frozenset()
    helpers: frozenset[int] = frozenset()
    is_cancellable: bool = False
    allows_override: bool = False


def is_case_manager(actor: Actor, standing: Standing) -> bool:
    """Tell whether the actor is the case manager of the task's case, and still one of the case type's."""
    return standing.manager_id == actor.person_id and standing.case_type_id in actor.manages


def may_see(actor: Actor, standing: Standing) -> bool:
    """Behaviour, section 10: managers of the case type, the task's people, its team, the team's leads (B17, S43)."""
    return (
        standing.case_type_id in actor.manages
        or actor.person_id in standing.holders | standing.helpers
        or bool(actor.teams & standing.teams)
        or bool(actor.leads & standing.team_ids)
    )


def may_claim(actor: Actor, standing: Standing) -> bool:
    """Members of the team that has it, its leads among them (S42, S43)."""
    return standing.is_new and bool(actor.teams & standing.claimable)


def may_release(actor: Actor, standing: Standing) -> bool:
    """The assignee, the case manager, or a lead of the team; only what a team can take back (S90)."""
    if not (standing.is_new and standing.holders and standing.open_team_ids):
        return False
    return actor.person_id in standing.holders or is_case_manager(actor, standing) or bool(actor.leads & standing.open_team_ids)


def may_reassign(actor: Actor, standing: Standing) -> bool:
    """B22: the case manager, a lead of the team that has it now, the assignee."""
    return standing.is_new and (
        is_case_manager(actor, standing) or bool(actor.leads & standing.open_team_ids) or actor.person_id in standing.holders
    )


def may_cancel(actor: Actor, standing: Standing) -> bool:
    """B25, S79: only the case manager, only cancellable types, only while new."""
    return standing.is_new and standing.is_cancellable and is_case_manager(actor, standing)


def may_change_target(actor: Actor, standing: Standing) -> bool:
    """B23: the case manager, where SLA – Override allows."""
    return standing.is_new and standing.allows_override and is_case_manager(actor, standing)


def may_do(actor: Actor, standing: Standing) -> bool:
    """B19: only the assignee fills the step's form."""
    return standing.is_new and actor.person_id in standing.holders


def is_generated(field: str, answers: Mapping[str, object]) -> bool:
    """Tell whether a conditional task is created (B15, section 4).

    A blank field, or one that the case form leaves absent, null or empty, means yes; so do exactly `yes`, `true`
    and boolean true. Any other value means no.
    """
    if not field:
        return True
    value = answers.get(field)
    return value is None or value is True or (isinstance(value, str) and value in {"", "yes", "true"})


def as_entered(answers: Mapping[str, object], entered: Mapping[str, object]) -> dict[str, object]:
    """Return a case's answers with its texts as somebody entered them: ` yes ` is kept as `yes` but is not `yes` (section 4)."""
    texts = {name: value for name, value in entered.items() if isinstance(value, str) and isinstance(answers.get(name), str)}
    return {**answers, **texts}


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many tasks of one type a case has: created (cancelled ones included), completed, and outstanding."""

    created: int = 0
    completed: int = 0
    outstanding: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """The Task Limits of one task type."""

    key: str
    name: str
    minimum: int = 0
    maximum: int = 0
    prerequisites: tuple[str, ...] = ()
    retired: frozenset[str] = frozenset()
    """Those of the prerequisites of which no new task can be created any more."""


def why_unusable(limits: Limits, counts: Mapping[str, TypeCount], names: Mapping[str, str]) -> str:
    """Return why the type cannot be used on this case now and what unlocks it, or "" when it can (B3, S31, S83–S86).

    A cancelled prerequisite does not count as completed (B33). A retired one is waited for only while a task of it is
    outstanding: nothing else could ever complete it.
    """
    own = counts.get(limits.key, TypeCount())
    if limits.maximum and own.created >= limits.maximum:
        times = "time" if limits.maximum == 1 else "times"
        return f"already created {own.created} of {limits.maximum} {times}"
    missing = [names.get(key, key) for key in limits.prerequisites if _is_missing(counts.get(key, TypeCount()), key in limits.retired)]
    if missing:
        return "first complete " + " and ".join(f"“{name}”" for name in missing)
    return ""


def _is_missing(made: TypeCount, is_retired: bool) -> bool:
    return not made.completed and (not is_retired or made.outstanding > 0)


def minimums_missing(types: Sequence[Limits], counts: Mapping[str, TypeCount]) -> list[tuple[Limits, int]]:
    """Return the types of which more must be completed before the case may close, with how many (B31, S81, S82)."""
    return [
        (limits, limits.minimum - counts.get(limits.key, TypeCount()).completed)
        for limits in types
        if counts.get(limits.key, TypeCount()).completed < limits.minimum
    ]


def reason_problem(reason: str, text: str, offered: Collection[str]) -> tuple[str, str] | None:
    """Return the field and the sentence that refuses a cancel reason, or None (B26: listed, free text, one required)."""
    if len(text) > LONGEST_REASON:
        return "text", f"Reason must be {LONGEST_REASON:,} characters or less."
    needs_text = reason == ANOTHER_REASON or not offered
    if needs_text:
        return None if text.strip() else ("text", "Enter the reason for cancelling.")
    return None if reason in offered else ("reason", "Select why you are cancelling the task.")
