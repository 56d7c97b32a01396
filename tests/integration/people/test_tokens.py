"""Tokens on the command line: made, shown once, listed, revoked, and gone some time after their end."""

from datetime import timedelta

import pytest
from sqlmodel import select

from casetasks_app import clock
from casetasks_app.cli.main import main
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import AccessToken, Person
from casetasks_app.people import tokens
from casetasks_app.people.service import digest_of
from casetasks_app.people.tokens import CannotSignIn
from tests.factories import a_person


@pytest.fixture
def person(database: str) -> Person:
    assert database
    with unit_of_work() as session:
        made = a_person(session, "Ana Ruiz")
        session.flush()
        session.expunge_all()
    return made


def kept() -> list[AccessToken]:
    with unit_of_work.read() as session:
        return list(session.exec(select(AccessToken)))


def test_a_token_is_shown_once_and_kept_as_a_digest(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["person", "token", person.email, "--name", "website", "--days", "30"])

    said = capsys.readouterr()
    token = said.out.strip()
    (row,) = kept()
    assert (code, token.startswith("casetasks_"), len(token) > 50) == (0, True, True)
    assert (row.digest, row.name, (row.expires_at - row.created_at).days) == (digest_of(token), "website", 30)
    assert f"Token {row.id}: shown this once. Programs that have it act as {person.email} until " in said.err
    assert token not in said.err


def test_tokens_are_listed_and_revoked(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    main(["person", "token", person.email, "--name", "website"])
    token = capsys.readouterr().out.strip()
    number = kept()[0].id

    main(["person", "tokens", person.email])
    before = capsys.readouterr().out
    codes = [main(["person", "revoke", str(number)]) for _ in range(2)]
    refused = capsys.readouterr().err
    main(["person", "tokens"])
    after = capsys.readouterr().out

    assert before.startswith(f"{number}  {person.email}  website  made ")
    assert before.endswith(f"never used  until {kept()[0].expires_at:%Y-%m-%d}\n")
    assert token not in before
    assert (codes, "There is no such token, or it was revoked before." in refused) == ([0, 1], True)
    assert after.endswith("  revoked\n")


@pytest.mark.parametrize("days", ["0", "366", "-1", "99999999999"])
def test_a_token_lasts_a_year_at_most(person: Person, days: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["person", "token", person.email, "--days", days])

    assert (code, capsys.readouterr().err) == (1, "casetasks: A token lasts at least 1 and at most 365 days.\n")
    assert not kept()


def test_nobody_there_and_nothing_there_are_said(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    codes = [main(["person", "token", "nobody@example.org"]), main(["person", "tokens"])]

    said = capsys.readouterr()
    assert (codes, said.err, said.out) == ([1, 0], "casetasks: There is nobody with this email address.\n", "There are no tokens.\n")


def test_nobody_acts_as_somebody_who_has_left(person: Person) -> None:
    with unit_of_work() as session:
        made = tokens.make(session, person_id=person.id or 0, name="", days=1, now=clock.now())
        session.get_one(Person, person.id).is_active = False

    with unit_of_work() as session, pytest.raises(CannotSignIn):
        tokens.make(session, person_id=person.id or 0, name="", days=1, now=clock.now())
    with unit_of_work.read() as session:
        assert tokens.holder(session, text=made.text, address="", now=clock.now()) is None
        assert [each.ended for each in tokens.listed(session, now=clock.now())] == ["person has left"]


def test_what_ended_long_ago_is_forgotten(person: Person) -> None:
    now = clock.now()
    with unit_of_work() as session:
        for days in (1, 100):
            tokens.make(session, person_id=person.id or 0, name=str(days), days=days, now=now - timedelta(days=92))

    with unit_of_work() as session:
        forgotten = tokens.forget(session, now=now)

    assert (forgotten, [each.name for each in kept()]) == (1, ["100"])
