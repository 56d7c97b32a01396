"""One row of the tasks table, and how a list that is being read takes in what others change. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.web import messages, routes

NEW = "new"
NO_MATCH = "No longer matches the filters"


@dataclass(frozen=True)
class ShownTask:
    """A task in words. An empty address or a false permission means that the action is not there."""

    task_id: int
    number: int
    reference: str
    about: str
    name: str
    href: str
    cancel_href: str
    assign_href: str
    target_href: str
    type_name: str
    files: str
    is_automatic: bool
    is_required: bool
    holder: str
    holder_kind: str
    since: str
    status: str
    outcome: str
    state: str
    line1: str
    line2: str
    iso: str
    may_claim: bool
    may_release: bool
    version: int
    has_more: bool = False
    is_changed: bool = False
    gone: str = ""
    """Why the row no longer belongs where it stands: "Closed", "Cancelled"."""
    lost: str = ""
    """Who was first when I tried to claim it."""


def shown(row: TaskRow, required: Collection[str]) -> ShownTask:
    """Return a task of the list in words (B21)."""
    link, number = row.case_reference, row.number
    is_open = row.status == NEW
    return ShownTask(
        task_id=row.task_id,
        number=number,
        reference=row.reference,
        about=f"task {number}, {row.description}",
        name=row.description,
        href=routes.task(link, number),
        cancel_href=routes.task(link, number, do="cancel") if row.may_cancel else "",
        assign_href=routes.task(link, number, do="assign") if row.may_assign else "",
        target_href=routes.task(link, number, do="target") if row.may_change_target else "",
        type_name=row.type_name,
        files=messages.many(row.file_count, "file", "files") if row.file_count else "",
        is_automatic=row.is_automatic,
        is_required=is_open and row.type_name in required,
        holder=row.holder or row.last_holder or row.last_team,
        holder_kind=row.holder_kind or ("person" if row.last_holder else "team" if row.last_team else ""),
        since="Not claimed" if row.holder_kind == "team" or row.last_team else row.since,
        status=row.status,
        outcome=row.outcome,
        state=row.target.state,
        line1=row.target.line1,
        line2=row.target.line2,
        iso=row.target.iso,
        may_claim=row.may_claim,
        may_release=row.may_release,
        version=row.version,
    )


def summary(tasks: Sequence[ShownTask]) -> str:
    """Return the line over the list: "5 tasks, 3 open, 1 breached. Next target: task 2, due today, 16:30."."""
    if not tasks:
        return ""
    still_open = [each for each in tasks if each.status == NEW]
    late = sum(each.state == "breached" for each in still_open)
    counts = [messages.many(len(tasks), "task", "tasks"), f"{len(still_open)} open", *([f"{late} breached"] if late else [])]
    due = min((each for each in still_open if each.iso), key=lambda each: each.iso, default=None)
    following = f" Next target: task {due.number}, {due.line1[:1].lower()}{due.line1[1:]}." if due else ""
    return ", ".join(counts) + "." + following


def merged(now_shown: Sequence[ShownTask], fresh: Iterable[ShownTask], match: Collection[int]) -> tuple[list[ShownTask], frozenset[int]]:
    """Bring rows up to date where they stand, and say which of them others changed; `match` are those that belong."""
    by_number = {each.number: each for each in fresh}
    pairs = [(old, by_number.get(old.number, old)) for old in now_shown]
    # A load that started before one's own change may arrive after it.
    newer = [(old, new if new.version >= old.version else old) for old, new in pairs]
    changed = frozenset(old.number for old, new in newer if _meaning(old) != _meaning(new))
    return [_standing(new, gone=_why_gone(old, new, match), lost=old.lost) for old, new in newer], changed


def marked(tasks: Iterable[ShownTask], changed: Collection[int]) -> list[ShownTask]:
    """Mark the rows with these numbers as changed just now, and no other."""
    return [each if each.is_changed == (each.number in changed) else replace(each, is_changed=each.number in changed) for each in tasks]


def _standing(task: ShownTask, *, gone: str, lost: str) -> ShownTask:
    return task if (task.gone, task.lost) == (gone, lost) else replace(task, gone=gone, lost=lost)


def numbers(tasks: Iterable[ShownTask]) -> set[int]:
    """Return the numbers of these tasks."""
    return {each.number for each in tasks}


def _meaning(task: ShownTask) -> tuple[object, ...]:
    # Words that only say how time passes are no change.
    return task.name, task.holder, task.status, task.state, task.iso, task.outcome, task.files


def _why_gone(old: ShownTask, new: ShownTask, match: Collection[int]) -> str:
    if old.gone:
        return old.gone
    if old.status == NEW and new.status != NEW:
        return messages.STATUS[new.status]
    return "" if new.number in match else NO_MATCH
