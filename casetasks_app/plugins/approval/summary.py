"""How an approval shows itself: the decision large, its conditions, and the rounds it took."""

from collections.abc import Iterator

from casetasks_app.plugins.approval.forms import Decide
from casetasks_app.task_types.forms import lines, rows
from casetasks_app.task_types.summary import Block, Decision, Files, StepView, Table, TaskView, Text

_LABELS = dict(rows(Decide)[0].options)


def summary(task: TaskView) -> Iterator[Block]:
    """The latest decision first, then everything that led to it."""
    rounds = task.done("decide")
    yield _decision(task, rounds[-1] if rounds else None)
    if rounds:
        yield from _details(rounds[-1])
    replies = task.done("revise")
    if replies:
        yield Table(
            ("Round", "Decision", "Reason", "Reply"),
            tuple(_round(number, each, replies) for number, each in enumerate(rounds, start=1)),
            title="Rounds",
        )
    files = [each for reply in replies for each in reply.answer("files") or ()]
    if files:
        yield Files(tuple((each, task.files.get(each, "A file that is gone")) for each in files))


def _decision(task: TaskView, latest: StepView | None) -> Decision:
    withdrawal = task.latest("revise")
    if withdrawal and withdrawal.answer("action") == "withdraw":
        return Decision("Withdrawn", title="Decision", byline=withdrawal.byline)
    if latest is None:
        return Decision("Not decided yet", title="Decision")
    answer = str(latest.answer("decision"))
    tone = "bad" if answer == "reject" else "good"
    is_asked_again = any(step.name == "decide" for step in task.waiting())
    title = "Last decision, asked again since" if is_asked_again else "Decision"
    return Decision(_LABELS.get(answer, answer), tone, title=title, byline=latest.byline)


def _details(decided: StepView) -> Iterator[Block]:
    conditions = lines(decided.answer("conditions"))
    if conditions:
        yield Table(
            ("Number", "Condition"),
            tuple((str(number), condition) for number, condition in enumerate(conditions, start=1)),
            title="Conditions",
        )
    if decided.answer("reason"):
        yield Text(decided.answer("reason"), title="Reason")


def _round(number: int, decided: StepView, replies: tuple[StepView, ...]) -> tuple[str, str, str, str]:
    answer = str(decided.answer("decision"))
    reply = replies[number - 1] if number <= len(replies) else None
    said = "Withdrawn" if reply and reply.answer("action") == "withdraw" else (reply and reply.answer("reply")) or ""
    return str(number), _LABELS.get(answer, answer), decided.answer("reason") or "", said
