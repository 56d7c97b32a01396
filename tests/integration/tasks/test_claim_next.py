"""Claim the next one: what somebody does who lost the race."""

import pytest
from sqlmodel import Session

from casetasks_app.tasks import hold
from casetasks_app.tasks.claim_next import NothingToClaim, claim_next
from casetasks_app.tasks.queries import my_work
from casetasks_app.tasks.queries.my_work import View, Wanted
from casetasks_app.tasks.wanted import WantedTarget
from tests.factories import NOON, Office, a_task, actor
from tests.integration.tasks.looking import the_task


def test_the_next_one_is_the_task_due_first_that_nobody_has(session: Session, office: Office) -> None:
    """B18, S42."""
    taken = a_task(session, office, target=WantedTarget("custom", 1))
    later, sooner = a_task(session, office, target=WantedTarget("custom", 9)), a_task(session, office, target=WantedTarget("custom", 2))
    hold.claim(session, task_id=taken.task_id, actor=actor(session, office.ana), now=NOON)

    tom = actor(session, office.tom)
    claimed = [claim_next(session, actor=tom, now=NOON).task_id for _ in range(2)]

    assert claimed == [sooner.task_id, later.task_id]
    assert the_task(session, sooner.task_id).assignee_id == office.tom.id
    with pytest.raises(NothingToClaim):
        claim_next(session, actor=tom, now=NOON)


def test_what_left_the_page_is_told_only_as_far_as_i_may_see_it(session: Session, office: Office) -> None:
    """B17, S43."""
    made = a_task(session, office)
    hold.claim(session, task_id=made.task_id, actor=actor(session, office.ana), now=NOON)
    asked = Wanted(View.CLAIM, 1, (made.task_id,))

    seen = {
        person.name: [row.holder for row in my_work.look(session, actor=actor(session, person), wanted=asked, now=NOON).left]
        for person in (office.tom, office.stranger)
    }

    assert seen == {"Tom Ellis": ["Ana Ruiz"], "Sam Else": []}
