"""The types of case that one may raise, with their forms."""

from casetasks_app.api import shown
from casetasks_app.api.operation import Answer, Call, Operation
from casetasks_app.api.shapes import CaseType, CaseTypes
from casetasks_app.configuration import queries as configuration
from casetasks_app.db.unit_of_work import unit_of_work


async def those_to_raise(call: Call) -> Answer:
    """Return the types whose case manager the person is, as the page for raising a case offers them."""
    found = await unit_of_work.ask(configuration.case_types, ids=call.actor.manages)
    setups = [await unit_of_work.ask(configuration.case_type, case_type_id=each.id) for each in found]
    return Answer(CaseTypes(tuple(CaseType(each.key, each.name, tuple(map(shown.question, each.form))) for each in setups)))


OPERATIONS = (Operation("GET", "/case-types", "The types of case that you may raise, with their forms.", those_to_raise, CaseTypes),)
