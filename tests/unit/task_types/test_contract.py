"""What a plugin object has to be, and what it gives."""

from datetime import UTC, datetime

import pytest

from casetasks_app.task_types.contract import NoSuchForm, NoSuchJob, TaskPlugin, contract_problems
from casetasks_app.task_types.forms import FieldRow, Form, field, from_rows, rows
from casetasks_app.task_types.jobs import Done, Job, JobView, Letter, letter_problems, sends
from casetasks_app.task_types.view import TaskView

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


class Note(Form):
    """One question."""

    note: str = field("Note")


class Settings(Form):
    """One setting."""

    question: str = field("Question", default="How are you?")


def asked(settings):
    return from_rows([FieldRow("reply", settings["question"])])


def a_plugin(**more) -> TaskPlugin:
    return TaskPlugin(**{"id": "note", "name": "Note", "version": "1.0", "summary": "A note.", "forms": {"note": Note}, **more})


def test_a_complete_plugin_has_no_problems():
    assert contract_problems(a_plugin()) == []


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"id": ""}, ["id is missing."]),
        ({"id": "Noise Reading"}, ["id 'Noise Reading' must be small letters, digits and _, at most 40."]),
        ({"name": 5, "version": None, "summary": " "}, ["name is missing.", "version is missing.", "summary is missing."]),
        ({"settings": Note()}, ["settings must be a Form class."]),
        ({"forms": {}}, ["forms must map each formKey of the process to a form."]),
        ({"forms": [Note]}, ["forms must map each formKey of the process to a form."]),
        ({"forms": {"note": "Note"}}, ["forms['note'] must be a Form class, or a function from settings to one."]),
        ({"forms": {"note": dict}}, ["forms['note'] must be a Form class, or a function from settings to one."]),
        ({"forms": {"note": lambda settings: settings}}, ["forms['note'] must be a Form class, or a function from settings to one."]),
        ({"forms": {"start": Note}}, ["forms['start']: a key must be letters, digits and _, and not start or done."]),
        ({"forms": {"a b": Note}}, ["forms['a b']: a key must be letters, digits and _, and not start or done."]),
        ({"forms": {"note": from_rows([FieldRow("team", "Team")])}}, ["forms['note']: team is the name of another variable."]),
        ({"forms": {"note": Settings}, "settings": Settings}, ["forms['note']: question is the name of another variable."]),
        (
            {"forms": {"note": from_rows([FieldRow("more", "More", "questions")])}},
            ["forms['note']: more asks for questions, which only settings can."],
        ),
        ({"settings": from_rows([FieldRow("case", "Case")])}, ["settings: case is the name of another variable."]),
        ({"jobs": [print]}, ["jobs must map each topic of the process to a function or a Job."]),
        ({"jobs": {"a b": print}}, ["jobs['a b']: a topic must be letters, digits, _, . and -."]),
        ({"jobs": {"call": "print"}}, ["jobs['call'] must be a function, a Job, or what sends(…) gives."]),
        ({"jobs": {"call": Job("print")}}, ["jobs['call'] must be a function, a Job, or what sends(…) gives."]),
        (
            {"jobs": {"call": Job(print, gives=("a-b", "case"))}},
            ["jobs['call']: 'a-b' is no name for a variable.", "jobs['call']: case is the name of another variable."],
        ),
        (
            {"jobs": {"tell": sends("../secret", to="team")}},
            ["jobs['tell']: '../secret' is no name for a letter; use small letters, digits and _."],
        ),
        (
            {"jobs": {"tell": sends("told", to="team")}},
            ["jobs['tell']: emails/told/subject.txt is missing.", "jobs['tell']: emails/told/body.txt is missing."],
        ),
    ],
)
def test_each_break_of_the_contract_is_told(changes, problems):
    assert contract_problems(a_plugin(**changes)) == problems


def test_something_else_than_a_plugin_is_told():
    assert contract_problems(None) == ["plugin must be a TaskPlugin, not NoneType."]


def test_questions_may_come_from_the_settings_of_a_task_type():
    """S8, S10."""
    plugin = a_plugin(forms={"note": asked}, settings=Settings)

    one = plugin.form("note", {"question": "How loud?"})
    other = plugin.form("note", {"question": None})

    assert rows(one)[0].label == "How loud?"
    assert rows(other)[0].label == "How are you?"


def test_a_form_that_does_not_exist_is_named():
    with pytest.raises(NoSuchForm, match="Note has no form called visit"):
        a_plugin().form("visit")


def test_a_plugin_reads_the_files_of_its_own_package():
    plugin = a_plugin(package="casetasks_app.plugins.approval")

    assert plugin.resource("README.md").startswith("# Approval")
    assert plugin.resource("emails/none/body.txt") is None
    assert a_plugin().resource("README.md") is None


def test_a_bare_function_is_a_job_that_gives_nothing():
    plugin = a_plugin(jobs={"call": print})

    assert plugin.job("call") == Job(print)
    with pytest.raises(NoSuchJob, match="Note has nothing that carries out write"):
        plugin.job("write")


def test_a_job_that_sends_names_the_letter_to_whom_it_goes_and_the_files_of_a_variable():
    job = sends("reminder", to="assignee", files="photos")
    view = JobView("remind", "remind", "3.ab", NOON, TaskView(3, "Visit", "new"), {"photos": ["11", "12"]})

    assert job.letters == ("reminder",)
    assert job.run(view) == Done(letters=(Letter("reminder", "assignee", files=("11", "12")),))
    assert sends("reminder", to="team").run(view) == Done(letters=(Letter("reminder", "team"),))


def test_a_letter_to_a_word_that_is_nobody_is_refused_where_it_is_written():
    with pytest.raises(ValueError, match=r"to='boss'\): it can go to raised by, case manager, assignee, team\."):
        sends("reminder", to="boss")  # type: ignore[arg-type]


def test_a_letter_that_is_no_template_is_told_with_its_line():
    texts = {"emails/sent/subject.txt": "{{ subject }}", "emails/sent/body.txt": "Hello\n{{ name }", "emails/sent/body.html": "{% if %}"}

    assert list(letter_problems("sent", texts.get)) == [
        "emails/sent/body.txt:2: unexpected '}'",
        "emails/sent/body.html:1: Expected an expression, got 'end of statement block'",
    ]
