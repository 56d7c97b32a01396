"""The conformance suite finds what it is there for: each fault in a plugin that has exactly that one."""

import importlib
import sys

import pytest
from pydantic import model_validator

from casetasks_app.play.conformance import CHECKS, conformance_problems, findings
from casetasks_app.task_types.forms import Form, Refused, field, from_rows
from casetasks_app.task_types.jobs import Done, Job, Letter, sends
from tests.unit.play.inspection import FILES, Visit, inspection
from tests.unit.task_types.packages import install, reading


def told(plugin) -> list[str]:
    return [problem for problem in conformance_problems(plugin) if "is not in the diagram" not in problem]


class Stubborn(Form):
    """Accepts nothing."""

    visit_on: str = field("Day of the visit", "date", when="future")

    @model_validator(mode="after")
    def says_no(self):
        raise Refused("No.", field="visit_on")


class Raising(Form):
    """Has a validator that fails for long texts only."""

    seen: str = field("What was seen", "long text", max_length=100_000)

    @model_validator(mode="after")
    def fails(self):
        if len(self.seen or "") > 20_000:
            raise KeyError("seen")
        return self


class Defaulted(Form):
    """A setting whose default its own form refuses."""

    most: int = field("Most", "number", default=9)

    @model_validator(mode="after")
    def is_small(self):
        if (self.most or 0) > 5:
            raise Refused("Most must be 5 or less.", field="most")
        return self


def without(*paths: str, **changes: object):
    plugin = inspection(**changes)
    changed = type("Changed", (type(plugin),), {"files": {path: text for path, text in FILES.items() if path not in paths}})
    return changed(**{name: getattr(plugin, name) for name in ("id", "name", "version", "summary", "forms", "settings", "jobs")})


def test_a_sound_plugin_has_no_problems():
    assert told(inspection()) == []
    assert [found.name for found in findings(inspection())] == list(CHECKS)


def test_what_is_not_drawn_is_told_with_its_line():
    found = CHECKS["Its process has a picture"](inspection())

    assert "process.bpmn:3: plan: is not in the diagram of the file" in found


@pytest.mark.parametrize(
    ("plugin", "problem"),
    [
        (inspection(id="Bad Id"), "It keeps the contract: id 'Bad Id' must be small letters, digits and _, at most 40."),
        (
            inspection(forms={"plan": inspection().forms["plan"]}),
            "Its process model is accepted: process.bpmn:4: visit: no form is called 'visit'; forms.py has plan",
        ),
        (without("README.md"), "Its README says what it is for and how it can end: there is no README.md in the package"),
        (
            without("emails/reminder/body.txt"),
            "It keeps the contract: jobs['remind']: emails/reminder/body.txt is missing.",
        ),
        (
            inspection(forms={"plan": Stubborn, "visit": Visit}),
            "Its forms accept what they ask for: forms['plan']: no answers were found that it accepts; it said {'visit_on': 'No.'}",
        ),
        (
            inspection(forms={**inspection().forms, "visit": Raising}),
            f"Its forms refuse everything else in words: forms['visit']: a validator raises for '{'x' * 20_001}'",
        ),
        (
            inspection(settings=Defaulted),
            "Its settings have defaults that it accepts: settings: the default of most is refused: Most must be 5 or less.",
        ),
        (
            inspection(jobs={**inspection().jobs, "idle": Job(lambda _: None)}),
            "Its jobs and letters belong together: jobs['idle']: no service or send task of the process has this topic",
        ),
        (
            inspection(jobs={**inspection().jobs, "register": Job(lambda _: None, gives=("entry",))}),
            "Every task played at random ends: GiveUp: The job gave nothing and says that it gives entry.",
        ),
        (
            inspection(forms={"plan": from_rows([]), "visit": Visit}),
            "Its process model is accepted: process.bpmn:5: soon: reads 'visit_on', which no form, setting or start value sets",
        ),
    ],
    ids=range(10),
)
def test_a_fault_is_told_in_a_sentence(plugin, problem):
    assert problem in told(plugin)


def test_a_letter_that_names_what_nobody_knows_is_found_by_playing():
    wrong = {**FILES, "emails/reminder/body.txt": "Dear {{ nobody }}"}
    plugin = type("Wrong", (type(inspection()),), {"files": wrong})
    broken = plugin(**{name: getattr(inspection(), name) for name in ("id", "name", "version", "summary", "forms", "jobs")})

    assert any("'nobody' is undefined" in problem for problem in told(broken))


def test_a_letter_that_its_job_does_not_name_is_found_by_playing():
    broken = inspection(jobs={**inspection().jobs, "remind": Job(lambda _: Done(letters=(Letter("moon", "team"),)))})

    assert any("The job sends 'moon', which it does not name." in problem for problem in told(broken))
    assert sends("reminder", to="team").letters == ("reminder",)


SUMMARIES = {
    "raises": ("raise KeyError('decibels')", "summary: KeyError: 'decibels'"),
    "lies": ("return [Facts((('Reading', 5),))]", "summary: everything a block shows must be text"),
    "objects": ("return [Facts((('Reading', object()),))]", "summary: TypeError: Object of type object is not JSON serializable"),
    "empty": ("return []", "summary: it shows nothing (new, after 0 steps)"),
    "tuples": ("return [Table(['a'], [['b']])]", "summary: its blocks are others after they were stored; use tuples"),
}


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_that_cannot_be_shown_is_found_at_every_stage(name, tmp_path, monkeypatch):
    body, problem = SUMMARIES[name]
    monkeypatch.syspath_prepend(tmp_path)
    package = install(tmp_path, f"noise_{name}", reading("noise"))
    head = "from casetasks_app.task_types.summary import Facts, Table\n\n\ndef summary(task):\n"
    (package / "summary.py").write_text(f"{head}    {body}\n")
    plugin = __import__(f"noise_{name}").plugin

    found = list(CHECKS["Its view can be shown at every stage"](plugin))

    sys.modules.pop(f"noise_{name}")
    assert any(each.startswith(problem) for each in found)


def test_a_task_that_never_ends_is_told(monkeypatch):
    monkeypatch.setattr("casetasks_app.play.at_random.MOST_TURNS", 1)

    assert CHECKS["Every task played at random ends"](inspection()) is not None
    assert "Every task played at random ends: play 0: after 1 turns it has not ended; open: visit, objection, a timer" in told(inspection())


@pytest.mark.parametrize(
    ("line", "module"),
    [
        ("from casetasks_app.db.unit_of_work import unit_of_work", "casetasks_app.db.unit_of_work"),
        ("import casetasks_app.models", "casetasks_app.models"),
        ("from casetasks_app import clock", "casetasks_app.clock"),
        ("from casetasks_app.plugins.approval import forms", "casetasks_app.plugins.approval"),
        ("def late():\n    from casetasks_app.play import Play", "casetasks_app.play"),
    ],
)
def test_a_plugin_that_reaches_behind_the_contract_is_told_with_its_line(tmp_path, monkeypatch, line, module):
    package = f"reaching_{module.rpartition('.')[2]}"
    folder = install(tmp_path, package, reading(package))
    (folder / "more.py").write_text(f'"""More."""\n\nfrom casetasks_app.task_types.forms import Form\n{line}\n')
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text("from casetasks_app.play import Play\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    found = conformance_problems(importlib.import_module(package).plugin)

    at = 5 if "def late" in line else 4
    fact = "It knows nothing of the product but the contract"
    assert f"{fact}: more.py:{at}: imports {module}; a plugin knows casetasks_app.task_types alone" in found
    assert len([problem for problem in found if problem.startswith(fact)]) == 1
