"""Who may ask: tokens of people, each for as long as it lasts; everything else is told so, alike and not too often."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from casetasks_app import clock, settings
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import AccessToken, Person
from casetasks_app.people import rules, service, tokens
from casetasks_app.people.service import Browser, WrongDetails
from tests.factories import a_task
from tests.rest.asking import Program, program


async def test_without_a_token_nothing_is_answered(office):
    for path in ("/my-work", f"/cases/{office.reference}", "/openapi.json", "/nowhere", ""):
        said = await Program().ask(path)

        assert (said.status, said.problem) == (401, "no-token")
        assert said.headers["www-authenticate"] == 'Bearer realm="Case Tasks"'
        assert said.headers["content-type"] == "application/problem+json"
        assert said.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("given", ["Bearer x", "Basic YTpi", "Bearer", "Bearer a b", "Bearer " + "x" * 5000, "bearer \x80\xff"])
async def test_what_is_no_token_of_ours_is_refused(office, given):
    said = await Program().send("GET", "/my-work", headers={"authorization": given})

    assert (said.status, said.problem) == (401, "wrong-token")
    assert 'error="invalid_token"' in said.headers["www-authenticate"]


async def test_revoked_expired_and_orphaned_tokens_are_refused_alike(office):
    revoked, expired, left = program(office.tom), program(office.tom), program(office.ana)
    with unit_of_work() as session:
        found = session.exec(select(AccessToken).order_by(AccessToken.id)).all()
        tokens.revoke(session, token_id=found[0].id or 0, now=clock.now())
        found[1].expires_at = clock.now() - timedelta(seconds=1)
        session.get_one(Person, office.ana.id).is_active = False

    answers = [await each.ask("/my-work") for each in (revoked, expired, left, Program("casetasks_made-up"))]

    assert {(each.status, each.json["detail"]) for each in answers} == {(401, "This token is not known, has expired or was revoked.")}


async def test_signing_out_everywhere_ends_the_tokens_too(office):
    mine, other = program(office.tom), program(office.ana)
    assert (await mine.ask("/my-work")).status == 200

    with unit_of_work() as session:
        service.sign_out_everywhere(session, person_id=office.tom.id, now=clock.now())

    assert ((await mine.ask("/my-work")).status, (await other.ask("/my-work")).status) == (401, 200)


async def test_a_token_acts_as_its_person_and_nobody_else(office):
    """S43: what another person's token asks for is answered as that person."""
    with unit_of_work() as session:
        a_task(session, office, assignee_id=office.tom.id)

    answers = [await program(person).ask(f"/cases/{office.reference}/tasks/1") for person in (office.tom, office.manager, office.stranger)]

    assert [each.status for each in answers] == [200, 200, 404]
    assert [bool(each.json.get("step")) for each in answers] == [True, False, False]


async def test_a_sign_in_is_no_token(office):
    with unit_of_work() as session:
        cookie = service.open_sign_in(session, person_id=office.tom.id, browser=Browser(), now=clock.now()).token

    as_cookie = await Program().send("GET", "/my-work", headers={"cookie": f"sid={cookie}"})

    assert as_cookie.status == 401
    assert (await Program(cookie).ask("/my-work")).status == 401


async def test_wrong_tokens_are_throttled_by_address_and_signing_in_is_not(office):
    right = program(office.tom)
    for number in range(rules.FAILURES_PER_ADDRESS):
        assert (await Program(f"casetasks_{number}").ask("/my-work")).status == 401

    answers = [await each.ask("/my-work") for each in (Program("casetasks_x"), right, Program(right.token, "192.0.2.2"))]

    assert [each.status for each in answers] == [429, 429, 200]
    assert answers[0].problem == "too-many-tries"
    assert 0 < int(answers[0].headers["retry-after"]) <= 300
    with unit_of_work() as session, pytest.raises(WrongDetails):
        service.sign_in(session, email="tom@example.org", password="x", browser=Browser("192.0.2.1"), now=clock.now())


async def test_wrong_tokens_that_arrive_together_are_counted_one_by_one(office):
    """Each thread of the pool may have looked once before it counts; no more slip through than that."""
    said = await asyncio.gather(*(Program(f"casetasks_{number}").ask("/my-work") for number in range(80)))

    refused = [each.status for each in said]
    assert set(refused) == {401, 429}
    assert refused.count(401) < rules.FAILURES_PER_ADDRESS + settings.load().db_pool


async def test_only_a_digest_is_kept_and_the_use_is_noted(office):
    mine = program(office.tom)

    await mine.ask("/my-work")

    with unit_of_work.read() as session:
        kept = session.exec(select(AccessToken)).one()
    assert mine.token not in str(kept.model_dump())
    assert kept.digest == service.digest_of(mine.token)
    assert kept.used_at is not None
