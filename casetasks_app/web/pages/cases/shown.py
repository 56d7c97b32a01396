"""From a page of cases to what the list shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casetasks_app.cases.listing import CaseFilter, CasePage
from casetasks_app.web import list_messages, messages, routes
from casetasks_app.web.pages.cases import texts
from casetasks_app.web.ui import list_address
from casetasks_app.web.ui.case_frame import View
from casetasks_app.web.ui.list_address import Asked, Kind
from casetasks_app.web.ui.list_shown import ListFrame, frame_of
from casetasks_app.web.ui.pages import Pages, pages_of

KIND = Kind(
    {"type": texts.TYPE, "who": texts.MANAGER, "target": texts.NEXT_TARGET},
    ("case", "type", "target", "manager", "opened"),
    columns={"type": texts.TYPE, "open_tasks": texts.OPEN_TASKS, "manager": texts.MANAGER, "opened": texts.OPENED},
)


@dataclass(frozen=True)
class ShownCase:
    """One case of the list."""

    key: int
    place: str
    content: str
    href: str
    reference: str
    title: str
    type_name: str
    status: str
    open_tasks: str
    target_state: str
    next_target: str
    iso: str
    manager: str
    opened: str
    is_changed: bool = False
    gone: str = ""


@dataclass(frozen=True)
class Nothing:
    """Why the list is empty: fact, meaning, and at most one way on."""

    fact: str = ""
    meaning: str = ""
    label: str = ""
    href: str = ""


def asked_of(parameters: Mapping[str, str]) -> Asked:
    """Read the address; what is usual, my open cases, is left out of it."""
    kept = {"mine": "no" if parameters.get("mine") == "no" else "", "status": "closed" if parameters.get("status") == "closed" else ""}
    return list_address.asked_of(routes.CASES, parameters, KIND, kept=kept)


def wanted_of(asked: Asked) -> CaseFilter:
    """Return the choices as the query takes them."""
    return CaseFilter(is_mine(asked), is_open(asked), asked.choice)


def is_mine(asked: Asked) -> bool:
    """Tell whether only my own cases are asked for."""
    return not dict(asked.kept)["mine"]


def is_open(asked: Asked) -> bool:
    """Tell whether open cases are asked for, and not closed ones."""
    return not dict(asked.kept)["status"]


def rows_of(page: CasePage) -> list[ShownCase]:
    """Return the rows of one page."""
    return [
        ShownCase(
            key=row.id,
            place="",
            content="|".join((row.title, row.status_word, row.open_tasks, row.target_state, row.next_target_iso, row.manager)),
            href=routes.case(row.reference),
            reference=row.reference,
            title=row.title,
            type_name=row.type_name,
            status=row.status_word,
            open_tasks=row.open_tasks,
            target_state=row.target_state,
            next_target=row.next_target,
            iso=row.next_target_iso,
            manager=row.manager,
            opened=row.opened,
        )
        for row in page.rows
    ]


def whose_of(asked: Asked) -> list[View]:
    """Return the choice between my cases and all."""
    return [
        View(texts.MINE, asked.href(mine=""), is_current=is_mine(asked)),
        View(texts.ALL, asked.href(mine="no"), is_current=not is_mine(asked)),
    ]


def statuses_of(asked: Asked) -> list[View]:
    """Return the choice between open and closed."""
    return [
        View(texts.OPEN, asked.href(status=""), is_current=is_open(asked)),
        View(texts.CLOSED, asked.href(status="closed"), is_current=not is_open(asked)),
    ]


def pages_under(asked: Asked, page: CasePage) -> Pages:
    """Return what stands under the list."""
    return pages_of(asked.place(page.number, page.total), one="case", more="cases")


def frame(asked: Asked, page: CasePage) -> ListFrame:
    """Return what stands around the list."""
    return frame_of(asked, KIND, page.labels, matches=list_messages.match(page.total, "case", "cases"), total=page.total)


def caption(asked: Asked) -> str:
    """Return what the table is, with its order in words."""
    name = texts.whose(is_mine=is_mine(asked), is_open=is_open(asked))
    order = f"sorted by {texts.ORDERS[asked.choice.sort][asked.choice.is_descending]}" if asked.choice.sort else texts.NEWEST_FIRST
    return f"{name[:1].upper()}{name[1:]}, {order}"


def nothing(asked: Asked, *, manages: Sequence[int]) -> Nothing:
    """Say why the list is empty."""
    if not manages:
        return Nothing(texts.NOT_A_MANAGER, texts.NOT_A_MANAGER_MORE)
    if asked.choice.is_narrowed:
        return _nothing_matches(asked)
    if is_mine(asked):
        fact, label = (texts.NO_OPEN, texts.SHOW_ALL_OPEN) if is_open(asked) else (texts.NO_CLOSED, texts.SHOW_ALL_CLOSED)
        return Nothing(fact, "", label, asked.href(mine="no"))
    return Nothing(texts.NONE_OPEN if is_open(asked) else texts.NONE_CLOSED)


def _nothing_matches(asked: Asked) -> Nothing:
    clear = (list_messages.CLEAR_FILTERS, asked.cleared())
    if asked.choice.filters:
        return Nothing(list_messages.none_match("cases"), "", *clear)
    where = texts.whose(is_mine=is_mine(asked), is_open=is_open(asked))
    return Nothing(list_messages.nothing_found(asked.choice.text, where), texts.NOT_FOUND_MORE, *clear)


def tab_title(page: CasePage, asked: Asked) -> str:
    """Return "Cases", with the page when there are several."""
    last = -(-page.total // asked.choice.size)
    return messages.tab_title(messages.CASES + (f" (page {page.number} of {last})" if last > 1 else ""))
