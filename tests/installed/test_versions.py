"""A plugin is installed, updated and removed while its tasks run: what each version shows of them."""

from pathlib import Path

import pytest

from tests.installed.environment import Environment

CONFIGURATION = """
teams:
- {key: desk, name: Noise desk}
case_types:
- key: noise
  name: Noise
  reference_prefix: NSE
  manager_teams: [desk]
  tasks:
  - task_id: reading
    name: Noise reading
    plugin: noise_reading
    groups: {assignment_groups: [desk]}
    auto_generate: {enabled: yes, team: desk}
"""
CHECK = '''

class Check(Form):
    """Whether the reading is right."""

    right: bool = field("Is it right?", "yes/no")
'''
SECOND_STEP = """<userTask id="check" name="Check" casetasks:formKey="check" casetasks:assignee="${initiator}"/>
    <sequenceFlow id="to_done" sourceRef="check" targetRef="done"/>
    <sequenceFlow id="to_check" sourceRef="result" targetRef="check"/>"""


def change(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text, (file, before)
    file.write_text(text.replace(before, after))


def second_version(project: Path) -> None:
    """The plugin with a second step and another word for its first question."""
    package = project / "noise_reading"
    change(package / "process.bpmn", '<sequenceFlow id="to_done" sourceRef="result" targetRef="done"/>', SECOND_STEP)
    (package / "forms.py").write_text((package / "forms.py").read_text() + CHECK)
    change(package / "forms.py", 'field("Outcome"', 'field("How it went"')
    change(package / "__init__.py", "import Result", "import Check, Result")
    change(package / "__init__.py", '{"result": Result}', '{"result": Result, "check": Check}')
    change(package / "__init__.py", 'version="1.0.0"', 'version="2.0.0"')
    change(project / "pyproject.toml", 'version = "1.0.0"', 'version = "2.0.0"')


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Give an office that uses version 1 of a plugin: one task done with it, two open."""
    own = Environment(tmp_path_factory.mktemp("office"))
    (own.place / "conf.yaml").write_text(CONFIGURATION)
    (own.place / "word.txt").write_text("a long enough password\n")
    (own.place / "cases.json").write_text('[{"case_type": "noise", "title": "Drums"}, {"case_type": "noise", "title": "Dogs"}]')
    own.casetasks("plugin", "new", "noise_reading")
    own.install(own.place / "noise_reading")
    own.casetasks("migrate")
    own.casetasks("config", "import", "conf.yaml")
    own.casetasks("person", "add", "--email", "ann@example.org", "--name", "Ann", "--password-file", "word.txt")
    own.casetasks("person", "join", "ann@example.org", "desk")
    own.casetasks("raise", "cases.json")
    own.looking("do", "NSE-1001", "1", '{"outcome": "not_done", "reason": "nobody there"}')
    return own


def test_tasks_outlive_the_versions_of_their_plugin(office):
    """S10, S12."""
    first = office.looking("see", "NSE-1002", "1")
    assert (first["status"], first["open"]) == ("new", ["result"])

    second_version(office.place / "noise_reading")
    office.install(office.place / "noise_reading")
    assert "version 2.0.0" in office.casetasks("plugin", "show", "noise_reading")
    running = office.looking("see", "NSE-1002", "1")
    assert (running["digest"], running["open"]) == (first["digest"], ["result"])

    assert office.casetasks("plugin", "migrate", "noise_reading") == "moved: NSE-1002/1\n1 task moved, 0 left with the process they run.\n"
    assert office.casetasks("plugin", "migrate", "noise_reading") == "0 tasks moved, 0 left with the process they run.\n"
    moved = office.looking("see", "NSE-1002", "1")
    assert moved["digest"] != first["digest"]
    assert moved["history"][0] == "Task 1 goes on with version 2.0.0 of “Noise reading”"

    after = office.looking("do", "NSE-1002", "1", '{"outcome": "done"}')
    assert (after["status"], after["open"]) == ("new", ["check"])

    office.remove("casetasks-noise-reading")
    shows_what_was_stored(office)


def shows_what_was_stored(office: Environment) -> None:
    """The plugin is gone: what was answered with either version is there, in the words in which it was asked."""
    closed, running = office.looking("see", "NSE-1001", "1"), office.looking("see", "NSE-1002", "1")
    facts = [dict(page["blocks"][0]["items"]) for page in (closed, running)]

    assert (closed["status"], closed["outcome"], facts[0]["Outcome"], facts[0]["Reason"]) == ("closed", "done", "Not done", "nobody there")
    assert (running["status"], running["can_be_answered"], running["asks"], facts[1]["How it went"]) == ("new", False, [], "Done")
    assert "There is no plugin called noise_reading in use" in office.casetasks("plugin", "migrate", "noise_reading", fails=True)
    assert "noise_reading" in office.casetasks("doctor", fails=True)
