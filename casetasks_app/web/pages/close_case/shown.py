"""From what blocks closing to the lines of the checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casetasks_app.cases.blockers import MinimumLeft
from casetasks_app.cases.queries import CaseHeader, Checklist
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.web import messages, routes
from casetasks_app.web.pages.close_case import texts
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.form_rows import FieldError, field_errors
from casetasks_app.web.ui.refusals import NoticeLink, Refusal


@dataclass(frozen=True)
class OpenTask:
    """An outstanding task with what clears it."""

    number: int
    name: str
    type_name: str
    about: str
    cancel_about: str
    href: str
    cancel_href: str
    holder: str
    holder_note: str
    state: str
    line1: str
    line2: str
    iso: str


@dataclass(frozen=True)
class Missing:
    """A minimum that is not reached, with what clears it."""

    words: str
    so_far: str
    action: str
    about: str
    href: str


@dataclass(frozen=True)
class ShownChecklist:
    """The checklist; `left` is empty when nothing blocks closing."""

    left: str = ""
    tasks_heading: str = ""
    caption: str = ""
    tasks: list[OpenTask] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    outcomes: list[Option] = field(default_factory=list)


@dataclass(frozen=True)
class Problems:
    """What was wrong with the form; `seq` grows with each refusal, so that focus goes to the summary again."""

    summary: list[FieldError] = field(default_factory=list)
    outcome: str = ""
    note: str = ""
    seq: int = 0


def shown_problems(problems: Mapping[str, str], *, seq: int) -> Problems:
    """Return what has to be corrected, in the order of the form."""
    found = {name: problems[name] for name in ("outcome", "note") if name in problems}
    return Problems(field_errors(found), found.get("outcome", ""), found.get("note", ""), seq)


def shown_checklist(header: CaseHeader, found: Checklist) -> ShownChecklist:
    """Return the checklist in words."""
    return ShownChecklist(
        left=messages.case_blocked(found.left) if found.left else "",
        tasks_heading=texts.open_tasks(len(found.tasks)),
        caption=texts.caption(header.reference),
        tasks=[_open_task(each) for each in found.tasks],
        missing=[_missing(each, found.tasks, header.reference) for each in found.minimums],
        outcomes=[Option(each, each) for each in found.outcomes],
    )


def refusal_for(header: CaseHeader) -> Refusal | None:
    """Return why this person cannot close the case at all, whatever is left."""
    back = [NoticeLink(texts.BACK, routes.case(header.reference))]
    if not header.is_open:
        return Refusal(texts.heading(header.reference), texts.CLOSED_ALREADY, back)
    if not header.is_manager:
        return Refusal(texts.heading(header.reference), texts.only_manager(header.manager), back)
    return None


def _open_task(row: TaskRow) -> OpenTask:
    target = row.target
    return OpenTask(
        number=row.number,
        name=row.description,
        type_name=row.type_name,
        about=f"task {row.number}, {row.description}",
        cancel_about=f"{row.number}, {row.description}",
        href=routes.task(row.case_reference, row.number),
        cancel_href=routes.task(row.case_reference, row.number, do="cancel") if row.may_cancel else "",
        holder=row.holder,
        holder_note=texts.ANYONE if row.holder_kind == "team" else "",
        state=str(target.state),
        line1=target.line1,
        line2=target.line2,
        iso=target.iso,
    )


def _missing(minimum: MinimumLeft, tasks: tuple[TaskRow, ...], reference: str) -> Missing:
    still_open = [row.number for row in tasks if row.type_name == minimum.name]
    is_under_way = len(still_open) >= minimum.left
    return Missing(
        words=texts.required(minimum.name, minimum.minimum),
        so_far=texts.so_far(minimum.minimum, minimum.left, minimum.created, still_open),
        action=texts.open_task(still_open[0]) if is_under_way else texts.CREATE,
        about=minimum.name,
        href=routes.task(reference, still_open[0]) if is_under_way else routes.case_tasks(reference, new="type"),
    )
