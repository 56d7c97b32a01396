"""Exported lists behind the gate: exactly what the list shows, for whoever may see it, and nothing for anybody else."""

import asyncio
import csv
import io
from collections.abc import Callable, Iterator

import pytest
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import event

from casetasks_app import clock, settings
from casetasks_app.db import engine
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Person
from casetasks_app.people import service
from casetasks_app.people.service import Browser
from casetasks_app.tasks import hold
from casetasks_app.web import http
from casetasks_app.web.gate import Gate
from casetasks_app.web.gate_settings import cookie_name
from casetasks_app.web.headers import Headers
from casetasks_app.web.limits import Limits
from casetasks_app.web.pages import PAGES
from casetasks_app.web.signed_in import signed_in
from tests.factories import Office, a_case, a_person, a_task, a_team, actor, an_office

Get = Callable[..., Response]


@pytest.fixture
def office(database: str) -> Office:
    with unit_of_work() as session:
        return an_office(session, ask_description=True, target_amount=2)


@pytest.fixture
def get() -> Iterator[Get]:
    """Give `get(person, address)`: an answer through the gate; without a person, a stranger's."""
    signed_in.forget()
    routes = http.application([route for page in PAGES for route in page.routes])
    gate = Gate(routes, settings=settings.load(), headers=Headers("default-src 'self'"), limits=Limits())

    def asked(person: Person | None, address: str) -> Response:
        headers = {"accept": "text/html"}
        if person:
            with unit_of_work() as session:
                opened = service.open_sign_in(session, person_id=person.id or 0, browser=Browser(), now=clock.now())
            headers["cookie"] = f"{cookie_name(settings.load())}={opened.token}"
        return asyncio.run(_answer(gate, address, headers))

    yield asked
    signed_in.forget()


async def _answer(gate: Gate, address: str, headers: dict[str, str]) -> Response:
    async with AsyncClient(transport=ASGITransport(gate), base_url="http://testserver") as client:  # pyright: ignore[reportArgumentType]
        return await client.get(address, headers=headers)


def tasks(office: Office, *descriptions: str) -> list[int]:
    with unit_of_work() as session:
        return [a_task(session, office, now=clock.now(), description=each).task_id for each in descriptions]


def rows(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def names(answer: Response) -> list[str]:
    return [row["Task"] for row in rows(answer)]


def test_a_file_has_the_words_of_the_screen_the_offices_zone_and_no_formula(get: Get, office: Office) -> None:
    tasks(office, "=SUM(A1)")

    answer = get(office.manager, f"/export/cases/{office.reference}/tasks")
    (row,) = rows(answer)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="tasks-{office.reference}-{clock.now():%Y-%m-%d}.csv"'
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("private, no-store", "nosniff")
    assert (row["Reference"], row["Task"], row["Status"], row["Breached"]) == (f"{office.reference}/1", "'=SUM(A1)", "New", "No")
    assert (row["Assigned to"], row["Asked by"], row["Title of the case"]) == ("Planning officers", "Priya Shah", "Mill Lane extension")
    assert row["Target (Europe/London)"].startswith("20")
    assert row["Closed or cancelled (Europe/London)"] == ""


def test_the_whole_list_has_all_pages_of_what_the_address_asks_for_in_its_order(get: Get, office: Office) -> None:
    tasks(office, *(f"Visit {n:02}" for n in range(30)), "Menu")

    found = get(office.tom, "/export/my-work?view=claim&q=visit&sort=task&dir=descending&page=2")
    on_case = get(office.manager, f"/export/cases/{office.reference}/tasks?q=visit&sort=task&dir=descending")

    expected = [f"Visit {n:02}" for n in reversed(range(30))]
    assert (names(found), names(on_case)) == (expected, expected)
    assert found.headers["content-disposition"].startswith('attachment; filename="tasks-to-claim-')


@pytest.mark.parametrize("address", ["/export/my-work?view=claim", "/export/cases/{case}/tasks"])
def test_ticked_tasks_alone_are_sent(get: Get, office: Office, address: str) -> None:
    first, _, third = tasks(office, "First", "Second", "Third")
    address = address.format(case=office.reference)

    found = get(office.tom, f"{address}{'&' if '?' in address else '?'}only={first},{third}")

    assert names(found) == ["First", "Third"]


def test_each_view_sends_what_it_shows(get: Get, office: Office) -> None:
    mine, _ = tasks(office, "Mine", "Free")
    with unit_of_work() as session:
        hold.claim(session, task_id=mine, actor=actor(session, office.tom), now=clock.now())

    found = {view: names(get(office.tom, f"/export/my-work?view={view}")) for view in ("mine", "claim", "created", "done", "=1")}

    assert found == {"mine": ["Mine"], "claim": ["Free"], "created": [], "done": [], "=1": ["Mine"]}
    assert len(rows(get(office.manager, "/export/my-work?view=created&needs=me&since=2026-01-01T00:00:00%2B00:00"))) == 0


def test_a_stranger_and_somebody_of_another_team_get_nothing(get: Get, office: Office) -> None:
    """S43."""
    (task,) = tasks(office, "Secret")
    with unit_of_work() as session:
        outsider = a_person(session, "Out Sider")
        a_team(session, outsider)
    case = f"/export/cases/{office.reference}/tasks"

    assert [get(None, each).status_code for each in (case, "/export/my-work", "/export/cases")] == [303, 303, 303]
    assert (get(outsider, case).status_code, get(outsider, f"{case}?only={task}").status_code) == (404, 404)
    assert rows(get(outsider, f"/export/my-work?only={task}")) == []
    assert rows(get(outsider, "/export/my-work?view=claim")) == []
    assert rows(get(outsider, "/export/cases?mine=no")) == []


def test_who_does_a_task_gets_it_without_the_case(get: Get, office: Office) -> None:
    """S43."""
    tasks(office, "Visit")

    (row,) = rows(get(office.tom, "/export/my-work?view=claim"))

    assert (row["Task"], row["Case"], row["Title of the case"]) == ("Visit", office.reference, "")


def test_cases_are_sent_as_the_list_has_them(get: Get, office: Office) -> None:
    tasks(office, "Visit")
    with unit_of_work() as session:
        a_case(session, office.case_type, office.other_manager, now=clock.now(), title="+44 High Street")

    mine, all_cases = (get(office.manager, f"/export/cases{query}") for query in ("", "?mine=no&sort=case"))
    found = get(office.manager, "/export/cases?mine=no&q=high")

    assert [(row["Case"], row["Open tasks"], row["Case manager"]) for row in rows(mine)] == [(office.reference, "1 open", "Priya Shah")]
    assert [row["Title"] for row in rows(all_cases)] == ["Mill Lane extension", "'+44 High Street"]
    assert [row["Title"] for row in rows(found)] == ["'+44 High Street"]
    assert mine.headers["content-disposition"].startswith('attachment; filename="cases-')


@pytest.mark.parametrize(
    "query", ["since=x", "since=0001-01-01T00:00:00%2B14:00", "only=999999999", "only=1;drop", "page=9999", "who=999999999999999999999"]
)
def test_an_address_that_was_made_up_is_no_error(get: Get, office: Office, query: str) -> None:
    assert rows(get(office.manager, f"/export/my-work?view=created&needs=me&{query}")) == []
    assert rows(get(office.manager, f"/export/cases/{office.reference}/tasks?{query}")) == []


def test_the_number_of_queries_does_not_grow_with_the_list(get: Get, office: Office) -> None:
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    tasks(office, "One")
    event.listen(engine.current(), "before_cursor_execute", count)
    get(office.tom, "/export/my-work?view=claim")
    few = len(asked)
    tasks(office, *(f"Task {n}" for n in range(20)))
    asked.clear()

    found = get(office.tom, "/export/my-work?view=claim")

    event.remove(engine.current(), "before_cursor_execute", count)
    assert (len(rows(found)), len(asked)) == (21, few)
