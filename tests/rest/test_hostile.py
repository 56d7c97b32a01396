"""What nobody sends by mistake: every answer is JSON, says why, and nothing breaks."""

import json

import pytest
from sqlmodel import select

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, CaseType
from casetasks_app.tasks.queries import my_work
from tests.factories import a_task
from tests.rest.asking import Program, program

DEEP = b'{"step":1,"answers":' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001
BODIES = {
    "no JSON": (b"{", 400, "not-json"),
    "bytes that are no text": (b'{"title":"\xff\xfe"}', 400, "not-json"),
    "not a number": (b'{"step":NaN}', 400, "not-json"),
    "infinite": (b'{"step":Infinity}', 400, "not-json"),
    "an endless number": (b'{"step":' + b"9" * 5000 + b"}", 400, "not-json"),
    "deep": (DEEP, 400, "not-json"),
    "eleven deep": (b'{"step":1,"answers":' + b'{"a":' * 10 + b"1" + b"}" * 11, 400, "not-json"),
    "huge": (b'{"step":1,"answers":{"note":"' + b"x" * 600_000 + b'"}}', 413, "too-large"),
    "a list": (b"[]", 422, "content"),
    "a text": (b'"step"', 422, "content"),
    "nothing": (b"", 422, "content"),
    "a text for a number": (b'{"step":"1"}', 422, "content"),
    "a boolean for a number": (b'{"step":true}', 422, "content"),
    "a list for an object": (b'{"step":1,"answers":[]}', 422, "content"),
    "an unknown part": (b'{"step":1,"is_admin":true}', 422, "content"),
}

NOWHERE = [
    *("", "/", "/nowhere", "/cases/", "/my-work/", "/cases/x/tasks/1", "/cases/A-1/tasks/-1", "/cases/A-1/tasks/1\x00", "/cases/A\x00-1"),
    *("/cases/%00", "/cases/A-\u0661", "/cases/../my-work", "/CASES/A-1", "/cases/" + "A" * 100_000, "/cases/A-1/tasks/" + "9" * 5000),
]


@pytest.mark.parametrize("case", BODIES)
async def test_a_body_that_is_none_is_refused_in_words(office, case):
    body, status, problem = BODIES[case]

    said = await program(office.tom).do(f"/cases/{office.reference}/tasks/1/complete", body)

    assert (said.status, said.problem) == (status, problem)
    assert said.headers["content-type"] == "application/problem+json"
    assert said.json["detail"].endswith(".")


async def test_the_parts_of_a_wrong_shape_are_named(office):
    said = await program(office.manager).do("/cases", {"title": 5, "answers": [], "colour": "red"}, key="k")

    assert said.errors == {
        "case_type": "case_type is missing.",
        "title": "title must be a text.",
        "answers": "answers must be an object.",
        "colour": "colour is not known here.",
    }


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
async def test_only_json_is_read(office, kind):
    said = await program(office.manager).do("/cases", {"case_type": "x"}, key="k", content_type=kind)

    assert (said.status, said.problem) == (415, "content-type")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GET"])
async def test_another_method_is_refused(office, method):
    said = await program(office.tom).send(method, f"/cases/{office.reference}/tasks/1/claim")

    assert (said.status, said.problem, said.json["detail"]) == (405, "method", "This address takes POST.")


@pytest.mark.parametrize("path", NOWHERE)
async def test_an_address_that_leads_nowhere_is_told_so(office, path):
    said = await program(office.tom).ask(path)

    assert (said.status, said.problem) == (404, "not-found")


async def test_what_no_store_takes_is_taken_out_or_refused(office):
    """NUL, halves of pairs and other things of the kind; on both databases."""
    nasty = "a\x00b\ud800c\x1b"
    with unit_of_work() as session:
        row = session.get_one(CaseType, office.case_type.id)
        row.key, row.form = "k", [{"name": "address", "label": "Address"}]
    me = program(office.manager)

    raised = await me.do("/cases", json.dumps({"case_type": "k", "title": nasty, "answers": {"address": nasty}}).encode(), key="k")
    others = [
        await me.do("/cases", {"case_type": nasty, "title": nasty}, key="k2"),
        await me.do(f"/cases/{office.reference}/tasks", {"task_type": nasty, "team": nasty, "person": nasty}, key="k3"),
        await me.do(f"/cases/{office.reference}/tasks", {"task_type": office.task_type.key, "team": nasty, "person": nasty}, key="k4"),
        await me.do(f"/cases/{office.reference}/tasks", {"task_type": office.task_type.key, "files": [nasty]}, key="k5"),
        await Program().send("GET", "/my-work", headers={"authorization": "Bearer \x1b\xff"}),
    ]

    with unit_of_work.read() as session:
        kept = session.exec(select(Case).where(Case.reference == raised.json["reference"])).one()
    assert (kept.title, kept.answers) == ("abc", {"address": "abc"})
    assert [each.status for each in others] == [403, 422, 422, 422, 401]


async def test_answers_of_every_wrong_type_are_answers_that_are_wrong(office):
    """B19: the one check takes whatever JSON holds."""
    with unit_of_work() as session:
        a_task(session, office, assignee_id=office.tom.id)
    tom, where = program(office.tom), f"/cases/{office.reference}/tasks/1"
    step = (await tom.ask(where)).json["step"]["id"]

    for value in (None, True, 5, -1.5, 1e300, "", "\x00", [], [[]], {}, {"a": {}}, [{"item": 1}], ["x"] * 5000, {"item": ["x"]}):
        said = await tom.do(f"{where}/complete", {"step": step, "answers": {"outcome": value, "note": value, "files": value}})

        assert (said.status, said.problem) == (422, "answers"), value
        assert set(said.errors) <= {"outcome", "note", "files"}


async def test_a_bug_is_told_by_a_reference(office, monkeypatch, caplog):
    monkeypatch.setattr(my_work, "part", lambda *_, **__: 1 / 0)

    said = await program(office.tom).ask("/my-work")

    assert (said.status, said.problem) == (500, "broken")
    reference = said.json["detail"].split(": ")[1].split(",")[0]
    assert f"Error {reference}" in caplog.text
    assert "division" not in json.dumps(said.json)
