"""Conformance of what moves: every task ends, and its view can be shown at every stage of the way."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

from casetasks_app.play.at_random import NeverEnds, play_to_the_end, settings_for
from casetasks_app.play.guessing import HOSTILE, NothingAccepted, chance_of, with_hostile_texts
from casetasks_app.play.task import AnswersRefused, Play
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.shapes import Json
from casetasks_app.task_types.summary import StepView, TaskView, blocks_from_json, blocks_to_json, summary_of

PLAYS = 25
_NUMBERS = frozenset({"done", "total"})


def ending_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Tasks that did not end, or could not go on."""
    for seed in range(PLAYS):
        chance = chance_of(seed)
        settings = settings_for(plugin, chance) if seed % 2 else None
        try:
            play_to_the_end(plugin, chance, settings=settings)
        except (NeverEnds, NothingAccepted, AnswersRefused) as failure:
            yield f"play {seed}: {failure}"
            return


def view_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Stages at which the summary raises, gives nothing that can be stored, or shows nothing at all."""
    found: dict[str, None] = {}

    def look(play: Play) -> None:
        for view in _looks_of(play.view()):
            for problem in _problems_of(plugin, view):
                found[problem] = None

    for seed in range(PLAYS // 3):
        chance = chance_of(seed)
        play_to_the_end(plugin, chance, settings=settings_for(plugin, chance) if seed % 2 else None, watch=look)
        look(play_to_the_end(plugin, chance, watch=look))
    yield from found


def stale_view_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Answers of an older version: fields that are gone, steps that no longer exist, no settings."""
    for seed in range(PLAYS // 5):
        view = play_to_the_end(plugin, chance_of(seed)).view()
        bare = tuple(replace(step, rows=(), answers={}) for step in view.steps)
        other = StepView("a_step_of_another_version", "Another step", (), {"a_field": "x"}, "Tom Ellis")
        for older in (replace(view, steps=bare), replace(view, steps=(*view.steps, other)), replace(view, people={}, teams={}, files={})):
            yield from _problems_of(plugin, older)


def _looks_of(view: TaskView) -> Iterator[TaskView]:
    """The view as it is, stopped, and with hostile texts in every text that was typed."""
    yield view
    yield replace(view, status="cancelled", outcome="")
    for text in HOSTILE:
        steps = (replace(step, answers=with_hostile_texts(step.answers, step.rows, text)) if step.answers else step for step in view.steps)
        yield replace(view, steps=tuple(steps), description=text)


def _problems_of(plugin: TaskPlugin, view: TaskView) -> Iterator[str]:
    where = f"{view.status}, after {len(view.done())} steps"
    try:
        blocks = tuple(summary_of(plugin)(view))
        stored = json.loads(json.dumps(blocks_to_json(blocks)))
    except Exception as failure:
        logging.getLogger(__name__).debug("the summary failed", exc_info=True)
        yield f"summary: {type(failure).__name__}: {failure} ({where})"
        return
    if not all(_is_text(value) for block in stored for name, value in block.items() if name not in _NUMBERS):
        yield f"summary: everything a block shows must be text ({where})"
    if blocks_from_json(stored) != blocks:
        yield f"summary: its blocks are others after they were stored; use tuples ({where})"
    if not blocks and view.status == "new":
        yield f"summary: it shows nothing ({where})"


def _is_text(value: Json) -> bool:
    return all(_is_text(each) for each in value) if isinstance(value, list) else isinstance(value, str)  # pyright: ignore[reportUnknownVariableType]
