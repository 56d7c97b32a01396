"""All checks of a process model, one after the other; the later ones only when the earlier found nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casetasks_app.process.check import decisions, loops, markings, moments, people, turns, variables, ways
from casetasks_app.process.check.flat import Spot, TooLarge, start_of, unfold
from casetasks_app.process.check.variables import Known
from casetasks_app.process.model import Model, Problem
from casetasks_app.process.reading import read_model
from casetasks_app.task_types.fields import FieldRow


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a model may name: forms by formKey, the task type's settings, teams, and topics with what each gives back.

    `None` for teams or topics: they are not known yet and are not checked.
    """

    forms: Mapping[str, Sequence[FieldRow]]
    settings: Sequence[FieldRow] = ()
    teams: Collection[str] | None = None
    topics: Mapping[str, Sequence[str]] | None = field(default=None)


def check(
    xml: str,
    *,
    forms: Mapping[str, Sequence[FieldRow]],
    settings: Sequence[FieldRow] = (),
    teams: Collection[str] | None = None,
    topics: Mapping[str, Sequence[str]] | None = None,
    name: str = "process.bpmn",
) -> list[Problem]:
    """Everything that keeps this file from being used with these forms, in the order of lines; empty when nothing does.

    Never raises, whatever the text is. Problems with `is_warning` do not keep the model from being used.
    """
    model, problems = read_model(xml, name)
    if model is None or problems:
        return problems
    around = Surroundings(forms, settings, teams, topics)
    return sorted(set(_deeper_problems(model, around)))


def _deeper_problems(model: Model, around: Surroundings) -> Iterator[Problem]:
    found = list(loops.problems_of(model))
    yield from found
    try:
        spots = unfold(model)
    except TooLarge:
        main = model.processes[model.main]
        yield Problem(model.name, main.line, main.id, "is too large to be checked when its calls are unfolded")
        return
    arriving = variables.values_at(spots, start_of(spots, ""), around.forms, around.topics or {}, around.settings)
    yield from _answers_problems(model, spots, around, arriving)
    if not found:
        for node, message, is_warning in markings.problems_of(spots, ways.impossible_ways(spots, arriving)):
            yield Problem(model.name, node.line, node.id, message, is_warning)


def _answers_problems(model: Model, spots: dict[str, Spot], around: Surroundings, arriving: Mapping[str, Known]) -> Iterator[Problem]:
    own = {row.name for row in around.settings}
    for key, spot in spots.items():
        messages = [
            *people.form_problems(spot.node, around.forms),
            *people.topic_problems(spot.node, around.topics),
            *people.performer_problems(spot.node, arriving.get(key, {}), around.teams),
            *moments.moment_problems(spot.node, arriving.get(key, {})),
            *turns.turn_problems(spot.node, arriving.get(key, {}), around.forms.get(spot.node.form or "", ()), own),
        ]
        yield from (Problem(model.name, spot.node.line, spot.node.id, message) for message in messages)
    for node, message in variables.reading_problems(spots, arriving):
        yield Problem(model.name, node.line, node.id, message)
    for node, message in decisions.idle_way_problems(spots, arriving):
        yield Problem(model.name, node.line, node.id, message)
    for node, message, is_warning in decisions.way_out_problems(spots, arriving):
        yield Problem(model.name, node.line, node.id, message, is_warning)
