"""From a form's rows and what was answered so far to what the form component draws, and back from the browser's data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casetasks_app import settings
from casetasks_app.files.kinds import ENDINGS
from casetasks_app.task_types.choosing import MOST_FILES, endings, types_in_words
from casetasks_app.task_types.forms import FieldRow
from casetasks_app.web import form_messages, messages
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.pickers import TYPED
from casetasks_app.web.ui.values import Prop

MOST_RADIOS = 7
"""More options than this are a drop-down."""
CHECKS = (("yes", messages.YES), ("no", messages.NO), ("not applicable", messages.NOT_APPLICABLE))
LONG_TEXT = 4_000
_TO_THE_MINUTE = len("2026-11-26T14:30")


@dataclass(frozen=True)
class ShownFile:
    """A file that belongs to a form or a task, in words."""

    file_id: str
    name: str
    size: str
    href: str = ""
    kind: str = ""
    preview: str = ""
    """Where a small picture of it comes from; empty for what is no image."""


@dataclass(frozen=True)
class Check:
    """One thing of a checklist: the names under which its answer and comment are sent."""

    label: str
    answer_name: str
    comment_name: str
    comment: str
    options: list[Option]


@dataclass(frozen=True)
class ShownField:
    """A field ready to draw. `kind` is the row's, or `tick`, `radios`, `select` where several rows look alike."""

    name: str
    kind: str
    label: str
    hint: str = ""
    error: str = ""
    value: str = ""
    chosen: str = ""
    """The name that stands in a field for a person or a team."""
    first: str = ""
    limit: int = 0
    is_chosen: bool = False
    options: list[Option] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)
    accept: str = ""
    kinds: str = ""
    max_bytes: int = 0


@dataclass(frozen=True)
class FieldError:
    """One line of the error summary; `target` is the id that gets the focus."""

    target: str
    text: str


@dataclass(frozen=True)
class Offered:
    """Who and what a form's choices come from, beyond its own options."""

    people: Sequence[Option] = ()
    teams: Sequence[Option] = ()
    files: Mapping[str, ShownFile] = field(default_factory=dict)


def shown_fields(
    rows: Iterable[FieldRow], answers: Mapping[str, Any], errors: Mapping[str, str], offered: Offered | None = None
) -> list[ShownField]:
    """Return the fields of a form as they stand: `answers` is a draft, stored answers or what was refused."""
    known = offered or Offered()
    return [_shown(row, answers.get(row.name, row.default), errors.get(row.name, ""), known) for row in rows]


def field_errors(errors: Mapping[str, str], rows: Iterable[FieldRow] = (), answers: Mapping[str, Any] | None = None) -> list[FieldError]:
    """Return the error summary in the order of the form; what belongs to no field comes first."""
    asked = {row.name: row for row in rows}
    names = sorted(errors, key=lambda name: list(asked).index(name) if name in asked else -1)
    return [FieldError(_target(name, asked.get(name), (answers or {}).get(name)), errors[name]) for name in names]


def _target(name: str, row: FieldRow | None, value: Prop) -> str:
    """The id that gets the focus: of a checklist the first thing without an answer."""
    if row is None or row.kind != "checklist":
        return f"f-{name}" if name else ""
    left = (check.answer_name for check in _checks(row, value) if not any(each.is_chosen for each in check.options))
    return f"f-{next(left, name)}"


def answers_of(data: Mapping[str, Any], rows: Iterable[FieldRow] = ()) -> dict[str, Any]:
    """Return what the browser sent as the form check takes it: repeated names as lists, checklists put together.

    A box that is not ticked sends nothing, so every row that may be left so is filled in as not answered.
    """
    raw = {name: value for name, value in data.items() if ":" not in name}
    for row in rows:
        if row.kind == "checklist":
            raw[row.name] = _checklist(row, data)
        elif row.has_answer:
            raw.setdefault(row.name, _left_empty(row))
    return raw


def _left_empty(row: FieldRow) -> Prop:
    if row.kind in {"choices", "files"}:
        return []
    return "no" if row.kind == "yes/no" and not row.required else ""


def _checklist(row: FieldRow, data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        value: {"answer": data.get(f"{row.name}:{index}:answer", ""), "comment": data.get(f"{row.name}:{index}:comment", "")}
        for index, (value, _) in enumerate(row.options)
    }


def _shown(row: FieldRow, value: Prop, error: str, offered: Offered) -> ShownField:
    options = _options(row, value)
    return ShownField(
        name=row.name,
        kind=_drawn_as(row, options),
        label=row.label if row.required or not row.has_answer or row.kind == "yes/no" else messages.optional(row.label),
        hint=hint_of(row),
        error=error,
        value=_as_text(row, value),
        chosen=_name_of(row, value, offered),
        first=row.missing.rstrip(".") if row.required else messages.NO_CHOICE,
        limit=row.limits.max_length or (LONG_TEXT if row.kind == "long text" else 0),
        is_chosen=value in {True, "yes", "on", "true"} if not isinstance(value, list | dict) else False,
        options=options,
        checks=_checks(row, value) if row.kind == "checklist" else [],
        files=[offered.files[each] for each in _as_list(value) if each in offered.files] if row.kind == "files" else [],
        accept=",".join(f".{each}" for each in _accepted(row)),
        kinds=types_in_words(row) or form_messages.FILE_KINDS,
        max_bytes=(row.limits.max_mb or settings.load().max_file_mb) * 1_000_000 if row.kind == "files" else 0,
    )


def hint_of(row: FieldRow) -> str:
    """Return the plugin's own help, and what people must know of files and searches."""
    return " ".join(part for part in (row.help, _how(row)) if part)


def _how(row: FieldRow) -> str:
    if row.kind in {"person", "team"}:
        return form_messages.FIND_BY_NAME
    if row.kind != "files":
        return ""
    known = settings.load()
    kinds, most = types_in_words(row) or form_messages.FILE_KINDS, row.limits.max_files or MOST_FILES
    return form_messages.file_limits(kinds, min(row.limits.max_mb or known.max_file_mb, known.max_file_mb), most)


def _accepted(row: FieldRow) -> list[str]:
    if row.kind != "files":
        return []
    wanted = endings(row)
    also = ["jpeg"] if "jpg" in wanted and "jpeg" not in wanted else []
    return [*wanted, *also] or [each.lstrip(".") for each in ENDINGS]


def _drawn_as(row: FieldRow, options: list[Option]) -> str:
    if row.kind == "yes/no":
        return "radios" if row.required else "tick"
    if row.kind == "choice":
        return "select" if len(options) > MOST_RADIOS else "radios"
    return "picker" if row.kind in {"person", "team"} else row.kind


def _options(row: FieldRow, value: Prop) -> list[Option]:
    given = (("yes", messages.YES), ("no", messages.NO)) if row.kind == "yes/no" else row.options
    chosen = {_as_text(row, each) for each in _as_list(value)}
    return [Option(each, label, "", each in chosen) for each, label in given]


def _name_of(row: FieldRow, value: Prop, offered: Offered) -> str:
    """Return the name to an id, or what was typed and not chosen."""
    if row.kind not in {"person", "team"} or not isinstance(value, str):
        return ""
    names = {each.value: each.label for each in (offered.people if row.kind == "person" else offered.teams)}
    return value.removeprefix(TYPED) if value.startswith(TYPED) else names.get(value, "")


def _checks(row: FieldRow, value: Prop) -> list[Check]:
    given = (
        value.items() if isinstance(value, Mapping) else [(each.get("item"), each) for each in _as_list(value) if isinstance(each, Mapping)]
    )
    answered = dict(given)
    return [_check(f"{row.name}:{index}", label, answered.get(item, {})) for index, (item, label) in enumerate(row.options)]


def _check(name: str, label: str, given: Mapping[str, Any]) -> Check:
    options = [Option(value, words, "", given.get("answer") == value) for value, words in CHECKS]
    return Check(label, f"{name}:answer", f"{name}:comment", str(given.get("comment") or ""), options)


def _as_list(value: Prop) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _as_text(row: FieldRow, value: Prop) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, list | tuple | dict):
        return ""
    if row.kind == "money" and isinstance(value, int | float):
        return f"{value:.2f}"
    # A browser's own field takes a moment without seconds and zone.
    return str(value)[:_TO_THE_MINUTE] if row.kind == "date and time" else str(value)
