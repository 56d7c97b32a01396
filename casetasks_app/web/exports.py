"""Lists as files that spreadsheets open: CSV as RFC 4180 has it, without formulas, in the words of the screen."""

import asyncio
import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from starlette.responses import PlainTextResponse, Response

from casetasks_app import settings
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.moments import local
from casetasks_app.sla.words import TargetState
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.web import list_messages

T = TypeVar("T")

MOST = 10_000
"""How many rows one file has at most."""

MOST_TICKED = 500
OWN = {"content-security-policy": "sandbox; default-src 'none'", "cache-control": "private, no-store"}
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_IDS = re.compile(r"\d{1,9}(,\d{1,9})*")
_AT_ONCE = asyncio.Semaphore(2)
"""Long lists wait for each other, so that they leave threads to everybody else."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written: its first row, the others, and what they are called when there are too many."""

    head: Sequence[str]
    rows: Iterable[Sequence[str]]
    more: str


async def asked(question: Callable[..., T], **arguments: object) -> T:
    """Ask the database for a whole list, two at a time."""
    async with _AT_ONCE:
        return await unit_of_work.ask(question, **arguments)


async def answer(name: str, sheet: Sheet, now: datetime) -> Response:
    """Send a table as the download `name-2026-11-22.csv`; what goes beyond `MOST` rows is left out and said."""
    file = f"{name}-{local(now):%Y-%m-%d}.csv"
    headers = {**OWN, "content-disposition": f'attachment; filename="{file}"'}
    return Response(await asyncio.to_thread(written, sheet), media_type="text/csv; charset=utf-8", headers=headers)


def not_found() -> Response:
    """Answer for a list that does not exist for whoever asks."""
    return PlainTextResponse(NotFound().message, status_code=404)


def written(sheet: Sheet) -> bytes:
    """Return the table as UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.head)
    for number, row in enumerate(sheet.rows):
        if number == MOST:
            writer.writerow([list_messages.cut_off(MOST, sheet.more), *[""] * (len(sheet.head) - 1)])
            break
        writer.writerow([harmless(each) for each in row])
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    return f"'{text}" if _FORMULA.match(text) else text


def ticked(parameters: Mapping[str, str]) -> list[int]:
    """Return the numbers of the ticked rows in `only`; empty when the whole list is wanted."""
    text = parameters.get("only", "")
    return [int(each) for each in text.split(",")][:MOST_TICKED] if _IDS.fullmatch(text) else []


def tasks(rows: Sequence[TaskRow]) -> Sheet:
    """Return tasks as a table; moments are those of the office, in ISO 8601."""
    return Sheet(head(list_messages.TASK_COLUMNS), map(_task, rows), "tasks")


def head(words: Iterable[str]) -> list[str]:
    """Return a first row: a name that ends in a colon is a moment's, and says the office's zone."""
    zone = settings.load().time_zone
    return [f"{word[:-1]} ({zone})" if word.endswith(":") else word for word in words]


def moment(iso: str) -> str:
    """Return a moment as wall time of the office with its distance to UTC: 2026-11-22T16:30+00:00."""
    return local(datetime.fromisoformat(iso)).isoformat(timespec="minutes") if iso else ""


def _task(row: TaskRow) -> list[str]:
    is_breached = row.target.state in {TargetState.BREACHED, TargetState.LATE}
    return [
        row.reference,
        row.description,
        row.type_name,
        row.case_reference,
        row.case_title,
        row.asked_by,
        moment(row.created_iso),
        row.holder or row.last_holder,
        row.status_word,
        row.outcome,
        moment(row.target.iso),
        list_messages.YES if is_breached else list_messages.NO,
        moment(row.ended_iso),
    ]
