"""How a multipurpose task shows itself: each question with its answer, then checklists and files."""

from collections.abc import Iterator

from casetasks_app.task_types.summary import Block, Checklist, Files, StepView, Table, TaskView, Text, checked, said

_APART = frozenset({"files", "checklist"})


def summary(task: TaskView) -> Iterator[Block]:
    """The questions and what was answered; before that, the questions that wait."""
    filled_in = task.latest("fill_in")
    if filled_in is None:
        yield Text("Not filled in yet.")
        return
    answered = [row for row in filled_in.rows if row.name in (filled_in.answers or {}) and row.has_answer]
    pairs = tuple((row.label, said(row, filled_in.answer(row.name), task)) for row in answered if row.kind not in _APART)
    if pairs:
        yield Table(("Question", "Answer"), pairs, title=f"Answers from {filled_in.byline}")
    yield from _apart(filled_in, task)


def _apart(filled_in: StepView, task: TaskView) -> Iterator[Block]:
    """What does not fit into a cell."""
    for row in filled_in.rows:
        answer = filled_in.answer(row.name) or ()
        if row.kind == "checklist" and answer:
            yield Checklist(tuple((row.label_of(each["item"]), *checked(each)) for each in answer), title=row.label)
        if row.kind == "files" and answer:
            yield Files(tuple((each, said(row, each, task)) for each in answer), title=row.label)
