"""The list of cases: mine or all I may manage, open or closed, found by reference or title."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col

from casetasks_app import finding
from casetasks_app.db.statements import columns, tuples
from casetasks_app.models import Case, CaseStatus, CaseType, Person, Task, TaskStatus
from casetasks_app.models.columns import NEVER, UtcDateTime
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.sla.words import TargetState
from casetasks_app.tasks.queries.choice import NOTHING, TARGETS, Choice, Labels, Offer, span
from casetasks_app.tasks.queries.offers import TARGET_NAMES

MOST_COUNTED = 10_000
MOST_OFFERED = 200
_HEAVY = (defer(Case.answers), defer(Case.closing_note))  # pyright: ignore[reportArgumentType]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list; the state of its next target is breached, today or on track."""

    id: int
    reference: str
    title: str
    type_name: str
    status_word: str
    open_tasks: str
    target_state: str
    next_target: str
    next_target_iso: str
    manager: str
    opened: str
    opened_iso: str = ""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list shows: those the person manages or all they may manage, open or closed, with a text in them."""

    is_mine: bool = True
    is_open: bool = True
    choice: Choice = NOTHING


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the case list; `total` counts all pages, up to 10,000 cases."""

    rows: tuple[CaseRow, ...] = ()
    number: int = 1
    total: int = 0
    labels: Labels = field(default_factory=dict[tuple[str, str], str])


def page(session: Session, *, actor: Actor, wanted: CaseFilter, number: int, now: datetime) -> CasePage:
    """Return one page of cases, newest first if nothing else is asked for; a number past the end gives the last page."""
    labels = _labels(session, wanted.choice, actor)
    wanted = replace(wanted, choice=wanted.choice.only(labels))
    where, size = _wanted(actor, wanted, now), wanted.choice.size
    counted = sa.select(col(Case.id)).where(*where).limit(MOST_COUNTED).subquery()
    total = int(tuples(session, sa.select(sa.func.count()).select_from(counted))[0][0])
    number = max(1, min(number, -(-total // size)))
    found = tuples(session, _listed(now).where(*where).order_by(*_order(wanted.choice)).offset((number - 1) * size).limit(size))
    return CasePage(tuple([_row(each, now) for each in found]), number, total, labels)


def every(session: Session, *, actor: Actor, wanted: CaseFilter, now: datetime, most: int) -> tuple[CaseRow, ...]:
    """Return all cases that match, in the order that was asked for, at most `most`."""
    wanted = replace(wanted, choice=wanted.choice.only(_labels(session, wanted.choice, actor)))
    query = _listed(now).where(*_wanted(actor, wanted, now)).order_by(*_order(wanted.choice)).limit(most)
    return tuple([_row(each, now) for each in tuples(session, query.options(*_HEAVY))])


def offered(session: Session, *, actor: Actor, wanted: CaseFilter, key: str, now: datetime) -> list[Offer]:
    """Return what one filter offers, with how many cases each would show beside the other filters."""
    where = _wanted(actor, replace(wanted, choice=wanted.choice.without(key)), now)
    if key == "target":
        due = _next_due()
        counts = [sa.func.sum(sa.case((_within(due, each, now), 1), else_=0)) for each in TARGETS]
        ((*found,),) = tuples(session, sa.select(*counts).select_from(Case).where(*where))
        return [Offer(each, TARGET_NAMES[each], int(count or 0)) for each, count in zip(TARGETS, found, strict=True)]
    table, link = (CaseType, col(Case.case_type_id)) if key == "type" else (Person, col(Case.manager_id))
    query = columns(col(table.id), col(table.name), sa.func.count()).select_from(Case).join(table, col(table.id) == link)
    found = tuples(session, query.where(*where).group_by(col(table.id), col(table.name)).order_by(col(table.name)).limit(MOST_OFFERED))
    return [Offer(str(key), name, int(count)) for key, name, count in found]


def _labels(session: Session, choice: Choice, actor: Actor) -> Labels:
    known: dict[tuple[str, str], str] = {("target", each): TARGET_NAMES[each] for each in choice.of("target") if each in TARGET_NAMES}
    for key, table in (("type", CaseType), ("who", Person)):
        ids = choice.numbers(key) if actor.manages else ()
        found = tuples(session, columns(col(table.id), col(table.name)).where(col(table.id).in_(ids))) if ids else []
        known |= {(key, str(number)): name for number, name in found}
    return known


def _order(choice: Choice) -> list[Any]:
    by = {
        "case": [col(CaseType.prefix), col(Case.id)],
        "type": [col(CaseType.name)],
        "target": [sa.func.coalesce(_next_due(), sa.literal(NEVER, type_=UtcDateTime()))],
        "manager": [col(Person.name)],
        "opened": [col(Case.raised_at)],
    }.get(choice.sort, [])
    return [each.desc() if choice.is_descending else each for each in by] + [col(Case.id).desc()]


def _within(due: Any, target: str, now: datetime) -> sa.ColumnElement[bool]:  # noqa: ANN401
    begins, ends = span(target, now)
    bounds = [*([due >= begins] if begins else []), *([due < ends] if ends else [])]
    return sa.and_(*bounds) if ends else sa.or_(due.is_(None), *bounds)


def _next_due() -> Any:  # noqa: ANN401
    is_new = (col(Task.case_id) == col(Case.id)) & (col(Task.status) == TaskStatus.NEW)
    return sa.select(sa.func.min(col(Task.due_at))).select_from(Task).where(is_new).correlate(Case).scalar_subquery()


def _wanted(actor: Actor, wanted: CaseFilter, now: datetime) -> list[sa.ColumnElement[bool]]:
    status = CaseStatus.OPEN if wanted.is_open else CaseStatus.CLOSED
    mine = col(Case.manager_id) == actor.person_id
    of_my_types = col(Case.case_type_id).in_(sorted(actor.manages))
    where = [col(Case.status) == status, mine & of_my_types if wanted.is_mine else of_my_types]
    choice = wanted.choice
    asked: list[sa.ColumnElement[bool]] = [_says(choice.text)] if choice.text else []
    for key, column in (("type", col(Case.case_type_id)), ("who", col(Case.manager_id))):
        asked += [column.in_(choice.numbers(key))] if choice.of(key) else []
    if choice.of("target"):
        asked.append(sa.or_(*(_within(_next_due(), each, now) for each in choice.of("target"))))
    return [*where, *asked]


def _says(text: str) -> sa.ColumnElement[bool]:
    """Match every word in the title, or the reference however it is typed: HSG-1042, hsg 1042, 1042/3, 1042."""
    found = sa.and_(sa.true(), *(col(Case.find_text).contains(word, autoescape=True) for word in finding.words_of(text)))
    typed = finding.reference_in(text)
    if typed is None:
        return found
    at = f"{typed.prefix}-{typed.number}"
    return found | (col(Case.reference) == at if typed.prefix else col(Case.reference).like(f"%{at}"))


def _listed(now: datetime) -> Any:  # noqa: ANN401  SQLAlchemy's Select has no usable type here
    def of_open_tasks(what: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
        is_new = (col(Task.case_id) == col(Case.id)) & (col(Task.status) == TaskStatus.NEW)
        return sa.select(what).select_from(Task).where(is_new).correlate(Case).scalar_subquery()

    breached = sa.func.coalesce(sa.func.sum(sa.case((col(Task.due_at) < now, 1), else_=0)), 0)
    return (
        sa.select(
            Case,
            col(CaseType.name),
            col(Person.name),
            of_open_tasks(sa.func.count()),
            of_open_tasks(breached),
            of_open_tasks(sa.func.min(col(Task.due_at))),
        )
        .join(CaseType, col(CaseType.id) == col(Case.case_type_id))
        .join(Person, col(Person.id) == col(Case.manager_id), isouter=True)
    )


def _row(found: tuple[Any, ...], now: datetime) -> CaseRow:
    case, type_name, manager, open_tasks, breached, due_at = found
    state, line = _target(due_at, now)
    return CaseRow(
        id=case.id or 0,
        reference=case.reference,
        title=case.title,
        type_name=type_name,
        status_word=case.status.value.capitalize(),
        open_tasks=(f"{open_tasks} open" + (f", {breached} breached" if breached else "")) if open_tasks else "None open",
        target_state=state,
        next_target=line,
        next_target_iso=due_at.isoformat() if due_at else "",
        manager=manager or "Nobody yet",
        opened=words.short_date(case.raised_at, now),
        opened_iso=case.raised_at.isoformat(),
    )


def _target(due_at: datetime | None, now: datetime) -> tuple[str, str]:
    if due_at is None:
        return TargetState.NONE.value, "No target"
    when = words.short_moment(due_at, now)
    if due_at < now:
        return TargetState.BREACHED.value, f"Was due {when}"
    is_today = words.short_date(due_at, now) == "today"
    return (TargetState.TODAY if is_today else TargetState.ON_TRACK).value, f"Due {when}"
