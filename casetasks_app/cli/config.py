"""`casetasks config …`: the configuration as one YAML file, in and out."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError

if TYPE_CHECKING:
    from casetasks_app.configuration.setups import Configuration


class CannotRead(CaseTasksError):
    """The file cannot be read as text in UTF-8."""


def _import(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.configuration import service
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people.rules import Actor

    ready.database_and_plugins()
    # Whoever may run commands on this machine has its database; the import is theirs.
    operator = Actor(person_id=0, name="Command line", email="", is_administrator=True)
    with unit_of_work() as session:
        text = _text(arguments.file)
        changes = service.import_configuration(session, text=text, actor=operator, now=clock.now())
        imported = service.check_configuration(session, text=text, now=clock.now())
    for what, words in (("Added", changes.added), ("Changed", changes.changed), ("Removed", changes.removed)):
        for word in words:
            print(f"{what}: {word}")
    if not changes:
        print("Nothing to change: the configuration is like the file already.")
    _print_notes(imported)


def _export(arguments: Namespace) -> None:
    from casetasks_app.configuration import service
    from casetasks_app.db.unit_of_work import unit_of_work

    ready.database()
    with unit_of_work.read() as session:
        text = service.export_configuration(session)
    if arguments.file == Path("-"):
        sys.stdout.write(text)
    else:
        arguments.file.write_text(text, encoding="utf-8")
        print(f"Written: {arguments.file}")


def _check(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.configuration import service
    from casetasks_app.db.unit_of_work import unit_of_work

    ready.database_and_plugins()
    with unit_of_work.read() as session:
        found = service.check_configuration(session, text=_text(arguments.file), now=clock.now())
    tasks = sum(len(case_type.tasks) for case_type in found.case_types)
    counts = {"case type": len(found.case_types), "task type": tasks, "team": len(found.teams), "calendar": len(found.calendars)}
    print("Can be imported:", ", ".join(f"{count} {what}" + ("" if count == 1 else "s") for what, count in counts.items()) + ".")
    _print_notes(found)


def _print_notes(configuration: "Configuration") -> None:
    from casetasks_app.configuration.notes import notes

    for note in notes(configuration):
        print(f"Note: {note}")


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if file == Path("-") else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(f"{file} cannot be read: {error}") from error


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="YAML file, - for standard input")


def _target(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", default=Path("-"), metavar="FILE", help="where to write, standard output without it")


COMMANDS = (
    Command("config import", "make a YAML file the configuration", _import, _file),
    Command("config export", "write the configuration as a YAML file", _export, _target),
    Command("config check", "say whether a YAML file could be imported", _check, _file),
)
