"""Several at the same moment, each on a thread and in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import Session

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError

Verb = Callable[[Session], object]


def at_once(*verbs: Verb) -> list[object]:
    """Carry these out at the same moment, each in a transaction of its own; a refusal counts as the answer, a bug is raised."""
    start = Barrier(len(verbs))

    def one(verb: Verb) -> object:
        start.wait(timeout=30)
        try:
            with unit_of_work() as session:
                return verb(session)
        except CaseTasksError as refusal:
            return refusal

    with ThreadPoolExecutor(len(verbs)) as threads:
        return list(threads.map(one, verbs))
