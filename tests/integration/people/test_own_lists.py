"""How people have their lists drawn, kept for each of them and each list."""

import pytest

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import own_lists
from casetasks_app.people.own_lists import ListName, NoSuchColumn, Setting
from tests.factories import actor, an_office


@pytest.fixture
def people(database: str):
    with unit_of_work() as session:
        office = an_office(session)
        return actor(session, office.tom), actor(session, office.ana)


def kept(actor, name=ListName.MY_WORK):
    with unit_of_work.read() as session:
        return own_lists.setting(session, name=name, actor=actor)


def test_density_and_columns_are_kept_for_one_person_and_one_list(people):
    tom, ana = people

    with unit_of_work() as session:
        own_lists.set_density(session, name=ListName.MY_WORK, is_compact=True, actor=tom)
        own_lists.show_column(session, name=ListName.MY_WORK, column="case", is_shown=False, actor=tom)

    assert kept(tom) == Setting(is_compact=True, hidden=("case",))
    assert kept(tom, ListName.CASES) == kept(ana) == Setting()


def test_what_is_chosen_again_replaces_what_was_kept(people):
    tom, _ = people

    with unit_of_work() as session:
        for column, is_shown in (("case", False), ("case", False), ("who", False), ("case", True)):
            own_lists.show_column(session, name=ListName.MY_WORK, column=column, is_shown=is_shown, actor=tom)
        own_lists.set_density(session, name=ListName.MY_WORK, is_compact=True, actor=tom)
        own_lists.set_density(session, name=ListName.MY_WORK, is_compact=False, actor=tom)

    assert kept(tom) == Setting(is_compact=False, hidden=("who",))


@pytest.mark.parametrize("column", ["", "a b", "x" * 21, "Case", "<b>"])
def test_what_is_no_key_of_a_column_is_refused(people, column):
    with pytest.raises(NoSuchColumn), unit_of_work() as session:
        own_lists.show_column(session, name=ListName.CASES, column=column, is_shown=False, actor=people[0])


def test_nobody_fills_the_database_with_columns(people):
    with pytest.raises(NoSuchColumn), unit_of_work() as session:
        for number in range(own_lists.MOST_COLUMNS + 1):
            own_lists.show_column(session, name=ListName.CASES, column="a" * (number + 1), is_shown=False, actor=people[0])

    assert kept(people[0], ListName.CASES) == Setting()
