"""From what the queries found to the shapes that programs get."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, Literal, cast

from casetasks_app import settings
from casetasks_app.api import shapes
from casetasks_app.api.door import PREFIX
from casetasks_app.sla.words import TargetWords
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.summary import blocks_to_json
from casetasks_app.tasks.queries.case_files import FileOption
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.tasks.queries.step_form import StepForm
from casetasks_app.tasks.queries.view import TaskPage

_NOT_HERE = frozenset({"files", "note"})
"""The kinds of question that have no answer that a program could send."""

_MAY = {"claim": "may_claim", "release": "may_release", "cancel": "may_cancel"}


def case_path(reference: str) -> str:
    """Return where a case is asked for."""
    return f"{PREFIX}/cases/{reference}"


def task_path(reference: str, number: int) -> str:
    """Return where a task is asked for."""
    return f"{case_path(reference)}/tasks/{number}"


def page_of_task(reference: str, number: int) -> str:
    """Return the address of a task's page, for people."""
    return f"{settings.load().url}/cases/{reference}/tasks/{number}"


def page_of_new_case(key: str) -> str:
    """Return the address of the page where a case of a type is raised, for people."""
    return f"{settings.load().url}/cases/new?type={key}"


def question(row: FieldRow) -> shapes.Question:
    """Return one question of a form."""
    return shapes.Question(
        name=row.name,
        label=row.label,
        kind=row.kind,
        required=row.required and row.has_answer,
        help=row.help,
        options=tuple(shapes.Option(value, label) for value, label in row.options),
        show_if=row.show_if,
        default=row.default,
        limits=_limits(row),
        can_be_answered=row.kind not in _NOT_HERE,
    )


def line(row: TaskRow) -> shapes.TaskLine:
    """Return a task in a list."""
    return shapes.TaskLine(
        reference=row.reference,
        case=row.case_reference,
        number=row.number,
        description=row.description,
        type=row.type_name,
        status=cast("Literal['new', 'closed', 'cancelled']", row.status),
        outcome=row.outcome,
        held_by=shapes.HeldBy(row.holder, cast("Literal['person', 'team']", row.holder_kind)) if row.holder_kind else None,
        target=_target(row.target),
        created_at=moment(row.created_iso),
        ended_at=moment(row.ended_iso) or None,
        is_automatic=row.is_automatic,
        may=tuple(verb for verb, flag in _MAY.items() if getattr(row, flag)),
    )


def task(page: TaskPage) -> shapes.Task:
    """Return a task as it stands now; its step only for whoever has it."""
    mine = page.form if page.form and page.form.is_mine else None
    of_line = {each.name: getattr(found, each.name) for found in [line(page.row)] for each in fields(found)}
    return shapes.Task(
        **{**of_line, "may": (*of_line["may"], *(("complete",) if mine else ()))},
        team=page.team,
        summary=page.summary,
        how_it_ended=page.ended,
        case_facts=tuple(shapes.Fact(label, value) for label, value in page.case_facts),
        files=files((*page.files, *page.answered)),
        blocks=tuple(blocks_to_json(page.blocks)),
        cancel_reasons=page.cancel_reasons if page.row.may_cancel else (),
        step=_step(mine) if mine else None,
    )


def moment(iso: str) -> str:
    """Return a moment in UTC as everywhere: to the second, with Z."""
    return f"{datetime.fromisoformat(iso).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if iso else ""


def files(found: Iterable[FileOption]) -> tuple[shapes.File, ...]:
    """Return files by id and name."""
    return tuple(shapes.File(each.id, each.name, each.size) for each in found)


def _step(form: StepForm) -> shapes.Step:
    return shapes.Step(
        id=form.step_id,
        version=form.version,
        title=form.title,
        position=form.position,
        count=form.count,
        questions=tuple(map(question, form.rows)),
        typed=dict(form.draft),
    )


def _target(words: TargetWords) -> shapes.Target:
    return shapes.Target(words.state, " ".join(part for part in (words.line1, words.line2) if part), moment(words.iso) or None)


def _limits(row: FieldRow) -> dict[str, Any]:
    return {name: value for name, value in asdict(row.limits).items() if value not in (None, "", ())}
