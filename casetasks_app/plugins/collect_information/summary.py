"""How a collection of information shows itself: how many questions are answered, and each with its answer."""

from collections.abc import Iterator

from casetasks_app.task_types.forms import lines
from casetasks_app.task_types.summary import Block, Facts, Files, Progress, StepView, Table, TaskView, Text


def summary(task: TaskView) -> Iterator[Block]:
    """The questions with the answers of the last round, and what was asked for since."""
    questions = lines(task.settings.get("questions"))
    answered = task.latest("answer")
    pairs = [(question, _answer(answered, number)) for number, question in enumerate(questions, start=1)]
    count = sum(1 for number in range(1, len(questions) + 1) if answered and answered.answer(f"answer_{number}"))
    yield Progress(count, len(questions), f"answered {count} of {len(questions)}")
    yield Table(("Question", "Answer"), tuple(pairs), title=f"Answers from {answered.byline}" if answered else "Answers")
    if answered and answered.answer("files"):
        yield Files(tuple((each, task.files.get(each, "A file that is gone")) for each in answered.answer("files")))
    yield from _checks(task)


def _checks(task: TaskView) -> Iterator[Block]:
    """What the case manager said to the answers, newest first."""
    for check in reversed(task.done("check")):
        if check.answer("enough") == "yes":
            yield Facts((("Is this enough?", "Yes"), ("Checked by", check.byline)))
        else:
            yield Text(str(check.answer("missing")), title="Asked again", byline=check.byline)


def _answer(answered: StepView | None, number: int) -> str:
    if answered is None:
        return "Not answered yet"
    if answered.answer(f"unknown_{number}"):
        return "Does not have this information"
    return answered.answer(f"answer_{number}") or "Not answered yet"
