"""The plugin commands: what they make, say and refuse, each refusal a sentence and exit code 1."""

import sys
from pathlib import Path

import pytest

from casetasks_app.cli.main import main
from tests.unit.cli.plugins import change, made, workshop

__all__ = ["made", "workshop"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """Give the exit code of `casetasks plugin …` and the lines it printed."""
    capsys.readouterr()
    code = main(["plugin", *words])
    printed = capsys.readouterr()
    return code, (printed.out + printed.err).splitlines()


def test_a_new_plugin_passes_its_suite_and_its_own_tests_at_once(made, capfd):
    code = main(["plugin", "test", "noise_reading"])

    out = capfd.readouterr().out
    assert code == 0
    assert "3 passed" in out
    assert out.count("  ok  ") == 14
    assert "problem" not in out


def test_a_new_plugin_is_whole(made):
    assert sorted(path.relative_to(made).as_posix() for path in made.rglob("*.*") if "__pycache__" not in path.parts) == [
        "noise_reading/README.md",
        "noise_reading/__init__.py",
        "noise_reading/forms.py",
        "noise_reading/process.bpmn",
        "noise_reading/summary.py",
        "pyproject.toml",
        "tests/test_noise_reading.py",
    ]
    assert [path.name for path in made.parent.iterdir()] == ["noise_reading"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Noise", "“Noise” is no name for a plugin: use small letters, digits and _, at most 40, a letter first."),
        ("../noise", "“../noise” is no name for a plugin: use small letters, digits and _, at most 40, a letter first."),
        ("", "“” is no name for a plugin: use small letters, digits and _, at most 40, a letter first."),
        ("x" * 41, f"“{'x' * 41}” is no name for a plugin: use small letters, digits and _, at most 40, a letter first."),
        ("class", "“class” is a word of Python; a package cannot be called so."),
        ("json", "“json” is the name of a Python package that is installed; choose another."),
        ("approval", "“approval” is the name of a plugin that is installed; choose another."),
    ],
)
def test_a_name_that_cannot_be_used_makes_nothing(workshop, capsys, name, sentence):
    assert said(capsys, "new", name) == (1, [f"casetasks: {sentence}"])
    assert list(workshop.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(workshop, capsys):
    (workshop / "noise_reading").mkdir()
    (workshop / "noise_reading" / "mine.txt").write_text("mine")

    assert said(capsys, "new", "noise_reading") == (1, ["casetasks: noise_reading is there already; nothing was written."])
    assert [path.name for path in workshop.rglob("*")] == ["noise_reading", "mine.txt"]


def test_a_place_that_is_not_there_is_told(workshop, capsys):
    assert said(capsys, "new", "noise_reading", "--in", "moon") == (1, ["casetasks: moon cannot be written to: No such file or directory."])


def test_what_cannot_be_written_whole_is_not_written(workshop, capsys, monkeypatch):
    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)

    assert said(capsys, "new", "noise_reading") == (1, ["casetasks: noise_reading cannot be written: No space left on device."])
    assert list(workshop.iterdir()) == []


def test_an_unknown_plugin_is_told_with_those_there_are(workshop, capsys):
    for verb in ("check", "show", "test"):
        code, (line,) = said(capsys, verb, "moon")

        assert code == 1
        assert line.startswith("casetasks: There is no plugin and no folder called moon. Installed: approval, ")


def test_a_folder_without_a_plugin_is_told(workshop, capsys):
    (workshop / "empty").mkdir()

    code, (line,) = said(capsys, "check", "empty")

    assert code == 1
    assert line.endswith("empty has no pyproject.toml with an entry point in the group casetasks.plugins, and is no package.")


def test_bundled_plugins_are_checked_by_name_or_all_together(workshop, capsys):
    assert said(capsys, "check", "approval") == (0, ["ok       approval (casetasks_app.plugins.approval)"])
    code, lines = said(capsys, "check")

    assert code == 0
    assert "ok       standard (casetasks_app.plugins.standard)" in lines


PACKAGE = "noise_reading/noise_reading"
FAULTS = {
    "a model that is no model": ("process.bpmn", "<userTask", "<scriptTask", "scriptTask is not carried out; scripts are not run"),
    "a form that does not exist": (
        "process.bpmn",
        'formKey="result"',
        'formKey="moon"',
        "process.bpmn:11: result: no form is called 'moon'",
    ),
    "a field without options": (
        "forms.py",
        'options=[("done", "Done"), ("not_done", "Not done")]',
        "options=[]",
        "forms.py:6: FormRefused: Result: outcome: the options are missing.",
    ),
    "a name that is taken": ("forms.py", "reason: str", "case: str", "forms.py:6: forms['result']: case is the name of another"),
    "a mistake of syntax": ("forms.py", "class Result(Form):", "class Result(Form:", "forms.py:6: SyntaxError: "),
    "a module that is not there": ("summary.py", "import Iterator", "import Iterators", "summary.py:3: ImportError: "),
    "a summary without its function": ("summary.py", "def summary", "def view", "__init__.py:6: summary.py has no function called"),
    "an id that is taken": (
        "__init__.py",
        'id="noise_reading"',
        'id="approval"',
        "__init__.py:6: The id approval is taken by ",
    ),
}


def test_a_package_without_a_plugin_is_told(made, capsys):
    change(made / "noise_reading" / "__init__.py", "plugin = TaskPlugin(", "other = TaskPlugin(")

    _, lines = said(capsys, "check", "noise_reading")

    assert lines[1].endswith("AttributeError: module 'noise_reading' has no attribute 'plugin'")


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_with_file_and_line(made, capsys, fault):
    name, before, after, sentence = FAULTS[fault]
    change(made / "noise_reading" / name, before, after)

    code, lines = said(capsys, "check", "noise_reading")

    assert code == 1
    assert lines[0].startswith("problem  ")
    assert any(f"- {PACKAGE}/{sentence}" in line or (name == "process.bpmn" and sentence in line) for line in lines), lines


def test_the_suite_stops_at_what_cannot_be_used(made, capsys):
    change(made / "noise_reading" / "process.bpmn", "<endEvent", "<complexGateway")

    code, lines = said(capsys, "test", "noise_reading")

    assert code == 1
    assert lines[1] == "  problem  It can be used"


def test_own_tests_that_fail_fail_the_command(made, capfd):
    change(made / "tests" / "test_noise_reading.py", '("closed", "done")', '("closed", "undone")')

    code = main(["plugin", "test", "noise_reading"])

    out = capfd.readouterr().out
    assert code == 1
    assert "  problem  Its own tests pass" in out


def test_without_pytest_the_suite_runs_and_the_own_tests_are_said_to_be_left(made, capsys, monkeypatch):
    import importlib.util as finder

    look = finder.find_spec
    monkeypatch.setattr(finder, "find_spec", lambda name, *more: None if name == "pytest" else look(name, *more))

    code, lines = said(capsys, "test", "noise_reading")

    assert code == 1
    assert sum(line.startswith("  ok  ") for line in lines) == 13
    assert lines[-1].endswith("were not run: pytest is not installed here. Run: pip install pytest")


def test_the_suite_alone_needs_no_pytest_and_no_tests(made, capsys):
    code, lines = said(capsys, "test", "noise_reading", "--suite-only")

    assert code == 0
    assert len(lines) == 14


def test_showing_tells_steps_people_forms_and_variables(workshop, capsys):
    code, lines = said(capsys, "show", "approval")

    assert code == 0
    assert lines[0] == "Approval (approval, version 1.0)"
    assert "  Decide (decide): whoever has the task or the task's team, form decide" in lines
    assert "  Revise or withdraw (revise): the case manager, form revise" in lines
    assert "  reason: Reason (long text, only if decision != 'approve')" in lines
    assert "  conditions (form decide)" in lines
    assert lines[lines.index("Ends as") + 1 :][:2] == ["  approved", "  withdrawn"]


def test_the_picture_goes_to_a_file_or_alone_to_standard_output(workshop, capsys):
    code, _ = said(capsys, "show", "approval", "--svg", "approval.svg")
    drawn, (svg,) = said(capsys, "show", "approval", "--svg", "-")

    assert (code, drawn) == (0, 0)
    assert svg.startswith("<svg xmlns=")
    assert (workshop / "approval.svg").read_text() == svg + "\n"
    assert said(capsys, "show", "approval", "--svg", "moon/x.svg") == (
        1,
        ["casetasks: moon/x.svg cannot be written: No such file or directory"],
    )


def test_a_plugin_without_a_diagram_has_no_picture(made, capsys):
    model = made / "noise_reading" / "process.bpmn"
    text = model.read_text()
    model.write_text(text[: text.index("<bpmndi:BPMNDiagram")] + "</definitions>")

    code, (line,) = said(capsys, "show", "noise_reading", "--svg", "-")

    assert (code, line) == (1, "casetasks: The process model of this plugin has no diagram, so there is nothing to draw.")


def test_what_cannot_be_used_is_not_shown(made, capsys):
    change(made / "noise_reading" / "process.bpmn", "<userTask", "<scriptTask")

    code, lines = said(capsys, "show", "noise_reading")

    assert code == 1
    assert lines[0] == "casetasks: noise_reading cannot be shown before it is mended:"


def test_another_module_of_the_same_name_is_not_mistaken_for_the_plugin(made, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "noise_reading", sys.modules["json"])

    _, lines = said(capsys, "check", "noise_reading")

    assert "another module has this name" in lines[1]
