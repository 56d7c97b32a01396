"""A reply on real databases: begun from the template, in the outbox to the person who raised the case, with its files."""

import pytest

from casetasks_app.cases.complete import FormIncomplete
from casetasks_app.task_types.summary import Decision
from tests.factories import NOON
from tests.integration.plugins.desk import Desk, a_desk
from tests.unit.files.making import PDF

TEMPLATE = {"reply_subject": "Case {{ case.reference }}", "reply_template": "Dear {{ case.contact }},\n\n[why]\n\nYours"}


@pytest.fixture
def desk(database: str) -> Desk:
    assert database
    made = a_desk("generic_response", **TEMPLATE)
    made.claim(made.office.tom)
    return made


def test_the_form_begins_with_the_template_filled_in_from_the_case(desk: Desk) -> None:
    """S8."""
    form = desk.page(desk.office.tom).form

    assert form
    begun = {row.name: (row.label, row.default) for row in form.shown}
    assert begun["to"][0] == "To Alex Morgan"
    assert begun["subject"][1] == f"Case {desk.office.reference}"
    assert begun["message"][1] == "Dear Alex Morgan,\n\n[why]\n\nYours"


def test_a_blank_that_is_left_is_refused(desk: Desk) -> None:
    """B19."""
    with pytest.raises(FormIncomplete) as refusal:
        desk.do(desk.office.tom)

    assert refusal.value.problems == {"message": "Replace “[why]” with your own words, or take it out."}


def test_the_email_goes_through_the_outbox_to_the_person_who_raised_the_case(desk: Desk) -> None:
    """S5, S19, B20."""
    file_id = desk.upload(desk.office.tom, "plan.pdf", PDF)
    desk.do(desk.office.tom, subject="Your window", message="Dear Alex,\n\nit is <mended>.", files=[file_id])
    before = desk.task().status, desk.mails("letter"), desk.page(desk.office.manager).blocks[0]

    desk.let_time_come(NOON)

    assert before == ("new", [], Decision("Being sent", title="Email", byline="Tom Ellis, Wednesday 18 November 2026, 12:00"))
    (mail,) = desk.mails("letter")
    assert (mail.to_address, mail.person_id, mail.subject) == ("alex.morgan@example.org", None, "Your window")
    assert mail.text == "Dear Alex,\n\nit is <mended>.\n"
    assert mail.enclosures == [{"id": file_id, "name": "plan.pdf", "media_type": "application/pdf"}]
    assert (desk.task().status, desk.task().outcome) == ("closed", "sent")
    assert desk.page(desk.office.manager).blocks[0].text == "Sent"


def test_what_somebody_writes_is_never_run_as_a_template(desk: Desk) -> None:
    desk.do(desk.office.tom, subject="{{ manager }}", message="{{ 7 * 7 }} {% for x in y %}")

    desk.let_time_come(NOON)

    (mail,) = desk.mails("letter")
    assert (mail.subject, mail.text) == ("{{ manager }}", "{{ 7 * 7 }} {% for x in y %}\n")
