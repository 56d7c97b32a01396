"""Put the installed plugins into use, each with its process model checked."""

import logging

from casetasks_app import settings
from casetasks_app.process.check import check
from casetasks_app.process.model import Problem
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import rows
from casetasks_app.task_types.registry import Loaded

_log = logging.getLogger(__name__)


def load() -> Loaded:
    """Load every plugin once for this process; raises PluginBroken for a bundled one that fails its check."""
    return registry.load(check=model_problems, strict=settings.load().strict_plugins)


def model_problems(plugin: TaskPlugin) -> list[str]:
    """Return what keeps a plugin's process model from being used, each with file and line; warnings are logged."""
    found = model_findings(plugin)
    for problem in found:
        if problem.is_warning:
            _log.warning("plugin %s: %s", plugin.id, problem)
    return [str(problem) for problem in found if not problem.is_warning]


def model_findings(plugin: TaskPlugin) -> list[Problem]:
    """Return everything found in a plugin's process model, warnings too."""
    forms = {key: rows(plugin.form(key)) for key in plugin.forms}
    own_settings = rows(plugin.settings) if plugin.settings else ()
    topics = {topic: plugin.job(topic).gives for topic in plugin.jobs}
    return check(registry.model_xml(plugin), forms=forms, settings=own_settings, topics=topics)
