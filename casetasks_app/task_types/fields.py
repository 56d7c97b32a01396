"""What one question of a form is: its row, which can be drawn, stored as JSON and read back."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Literal, get_args

from casetasks_app.task_types.expressions import RESERVED, ExpressionRefused, names_in
from casetasks_app.task_types.shapes import Json, items, record

Kind = Literal[
    "text", "long text", "number", "money", "date", "date and time", "yes/no", "choice", "choices",
    "files", "person", "team", "checklist", "note", "questions",
]  # fmt: skip
When = Literal["", "past", "future", "today or past", "today or future"]

KINDS: tuple[str, ...] = get_args(Kind)
WITH_OPTIONS = frozenset({"choice", "choices", "checklist"})
SELECTED = frozenset({"date", "date and time", "yes/no", "choice", "choices", "files", "person", "team", "checklist"})
MOST_ROWS = 200
_UNSET = (None, "", ())
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


class RowsRefused(ValueError):
    """Stored rows that make no form; `problems` names every one of them."""

    def __init__(self, problems: Sequence[str]) -> None:
        """Keep all the problems, each a sentence that names its field."""
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a field takes; None means the kind's own limit (`reading.py`)."""

    max_length: int | None = None
    at_least: float | None = None
    at_most: float | None = None
    when: When = ""
    max_files: int | None = None
    max_mb: int | None = None
    file_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a form, ready to draw.

    `options` are pairs of stored value and label; of a checklist they are the things to look at. `what` completes
    “Enter …” and “Select …”. An optional yes/no is one tick box, a required one is two choices. `show_if` is an
    expression over the other fields. A note is text for the reader and has no answer. Questions are rows themselves: a
    form that is built in configuration.
    """

    name: str
    label: str
    kind: Kind = "text"
    required: bool = True
    help: str = ""
    options: tuple[tuple[str, str], ...] = ()
    show_if: str = ""
    what: str = ""
    default: Json = None
    limits: Limits = field(default_factory=Limits)

    @property
    def has_answer(self) -> bool:
        """Whether people answer this field; notes are only read."""
        return self.kind != "note"

    @property
    def reads(self) -> set[str]:
        """The fields that decide whether this one is shown. Raises ExpressionRefused."""
        return names_in(self.show_if) if self.show_if else set()

    @property
    def asked_for(self) -> str:
        """What the person is asked to enter or select: “a reason”."""
        if self.what:
            return self.what
        if self.label.endswith("?"):
            return f"an answer to “{self.label}”"
        return self.label if self.label[1:2].isupper() else self.label[:1].lower() + self.label[1:]

    @property
    def missing(self) -> str:
        """The sentence for a field left empty."""
        return f"{'Select' if self.kind in SELECTED else 'Enter'} {self.asked_for}."

    def label_of(self, value: object) -> str:
        """The label of a stored option, or the value itself when the option is no longer offered."""
        return next((label for option, label in self.options if option == value), str(value))

    def to_json(self) -> dict[str, Json]:
        """The row as JSON, without what is as usual; `from_json` reads it back to an equal row."""
        usual = FieldRow(self.name, self.label)
        row = {each.name: getattr(self, each.name) for each in fields(self)}
        kept = {key: value for key, value in row.items() if key in {"name", "label"} or value != getattr(usual, key)}
        if "options" in kept:
            kept["options"] = [list(pair) for pair in self.options]
        if "limits" in kept:
            kept["limits"] = {key: _plain(each) for key, each in asdict(self.limits).items() if each not in _UNSET}
        return kept

    @classmethod
    def from_json(cls, stored: object) -> "FieldRow":
        """Read a stored row; options may also be plain texts. Raises RowsRefused."""
        given = record(stored)
        if given is None:
            raise RowsRefused(["Each field must be a record with a name and a label."])
        problems = _shape_problems(given)
        if problems:
            raise RowsRefused(problems)
        limits = dict(record(given.get("limits")) or {})
        limits["file_types"] = tuple(limits.get("file_types", ()))
        options = tuple(_pair(option) for option in items(given.get("options")) or ())
        plain = {key: value for key, value in given.items() if key not in {"limits", "options"}}
        return cls(**plain, options=options, limits=Limits(**limits))


_ROW_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "name": str, "label": str, "kind": str, "required": bool, "help": str, "options": (list, tuple, type(None)),
    "show_if": str, "what": str, "default": object, "limits": (dict, type(None)),
}  # fmt: skip
_LIMIT_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "max_length": int, "at_least": (int, float), "at_most": (int, float), "when": str, "max_files": int,
    "max_mb": int, "file_types": (list, tuple),
}  # fmt: skip


def row_problems(rows: Sequence[FieldRow]) -> list[str]:
    """Everything that keeps these rows from being a form, each sentence naming its field."""
    names = Counter(row.name for row in rows)
    problems = [f"{row.name}: {reason}" for row in rows for reason in _reasons(row, names)]
    if len(rows) > MOST_ROWS:
        problems.append(f"A form has at most {MOST_ROWS} fields.")
    return problems or [f"{name}: show_if goes round in circles." for name in _circular(rows)]


def _reasons(row: FieldRow, names: Mapping[str, int]) -> list[str]:
    checks = (
        (not _NAME.fullmatch(row.name), "the name must be small letters, digits and _, at most 60."),
        (row.name in RESERVED, "the name is a word of the language of conditions."),
        (names[row.name] > 1, "two fields have this name."),
        (not row.label.strip(), "the label is missing."),
        (row.kind not in KINDS, f"the kind must be one of {', '.join(KINDS)}."),
        (row.kind in WITH_OPTIONS and not row.options, "the options are missing."),
        (row.kind not in WITH_OPTIONS and bool(row.options), f"a {row.kind} has no options."),
        (len({value for value, _ in row.options}) < len(row.options), "two options have the same value."),
        (row.limits.when not in get_args(When), f"when must be one of {', '.join(get_args(When)[1:])}."),
    )
    return [reason for is_wrong, reason in checks if is_wrong] + _show_if_reasons(row, names)


def _show_if_reasons(row: FieldRow, names: Mapping[str, int]) -> list[str]:
    try:
        return [f"show_if reads {name}, which is no field here." for name in sorted(row.reads - set(names))]
    except ExpressionRefused as refusal:
        return [f"show_if {refusal}."]


def _circular(rows: Sequence[FieldRow]) -> list[str]:
    """The fields whose being shown depends, round some corners, on themselves."""
    waiting = {row.name: row.reads for row in rows}
    while settled := {name for name, reads in waiting.items() if not reads & waiting.keys()}:
        waiting = {name: reads for name, reads in waiting.items() if name not in settled}
    return sorted(waiting)


def _shape_problems(given: Mapping[str, Json]) -> list[str]:
    name = str(given["name"]) if isinstance(given.get("name"), str) else "A field"
    problems = [f"{name}: the {key} is missing." for key in ("name", "label") if key not in given]
    problems += _type_problems(name, given, _ROW_TYPES)
    problems += _type_problems(f"{name}: limits", record(given.get("limits")) or {}, _LIMIT_TYPES)
    if not all(_is_option(option) for option in items(given.get("options")) or ()):
        problems.append(f"{name}: each option must be a text, or a pair of value and label.")
    if not all(isinstance(each, str) for each in items((record(given.get("limits")) or {}).get("file_types")) or ()):
        problems.append(f"{name}: file_types must be texts.")
    return problems


def _type_problems(where: str, given: Mapping[str, Json], types: Mapping[str, type | tuple[type, ...]]) -> list[str]:
    problems = [f"{where}: {key} is not known here." for key in given if key not in types]
    for key, wanted in types.items():
        value = given.get(key)
        is_number_by_accident = isinstance(value, bool) and wanted is not bool and wanted is not object
        if key in given and (is_number_by_accident or not isinstance(value, wanted)):
            problems.append(f"{where}: {key} has a value of the wrong kind.")
    return problems


def _is_option(option: object) -> bool:
    pair = items(option) or []
    return isinstance(option, str) or [isinstance(part, str) for part in pair] == [True, True]


def _pair(option: Json) -> tuple[str, str]:
    return (option, option) if isinstance(option, str) else (option[0], option[1])


def _plain(value: Json) -> Json:
    several = items(value)
    return value if several is None else several
