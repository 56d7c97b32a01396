"""How a form is written: a class whose fields are made with `field(…)`, or rows kept in configuration."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import ClassVar, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field

from casetasks_app.task_types.fields import FieldRow, Kind, Limits, RowsRefused, When, row_problems
from casetasks_app.task_types.row_rules import content_problems
from casetasks_app.task_types.shapes import Json

_ROW = "casetasks"
_LIMIT_NAMES = frozenset(each.name for each in fields(Limits))


class FormRefused(TypeError):
    """A Form class that cannot be drawn or checked; the argument lists why."""


class Form(BaseModel):
    """The base of every form.

    Its validators look across fields that were already read one by one; what is hidden or not answered is None for
    them. They may refuse an answer (`Refused`), never change one.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, hide_input_in_errors=True, protected_namespaces=())
    __rows__: ClassVar[tuple[FieldRow, ...]] = ()
    begins_empty: ClassVar[bool] = False
    """Whether a step that comes round again starts empty instead of with its last answers."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Json) -> None:
        """Work out the rows once, and refuse a class that makes no form."""
        super().__pydantic_init_subclass__(**kwargs)
        made = tuple(_row_of(cls, name) for name in cls.model_fields)
        problems = row_problems(made) or content_problems(made)
        if problems:
            raise FormRefused(f"{cls.__name__}: {' '.join(problems)}")
        cls.__rows__ = made


class More(TypedDict, total=False):
    """What `field` takes beside label and kind; see FieldRow and Limits for the meaning."""

    required: bool
    help: str
    options: Iterable[tuple[str, str]]
    show_if: str
    what: str
    default: Json
    max_length: int
    at_least: float
    at_most: float
    when: When
    max_files: int
    max_mb: int
    file_types: tuple[str, ...]


def field(label: str, kind: Kind = "text", **more: Unpack[More]) -> Json:
    """Declare one question; `more` is what FieldRow and Limits know.

    `reason: str = field("Reason", "long text", what="a reason", show_if="decision == 'reject'")`

    Required unless `required=False`; a field hidden by `show_if` is never asked for.
    """
    row = FieldRow.from_json({
        "name": "", "label": label, "kind": kind,
        **{key: value for key, value in more.items() if key not in _LIMIT_NAMES | {"options"}},
        "options": [tuple(option) for option in more.get("options", ())],
        "limits": {key: value for key, value in more.items() if key in _LIMIT_NAMES},
    })  # fmt: skip
    return Field(default=None, json_schema_extra={_ROW: row.to_json()})


def rows(form: type[Form]) -> tuple[FieldRow, ...]:
    """The fields of a form in order, ready to draw."""
    return form.__rows__


def from_rows(stored: Iterable[FieldRow | Mapping[str, object]], name: str = "Form", base: type[Form] = Form) -> type[Form]:
    """The form of these rows, as kept in configuration. Raises RowsRefused with every problem.

    Where only some of the questions come from configuration, `base` is the form that declares the others: put its rows
    among these, and its validators go on looking at them.
    """
    made: list[FieldRow] = []
    problems: list[str] = []
    for each in stored:
        try:
            made.append(each if isinstance(each, FieldRow) else FieldRow.from_json(each))
        except RowsRefused as refusal:
            problems += refusal.problems
    problems += row_problems(made)
    problems = problems or content_problems(made)
    if problems:
        raise RowsRefused(problems)
    try:
        return _form_of(tuple(made), name, base)
    except TypeError:  # a default that is a list cannot be looked up in the cache
        return _form_of.__wrapped__(tuple(made), name, base)


@lru_cache(maxsize=512)
def _form_of(made: tuple[FieldRow, ...], name: str, base: type[Form]) -> type[Form]:
    form = type(name, (base,), {"__doc__": "A form built in configuration.", "__module__": __name__})
    form.__rows__ = made
    return form


def deciding(form: type[Form]) -> FieldRow | None:
    """The one choice that says how the step ends, whose answer the completing button names; None if not exactly one."""
    choices = [row for row in rows(form) if row.kind == "choice" and row.required and not row.show_if]
    return choices[0] if len(choices) == 1 else None


def _row_of(form: type[Form], name: str) -> FieldRow:
    extra = form.model_fields[name].json_schema_extra
    if not isinstance(extra, dict) or _ROW not in extra:
        raise FormRefused(f"{form.__name__}.{name} is not made with field(…).")
    return FieldRow.from_json({**extra[_ROW], "name": name})  # type: ignore[dict-item]
