"""A task opened by the link of a mail: the page says what others did since, and to nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.mail import links
from casetasks_app.models import OutgoingMail
from casetasks_app.tasks import hold
from casetasks_app.web.pages.task.state import TaskView
from tests.factories import Office, a_task, actor, an_office


@pytest.fixture
def office(database: str) -> Office:
    assert database
    with unit_of_work() as session:
        return an_office(session, email_team=True)


def mailed_link(office: Office, *, ago: timedelta) -> str:
    """Create a task for the team, which is mailed, and return the path of the mail's link."""
    with unit_of_work() as session:
        a_task(session, office, now=clock.now() - ago)
        text = session.exec(select(OutgoingMail.text).where(OutgoingMail.person_id == office.ana.id)).one()
    return next(line.partition("8000")[2] for line in text.splitlines() if links.WRITTEN in line)


def claimed_by_tom(office: Office) -> None:
    with unit_of_work() as session:
        hold.claim(session, task_id=1, actor=actor(session, office.tom), now=clock.now())


async def test_the_page_says_who_claimed_the_task_since_the_mail(tab_of, office):
    """Appendix B, old.link."""
    address = mailed_link(office, ago=timedelta(minutes=5))
    claimed_by_tom(office)
    tab = await tab_of(office.ana.id)

    await tab.open(address)

    shown = await tab.state(TaskView)
    assert shown.news[0].startswith("You were emailed about this task ")
    assert shown.news[1] == "Since then Tom Ellis claimed it."


async def test_without_a_change_or_without_a_mail_nothing_is_said(tab_of, office):
    address = mailed_link(office, ago=timedelta(minutes=5))
    tab = await tab_of(office.ana.id)

    await tab.open(address)
    assert (await tab.state(TaskView)).news == []
    claimed_by_tom(office)
    await tab.open(address.partition("?")[0])

    assert (await tab.state(TaskView)).news == []


async def test_a_made_up_moment_is_left_alone(tab_of, office):
    address = mailed_link(office, ago=timedelta(minutes=5)).partition("?")[0]
    claimed_by_tom(office)
    tab = await tab_of(office.ana.id)

    for made_up in ("99999999T999999", "<script>", "20991231T000000"):
        await tab.open(f"{address}?mailed={made_up}")
        assert (await tab.state(TaskView)).news == []
