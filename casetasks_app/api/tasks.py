"""Tasks: those of a case, one as it stands now, a new one, and whom its questions offer."""

from casetasks_app.api import asked, shapes, shown
from casetasks_app.api.operation import AFTER, LIMIT, Answer, Call, Operation, Parameter
from casetasks_app.api.problems import QueryRefused
from casetasks_app.cases import queries as cases
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.tasks import access, without_draft
from casetasks_app.tasks.queries import of_case, picking, view
from casetasks_app.tasks.uploads import Question
from casetasks_app.tasks.without_draft import Sent

LONGEST_NUMBER = 6


async def tasks(call: Call) -> Answer:
    """Return the tasks of a case that the person may see, by number (S13, S14)."""
    after, limit = call.query.get("after", "0"), call.limit
    if not (after.isascii() and after.isdecimal() and len(after) <= LONGEST_NUMBER):
        raise QueryRefused("after must be the number of a task.")
    header = await unit_of_work.ask(cases.header, reference=call.reference, actor=call.actor, now=call.now)
    found = await unit_of_work.ask(
        of_case.part, case_id=header.id, actor=call.actor, after=int(after), most=limit + 1, now=call.now
    )  # fmt: skip
    following = str(found[limit - 1].number) if len(found) > limit else None
    return Answer(shapes.Tasks(tuple(map(shown.line, found[:limit])), following))


async def create(call: Call) -> Answer:
    """Create a task with the answers that the dialog asks for (S1, B2–B10)."""
    wanted: asked.NewTask = call.body
    header = await unit_of_work.ask(cases.header, reference=call.reference, actor=call.actor, now=call.now)
    given = {
        "description": wanted.description,
        "summary": wanted.summary,
        "files": wanted.files,
        "case_details": "yes" if wanted.case_details else "",
        "target": wanted.target,
        "amount": str(wanted.amount),
        "unit": wanted.unit,
    }
    sent = Sent(wanted.task_type, call.once("task", header.id), wanted.team, wanted.person, given)
    made = await unit_of_work.run(without_draft.create_task, case_id=header.id, sent=sent, actor=call.actor, now=call.now)
    where = shown.task_path(header.reference, made.number)
    shape = shapes.Created(f"{header.reference}/{made.number}", made.number)
    return Answer(shape, status=200 if made.is_repeat else 201, location=where)


async def task(call: Call) -> Answer:
    """Return a task as it stands now, with its form for whoever has the step (S24, S25, S43)."""
    return Answer(await seen(call))


async def seen(call: Call) -> shapes.Task:
    """Return the task that a call is about; raises NotFound."""
    page = await unit_of_work.ask(view.page, reference=call.reference, number=call.number, actor=call.actor, now=call.now)
    return shown.task(page)


async def choices(call: Call) -> Answer:
    """Return the people or teams that a question of the person's open step offers for a text."""
    question = Question(await task_id_of(call), call.step_id, call.query.get("question", ""))
    found = await unit_of_work.ask(picking.found, of=question, text=call.query.get("text", ""), actor=call.actor)
    return Answer(shapes.Choices(tuple(shapes.Choice(each.id, each.name, each.about) for each in found.found), found.has_more))


async def task_id_of(call: Call) -> int:
    """Return which task the address names, whoever may see it: the verbs decide that. Raises NotFound."""
    found = await unit_of_work.ask(access.named, reference=f"{call.reference}/{call.number}")
    if found is None:
        raise NotFound
    return found


_OF_CASE, _ONE = "/cases/{reference}/tasks", "/cases/{reference}/tasks/{number}"
_CHOICES = (
    Parameter("step", "Id of the open step.", {"type": "integer"}, required=True),
    Parameter("question", "Name of a question for a person or a team.", {"type": "string"}, required=True),
    Parameter("text", "Part of the name.", {"type": "string"}),
)

OPERATIONS = (
    Operation("GET", _OF_CASE, "The tasks of a case that you may see, by number.", tasks, shapes.Tasks, query=(LIMIT, AFTER)),
    Operation("POST", _OF_CASE, "Create a task.", create, shapes.Created, asked.NewTask, makes=True),
    Operation("GET", _ONE, "A task as it stands now; with the form of its open step if you have it.", task, shapes.Task),
    Operation("GET", f"{_ONE}/choices", "Whom a question for a person or a team offers.", choices, shapes.Choices, query=_CHOICES),
)
