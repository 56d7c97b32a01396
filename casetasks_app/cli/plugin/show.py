"""`casetasks plugin show`: a plugin in words, and its process as a picture."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from casetasks_app.cli.command import Command
from casetasks_app.cli.plugin.check import plugin_argument
from casetasks_app.errors import CaseTasksError

if TYPE_CHECKING:
    from casetasks_app.process.model import Model, Node
    from casetasks_app.task_types.contract import TaskPlugin
    from casetasks_app.task_types.fields import FieldRow


class CannotBeShown(CaseTasksError):
    """This plugin cannot be shown."""


class NoPicture(CaseTasksError):
    """The process model of this plugin has no diagram, so there is nothing to draw."""


class CannotWrite(CaseTasksError):
    """The file cannot be written."""


def _show(arguments: Namespace) -> None:
    from casetasks_app.process import engine
    from casetasks_app.task_types import registry

    plugin = _sound(arguments.plugin)
    model = engine.load(registry.model_xml(plugin))
    if arguments.svg:
        _write_picture(model, arguments.svg)
    if arguments.svg != "-":
        print("\n".join(_told(plugin, model)))


def _sound(name: str) -> "TaskPlugin":
    from casetasks_app.cli.plugin.examined import examine
    from casetasks_app.cli.plugin.found import one

    seen = examine(one(name).candidate, {})
    if seen.plugin is None or seen.problems:
        raise CannotBeShown("\n  - ".join([f"{seen.name} cannot be shown before it is mended:", *seen.problems]))
    return seen.plugin


def _write_picture(model: "Model", target: str) -> None:
    from casetasks_app.process.picture import picture

    drawn = picture(model)
    if not drawn:
        raise NoPicture
    if target == "-":
        print(drawn)
        return
    try:
        Path(target).write_text(drawn + "\n", encoding="utf-8")
    except OSError as error:
        raise CannotWrite(f"{target} cannot be written: {error.strerror}") from error


def _told(plugin: "TaskPlugin", model: "Model") -> Iterator[str]:
    from casetasks_app.task_types.forms import rows

    yield f"{plugin.name} ({plugin.id}, version {plugin.version})"
    yield plugin.summary
    yield from _section("Steps", [_step(node) for node in model.steps])
    yield from _section("Time", [line for node in model.nodes.values() for line in _moment(node)])
    yield from _section("Jobs", [f"{node.title or node.id}: topic {node.topic}" for node in model.nodes.values() if node.topic])
    yield from _section("Ends as", [node.title or node.id for node in model.ends])
    for key in plugin.forms:
        yield from _section(f"Form {key}", [_field(row) for row in rows(plugin.form(key))])
    settings = rows(plugin.settings) if plugin.settings else ()
    yield from _section("Settings", [_field(row) for row in settings])
    yield from _section("Variables", _variables(plugin, settings))


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title}"
        yield from (f"  {line}" for line in lines)


def _step(node: "Node") -> str:
    often = " once for each item" if node.repetition else ""
    form = f", form {node.form}" if node.form else ", no form"
    return f"{node.title or node.id} ({node.id}): {_who(node)}{form}{often}"


def _who(node: "Node") -> str:
    words = {"${initiator}": "the case manager", "${assignee}": "whoever has the task", "${team}": "the task's team"}
    people = [words.get(text, text) for text in (node.performer, node.groups) if text]
    return " or ".join(people) or "whoever has the task"


def _moment(node: "Node") -> Iterator[str]:
    if node.timer:
        at = {"at": "at", "after": "after", "every": "every"}[node.timer.kind]
        beside = f" beside {node.host}" if node.host and not node.interrupts else f" ends {node.host}" if node.host else ""
        yield f"{node.title or node.id}: {at} {node.timer.text}{beside}"
    if node.message:
        yield f"{node.title or node.id}: when the message {node.message} arrives"


def _field(row: "FieldRow") -> str:
    facts = [row.kind, "" if row.required or not row.has_answer else "may be left out", f"only if {row.show_if}" if row.show_if else ""]
    return f"{row.name}: {row.label} ({', '.join(fact for fact in facts if fact)})"


def _variables(plugin: "TaskPlugin", settings: "Sequence[FieldRow]") -> list[str]:
    from casetasks_app.task_types.forms import rows
    from casetasks_app.task_types.jobs import START_VALUES

    by_form = [f"{row.name} (form {key})" for key in plugin.forms for row in rows(plugin.form(key)) if row.has_answer]
    by_job = [f"{name} (job {topic})" for topic in plugin.jobs for name in plugin.job(topic).gives]
    return [*sorted(START_VALUES), *(f"{row.name} (setting)" for row in settings if row.has_answer), *by_form, *by_job]


def _arguments(parser: ArgumentParser) -> None:
    plugin_argument(parser)
    parser.add_argument("--svg", metavar="FILE", default="", help="write the picture of the process to a file, - for standard output alone")


COMMANDS = (Command("plugin show", "tell steps, people, forms and variables of a plugin, and draw its process", _show, _arguments),)
