"""What View shows of a site visit, and which settings it takes."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import rows
from casetasks_app.task_types.summary import Checklist, Decision, Facts, Files, Text
from tests.plugins.scripts import NO_ACCESS, REPORT, RETURN, SCHEDULE, SCHEDULE_AGAIN, SIGN_OFF, SIGNED_BY, VISIT

APPOINTMENT = (("When", "Thursday 26 November 2026, 14:30"), ("Where", "27 Mill Lane"))
REPORTED = (
    Checklist(
        (("Height as drawn", "No", "40 cm too high"), ("Scaffold is safe", "Yes", ""), ("Trees are kept", "Not applicable", "")),
        title="Checklist",
    ),
    Files((("12", "photo.jpg"),), title="Photos"),
    Text("It is too high.", title="Report", byline="Tom Ellis, Saturday 21 November 2026, 10:02"),
)


@pytest.fixture
def site_visit(plugins):
    return plugins["site_visit"]


def shown(site_visit, *turns):
    play = Play(site_visit, SIGNED_BY)
    for step, answers in turns:
        play.do(step, **answers)
    return play.blocks()


def test_it_shows_the_appointment_before_and_after_the_visit(site_visit):
    """S25, S26."""
    remarks = ("Remarks", "Bring the plans.")
    visited = ("Visit", "Visited, Tom Ellis, Friday 20 November 2026, 10:02")

    assert shown(site_visit) == (Text("No visit is scheduled yet.", title="Appointment"),)
    assert shown(site_visit, SCHEDULE) == (Facts((*APPOINTMENT, ("Visit", "Not visited yet"), remarks), title="Appointment"),)
    assert shown(site_visit, SCHEDULE, VISIT) == (
        Facts((*APPOINTMENT, visited, ("Met", "Mr Lowe"), remarks), title="Appointment"),
    )  # fmt: skip


def test_a_visit_without_access_stays_to_be_seen_below_the_new_appointment(site_visit):
    """S25."""
    no_access = Text("Nobody opened.", title="No access", byline="Tom Ellis, Friday 20 November 2026, 10:02")

    assert shown(site_visit, SCHEDULE, NO_ACCESS, SCHEDULE_AGAIN) == (
        Facts((("When", "Monday 30 November 2026, 09:00"), ("Visit", "Not visited yet")), title="Appointment"),
        no_access,
    )


def test_the_checklist_shows_every_no_first_then_photos_and_report(site_visit):
    """S25, S26."""
    blocks = shown(site_visit, SCHEDULE, VISIT, REPORT)

    assert blocks[1:] == (*REPORTED, Decision("Waiting to be signed off", title="Sign-off"))


def test_what_was_said_to_the_report_stands_below_it(site_visit):
    """S25."""
    returned = Text("How was it measured?", title="Returned", byline="Tom Ellis, Sunday 22 November 2026, 10:02")
    signed = Decision("Signed off", "good", title="Sign-off", byline="Tom Ellis, Tuesday 24 November 2026, 10:02")

    assert shown(site_visit, SCHEDULE, VISIT, REPORT, RETURN)[1:] == (*REPORTED, returned)
    assert shown(site_visit, SCHEDULE, VISIT, REPORT, RETURN, REPORT, SIGN_OFF)[-2:] == (signed, returned)


def test_the_checklist_comes_from_the_task_type(site_visit):
    usual, own = site_visit.form("report"), site_visit.form("report", {"points": " Roof \n\n Walls"})

    assert rows(usual)[1].options[0][1] == "The place can be reached safely"
    assert rows(own)[1].options == (("point_1", "Roof"), ("point_2", "Walls"))


@pytest.mark.parametrize(
    ("settings", "problems"),
    [
        ({}, {"sign_off_team": "Select the team that signs off."}),
        ({"points": "\n".join(map(str, range(41)))}, {"points": "Checklist must be 40 lines or less."}),
        ({"points": "x" * 151}, {"points": "Each line of the checklist must be 150 characters or less."}),
        ({"points": "Roof\nRoof"}, {"points": "Each line of the checklist must be different from the others."}),
    ],
)
def test_settings_nobody_could_work_with_are_refused(site_visit, settings_problems, settings, problems):
    team = {"sign_off_team": "seniors"} if settings else {}

    assert settings_problems(site_visit, **team, **settings) == problems
