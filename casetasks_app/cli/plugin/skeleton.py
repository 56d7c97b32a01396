"""What a new plugin begins with: one step, its form, its view, its README, and a test that passes at once."""

from casetasks_app.task_types.one_step import one_step_model

_PROJECT = """[project]
name = "{project}"
version = "1.0.0"
description = "A task plugin for Case Tasks."
readme = "{name}/README.md"
requires-python = ">=3.11"

[project.entry-points."casetasks.plugins"]
{name} = "{name}:plugin"

[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[tool.setuptools]
packages = ["{name}"]

[tool.setuptools.package-data]
{name} = ["*.bpmn", "*.md", "emails/*/*"]

[tool.pytest.ini_options]
testpaths = ["tests"]
pythonpath = ["."]
"""

_PLUGIN = '''"""Somebody does a piece of work and says how it went."""

from casetasks_app.task_types.contract import TaskPlugin
from {name}.forms import Result

plugin = TaskPlugin(
    id="{name}",
    name="{title}",
    version="1.0.0",
    summary="Somebody does a piece of work and says how it went.",
    forms={{"result": Result}},
    package=__package__,
)
'''

_FORMS = '''"""What the task asks."""

from casetasks_app.task_types.forms import Form, field


class Result(Form):
    """How the work went."""

    outcome: str = field("Outcome", "choice", what="an outcome", options=[("done", "Done"), ("not_done", "Not done")])
    reason: str = field("Reason", "long text", what="a reason", show_if="outcome == 'not_done'", max_length=2_000)
    files: list[str] = field("Attachments", "files", required=False)
'''

_SUMMARY = '''"""How the task shows itself in View."""

from collections.abc import Iterator

from casetasks_app.task_types.summary import Block, Decision, Files, TaskView, Text


def summary(task: TaskView) -> Iterator[Block]:
    """The outcome once there is one; called after every step, open or not."""
    result = task.latest("result")
    if result is None:
        yield Text("Not done yet.")
        return
    is_done = result.answer("outcome") == "done"
    yield Decision("Done" if is_done else "Not done", "good" if is_done else "bad", title="Outcome", byline=result.byline)
    if result.answer("reason"):
        yield Text(result.answer("reason"), title="Reason")
    if result.answer("files"):
        yield Files(tuple((each, task.files.get(each, "A file that is gone")) for each in result.answer("files")))
'''

_README = """# {title}

**What it is for.** A piece of work that somebody does and reports on.

**What it asks.**

| step | who | questions |
| --- | --- | --- |
| {title} | the person or the team who has the task | Outcome, Reason if it was not done, Attachments |

**How it can end.** `done`, whatever the outcome was.
"""

_TEST = '''"""The plugin on its own: no database, no pages, no clock."""

import pytest

from casetasks_app.play import AnswersRefused, Play, conformance_problems
from {name} import plugin


def test_it_keeps_everything_that_every_plugin_keeps():
    assert conformance_problems(plugin) == []


def test_it_ends_with_its_one_step():
    task = Play(plugin)

    task.do("result", outcome="done")

    assert (task.status, task.outcome) == ("closed", "done")


def test_what_was_not_done_needs_a_reason():
    task = Play(plugin)

    with pytest.raises(AnswersRefused, match="Enter a reason"):
        task.do("result", outcome="not_done")
'''


def files(name: str) -> dict[str, str]:
    """The files of a new plugin by their paths in its project folder."""
    words = {"name": name, "title": name.replace("_", " ").capitalize(), "project": f"casetasks-{name.replace('_', '-')}"}
    texts = {
        "pyproject.toml": _PROJECT,
        f"{name}/__init__.py": _PLUGIN,
        f"{name}/forms.py": _FORMS,
        f"{name}/summary.py": _SUMMARY,
        f"{name}/README.md": _README,
        f"tests/test_{name}.py": _TEST,
    }
    made = {path: text.format(**words) for path, text in texts.items()}
    return {**made, f"{name}/process.bpmn": one_step_model(name, words["title"], "result")}
