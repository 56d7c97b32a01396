"""Which tasks stand where on the tasks tab: found, chosen, in order, folded, page by page. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casetasks_app.cases.tasks_tab import TasksTab
from casetasks_app.tasks.queries import picked
from casetasks_app.tasks.queries.choice import Labels
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.web import list_messages, routes
from casetasks_app.web.pages.case_tasks import rows, words
from casetasks_app.web.pages.case_tasks.rows import ShownTask
from casetasks_app.web.ui import list_address, list_way
from casetasks_app.web.ui.list_address import Asked, Kind
from casetasks_app.web.ui.list_shown import ListFrame, frame_of
from casetasks_app.web.ui.pages import Pages, pages_of

FOLDED_FROM = 6
KIND = Kind(
    {"status": "Status", "type": "Type", "who": "Assigned to", "target": "Target"},
    ("number", "task", "who", "status", "target"),
    "number",
    {"number": "No.", "who": "Assigned to", "status": "Status"},
)
ORDERS = {
    "number": ("number, lowest first", "number, highest first"),
    "task": ("task, A to Z", "task, Z to A"),
    "who": ("who has it, A to Z", "who has it, Z to A"),
    "status": ("status, A to Z", "status, Z to A"),
    "target": ("target, earliest first", "target, latest first"),
}

DRAWN = ("open_tasks", "over_tasks", "open_heading", "over_heading", "fold_href", "fold_words", "under", "frame", "nothing", "way")
"""What the tab takes over from an arrangement as it is."""


@dataclass(frozen=True)
class Arranged:
    """The list as the address asks for it; `known` are the numbers of all tasks that match, on every page."""

    asked: Asked
    labels: Labels
    open_tasks: list[ShownTask] = field(default_factory=list[ShownTask])
    over_tasks: list[ShownTask] = field(default_factory=list[ShownTask])
    open_heading: str = ""
    over_heading: str = ""
    fold_href: str = ""
    fold_words: str = ""
    under: Pages = field(default_factory=Pages)
    frame: ListFrame = field(default_factory=ListFrame)
    known: frozenset[int] = frozenset()
    nothing: str = ""
    listed: tuple[int, ...] = ()
    """The ids of all tasks that match, in order: on every page, and folded away; what is exported, and what "all" means."""
    way: str = ""
    """What brings a dialog on one of the tasks back to this very list."""


def asked_of(reference: str, parameters: Mapping[str, str]) -> Asked:
    """Read the address of a case's tasks; `show=all` unfolds what is over."""
    kept = {"show": "all" if parameters.get("show") == "all" else ""}
    return list_address.asked_of(routes.case_tasks(reference), parameters, KIND, kept=kept)


def arranged(found: TasksTab, asked: Asked) -> Arranged:
    """Return the list: open tasks first, and finished ones folded when they are many, the case is open and nothing is chosen."""
    labels = picked.labels(found.tasks, asked.choice)
    asked = asked.only_known(labels)
    match = picked.matching(found.tasks, asked.choice)
    is_open, over = _parted(picked.ordered(match, asked.choice))
    may_fold = found.header.is_open and len(over) >= FOLDED_FROM and not asked.choice.is_narrowed
    is_shown = bool(dict(asked.kept).get("show"))
    folded = over if may_fold and not is_shown else []
    shown = [*is_open, *([] if folded else over)]
    place = asked.place(asked.number, len(shown))
    start = (min(place.page, -(-len(shown) // place.size) or 1) - 1) * place.size
    here, there = _parted(shown[start : start + place.size])
    frame = frame_of(asked, KIND, labels, matches=list_messages.match(len(match), "task", "tasks"), total=len(shown))
    return Arranged(
        asked,
        labels,
        _shown(here, found),
        _shown(there, found),
        words.group("Open", len(is_open)) if over else "",
        words.group("Closed and cancelled", len(over)) if over else "",
        asked.href(show="" if is_shown else "all") if may_fold else "",
        words.fold(len(over), is_shown=is_shown) if may_fold else "",
        pages_of(place, one="task", more="tasks"),
        replace(frame, total=len(match), aside=list_messages.folded_included(len(folded))),
        numbers_of(match),
        nothing_of(asked) if found.tasks and not match else "",
        tuple(row.task_id for row in (*is_open, *over)),
        list_way.behind(asked),
    )


def exported(found: TasksTab, parameters: Mapping[str, str]) -> list[TaskRow]:
    """Return all tasks that match what the address asks for, in its order; folded ones too."""
    asked = asked_of(found.header.reference, parameters)
    choice = asked.only_known(picked.labels(found.tasks, asked.choice)).choice
    is_open, over = _parted(picked.ordered(picked.matching(found.tasks, choice), choice))
    return [*is_open, *over]


def caption(reference: str, asked: Asked) -> str:
    """Return what the table is, with its order in words."""
    order = ORDERS[asked.choice.sort or "number"][asked.choice.is_descending]
    return f"Tasks on case {reference}, open ones first, sorted by {order}"


def numbers_of(found: Sequence[TaskRow]) -> frozenset[int]:
    """Return the numbers of these tasks."""
    return frozenset(row.number for row in found)


def nothing_of(asked: Asked) -> str:
    """Return what stands in place of a table that would be empty."""
    if asked.choice.filters:
        return list_messages.none_match("tasks")
    return list_messages.nothing_found(asked.choice.text, "the tasks of this case")


def _parted(found: Sequence[TaskRow]) -> tuple[list[TaskRow], list[TaskRow]]:
    return [row for row in found if row.status == rows.NEW], [row for row in found if row.status != rows.NEW]


def _shown(found: Sequence[TaskRow], tab: TasksTab) -> list[ShownTask]:
    return [rows.shown(row, tab.needed.types) for row in found]
