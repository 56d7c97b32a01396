"""Views kept under a name: who sees them, who may change them, what is refused in words."""

import pytest

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotAllowed
from casetasks_app.people import saved_views
from casetasks_app.people.own_lists import ListName
from casetasks_app.people.saved_views import NameMissing, NameTaken, NameTooLong, NewView, TooManyViews, TooMuchChosen, ViewGone
from tests.factories import Office, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        return an_office(session)


def who(person):
    with unit_of_work.read() as session:
        return actor(session, person)


def saved(person, name="Late", query="target=breached", **more) -> int:
    with unit_of_work() as session:
        new = NewView(ListName.MY_WORK, name, query, **more)
        return saved_views.save(session, new=new, actor=actor(session, person), now=clock.now())


def seen(person, name=ListName.MY_WORK):
    with unit_of_work.read() as session:
        views = saved_views.arrangement(session, name=name, actor=actor(session, person)).views
    return [(view.name, view.query, view.team, view.may_change) for view in views]


def test_an_own_view_is_seen_by_its_person_on_its_list_alone(office):
    saved(office.tom, "  Late   ones ")

    assert seen(office.tom) == [("Late ones", "target=breached", "", True)]
    assert seen(office.ana) == seen(office.tom, ListName.CASES) == []


def test_a_team_s_view_is_seen_by_its_members_and_changed_by_its_lead(office):
    team = office.officers.id
    view = saved(office.lead, "Ours", team_id=team)

    assert seen(office.lead) == [("Ours", "target=breached", "Planning officers", True)]
    assert seen(office.tom) == [("Ours", "target=breached", "Planning officers", False)]
    assert seen(office.stranger) == []
    with pytest.raises(ViewGone), unit_of_work() as session:
        saved_views.delete(session, view_id=view, actor=who(office.tom))
    with pytest.raises(NotAllowed):
        saved(office.tom, "Mine for all", team_id=team)


def test_own_views_stand_before_those_of_teams_each_by_name(office):
    saved(office.lead, "A team’s", team_id=office.officers.id)
    saved(office.lead, "z")
    saved(office.lead, "B")

    assert [name for name, *_ in seen(office.lead)] == ["B", "z", "A team’s"]


@pytest.mark.parametrize(
    ("name", "query", "refusal"),
    [(" ", "", NameMissing), ("x" * 41, "", NameTooLong), ("LATE", "", NameTaken), ("Long", "q=" + "x" * 2000, TooMuchChosen)],
)
def test_what_cannot_be_kept_is_refused_in_words(office, name, query, refusal):
    saved(office.tom)

    with pytest.raises(refusal) as refused:
        saved(office.tom, name, query)

    assert refused.value.message.endswith(".")
    assert len(seen(office.tom)) == 1


def test_two_people_may_have_a_view_of_the_same_name(office):
    saved(office.tom)
    saved(office.ana)

    assert len(seen(office.tom)) == len(seen(office.ana)) == 1


def test_nobody_keeps_more_views_than_the_limit(office):
    for number in range(saved_views.MOST_VIEWS):
        saved(office.tom, f"View {number}")

    with pytest.raises(TooManyViews):
        saved(office.tom, "One more")


def test_only_whose_it_is_changes_and_deletes_a_view(office):
    view = saved(office.tom)

    with pytest.raises(ViewGone), unit_of_work() as session:
        saved_views.change(session, view_id=view, query="q=x", actor=who(office.ana))
    with pytest.raises(ViewGone), unit_of_work() as session:
        saved_views.delete(session, view_id=view, actor=who(office.ana))
    with unit_of_work() as session:
        saved_views.change(session, view_id=view, query="q=mill", actor=who(office.tom))

    assert seen(office.tom) == [("Late", "q=mill", "", True)]
    with unit_of_work() as session:
        saved_views.delete(session, view_id=view, actor=who(office.tom))
    assert seen(office.tom) == []
