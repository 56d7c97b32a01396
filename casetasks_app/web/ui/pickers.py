"""Questions for a person or a team: a field that finds by name, and what was found."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from casetasks_app.people.searching import Matches
from casetasks_app.web import form_messages, messages
from casetasks_app.web.ui.browser import Picker
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.fields import described_by, field_id, labelled
from casetasks_app.web.ui.values import Prop

TYPED = "typed:"
"""What stands before a name that was typed and not chosen; no id begins so."""
WORDS = {"chosen": form_messages.CHOSEN}


@dataclass(frozen=True)
class Found:
    """What a search came to: for which field and text, the first matches, and how many in words."""

    name: str = ""
    text: str = ""
    options: list[Option] = field(default_factory=list)
    has_more: bool = False
    words: str = ""


@dataclass(frozen=True)
class Picking:
    """Where matches come from: `on_search(field, text)` fills `found`."""

    found: rx.Var[Found]
    on_search: Any


def found_of(name: str, text: str, matches: Matches) -> Found:
    """Return what a search came to, with its count in words."""
    options = [Option(each.id, each.name, each.about) for each in matches.found]
    said = messages.many(len(options), "match", "matches") if options else form_messages.NO_MATCH.format(text=text)
    return Found(name, text, options, matches.has_more, form_messages.first_matches(len(options)) if matches.has_more else said)


def picker(row: Prop, picking: Picking) -> rx.Component:
    """Draw a question whose answer is found by name."""

    def search(text: rx.Var[str]) -> Prop:
        return picking.on_search(row.name, text)

    control = Picker.create(
        id=field_id(row.name),
        name=row.name,
        label=row.label,
        value=row.value,
        chosen=row.chosen,
        mark=TYPED,
        found=picking.found,
        words=WORDS,
        describedby=described_by(row.name, row.hint, row.error),
        invalid=row.error.bool(),
        on_search=search,
    )
    return labelled(row.name, row.label, control, hint=row.hint, error=row.error)
