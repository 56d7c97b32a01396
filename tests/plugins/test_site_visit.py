"""The site visit: appointment, reminder, visit, report and sign-off, with two loops."""

from datetime import datetime

import pytest

from casetasks_app.play import ZONE, Play
from casetasks_app.task_types.forms import Problems
from tests.plugins.scripts import NO_ACCESS, REPORT, RETURN, SCHEDULE, SCHEDULE_AGAIN, SIGN_OFF, SIGNED_BY, VISIT


@pytest.fixture
def site_visit(plugins):
    return plugins["site_visit"]


@pytest.fixture
def play(site_visit):
    return Play(site_visit, SIGNED_BY, assignee="2")


def played(play, *turns):
    for step, answers in turns:
        play.do(step, **answers)
    return play


def test_the_sign_off_is_another_teams_and_all_else_whoever_has_the_task(play):
    """S9."""
    for step, answers in (SCHEDULE, VISIT, REPORT):
        assert play.whose(step) == "assignee"
        play.do(step, **answers)

    assert play.whose("sign_off") == "team seniors"


def test_without_access_it_is_scheduled_again(play):
    played(play, SCHEDULE, NO_ACCESS)

    assert list(play.open) == ["schedule"]
    assert list(played(play, SCHEDULE_AGAIN, NO_ACCESS, SCHEDULE_AGAIN, VISIT).open) == ["report"]


def test_a_report_that_is_returned_is_written_again(play):
    played(play, SCHEDULE, VISIT, REPORT, RETURN)

    assert list(play.open) == ["report"]
    assert play.whose("report") == "assignee"
    played(play, REPORT, SIGN_OFF)
    assert (play.state.status, play.state.outcome) == ("closed", "signed off")


def test_the_day_before_the_visit_a_reminder_goes_to_whoever_has_the_task(play):
    played(play, SCHEDULE)
    play.wait(days=5)
    before = list(play.mails)

    play.wait(days=2)

    (mail,) = play.mails
    assert before == []
    assert (mail.to, mail.subject) == ("assignee", "Reminder: site visit for HSG-1042/3")
    assert mail.text.startswith("You have a site visit on Thursday 26 November 2026, 14:30.\n\nWhere: 27 Mill Lane\n\nBring the plans.\n")
    assert mail.text.endswith("https://casetasks.example.org/cases/HSG-1042/tasks/3\n")
    assert list(play.open) == ["visit"]


def test_the_reminder_is_due_exactly_a_day_before_the_visit(play):
    played(play, SCHEDULE)

    assert [timer.at for timer in play.state.timers] == [datetime(2026, 11, 25, 14, 30, tzinfo=ZONE)]


def test_each_appointment_has_its_own_reminder_and_a_visit_that_is_over_has_none(play):
    played(play, SCHEDULE, NO_ACCESS)
    dropped = play.state.timers

    played(play, SCHEDULE_AGAIN).wait(days=30)

    assert dropped == ()
    assert [mail.text.split("\n")[0] for mail in play.mails] == ["You have a site visit on Monday 30 November 2026, 09:00."]
    assert played(play, VISIT).state.timers == ()


def test_a_reminder_that_comes_after_the_visit_is_not_sent(play):
    played(play, SCHEDULE)
    play.now = datetime(2026, 11, 27, tzinfo=ZONE)

    play.wait(hours=1)

    assert (play.mails, play.state.timers, play.state.jobs) == ([], (), ())
    assert list(play.open) == ["visit"]


def test_a_visit_lies_in_the_future_and_says_whether_there_was_access(play):
    past = play.try_("schedule", visit_at="18/11/2026 09:00")
    played(play, SCHEDULE)
    silent, closed = play.try_("visit"), play.try_("visit", access="no")

    assert isinstance(past, Problems)
    assert past.by_field == {"visit_at": "Date and time of the visit must be in the future."}
    assert isinstance(silent, Problems)
    assert silent.by_field["access"] == "Select whether you got in."
    assert isinstance(closed, Problems)
    assert closed.by_field == {"obstacle": "Enter what was in the way."}


def test_a_report_answers_every_point_of_the_checklist_and_takes_photos_alone(play):
    played(play, SCHEDULE, VISIT)

    refused = play.try_("report", found="High", checklist={"point_1": {"answer": "yes"}}, photos=["11"])

    assert isinstance(refused, Problems)
    assert refused.by_field == {
        "checklist": "Select an answer for Height as drawn.",
        "photos": "'plan.pdf' must be JPG, JPEG or PNG.",
    }


def test_photos_are_needed_where_the_task_type_says_so(site_visit):
    play = played(Play(site_visit, SIGNED_BY | {"needs_photos": True}), SCHEDULE, VISIT)

    refused = play.try_("report", **REPORT[1] | {"photos": []})

    assert isinstance(refused, Problems)
    assert refused.by_field == {"photos": "Select at least one photo."}


def test_returning_a_report_needs_what_has_to_be_changed(play):
    played(play, SCHEDULE, VISIT, REPORT)

    refused = play.try_("sign_off", decision="returned")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"missing": "Enter what has to be changed."}


def test_visits_and_decisions_start_empty_and_a_returned_report_does_not(site_visit):
    begins_empty = {key: site_visit.form(key).begins_empty for key in site_visit.forms}

    assert begins_empty == {"schedule": False, "visit": True, "report": False, "sign_off": True}
