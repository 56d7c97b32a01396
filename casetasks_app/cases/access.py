"""Who gets a case to see: the whole of it for its case managers, and for the others the name of whom to ask."""

from sqlmodel import Session, col, select

from casetasks_app.cases import rules
from casetasks_app.errors import NotFound
from casetasks_app.models import Case, Person
from casetasks_app.people.rules import Actor


def seen(session: Session, *, case_id: int, actor: Actor) -> Case:
    """Return a case for one of its case managers; raises NotFound for everybody else (behaviour, section 10)."""
    case = session.get(Case, case_id)
    if case is None or not rules.may_see(actor, case.case_type_id):
        raise NotFound
    return case


def manager_of(session: Session, *, reference: str) -> str | None:
    """Return the name of a case's manager, empty while it has none, and None when there is no such case.

    All that somebody who may not see the case learns of it: whom to ask.
    """
    query = (
        select(Case.id, Person.name)
        .join(Person, col(Person.id) == col(Case.manager_id), isouter=True)
        .where(Case.reference == reference.upper())
    )
    found = session.exec(query).first()
    return None if found is None else found[1] or ""
