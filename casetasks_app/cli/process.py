"""`casetasks process …`: what processes could not do by themselves, trying it again, sending them a message."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command
from casetasks_app.cli.people import NobodyThere, person_id_of
from casetasks_app.errors import CaseTasksError

if TYPE_CHECKING:
    from sqlmodel import Session


class NoSuchTask(CaseTasksError):
    """There is no such task. Name it like HSG-1042/3."""


def _list(_arguments: Namespace) -> None:
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.tasks.queries import troubles

    ready.database()
    with unit_of_work.read() as session:
        found = troubles.troubles(session)
    for trouble in found:
        print(f"{trouble.reference:<16} {trouble.title}: {trouble.reason}")
    print(f"{len(found)} given up." if found else "Nothing was given up.")


def _retry(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.tasks import waiting

    ready.database()
    with unit_of_work() as session:
        task_id = _task(session, arguments.task) if arguments.task else None
        count = waiting.try_again(session, task_id=task_id, now=clock.now())
    print(f"{count} tried again within seconds, where the jobs run.")


def _send(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.cases import messages
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.people import queries as people

    ready.database_and_plugins()
    with unit_of_work() as session:
        actor = people.actor(session, person_id=person_id_of(session, arguments.sender))
        if actor is None:
            raise NobodyThere
        messages.deliver(session, task_id=_task(session, arguments.task), name=arguments.message, actor=actor, now=clock.now())
    print(f"“{arguments.message}” was sent to {arguments.task}.")


def _task(session: "Session", reference: str) -> int:
    from casetasks_app.tasks import access

    found = access.named(session, reference=reference)
    if found is None:
        raise NoSuchTask
    return found


def _one_task(parser: ArgumentParser) -> None:
    parser.add_argument("task", nargs="?", default="", metavar="TASK", help="its reference, such as HSG-1042/3; everything when left out")


def _message(parser: ArgumentParser) -> None:
    parser.add_argument("task", metavar="TASK", help="its reference, such as HSG-1042/3")
    parser.add_argument("message", metavar="MESSAGE", help="the name of the message in the process model")
    parser.add_argument("--as", dest="sender", required=True, metavar="EMAIL", help="the case manager who sends it")


COMMANDS = (
    Command("process list", "Show the timers and jobs that were given up, and why.", _list),
    Command("process retry", "Try what was given up again, of one task or of all.", _retry, _one_task),
    Command("process send", "Send a message to a task whose process waits for it.", _send, _message),
)
