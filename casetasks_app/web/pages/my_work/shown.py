"""From what My work has to what its screen shows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from casetasks_app.tasks.queries.my_work import View, Work
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.web import list_messages, messages, routes
from casetasks_app.web.pages.my_work import asking, texts
from casetasks_app.web.ui import case_frame
from casetasks_app.web.ui.list_address import Asked
from casetasks_app.web.ui.list_shown import ListFrame, frame_of
from casetasks_app.web.ui.pages import Pages, pages_of

BETWEEN = "|"


@dataclass(frozen=True)
class WorkRow:
    """One task of the list; `lost` says who was first when I tried to claim it."""

    key: int
    place: str
    content: str
    href: str
    reference: str
    description: str
    type_name: str
    is_automatic: bool
    files: str
    case_reference: str
    case_title: str
    case_href: str
    asked_by: str
    holder: str
    holder_note: str
    status: str
    outcome: str
    target_state: str
    line1: str
    line2: str
    iso: str
    may_claim: bool
    is_changed: bool = False
    gone: str = ""
    lost: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under one heading; the done ones stand under none."""

    name: str = ""
    heading: str = ""
    rows: list[WorkRow] = field(default_factory=list)


@dataclass(frozen=True)
class NextCard:
    """The task to do next; without an address there is none."""

    href: str = ""
    reference: str = ""
    description: str = ""
    about: str = ""
    target_state: str = "none"
    line1: str = ""
    line2: str = ""
    iso: str = ""


@dataclass(frozen=True)
class Nothing:
    """Why a view is empty: fact, meaning, and at most one way on."""

    fact: str = ""
    meaning: str = ""
    label: str = ""
    href: str = ""


def rows_of(found: Sequence[TaskRow], view: View, asked: Asked) -> list[WorkRow]:
    """Return the rows of one page."""
    return [_row(row, view, asked) for row in found]


def groups_of(rows: Sequence[WorkRow]) -> list[Group]:
    """Put rows under their headings, in the order they are in."""
    counted = Counter(_group(row) for row in rows)
    made = [(name, list(each)) for name, each in groupby(rows, key=_group)]
    return [Group(name, texts.group_heading(name, counted[name]) if name else "", each) for name, each in made]


def views_of(work: Work, view: View) -> list[case_frame.View]:
    """Return the four views with their counts; what is done is not counted."""
    numbers = {View.MINE: work.counts.mine, View.CLAIM: work.counts.claim, View.CREATED: work.counts.created, View.DONE: 0}
    return [
        case_frame.View(name, routes.my_work(each), messages.badge_count(n), messages.many(n, "task", "tasks"), each == view)
        for each, name in texts.VIEW_NAMES.items()
        for n in [numbers[each]]
    ]


def pages_under(work: Work, asked: Asked) -> Pages:
    """Return what stands under the list."""
    return pages_of(asked.place(work.page.page, work.page.total), one="task", more="tasks")


def frame(work: Work, view: View, asked: Asked, since: datetime | None = None) -> ListFrame:
    """Return what stands around the list; its file has what was closed after `since` as the list has."""
    total = work.page.total
    made = frame_of(asked, asking.KINDS[view], work.labels, matches=list_messages.match(total, "task", "tasks"), total=total)
    return replace(made, export_href=f"{made.export_href}&{urlencode({'since': since.isoformat()})}") if since else made


def next_card(row: TaskRow | None) -> NextCard:
    """Return the card on top."""
    if row is None:
        return NextCard()
    case = f"Case: {row.case_title}. " if row.case_title else f"{row.type_name}. "
    asked = "Created automatically." if row.is_automatic else f"Asked by {row.asked_by}."
    target = row.target
    return NextCard(
        routes.task(row.case_reference, row.number), row.reference, row.description, case + asked,
        str(target.state), target.line1, target.line2, target.iso,
    )  # fmt: skip


def nothing(work: Work, view: View, asked: Asked) -> Nothing:
    """Say why a view is empty."""
    if asked.choice.is_narrowed:
        return _nothing_matches(view, asked)
    if view in _PLAIN or not work.teams:
        return Nothing(_PLAIN[view]) if view in _PLAIN else Nothing(texts.NO_TEAM, texts.NO_TEAM_MORE)
    if view == View.CLAIM:
        return Nothing(texts.nothing_to_claim(work.teams), texts.NOTHING_TO_DO)
    way = (texts.SEE_CLAIM, routes.my_work(View.CLAIM)) if work.counts.claim else ("", "")
    return Nothing(messages.NOTHING_MINE, texts.claimable(work.counts.claim), *way)


def _nothing_matches(view: View, asked: Asked) -> Nothing:
    clear = (list_messages.CLEAR_FILTERS, asked.cleared())
    if asked.choice.filters:
        return Nothing(list_messages.none_match("tasks"), "", *clear)
    return Nothing(list_messages.nothing_found(asked.choice.text, texts.VIEW_NAMES[view]), texts.TRY_REFERENCE, *clear)


_PLAIN = {View.CREATED: texts.NOTHING_CREATED, View.DONE: texts.NOTHING_DONE}


def tab_title(work: Work, asked: Asked) -> str:
    """Return "My work (7)", with the page when there are several."""
    count = f" ({messages.badge_count(work.counts.mine)})" if work.counts.mine else ""
    last = -(-work.page.total // asked.choice.size)
    paged = f" (page {work.page.page} of {last})" if last > 1 else ""
    return messages.tab_title(messages.MY_WORK + count + paged)


def why_gone(left: Sequence[TaskRow], view: View, me: str) -> dict[int, str]:
    """Say of each task that left the page what became of it."""
    return {row.task_id: _why(row, view, me) for row in left}


def _why(row: TaskRow, view: View, me: str) -> str:
    if row.status in texts.ENDED:
        return texts.ENDED[row.status]
    if row.holder_kind != "person":
        return texts.LEFT_YOU if view == View.MINE else texts.ELSEWHERE
    if view == View.CLAIM:
        return texts.CLAIMED_BY_YOU if row.holder == me else texts.claimed_by(row.holder)
    return texts.ELSEWHERE if view == View.MINE and row.holder == me else texts.moved_to(row.holder)


def _group(row: WorkRow) -> str:
    return row.place.partition(BETWEEN)[0]


def _row(row: TaskRow, view: View, asked: Asked) -> WorkRow:
    target = row.target
    group = ("closed" if row.status in texts.ENDED else row.group) if asking.is_grouped(view, asked) else ""
    order = {"task": row.description, "case": row.reference}.get(asked.choice.sort, target.iso)
    return WorkRow(
        key=row.task_id,
        place=f"{group}{BETWEEN}{order}",
        content=BETWEEN.join((row.status, row.holder, target.iso, str(target.state), row.description, row.case_title)),
        href=routes.task(row.case_reference, row.number),
        reference=row.reference,
        description=row.description,
        type_name=row.type_name,
        is_automatic=row.is_automatic,
        files=texts.file_count(row.file_count),
        case_reference=row.case_reference,
        case_title=row.case_title,
        case_href=routes.case(row.case_reference) if row.case_title else "",
        asked_by=row.asked_by,
        holder=row.holder or row.last_holder or row.last_team,
        holder_note=texts.NOT_CLAIMED if row.holder_kind == "team" or row.last_team else row.since,
        status=row.status,
        outcome=row.outcome,
        target_state=str(target.state),
        line1=target.line1,
        line2=target.line2,
        iso=target.iso,
        may_claim=row.may_claim and view == View.CLAIM,
    )
