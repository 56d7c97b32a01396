"""What *View* shows of a task: blocks, made by the plugin's `summary(task)` from a frozen view of the task.

    def summary(task: TaskView) -> list[Block]: ...

It is called after every step, open or not, so it says how things stand now (S25). A plugin without one shows its
answers in the order of the steps.
"""

import importlib
import importlib.util
import logging
from collections.abc import Callable, Iterable, Mapping

from casetasks_app.task_types.blocks import (
    Block,
    Checklist,
    Decision,
    Facts,
    Files,
    Progress,
    Table,
    Text,
    blocks_from_json,
    blocks_to_json,
)
from casetasks_app.task_types.choosing import CHECKLIST_ANSWERS
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.moments import in_words
from casetasks_app.task_types.shapes import Json, items, record
from casetasks_app.task_types.view import StepView, TaskView

__all__ = [
    "Block",
    "Checklist",
    "Decision",
    "Facts",
    "Files",
    "Progress",
    "StepView",
    "Summary",
    "Table",
    "TaskView",
    "Text",
    "answer_blocks",
    "blocks_from_json",
    "blocks_to_json",
    "checked",
    "said",
    "summarise",
    "summary_of",
]

NOT_PROVIDED = "Not provided"
_BROKEN = "This part of the task cannot be shown right now. The rest of the task works. Tell your service desk: {id}."
_log = logging.getLogger(__name__)


Summary = Callable[[TaskView], Iterable[Block]]


def summary_of(plugin: TaskPlugin) -> Summary:
    """The plugin's own summary, or `answer_blocks`; nothing callable when summary.py has none. Raises what importing it raises."""
    name = f"{plugin.package}.summary"
    if not plugin.package or importlib.util.find_spec(name) is None:
        return answer_blocks
    found: Json = vars(importlib.import_module(name)).get("summary")
    return found


def summarise(plugin: TaskPlugin, task: TaskView) -> tuple[Block, ...]:
    """The blocks for a task; a summary that fails says so and shows the answers as they are. Raises nothing."""
    try:
        blocks = tuple(summary_of(plugin)(task))
        blocks_to_json(blocks)
    except Exception:  # noqa: BLE001 - plugins are written by others; whatever they raise is logged and said
        _log.exception("the summary of the plugin %s failed", plugin.id)
        return (Text(_BROKEN.format(id=plugin.id)), *answer_blocks(task))
    return blocks


def answer_blocks(task: TaskView) -> list[Block]:
    """The answers in the order of the steps, which is also how a task of a removed plugin is shown."""
    if not task.done():
        return [Text("Not started.")] if task.status == "new" else []
    return [block for step in task.done() for block in _step_blocks(step, task)]


def said(row: FieldRow, answer: Json, task: TaskView) -> str:
    """An answer in words: labels instead of values, names instead of ids, days and moments written out."""
    if answer is None or answer == []:
        return NOT_PROVIDED
    several, thing = items(answer), record(answer)
    if several is not None:
        return ", ".join(said(row, each, task) for each in several)
    if thing is not None:
        return f"{row.label_of(thing.get('item'))}: {checked(thing)[0]}"
    words = {
        "yes/no": lambda: "Yes" if answer else "No",
        "money": lambda: f"£{answer:,.2f}",
        "number": lambda: f"{answer:,}",
        "date": lambda: in_words(str(answer)),
        "date and time": lambda: in_words(str(answer)),
        "person": lambda: task.people.get(str(answer), "Somebody who has left"),
        "team": lambda: task.teams.get(str(answer), "A team that is gone"),
        "files": lambda: task.files.get(str(answer), "A file that is gone"),
    }
    return words.get(row.kind, lambda: row.label_of(answer))()


def checked(thing: Mapping[str, Json]) -> tuple[str, str]:
    """The answer of one checklist entry in words, and its comment."""
    return dict(CHECKLIST_ANSWERS).get(thing.get("answer", ""), NOT_PROVIDED), thing.get("comment") or ""


def _step_blocks(step: StepView, task: TaskView) -> Iterable[Block]:
    facts = [
        (row.label, said(row, step.answer(row.name), task))
        for row in step.rows
        if row.name in (step.answers or {}) and row.kind not in {"note", "files", "checklist"}
    ]
    yield Facts((*facts, ("Done by", step.byline)) if step.byline else tuple(facts), title=step.title)
    for row in step.rows:
        answer = step.answer(row.name)
        if row.kind == "files" and answer:
            yield Files(tuple((each, said(row, each, task)) for each in answer), title=row.label)
        if row.kind == "checklist" and answer:
            items = ((row.label_of(thing.get("item")), *checked(thing)) for thing in answer)
            yield Checklist(tuple(items), title=row.label)
