"""The generic response: an email to the person who raised the case, begun from a template."""

import pytest

from casetasks_app.play import Play
from casetasks_app.task_types.forms import Problems, rows
from casetasks_app.task_types.summary import Decision, Facts, Files, Text
from tests.plugins.scripts import REPLY

CASE = {"case": {"reference": "HSG-1042", "title": "[Urgent] No heating", "contact": "Alex Morgan"}}
TEMPLATE = {"reply_subject": "Your case {{case.reference}}", "reply_template": "Dear {{ case.contact }},\n\n[why]\n\n{{ case.title }}"}


@pytest.fixture
def response(plugins):
    return plugins["generic_response"]


@pytest.fixture
def play(response):
    return Play(response)


def begun(response, **settings):
    return {row.name: row.default for row in rows(response.form("write", {**settings, **CASE}))}


def test_it_ends_when_the_email_is_in_the_outbox(play):
    """S9."""
    assert play.whose("write") == "team 7"

    play.do(*REPLY[:1], **REPLY[1])

    assert [(mail.to, mail.subject, mail.text, mail.files) for mail in play.mails] == [
        ("raised by", "HSG-1042", "Dear Alex, it is mended.\n", ("11",))
    ]
    assert (play.state.status, play.state.outcome) == ("closed", "sent")


def test_what_was_written_is_sent_as_it_is_and_never_run_as_a_template(play):
    play.do("write", subject="{{ 7 * 7 }}", message="{% raw %} ${7*7} <b>")

    assert (play.mails[0].subject, play.mails[0].text) == ("{{ 7 * 7 }}", "{% raw %} ${7*7} <b>\n")


def test_its_form_begins_with_the_template_filled_in_from_the_case(response):
    own, usual = begun(response, **TEMPLATE), begun(response)

    assert (own["subject"], own["message"]) == ("Your case HSG-1042", "Dear Alex Morgan,\n\n[why]\n\n[Urgent] No heating")
    assert usual["subject"] == "HSG-1042: [Urgent] No heating"
    assert usual["message"].startswith("Dear Alex Morgan,\n\nThank you for getting in touch about “[Urgent] No heating”.")


def test_it_says_to_whom_it_goes(response, play):
    assert rows(response.form("write", CASE))[0].label == "To Alex Morgan"
    assert rows(play.form("write"))[0].label == "To Alex Morgan"
    assert rows(Play(response, case={"contact": ""}).form("write"))[0].label == "To the person who raised the case"


def test_a_blank_of_the_template_has_to_be_filled_and_brackets_of_the_case_do_not(response):
    play = Play(response, TEMPLATE)

    refused = play.try_("write", subject="Yes", message="Dear Alex,\n\n[why]")
    accepted = play.try_("write", subject="[Urgent] No heating", message="Dear Alex,\n\nBecause [sic].")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"message": "Replace “[why]” with your own words, or take it out."}
    assert not isinstance(accepted, Problems)


def test_a_slot_for_which_nothing_is_known_is_a_blank_too(response):
    play = Play(response, TEMPLATE, case={"contact": ""})

    refused = play.try_("write", subject="Yes", message="Dear {{ case.contact }},")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"message": "Replace “{{ case.contact }}” with your own words, or take it out."}


def test_subject_and_message_are_needed(play):
    refused = play.try_("write", subject=" ", message="")

    assert isinstance(refused, Problems)
    assert refused.by_field == {"subject": "Enter a subject.", "message": "Enter a message."}


def test_its_view_is_the_mail_as_sent(play):
    """S25, S26."""
    before = play.blocks()

    play.do(*REPLY[:1], **REPLY[1])

    assert before == (Text("Not written yet."),)
    assert play.blocks() == (
        Decision("Sent", "good", title="Email", byline="Tom Ellis, Thursday 19 November 2026, 10:02"),
        Facts((("To", "The person who raised the case"), ("Subject", "HSG-1042"))),
        Text("Dear Alex, it is mended.", title="Message"),
        Files((("11", "plan.pdf"),), title="Attachments"),
    )


@pytest.mark.parametrize(
    ("settings", "problems"),
    [
        ({}, {}),
        (TEMPLATE, {}),
        (
            {"reply_template": "Dear {{ case.name }}"},
            {"reply_template": "Template: there is no value 'case.name'. There are case.reference, case.title, case.contact."},
        ),
        (
            {"reply_subject": "{{}}"},
            {"reply_subject": "Subject: there is no value ''. There are case.reference, case.title, case.contact."},
        ),
        ({"reply_subject": "x" * 151}, {"reply_subject": "Subject must be 150 characters or less."}),
    ],
)
def test_a_template_names_only_what_is_known(response, settings_problems, settings, problems):
    assert settings_problems(response, **settings) == problems
