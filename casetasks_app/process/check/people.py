"""Whether every step is somebody's, has its form, and names only what exists."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from casetasks_app.process.check.variables import OPAQUE, START_VALUES, Known
from casetasks_app.process.expressions import names_read, slots_in
from casetasks_app.process.model import JOBS, STEPS, Node
from casetasks_app.task_types.fields import FieldRow

_FITTING = {"person": frozenset({"initiator", "assignee"}), "team": frozenset({"team"})}
_EXAMPLES = {"person": "${assignee}", "team": "${team}"}
_ALONE = re.compile(r"[$#]\{\s*([A-Za-z_]\w*)((?:\.\w+)*)\s*\}")


def form_problems(node: Node, forms: Mapping[str, Sequence[FieldRow]]) -> Iterator[str]:
    """A step without a form, with one that is not there, or with one whose answers would hide a start value."""
    if node.kind != "user":
        return
    there = f"forms.py has {', '.join(sorted(forms))}" if forms else "forms.py has none"
    if not node.form:
        yield f"has no form; {there}"
    elif node.form not in forms:
        yield f"no form is called {node.form!r}; {there}"
    else:
        for row in forms[node.form]:
            if row.name in START_VALUES:
                yield f"the field {row.name!r} of {node.form} would hide what every process starts with"


def topic_problems(node: Node, topics: Mapping[str, Sequence[str]] | None) -> Iterator[str]:
    """A job that nothing carries out."""
    if node.kind in JOBS and topics is not None and node.topic not in topics:
        there = f"there are {', '.join(sorted(topics))}" if topics else "there are none"
        yield f"no topic is called {node.topic!r}; {there}"


def performer_problems(node: Node, known: Known, teams: Collection[str] | None) -> Iterator[str]:
    """A step that is nobody's, or may turn out to be."""
    if node.kind not in STEPS:
        return
    if node.performer is not None:
        yield from _person_problems(node.performer, node, known)
    if node.groups is not None:
        yield from _team_problems(node.groups, node, known, teams)


def _person_problems(text: str, node: Node, known: Known) -> Iterator[str]:
    if not text:
        yield "is nobody's: its assignee is empty"
    elif not names_read(slots_in(text)):
        yield f"the assignee {text!r} is fixed in the model; use ${{initiator}}, ${{assignee}} or a field of kind person"
    else:
        yield from _kind_problems(text, node, known, "person")


def _team_problems(text: str, node: Node, known: Known, teams: Collection[str] | None) -> Iterator[str]:
    if not text:
        yield "is nobody's: its candidateGroups is empty"
    elif "," in text:
        yield "names several teams; a step belongs to one"
    elif names_read(slots_in(text)):
        yield from _kind_problems(text, node, known, "team")
    elif slots_in(text):
        yield f"the team {text!r} is no variable; write its key without a slot"
    elif teams is not None and text not in teams:
        there = f"there are {', '.join(sorted(teams))}" if teams else "there are none"
        yield f"no team is called {text!r}; {there}"


def _kind_problems(text: str, node: Node, known: Known, kind: str) -> Iterator[str]:
    """`${name}` alone names somebody; of what a repeated step goes through, a part may (`${each.person}`)."""
    item = node.repetition.item if node.repetition else None
    alone = _ALONE.fullmatch(text)
    if alone is None or (alone[2] and alone[1] != item):
        yield f"{text!r} names no {kind}; use one variable alone, such as {_EXAMPLES[kind]}"
        return
    name = alone[1]
    if name in START_VALUES and name != item:
        if name not in _FITTING[kind]:
            yield f"{name!r} is no {kind}"
        return
    for origin in known.get(name, frozenset()) - {OPAQUE} if name != item else ():
        if origin.row is not None and origin.row.kind != kind:
            yield f"{name!r} is no {kind}: its field is of kind {origin.row.kind}"
        elif origin.row is not None and (not origin.row.required or origin.row.show_if):
            yield f"may be nobody's: {name!r} may be left empty"
