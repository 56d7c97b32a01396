"""What stands still: the model of a file, and the steps of an instance that wait for people."""

from collections import OrderedDict
from threading import Lock

from casetasks_app.process.engine.specs import specs_of
from casetasks_app.process.expressions import ExpressionRefused, fill
from casetasks_app.process.model import Model, ModelRefused, Node
from casetasks_app.process.reading import digest_of, read_model
from casetasks_app.process.state import OpenStep, State, Waiting

_MOST_KEPT = 128
_kept: OrderedDict[str, Model] = OrderedDict()
_lock = Lock()


def load(xml: str, *, name: str = "process.bpmn") -> Model:
    """The model of a BPMN file; the same text gives the same model. Raises ModelRefused with every problem."""
    digest = digest_of(xml)
    known = cached(digest)
    if known is not None:
        return known
    model, problems = read_model(xml, name)
    if model is None or problems:
        raise ModelRefused(problems)
    specs_of(model)
    with _lock:
        _kept[digest] = model
        if len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return model


def cached(digest: str) -> Model | None:
    """The model with this digest, if it was loaded here not long ago: a way not to fetch its text."""
    with _lock:
        model = _kept.get(digest)
        if model is not None:
            _kept.move_to_end(digest)
        return model


def open_steps(model: Model, state: State) -> list[OpenStep]:
    """The steps that wait for somebody, in the order of the file.

    Who that is comes from the variables as they are now. A step whose person or team turns out to be nobody goes to
    whoever has the task, so that it never belongs to no one.
    """
    positions = {node.id: number for number, node in enumerate(model.steps, 1)}
    return [_open_step(model.nodes[waiting.name], waiting, state, positions) for waiting in state.steps]


def _open_step(node: Node, waiting: Waiting, state: State, positions: dict[str, int]) -> OpenStep:
    known = dict(state.variables)
    if node.repetition is not None and node.repetition.item:
        known[node.repetition.item] = waiting.item
    assignee = _named(node.performer, known)
    team = None if assignee else _named(node.groups, known)
    return OpenStep(
        id=waiting.id,
        name=node.id,
        title=str(_filled(node.title, known) or node.id),
        form=node.form,
        performer="person" if assignee else "team" if team else "task",
        assignee=assignee,
        team=team,
        position=positions[node.id],
        count=len(positions),
    )


def _named(expression: str | None, known: dict[str, object]) -> str | None:
    value = _filled(expression, known) if expression else None
    if isinstance(value, list | tuple):
        value = value[0] if len(value) == 1 else None
    return str(value) if value not in (None, "") and not isinstance(value, bool | dict) else None


def _filled(text: str, known: dict[str, object]) -> object:
    try:
        return fill(text, known)
    except ExpressionRefused:
        return None
