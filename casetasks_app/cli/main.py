"""The table of verbs, and how the words of a command line find theirs."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from casetasks_app import __version__
from casetasks_app.cli import build, config, data, doctor, jobs, people, plugin, process, run, tokens
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError

COMMANDS: tuple[Command, ...] = (
    *run.COMMANDS,
    *build.COMMANDS,
    *data.COMMANDS,
    *config.COMMANDS,
    *people.COMMANDS,
    *tokens.COMMANDS,
    *plugin.COMMANDS,
    *jobs.COMMANDS,
    *process.COMMANDS,
    *doctor.COMMANDS,
)
INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit code: 0 done, 1 refused, 2 not understood."""
    arguments = parser().parse_args(words)
    try:
        return _carry_out(arguments)
    except CaseTasksError as refusal:
        return _refuse(refusal.message)
    except ValidationError as invalid:
        return _refuse("\n  - ".join(["These settings cannot be read:", *map(_setting, invalid.errors())]))
    except KeyboardInterrupt:
        return INTERRUPTED


def parser() -> ArgumentParser:
    """Return the parser of the whole table; a verb of two words stands in a group of its first."""
    top = ArgumentParser(prog="casetasks", description="Formal tasks on cases.", allow_abbrev=False)
    top.add_argument("--version", action="version", version=f"Case Tasks {__version__}")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    groups: dict[str, Any] = {}
    for command in COMMANDS:
        group, _, verb = command.name.rpartition(" ")
        if group and group not in groups:
            grouped = verbs.add_parser(group, help=f"{group} …; see casetasks {group} --help", allow_abbrev=False)
            groups[group] = grouped.add_subparsers(title="commands", metavar="COMMAND", required=True)
        home = groups[group] if group else verbs
        own = home.add_parser(verb, help=command.summary, description=command.summary, allow_abbrev=False)
        command.arguments(own)
        own.set_defaults(command=command)
    return top


def _refuse(message: str) -> int:
    print(f"casetasks: {message}", file=sys.stderr)
    return 1


def _setting(error: Mapping[str, Any]) -> str:
    name = "_".join(str(part) for part in error["loc"]).upper()
    return f"CASETASKS_{name}: {error['msg']}"


def _carry_out(arguments: Namespace) -> int:
    command: Command = arguments.command
    return command.run(arguments) or 0
