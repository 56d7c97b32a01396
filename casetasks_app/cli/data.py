"""`casetasks migrate`, `casetasks demo`, `casetasks raise FILE.json`: what the database holds."""

import hashlib
import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError, NotFound

if TYPE_CHECKING:
    from sqlmodel import Session

    from casetasks_app.cases.service import NewCase

LARGEST = 5_000_000
LONGEST_KEY = 70
_KEYS = frozenset({"case_type", "title", "key", "answers", "contact_name", "contact_email", "manager"})
_TEXTS = ("case_type", "title", "key", "contact_name", "contact_email", "manager")


class CannotRaise(CaseTasksError):
    """The cases of this file were not raised."""


def _migrate(_arguments: Namespace) -> None:
    from casetasks_app.db import migrate

    migrate.upgrade()
    print("The database has the newest schema.")


def _demo(_arguments: Namespace) -> None:
    from casetasks_app import clock, demo
    from casetasks_app.db import migrate
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.process import installed

    installed.load()
    migrate.upgrade()
    with unit_of_work() as session:
        found = demo.load(session, now=clock.now())
    if not found:
        raise CaseTasksError("The database already holds other people; the demo organisation was not loaded.")
    for one in found:
        print(f"{one.email}  {one.password}  {one.role}")


def _raise(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.cases import service
    from casetasks_app.db.unit_of_work import unit_of_work

    records = _records(arguments.file)
    ready.database_and_plugins()
    lines: list[str] = []
    with unit_of_work() as session:
        for number, record in enumerate(records, start=1):
            try:
                raised = service.raise_case(session, new=_new_case(session, record), actor=None, now=clock.now())
            except service.CaseRefused as refusal:
                reasons = "\n".join(f"- {name}: {message}" for name, message in refusal.problems.items())
                raise CannotRaise(f"Case {number} was refused, so none of the file was raised.\n{reasons}") from refusal
            tasks = "1 task" if raised.task_count == 1 else f"{raised.task_count} tasks"
            lines.append(f"{raised.reference}: {tasks} created")
    print(*lines, sep="\n")


def _records(file: Path) -> list[dict[str, Any]]:
    """Read one case or a list of cases; anything else is refused with a sentence."""
    try:
        text = sys.stdin.read(LARGEST + 1) if file == Path("-") else file.read_text(encoding="utf-8")
        found: Any = json.loads(text) if len(text) <= LARGEST else None
    except (OSError, ValueError, RecursionError) as error:
        raise CannotRaise(f"{file} cannot be read as JSON: {error}") from error
    records: list[Any] = found if isinstance(found, list) else [found]
    if not records or not all(isinstance(record, dict) for record in records):
        raise CannotRaise("The file must hold one case, an object with case_type, title and answers, or a list of such objects.")
    for number, record in enumerate(records, start=1):
        _check_shape(number, record)
    return records


def _check_shape(number: int, record: dict[str, Any]) -> None:
    unknown = sorted(set(record) - _KEYS)
    if unknown:
        raise CannotRaise(f"Case {number}: '{unknown[0]}' is not known. Use {', '.join(sorted(_KEYS))}.")
    for name in _TEXTS:
        if not isinstance(record.get(name, ""), str):
            raise CannotRaise(f"Case {number}: {name} must be a text.")
    if len(record.get("key", "")) > LONGEST_KEY:
        raise CannotRaise(f"Case {number}: key must be {LONGEST_KEY} characters or less.")
    if not isinstance(record.get("answers", {}), dict):
        raise CannotRaise(f"Case {number}: answers must be an object of field names and values.")
    if not record.get("case_type"):
        raise CannotRaise(f"Case {number}: case_type is missing.")


def _new_case(session: "Session", record: dict[str, Any]) -> "NewCase":
    """Without a key of its own a case is known by its content, so that the same file raises nothing twice."""
    from casetasks_app.cases.service import NewCase
    from casetasks_app.configuration import queries

    try:
        case_type = queries.case_type_by_key(session, key=record["case_type"])
    except NotFound as error:
        raise CannotRaise(f"There is no case type '{record['case_type']}'.") from error
    content = hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()
    return NewCase(
        case_type_id=case_type.id,
        title=record.get("title", ""),
        key=f"file:{record.get('key') or content}"[:80],
        answers=record.get("answers", {}),
        contact_name=record.get("contact_name", ""),
        contact_email=record.get("contact_email", ""),
        manager_id=_manager(session, record["manager"], case_type.id) if record.get("manager") else None,
    )


def _manager(session: "Session", email: str, case_type_id: int) -> int:
    from casetasks_app.people import queries, service

    try:
        person_id = service.person_by_email(session, email=email).id or 0
    except NotFound as error:
        raise CannotRaise(f"There is nobody with the address {email}.") from error
    actor = queries.actor(session, person_id=person_id)
    if actor is None or case_type_id not in actor.manages:
        raise CannotRaise(f"{email} is not a case manager of this type of case.")
    return person_id


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.json", help="one case or a list of cases, - for standard input")


COMMANDS = (
    Command("migrate", "bring the database to the newest schema", _migrate),
    Command("demo", "load the demo organisation into an empty database", _demo),
    Command("raise", "raise the cases of a JSON file, with their automatic tasks", _raise, _file),
)
