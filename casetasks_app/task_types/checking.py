"""The one check of what was answered, for pages, REST and import alike."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails, core_schema

from casetasks_app.task_types.declaring import Form, rows
from casetasks_app.task_types.expressions import ExpressionRefused, is_true
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.known import Known, NotAccepted
from casetasks_app.task_types.questions import read_questions
from casetasks_app.task_types.reading import read
from casetasks_app.task_types.shapes import Json, record

Answers = dict[str, Json]
"""Field name to JSON value, shown fields only: dates as ISO text, money as a number, people, teams and files as ids.

Not answered is None; for choices, files and checklists an empty list."""

_log = logging.getLogger(__name__)
_PYDANTIC_ERRORS = frozenset(get_args(core_schema.ErrorType)) - {"value_error", "assertion_error"}
_CHANGED = "This form has changed since you opened it. Check your answers and try again."
_BROKEN = "This form could not be checked. What you typed is still here. Tell your service desk: {name}."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: the field's name (empty: the form as a whole) and the sentence beside it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problems:
    """Why answers were not accepted, in the order of the form, one for each field at most."""

    items: tuple[Problem, ...]

    @property
    def by_field(self) -> dict[str, str]:
        """The sentence for each field that has one."""
        return {problem.field: problem.message for problem in self.items}


class Refused(ValueError):
    """Raise it in a validator of a form to refuse an answer in your own words, beside the field you name."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Take a whole sentence, and the field it belongs to."""
        super().__init__(message)
        self.field = field


def shown(form: type[Form], raw: Mapping[str, object], *, known: Known) -> tuple[FieldRow, ...]:
    """The rows to draw for what is filled in so far: those whose `show_if` holds."""
    return tuple(row for row, _, _ in _walk(form, raw, known))


def check_answers(form: type[Form], raw: Mapping[str, object], *, known: Known) -> Answers | Problems:
    """The answers as they are stored, or what has to be corrected. Raises nothing, whatever `raw` holds.

    `raw` is what a browser, a REST client or a file sent: texts, lists, booleans, boxes of a date. A name that is
    missing takes the field's default; what a hidden field holds is dropped; a name that is no field is refused.
    Accepted answers given again are accepted unchanged, so a draft may keep them.
    """
    if record(raw) is None or set(raw) - {row.name for row in rows(form) if row.has_answer}:
        return Problems((Problem("", _CHANGED),))
    answers: Answers = {}
    problems: list[Problem] = []
    for row, value, message in _walk(form, raw, known):
        if message:
            problems.append(Problem(row.name, message))
        elif row.has_answer:
            answers[row.name] = value
    return Problems(tuple(problems)) if problems else _across_fields(form, answers)


def as_variables(form: type[Form], answers: Answers) -> Answers:
    """The process variables that these answers set: all fields, null where hidden; no earlier round stays."""
    return {row.name: answers.get(row.name) for row in rows(form) if row.has_answer}


def _walk(form: type[Form], raw: Mapping[str, object], known: Known) -> Iterator[tuple[FieldRow, Json, str]]:
    """Each shown row with its value and, when it is not accepted, the sentence."""
    found: dict[str, tuple[Json, str]] = {}
    values: dict[str, Json] = dict.fromkeys(row.name for row in rows(form))
    for row in _deciding_first(rows(form)):
        if _is_shown(row, values):
            found[row.name] = _value_and_message(row, raw.get(row.name, row.default), known)
            values[row.name] = found[row.name][0]
    return ((row, *found[row.name]) for row in rows(form) if row.name in found)


def _deciding_first(all_rows: tuple[FieldRow, ...]) -> Iterator[FieldRow]:
    """The rows so that each comes after those its `show_if` reads; `row_problems` refuses circles."""
    waiting = {row.name: row for row in all_rows}
    while waiting:
        ready = [row for row in waiting.values() if not row.reads & waiting.keys()]
        yield from ready
        for row in ready:
            del waiting[row.name]


def _value_and_message(row: FieldRow, raw: object, known: Known) -> tuple[Json, str]:
    try:
        value = read_questions(row, raw) if row.kind == "questions" else read(row, raw, known)
    except NotAccepted as refusal:
        return None, str(refusal)
    is_empty = row.has_answer and value in (None, [])
    return value, row.missing if row.required and is_empty else ""


def _is_shown(row: FieldRow, values: Mapping[str, Json]) -> bool:
    """A condition that cannot be worked out hides nothing: asking too much is better than losing an answer."""
    try:
        return not row.show_if or is_true(row.show_if, values)
    except ExpressionRefused:
        _log.warning("show_if of %s cannot be worked out: %s", row.name, row.show_if)
        return True


def _across_fields(form: type[Form], answers: Answers) -> Answers | Problems:
    """Let the form's own validators look at all answers together."""
    declared = {name: value for name, value in answers.items() if name in form.model_fields and value is not None}
    try:
        form.model_validate(declared)
    except ValidationError as refusal:
        return Problems(tuple(_in_order(form, (_problem(form, error) for error in refusal.errors()))))
    except Exception:  # noqa: BLE001 - plugins are written by others; whatever they raise is logged and said
        _log.exception("a validator of the form %s failed", form.__name__)
        return Problems((Problem("", _BROKEN.format(name=form.__name__)),))
    return answers


def _problem(form: type[Form], error: ErrorDetails) -> Problem:
    own = error.get("ctx", {}).get("error")
    place = getattr(own, "field", "") or next((str(part) for part in error["loc"]), "")
    row = next((row for row in rows(form) if row.name == place), None)
    if error["type"] not in _PYDANTIC_ERRORS:
        return Problem(place, str(own) if own is not None else error["msg"])
    _log.warning("the form %s declares %s with a type that its kind does not give", form.__name__, place)
    return Problem(place, row.missing if row else _BROKEN.format(name=form.__name__))


def _in_order(form: type[Form], found: Iterable[Problem]) -> list[Problem]:
    order = {row.name: number for number, row in enumerate(rows(form))}
    first: dict[str, Problem] = {}
    for problem in found:
        first.setdefault(problem.field, problem)
    return sorted(first.values(), key=lambda problem: order.get(problem.field, -1))
