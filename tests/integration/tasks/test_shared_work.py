"""One reading of My work that serves many people shows each of them what their own reading would."""

from sqlmodel import Session

from casetasks_app.people.rules import Actor
from casetasks_app.tasks import hold
from casetasks_app.tasks.queries import my_work, shared_work
from casetasks_app.tasks.queries.my_work import View, Wanted, Work
from tests.factories import NOON, Office, a_task, actor

WANTED = Wanted(View.CLAIM, 1)


def _shared(session: Session, who: Actor) -> Work:
    mine = shared_work.about_me(session, actor=who, now=NOON)
    offer = shared_work.to_claim(session, teams=who.teams, number=WANTED.number, now=NOON)
    return shared_work.work(mine, offer, actor=who, now=NOON)


def test_each_member_sees_what_they_would_have_read_alone(session: Session, office: Office) -> None:
    """B17, S43."""
    for _ in range(3):
        a_task(session, office)
    taken = a_task(session, office)
    tom, ana = actor(session, office.tom), actor(session, office.ana)
    hold.claim(session, task_id=taken.task_id, actor=ana, now=NOON)
    session.flush()

    for who in (tom, ana, actor(session, office.stranger)):
        assert _shared(session, who) == my_work.look(session, actor=who, wanted=WANTED, now=NOON)


def test_a_row_that_left_is_told_to_those_who_may_see_it(session: Session, office: Office) -> None:
    """S42."""
    made = a_task(session, office)
    tom = actor(session, office.tom)
    hold.claim(session, task_id=made.task_id, actor=actor(session, office.ana), now=NOON)
    session.flush()

    found = shared_work.left(session, work=_shared(session, tom), wanted=Wanted(View.CLAIM, 1, (made.task_id,)), actor=tom, now=NOON)

    assert [(row.task_id, row.holder) for row in found.left] == [(made.task_id, office.ana.name)]
