"""What people choose for themselves."""

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Person
from casetasks_app.people import preferences
from casetasks_app.people.preferences import Preferences
from tests.factories import actor, an_office


def test_a_choice_is_kept_for_its_person_alone(database: str):
    with unit_of_work() as session:
        office = an_office(session)
        tom, manager = actor(session, office.tom), actor(session, office.manager)

    with unit_of_work() as session:
        preferences.choose(session, choice={"shows_presence": False}, actor=tom)
        preferences.choose(session, choice={"creates_on_one_page": True, "made_up": True}, actor=tom)

    with unit_of_work.read() as session:
        assert preferences.of(session, actor=tom) == Preferences(shows_presence=False, creates_on_one_page=True)
        assert preferences.of(session, actor=manager) == Preferences()


def test_what_is_stored_and_makes_no_sense_counts_for_nothing(database: str):
    with unit_of_work() as session:
        office = an_office(session)
        session.get_one(Person, office.tom.id).preferences = {"shows_presence": "no", "old": True}
        tom = actor(session, office.tom)

    with unit_of_work.read() as session:
        assert preferences.of(session, actor=tom) == Preferences()
