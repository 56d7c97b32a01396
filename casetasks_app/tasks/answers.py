"""The answers of the creation dialog as a draft keeps them: which step asks what, and what they come to. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from casetasks_app.models import Unit
from casetasks_app.sla import custom
from casetasks_app.tasks.queries.creation import TypeOption
from casetasks_app.tasks.wanted import Problem, WantedTarget, WantedTask

TYPE, ASSIGNMENT, DETAILS, TARGETS, REVIEW = STEPS = ("type", "assignment", "details", "targets", "review")
ANYONE = "anyone"
YES = "yes"
LONGEST_ID = 9

_TEXTS: Mapping[str, tuple[str, ...]] = {
    TYPE: (),
    ASSIGNMENT: ("team", "person"),
    DETAILS: ("description", "summary", "case_details"),
    TARGETS: ("target", "amount", "unit"),
    REVIEW: (),
}

Answers = Mapping[str, object]


def steps_of(option: TypeOption | None) -> tuple[str, ...]:
    """Return the steps of a task type in order; one that asks nothing has only the first, none chosen too."""
    if option is None or not option.steps:
        return (TYPE,)
    return (TYPE, *option.steps, REVIEW)


def done_of(answers: Answers) -> frozenset[str]:
    """Return the steps that were continued from."""
    return frozenset(texts(answers, "done"))


def first_left(steps: Sequence[str], done: Collection[str]) -> str:
    """Return the first step that was not continued from; the last one is where everything is answered."""
    return next((step for step in steps if step not in done), steps[-1])


def reachable(step: str, steps: Sequence[str], done: Collection[str]) -> str:
    """Return the step itself when all before it are answered, else the first that is not."""
    left = first_left(steps, done)
    return step if step in steps and steps.index(step) <= steps.index(left) else left


def after(step: str, steps: Sequence[str], done: Collection[str], *, to_review: bool) -> str:
    """Return where Continue leads: on, or to the review with only what is still to be asked before it."""
    if to_review:
        return first_left(steps, done)
    return steps[min(steps.index(step) + 1, len(steps) - 1)] if step in steps else steps[0]


def answered_in(step: str, sent: Answers) -> dict[str, object]:
    """Return what a step's form said, as drafts keep it; a box that is not ticked sends nothing."""
    kept: dict[str, object] = {name: text(sent, name) for name in _TEXTS.get(step, ())}
    if step == DETAILS:
        kept["files"] = texts(sent, "files")
    return kept


def wanted_of(key: str, option: TypeOption, answers: Answers, uploads: Sequence[str]) -> tuple[WantedTask, list[Problem]]:
    """Return the task these answers ask for, and the answers that mean nothing."""
    problems: list[Problem] = []
    team_id = number(answers, "team") or option.single_team_id
    is_anyone, person_id = text(answers, "person") == ANYONE, number(answers, "person")
    if ASSIGNMENT in option.steps and team_id and not is_anyone and not person_id:
        problems.append(Problem(ASSIGNMENT, "person", "Select a person, or anyone in the team."))
    target = WantedTarget()
    if TARGETS in option.steps:
        target, wrong = target_of(answers)
        problems += wrong
    wanted = WantedTask(
        task_type_id=option.id,
        key=key,
        team_id=team_id,
        assignee_id=None if is_anyone else person_id,
        description=text(answers, "description"),
        summary=text(answers, "summary"),
        file_ids=(*texts(answers, "files"), *uploads),
        shares_case_details=text(answers, "case_details") == YES,
        target=target,
    )
    return wanted, problems


def target_of(answers: Answers) -> tuple[WantedTarget, list[Problem]]:
    """Return the target asked for; what was typed may carry its own unit, as in "48h" (B7)."""
    kind = text(answers, "target")
    if kind in {"usual", "none"}:
        return WantedTarget("none" if kind == "none" else "usual"), []
    if kind != "custom":
        return WantedTarget(), [Problem(TARGETS, "target", "Select when it should be done.")]
    try:
        amount = custom.typed_target(text(answers, "amount"), Unit.HOURS if text(answers, "unit") == Unit.HOURS else Unit.DAYS)
    except custom.TargetRefused as refusal:
        return WantedTarget(), [Problem(TARGETS, "amount", str(refusal))]
    return WantedTarget("custom", amount.amount, Unit(amount.unit)), []


def text(answers: Answers, name: str) -> str:
    """Return a single answer; anything that is no text counts as not answered."""
    value = answers.get(name)
    return value if isinstance(value, str) else ""


def texts(answers: Answers, name: str) -> list[str]:
    """Return an answer that may be several; one alone comes as a text."""
    value = answers.get(name)
    if isinstance(value, list):
        return [each for each in cast("list[object]", value) if isinstance(each, str)]
    return [value] if isinstance(value, str) and value else []


def number(answers: Answers, name: str) -> int | None:
    """Return an answer that is an id."""
    value = text(answers, name)
    return int(value) if value.isdecimal() and len(value) <= LONGEST_ID else None
