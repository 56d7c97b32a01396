"""The slots of a reply template: what of the case can be filled in, and the blanks that a person fills."""

import re
from collections.abc import Mapping

from casetasks_app.task_types.forms import Json

KNOWN = ("case.reference", "case.title", "case.contact")
_SLOT = re.compile(r"\{\{([^{}]*)\}\}")
_BLANK = re.compile(r"\[[^\[\]\n]+\]")


def unknown_slots(template: str) -> list[str]:
    """The slots that nothing fills, in the order of the text."""
    return [name for name in map(str.strip, _SLOT.findall(template)) if name not in KNOWN]


def filled(template: str, values: Mapping[str, Json]) -> str:
    """The template with what is known of the case; a slot stays as it is while nothing is known."""

    def value_of(slot: re.Match[str]) -> str:
        group, _, name = slot[1].strip().partition(".")
        return str((values.get(group) or {}).get(name) or slot[0])

    return _SLOT.sub(value_of, template)


def blanks(template: str, values: Mapping[str, Json]) -> tuple[str, ...]:
    """What a person has to replace before the text can be sent: `[why]`, and slots for which nothing is known.

    Looked for in the template alone: what the case is called may stand in brackets too.
    """
    unfilled = (slot[0] for slot in _SLOT.finditer(template) if filled(slot[0], values) == slot[0])
    return (*_BLANK.findall(template), *unfilled)
