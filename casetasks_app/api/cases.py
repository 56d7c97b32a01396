"""Cases: raise one, look at one."""

from casetasks_app.api import asked, elsewhere, shapes, shown
from casetasks_app.api.operation import Answer, Call, Operation
from casetasks_app.cases import queries, service
from casetasks_app.cases.new import CaseRefused, NewCase
from casetasks_app.cases.queries import CaseHeader
from casetasks_app.configuration import queries as configuration
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.tasks.queries import creation


async def raise_case(call: Call) -> Answer:
    """Raise a case with its automatic tasks, as the page does (B12, S64)."""
    wanted: asked.NewCase = call.body
    types = await unit_of_work.ask(configuration.case_types, ids=call.actor.manages)
    chosen = next((each for each in types if each.key == wanted.case_type), None)
    if chosen is None:
        raise service.CannotRaise
    new = NewCase(
        case_type_id=chosen.id,
        title=wanted.title,
        key=call.once("case"),
        answers=wanted.answers,
        contact_name=wanted.contact_name,
        contact_email=wanted.contact_email,
    )
    try:
        raised = await unit_of_work.run(service.raise_case, new=new, actor=call.actor, now=call.now)
    except CaseRefused as refusal:
        setup = await unit_of_work.ask(configuration.case_type, case_type_id=chosen.id)
        raise elsewhere.worded(refusal, setup.form, shown.page_of_new_case(setup.key)) from None
    where = shown.case_path(raised.reference)
    return Answer(shapes.Raised(raised.reference, raised.task_count), status=200 if raised.is_repeat else 201, location=where)


async def case(call: Call) -> Answer:
    """Return a case as its overview shows it; somebody who sees only tasks of it does not see the case."""
    header = await unit_of_work.ask(queries.header, reference=call.reference, actor=call.actor, now=call.now)
    if not header.sees_all:
        raise NotFound
    overview = await unit_of_work.ask(queries.overview, case_id=header.id, actor=call.actor, now=call.now)
    return Answer(
        shapes.Case(
            reference=header.reference,
            title=header.title,
            type=header.type_name,
            status=header.status,
            outcome=header.outcome,
            manager=header.manager,
            opened_at=shown.moment(header.opened_iso),
            closed_at=shown.moment(header.closed_iso) or None,
            facts=tuple(shapes.Fact(each.label, each.value) for each in overview.facts),
            contact=tuple(shapes.Fact(each.label, each.value) for each in overview.contact),
            files=shown.files(overview.files),
            task_types=await _task_types(call, header),
        )
    )


async def _task_types(call: Call, header: CaseHeader) -> tuple[shapes.TaskType, ...]:
    if not (header.is_manager and header.is_open):
        return ()
    options = await unit_of_work.ask(creation.options, case_id=header.id, actor=call.actor, now=call.now)
    setups = await unit_of_work.ask(configuration.task_types, case_type_id=header.case_type_id)
    teams = {each.id: tuple(shapes.Team(team.key, team.name) for team in each.teams) for each in setups}
    return tuple(shapes.TaskType(each.key, each.name, each.why_not, each.steps, teams.get(each.id, ())) for each in options)


OPERATIONS = (
    Operation("POST", "/cases", "Raise a case, with its automatic tasks.", raise_case, shapes.Raised, asked.NewCase, makes=True),
    Operation("GET", "/cases/{reference}", "One case, for its case managers.", case, shapes.Case),
)
