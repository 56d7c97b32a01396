"""People, their teams and their sign-ins, as the database has them."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from casetasks_app.models import SignIn, SignInFailure
from casetasks_app.people import queries, service
from casetasks_app.people.service import Browser, EmailTaken, NotAnEmail, PasswordTooShort, TooManyTries, WrongDetails
from tests.factories import NOON, a_case_type, a_person, a_team

PASSWORD = "correct horse battery"
HERE = Browser("192.0.2.1", "A browser")


def enter(session: Session, password: str = PASSWORD, *, minutes: int = 0, address: str = "192.0.2.1") -> service.SignedIn:
    """Sign Tom in as the page does, which keeps the failure on record."""
    now = NOON + timedelta(minutes=minutes)
    try:
        return service.sign_in(session, email="tom@example.org", password=password, browser=Browser(address), now=now)
    except WrongDetails:
        service.record_failure(session, email="tom@example.org", address=address, now=now)
        raise


def test_somebody_is_added_once_and_with_words_that_can_be_shown(session: Session) -> None:
    tom = service.add_person(session, email=" Tom@Example.org", name=" Tom\r\nEllis\x00 ", password=PASSWORD, now=NOON)

    assert (tom.email, tom.name) == ("tom@example.org", "Tom Ellis")
    for email, password, refusal in (
        ("TOM@example.ORG", PASSWORD, EmailTaken),
        ("tom", PASSWORD, NotAnEmail),
        ("ana@example.org", "too short", PasswordTooShort),
    ):
        with pytest.raises(refusal):
            service.add_person(session, email=email, name="x", password=password, now=NOON)


def test_only_the_digest_of_a_sign_in_is_kept_and_it_leads_to_its_person(session: Session) -> None:
    tom = service.add_person(session, email="tom@example.org", name="Tom", password=PASSWORD, now=NOON)

    token = enter(session).token

    digest = service.digest_of(token)
    assert token not in str(session.exec(select(SignIn)).one())
    found = queries.actor_of_session(session, digest=digest, now=NOON)
    assert found
    assert found.person_id == tom.id
    assert queries.actor_of_session(session, digest=token, now=NOON) is None
    assert queries.actor_of_session(session, digest=digest, now=NOON + timedelta(days=30)) is None


def test_wrong_passwords_close_the_door_for_that_address_of_mail_also_for_the_right_one(session: Session) -> None:
    service.add_person(session, email="tom@example.org", name="Tom", password=PASSWORD, now=NOON)

    for number in range(5):
        with pytest.raises(WrongDetails):
            enter(session, "wrong wrong wrong", address=f"192.0.2.{number}")
    with pytest.raises(TooManyTries):
        enter(session, minutes=4)

    assert enter(session, minutes=5).person_id
    service.record_failure(session, email="x@example.org", address="", now=NOON + timedelta(days=2))
    assert len(session.exec(select(SignInFailure)).all()) == 1


def test_somebody_deactivated_is_nobody_from_that_moment(session: Session) -> None:
    tom = service.add_person(session, email="tom@example.org", name="Tom", password=PASSWORD, now=NOON)
    token = enter(session).token

    tom.is_active = False
    session.flush()

    assert queries.actor_of_session(session, digest=service.digest_of(token), now=NOON) is None
    assert queries.actor(session, person_id=tom.id or 0) is None
    with pytest.raises(WrongDetails):
        enter(session)


def test_signing_out_everywhere_ends_each_sign_in_once(session: Session) -> None:
    tom = service.add_person(session, email="tom@example.org", name="Tom", password=PASSWORD, now=NOON)
    digests = {service.digest_of(enter(session).token) for _ in range(3)}
    service.sign_out(session, digest=(gone := min(digests)), now=NOON)

    assert set(service.sign_out_everywhere(session, person_id=tom.id or 0, now=NOON)) == digests - {gone}
    assert service.sign_out_everywhere(session, person_id=tom.id or 0, now=NOON) == []
    assert all(queries.actor_of_session(session, digest=digest, now=NOON) is None for digest in digests)


def test_teams_leads_and_case_types_follow_membership_at_once(session: Session) -> None:
    tom = a_person(session)
    team = a_team(session)
    case_type = a_case_type(session, team)

    service.join(session, person_id=tom.id or 0, team_id=team.id or 0, is_lead=True)
    joined = queries.actor(session, person_id=tom.id or 0)
    service.join(session, person_id=tom.id or 0, team_id=team.id or 0)
    plain = queries.actor(session, person_id=tom.id or 0)
    service.leave(session, person_id=tom.id or 0, team_id=team.id or 0)
    left = queries.actor(session, person_id=tom.id or 0)

    assert joined
    assert plain
    assert left
    assert (joined.teams, joined.leads, joined.manages) == ({team.id}, {team.id}, {case_type.id})
    assert (plain.teams, plain.leads) == ({team.id}, frozenset())
    assert (left.teams, left.leads, left.manages) == (frozenset(), frozenset(), frozenset())
