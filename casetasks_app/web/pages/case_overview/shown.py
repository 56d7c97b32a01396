"""From what the database knows of a case to what its overview shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from casetasks_app import clock, settings
from casetasks_app.cases import papers, queries
from casetasks_app.cases.queries import CaseHeader, Fact, Overview
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.history import pages
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import case_files, of_case
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.web import routes
from casetasks_app.web.pages.case_overview import texts
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import ShownFile

LONGEST_KIND = 5
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class TasksCard:
    """How the case's tasks stand; without an address there is no card (B1)."""

    href: str = ""
    link: str = ""
    words: str = ""
    next_href: str = ""
    next_label: str = ""
    state: str = "none"
    line1: str = ""
    line2: str = ""
    iso: str = ""


@dataclass(frozen=True)
class ShownCase:
    """Everything of the overview below the identity bar; an empty text draws nothing."""

    title: str = ""
    news: str = ""
    answers: list[ShownFact] = field(default_factory=list)
    contact: list[ShownFact] = field(default_factory=list)
    ending: list[ShownFact] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)
    upload_url: str = ""
    most_bytes: int = 0
    takeover: str = ""
    tasks: TasksCard = TasksCard()


async def load(header: CaseHeader, actor: Actor) -> ShownCase:
    """Return the overview as this person sees it; raises NotFound when they may not see the case any more."""
    now = clock.now()
    found = await unit_of_work.ask(queries.overview, case_id=header.id, actor=actor, now=now)
    rows = await unit_of_work.ask(of_case.tasks, case_id=header.id, actor=actor, now=now)
    is_new = header.is_open and await unit_of_work.ask(pages.is_untouched, case_id=header.id)
    made = [(row.type_name, row.holder) for row in rows if row.is_automatic] if is_new else []
    return replace(
        _of_overview(header, found),
        news=texts.created_automatically(made),
        tasks=_card(header, rows) if header.has_tasks_tab else TasksCard(),
    )


def _of_overview(header: CaseHeader, found: Overview) -> ShownCase:
    may_add = header.is_manager and header.is_open
    return ShownCase(
        title=header.title,
        answers=_facts(found.facts),
        contact=_facts(found.contact),
        ending=[] if header.is_open else _ending(header, found.closing_note),
        files=[_file(each) for each in found.files],
        upload_url=routes.upload(papers.draft_key(header.reference)) if may_add else "",
        most_bytes=settings.load().max_file_mb * MEGABYTE,
        takeover=texts.who_manages(header.manager) if header.may_take_over else "",
    )


def _facts(given: Sequence[Fact]) -> list[ShownFact]:
    return [ShownFact(each.label, each.value) for each in given]


def _ending(header: CaseHeader, note: str) -> list[ShownFact]:
    return [ShownFact(texts.OUTCOME, header.outcome), ShownFact(texts.CLOSED, header.closed), ShownFact(texts.NOTE, note)]


def _file(file: case_files.FileOption) -> ShownFile:
    ending = file.name.rpartition(".")[2] if "." in file.name else ""
    kind = ending.upper() if 0 < len(ending) <= LONGEST_KIND else ""
    return ShownFile(file.id, file.name, f"{file.size}, added {file.added}", routes.file(file.id), kind)


def _card(header: CaseHeader, rows: Sequence[TaskRow]) -> TasksCard:
    counts, reference = header.counts, header.reference
    card = TasksCard(
        href=routes.case_tasks(reference),
        link=texts.all_tasks(reference),
        words=texts.counted(counts.total, counts.open, counts.breached),
    )
    due = sorted((row for row in rows if row.status == "new" and row.target.iso), key=lambda row: row.target.iso)
    if not due:
        return card
    row, target = due[0], due[0].target
    return replace(
        card,
        next_href=routes.task(reference, row.number),
        next_label=f"Task {row.number}, {row.description}",
        state=str(target.state),
        line1=target.line1,
        line2=target.line2,
        iso=target.iso,
    )
