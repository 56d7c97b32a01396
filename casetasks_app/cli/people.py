"""`casetasks person …`: the people of an installation and the teams they belong to."""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError

if TYPE_CHECKING:
    from sqlmodel import Session

    from casetasks_app.people.rules import Actor


class NotRepeated(CaseTasksError):
    """The two passwords are not the same."""


class NobodyThere(CaseTasksError):
    """There is nobody with this email address."""


class NoSuchTeam(CaseTasksError):
    """There is no team with this key. `casetasks config export` lists them."""


def _add(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import service

    ready.database()
    email = arguments.email or _asked("Email address: ")
    name = arguments.name or _asked("Name: ")
    password = _password(arguments)
    with unit_of_work() as session:
        person = service.add_person(
            session, email=email, name=name, password=password, is_administrator=arguments.administrator, now=clock.now()
        )
        kind = "Administrator" if person.is_administrator else "Person"
        print(f"{kind} added: {person.name} <{person.email}>")


def _set_password(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import service

    ready.database()
    password = _password(arguments)
    with unit_of_work() as session:
        person_id = person_id_of(session, arguments.email)
        service.set_password(session, person_id=person_id, password=password)
        service.sign_out_everywhere(session, person_id=person_id, now=clock.now())
    print("The password was changed, and the person signed out everywhere.")


def _join(arguments: Namespace) -> None:
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import service

    ready.database()
    with unit_of_work() as session:
        person_id, team_id = person_id_of(session, arguments.email), _team(session, arguments.team)
        service.join(session, person_id=person_id, team_id=team_id, is_lead=arguments.lead)
    print(f"{arguments.email} is now {'a lead' if arguments.lead else 'a member'} of {arguments.team}.")


def _leave(arguments: Namespace) -> None:
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import service

    ready.database()
    with unit_of_work() as session:
        service.leave(session, person_id=person_id_of(session, arguments.email), team_id=_team(session, arguments.team))
    print(f"{arguments.email} is no longer in {arguments.team}.")


def _deactivate(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.tasks import leavers

    ready.database()
    with unit_of_work() as session:
        person_id = person_id_of(session, arguments.email)
        left = leavers.deactivate(session, person_id=person_id, actor=operator(), now=clock.now())
    print(f"{left.name} is deactivated: signed out everywhere, offered nowhere, and mailed nothing any more.")
    if left.tasks:
        print(f"Outstanding tasks, to be given to others ({len(left.tasks)}):")
    for task in left.tasks:
        print(f"  {task.reference}  {task.name}")
    if left.cases:
        print(f"Open cases, to be taken over ({len(left.cases)}): {', '.join(left.cases)}")


def _reactivate(arguments: Namespace) -> None:
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.tasks import leavers

    ready.database()
    with unit_of_work() as session:
        name = leavers.reactivate(session, person_id=person_id_of(session, arguments.email), actor=operator())
    print(f"{name} can sign in again, with the same password and teams as before.")


def operator() -> "Actor":
    """Return who acts: whoever may run commands on this machine has its database."""
    from casetasks_app.people.rules import Actor

    return Actor(person_id=0, name="Command line", email="", is_administrator=True)


def person_id_of(session: "Session", email: str) -> int:
    """Return whose address this is; raises NobodyThere."""
    from casetasks_app.errors import NotFound
    from casetasks_app.people import service

    try:
        return service.person_by_email(session, email=email).id or 0
    except NotFound as error:
        raise NobodyThere from error


def _team(session: "Session", key: str) -> int:
    from casetasks_app.errors import NotFound
    from casetasks_app.people import service

    try:
        return service.team_by_key(session, key=key).id or 0
    except NotFound as error:
        raise NoSuchTeam from error


def _password(arguments: Namespace) -> str:
    """Read a password from a file, from a pipe, or twice from the keyboard; never from the command line itself."""
    if arguments.password_file:
        return arguments.password_file.read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    password = getpass.getpass("Password (12 characters or more): ")
    if getpass.getpass("The same again: ") != password:
        raise NotRepeated
    return password


def _asked(question: str) -> str:
    return input(question) if sys.stdin.isatty() else sys.stdin.readline().strip()


def _with_password(parser: ArgumentParser) -> None:
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="read the password from a file instead of asking")


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--administrator", action="store_true", help="may set up case types, teams and people")
    parser.add_argument("--email", help="email address to sign in with; asked for when left out")
    parser.add_argument("--name", help="name as colleagues know it; asked for when left out")
    _with_password(parser)


def _password_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")
    _with_password(parser)


def _member_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("team", metavar="TEAM", help="key of the team")


def _email_argument(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")


def _join_arguments(parser: ArgumentParser) -> None:
    _member_arguments(parser)
    parser.add_argument("--lead", action="store_true", help="as a lead of the team")


COMMANDS = (
    Command("person add", "add somebody who can sign in", _add, _add_arguments),
    Command("person password", "give somebody a new password", _set_password, _password_arguments),
    Command("person join", "make somebody a member of a team", _join, _join_arguments),
    Command("person deactivate", "sign somebody out for good and name what they leave behind", _deactivate, _email_argument),
    Command("person reactivate", "let somebody sign in again", _reactivate, _email_argument),
    Command("person leave", "end somebody's membership of a team", _leave, _member_arguments),
)
