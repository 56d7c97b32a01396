"""My work: the tasks that the person has, and those they can claim."""

from datetime import datetime

from casetasks_app.api import shapes, shown
from casetasks_app.api.operation import AFTER, LIMIT, Answer, Call, Operation, Parameter
from casetasks_app.api.problems import QueryRefused
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.tasks.queries import my_work
from casetasks_app.tasks.queries.walks import Place, View

_VIEWS = {each.value: each for each in (View.MINE, View.CLAIM)}
_LONGEST_ID = 9


async def work(call: Call) -> Answer:
    """Return what is assigned to the person, or what they can claim, by target (B17)."""
    view = _VIEWS.get(call.query.get("view", View.MINE.value))
    if view is None:
        raise QueryRefused(f"view must be {' or '.join(_VIEWS)}.")
    found = await unit_of_work.ask(
        my_work.part, actor=call.actor, view=view, after=_place(call.query.get("after", "")), most=call.limit, now=call.now
    )  # fmt: skip
    following = f"{found.next.at.isoformat()}~{found.next.step_id}" if found.next else None
    return Answer(shapes.Tasks(tuple(map(shown.line, found.rows)), following))


def _place(text: str) -> Place | None:
    at, _, step_id = text.partition("~")
    try:
        moment = datetime.fromisoformat(at) if text else None
    except ValueError:
        moment = None
    if moment and moment.tzinfo and step_id.isascii() and step_id.isdecimal() and len(step_id) <= _LONGEST_ID:
        return Place(moment, int(step_id))
    if text:
        raise QueryRefused("after must be the next of an earlier answer.")
    return None


_VIEW = Parameter("view", "What you have, or what you can claim.", {"type": "string", "enum": list(_VIEWS), "default": View.MINE.value})

OPERATIONS = (
    Operation(
        "GET", "/my-work", "The tasks that you have, or those you can claim, by target.", work, shapes.Tasks, query=(_VIEW, LIMIT, AFTER)
    ),
)
