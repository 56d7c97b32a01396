"""A site visit on real databases with three people: case manager, site officer, and the team that signs off."""

from datetime import timedelta

import pytest

from casetasks_app.cases.complete import NotYours
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import CaseTasksError
from casetasks_app.models import Person, Team
from casetasks_app.task_types.summary import Checklist, Decision, Facts, Files
from tests.factories import NOON, a_person, a_team
from tests.integration.plugins.desk import Desk, a_desk
from tests.unit.files.making import JPG

VISIT_AT = "20/11/2026 14:30"
REPORT = {"found": "Too high.", "checklist": {"point_1": {"answer": "yes"}, "point_2": {"answer": "no", "comment": "40 cm"}}}
VISITED = {"access": "yes", "met": "Mr Lowe"}


@pytest.fixture
def surveyors(database: str) -> tuple[Team, Person]:
    """Give the team that signs off, and Fatima in it."""
    assert database
    with unit_of_work() as session:
        fatima = a_person(session, "Fatima Noor")
        team = a_team(session, fatima, name="Building surveyors")
        session.flush()
        session.expunge_all()
    return team, fatima


@pytest.fixture
def desk(surveyors: tuple[Team, Person]) -> Desk:
    made = a_desk("site_visit", sign_off_team=surveyors[0].key, points="Scaffold\nHeight")
    made.claim(made.office.tom)
    return made


def to_the_report(desk: Desk) -> None:
    tom = desk.office.tom
    desk.do(tom, visit_at=VISIT_AT, place="Gate")
    desk.do(tom, now=NOON + timedelta(days=2), **VISITED)


def test_three_people_one_visit_with_photos_signed_off_by_another_team(desk: Desk, surveyors: tuple[Team, Person]) -> None:
    """S5, S9, S19, B20."""
    team, fatima = surveyors
    to_the_report(desk)
    photo = desk.upload(desk.office.tom, "front.jpg", JPG)
    desk.do(desk.office.tom, **REPORT, photos=[photo])
    waiting = desk.step()

    desk.claim(fatima)
    desk.do(fatima, decision="signed_off")

    assert waiting == ("sign_off", None, team.id)
    assert (desk.task().status, desk.task().outcome) == ("closed", "signed off")
    blocks = desk.page(desk.office.manager).blocks
    assert [type(block) for block in blocks[:3]] == [Facts, Checklist, Files]
    assert blocks[1].items == (("Height", "No", "40 cm"), ("Scaffold", "Yes", ""))
    assert blocks[2].items == ((photo, "front.jpg"),)
    assert isinstance(blocks[-1], Decision)


def test_the_day_before_the_visit_the_officer_is_reminded_once(desk: Desk) -> None:
    desk.do(desk.office.tom, visit_at=VISIT_AT, place="Gate")
    desk.let_time_come(NOON + timedelta(days=1, hours=2))
    too_early = desk.mails("letter")

    for _ in range(2):
        desk.let_time_come(NOON + timedelta(days=1, hours=2, minutes=30))

    (mail,) = desk.mails("letter")
    assert too_early == []
    assert (mail.person_id, mail.subject) == (desk.office.tom.id, f"Reminder: site visit for {desk.office.reference}/1")
    assert mail.text.startswith("You have a site visit on Friday 20 November 2026, 14:30.\n\nWhere: Gate\n")
    assert desk.step()[0] == "visit"


def test_without_access_it_is_scheduled_again_and_only_the_new_visit_is_reminded_of(desk: Desk) -> None:
    tom, soon = desk.office.tom, NOON + timedelta(hours=1)
    desk.do(tom, visit_at=VISIT_AT)
    desk.do(tom, now=soon, access="no", obstacle="Nobody opened.")
    assert desk.step()[0] == "schedule"
    desk.do(tom, now=soon, visit_at="25/11/2026 09:00")

    for days in (2, 6):
        desk.let_time_come(NOON + timedelta(days=days))

    (mail,) = desk.mails("letter")
    assert mail.text.startswith("You have a site visit on Wednesday 25 November 2026, 09:00.\n")


def test_after_a_downtime_nobody_is_reminded_of_a_visit_that_has_been(desk: Desk) -> None:
    desk.do(desk.office.tom, visit_at=VISIT_AT)

    desk.let_time_come(NOON + timedelta(days=30))

    assert (desk.mails("letter"), desk.step()[0]) == ([], "visit")


def test_a_returned_report_begins_with_what_was_written_and_says_what_is_missing(desk: Desk, surveyors: tuple[Team, Person]) -> None:
    fatima, tom = surveyors[1], desk.office.tom
    to_the_report(desk)
    desk.do(tom, **REPORT)
    desk.claim(fatima)
    desk.do(fatima, decision="returned", missing="How was it measured?")

    page = desk.page(tom)

    assert page.form
    assert (page.form.title, page.form.draft["found"]) == ("Report", "Too high.")
    assert "How was it measured?" in {getattr(block, "text", "") for block in page.blocks}
    desk.do(tom, **REPORT)
    assert desk.step()[0] == "sign_off"


def test_nobody_signs_off_what_is_not_their_teams(desk: Desk) -> None:
    """S43."""
    to_the_report(desk)
    desk.do(desk.office.tom, **REPORT)

    for person in (desk.office.ana, desk.office.stranger, desk.office.manager):
        with pytest.raises(CaseTasksError):
            desk.claim(person)
    with pytest.raises(NotYours):
        desk.do(desk.office.tom, decision="signed_off")
