"""The start page leads on, and a tab knows who uses it."""

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people import service
from casetasks_app.web.notices import Notices
from casetasks_app.web.session import Me
from tests.factories import a_person, a_task, an_office


async def test_the_start_leads_to_my_work_and_the_tab_knows_its_person(tab_of):
    with unit_of_work() as session:
        person = service.add_person(session, email="ana@example.test", name="Ana Maria Ruiz", password=None, now=clock.now())
    tab = await tab_of(person.id)

    await tab.open("/")

    me = await tab.state(Me)
    assert tab.redirects == ["/my-work"]
    assert (me.name, me.initials, me.is_administrator) == ("Ana Maria Ruiz", "AR", False)


async def test_a_refusal_stands_on_the_page_until_it_is_left(tab_of):
    with unit_of_work() as session:
        person = service.add_person(session, email="ana@example.test", name="Ana Ruiz", password=None, now=clock.now())
    tab = await tab_of(person.id)
    await tab.open("/")

    await tab.do(Notices.refuse, "This did not work.", "Try again.")
    said = await tab.notice()
    await tab.open("/404")

    assert (said.title, said.kind) == ("This did not work.", "error")
    assert (await tab.notice()).title == ""


async def test_everybody_starts_where_their_work_is(tab_of):
    with unit_of_work() as session:
        office = an_office(session)
        administrator = a_person(session, "Sam Turner", is_administrator=True)
        a_task(session, office, assignee_id=office.tom.id)

    started = {}
    for name, person in {"member": office.tom, "lead": office.lead, "manager": office.manager, "administrator": administrator}.items():
        tab = await tab_of(person.id)
        await tab.open("/")
        started[name] = tab.redirects

    assert started == {
        "member": ["/my-work"],
        "lead": ["/my-work"],
        "manager": ["/my-work?view=created"],
        "administrator": ["/admin/email"],
    }
