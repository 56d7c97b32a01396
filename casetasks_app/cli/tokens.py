"""`casetasks person token …`: the keys with which programs act as a person through REST."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command
from casetasks_app.cli.people import person_id_of

if TYPE_CHECKING:
    from casetasks_app.people.tokens import TokenRow

USUAL_DAYS = 90


def _make(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.moments import long_moment
    from casetasks_app.people import tokens

    ready.database()
    with unit_of_work() as session:
        person_id = person_id_of(session, arguments.email)
        made = tokens.make(session, person_id=person_id, name=arguments.name, days=arguments.days, now=clock.now())
    # The token alone on standard output, so that it can go straight into the file of a program.
    print(made.text)
    until = long_moment(made.expires_at)
    print(f"Token {made.id}: shown this once. Programs that have it act as {arguments.email} until {until}.", file=sys.stderr)


def _list(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import tokens

    ready.database()
    with unit_of_work.read() as session:
        person_id = person_id_of(session, arguments.email) if arguments.email else None
        found = tokens.listed(session, person_id=person_id, now=clock.now())
    print(*map(_line, found), sep="\n") if found else print("There are no tokens.")


def _revoke(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import tokens

    ready.database()
    with unit_of_work() as session:
        tokens.revoke(session, token_id=arguments.id, now=clock.now())
    print(f"Token {arguments.id} was revoked.")


def _line(token: "TokenRow") -> str:
    used = f"used {token.used_at:%Y-%m-%d}" if token.used_at else "never used"
    state = token.ended or f"until {token.expires_at:%Y-%m-%d}"
    return "  ".join([str(token.id), token.email, token.name or "no name", f"made {token.created_at:%Y-%m-%d}", used, state])


def _make_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--name", default="", help="which program it is for")
    parser.add_argument("--days", type=int, default=USUAL_DAYS, help=f"days until it ends, at most 365; {USUAL_DAYS} when left out")


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL", nargs="?", help="only this person's")


def _revoke_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="NUMBER", type=int, help="number of the token, as the list has it")


COMMANDS = (
    Command("person token", "make a token with which a program acts as somebody through REST", _make, _make_arguments),
    Command("person tokens", "list tokens: whose, for what, until when", _list, _list_arguments),
    Command("person revoke", "end a token at once", _revoke, _revoke_arguments),
)
