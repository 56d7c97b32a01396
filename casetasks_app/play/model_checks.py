"""Conformance of what stands still: the process model, its picture and the README."""

import importlib.resources
from collections.abc import Iterator

from casetasks_app.process import engine, installed
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin

README = "README.md"


def model_problems(plugin: TaskPlugin) -> list[str]:
    """Everything that keeps the model from being used, each with file and line."""
    return installed.model_problems(plugin)


def picture_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Elements that stand in the file and not in its diagram: people would look for them in vain."""
    model = engine.load(registry.model_xml(plugin))
    drawn = {shape.element for shape in model.diagram.shapes} | {edge.element for edge in model.diagram.edges}
    for process in model.processes.values():
        for node in process.nodes.values():
            if node.id not in drawn:
                yield f"{model.name}:{node.line}: {node.id}: is not in the diagram of the file"
        for flow in process.flows:
            if flow.id not in drawn:
                yield f"{model.name}:{flow.line}: {flow.id}: is not in the diagram of the file"


def readme_problems(plugin: TaskPlugin) -> Iterator[str]:
    """A README that is missing or does not name every end."""
    text = plugin.resource(README)
    if text is None:
        yield f"there is no {README} in the package"
        return
    model = engine.load(registry.model_xml(plugin))
    for node in model.ends:
        if node.title and node.title not in text:
            yield f"{README} does not say that it can end as “{node.title}”"


def letter_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Letters without a job that sends them: texts that nobody would ever read."""
    sent = {letter for topic in plugin.jobs for letter in plugin.job(topic).letters}
    for name in sorted(_letters(plugin) - sent):
        yield f"emails/{name}/ is sent by no job"
    model = engine.load(registry.model_xml(plugin))
    for topic in sorted(set(plugin.jobs) - {node.topic for node in model.nodes.values()}):
        yield f"jobs[{topic!r}]: no service or send task of the process has this topic"


def _letters(plugin: TaskPlugin) -> set[str]:
    folder = importlib.resources.files(plugin.package).joinpath("emails") if plugin.package else None
    return {each.name for each in folder.iterdir() if each.is_dir()} if folder is not None and folder.is_dir() else set()
