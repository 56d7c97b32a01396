"""Load the demo organisation into an empty database, once."""

from datetime import datetime
from importlib import resources

from sqlmodel import Session, col, select

from casetasks_app.configuration import service as configuration
from casetasks_app.demo import stories
from casetasks_app.demo.people import PEOPLE, DemoPerson
from casetasks_app.models import Person, Team
from casetasks_app.people import queries, service

__all__ = ["DemoPerson", "load"]


def load(session: Session, *, now: datetime) -> list[DemoPerson]:
    """Return the demo's sign-ins, after loading it where nobody is known yet; empty where other people are.

    Loading again changes nothing, so a second start keeps whatever was done in the demo. Plugins must be loaded.
    """
    known = set(session.exec(select(Person.email).where(col(Person.email).in_([one.email for one in PEOPLE]))))
    if not known and session.exec(select(Person.id).limit(1)).first() is None:
        _load(session, now)
        return list(PEOPLE)
    return [one for one in PEOPLE if one.email in known]


def _load(session: Session, now: datetime) -> None:
    ids = {one.email: _add(session, one, now) for one in PEOPLE}
    administrator = next(ids[one.email] for one in PEOPLE if one.is_administrator)
    actor = queries.actor(session, person_id=administrator)
    if actor is None:
        return
    text = resources.files("casetasks_app.demo").joinpath("configuration.yaml").read_text(encoding="utf-8")
    configuration.import_configuration(session, text=text, actor=actor, now=now)
    for team in session.exec(select(Team)).all():
        members = [ids[one.email] for one in PEOPLE if team.key in one.teams]
        leads = [ids[one.email] for one in PEOPLE if team.key in one.leads]
        service.set_members(session, team_id=team.id or 0, members=members, leads=leads)
    session.flush()
    stories.tell(session, ids=ids, now=now)


def _add(session: Session, one: DemoPerson, now: datetime) -> int:
    person = service.add_person(
        session, email=one.email, name=one.name, password=one.password, is_administrator=one.is_administrator, now=now
    )
    return person.id or 0
