"""The plugins that come with the product, loaded once and checked as at start."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from casetasks_app.process.check import check
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.forms import Known, Problems, check_answers, rows


def checked(plugin: TaskPlugin) -> list[str]:
    forms = {key: rows(plugin.form(key)) for key in plugin.forms}
    settings = rows(plugin.settings) if plugin.settings else ()
    topics = {topic: plugin.job(topic).gives for topic in plugin.jobs}
    return [str(problem) for problem in check(registry.model_xml(plugin), forms=forms, settings=settings, topics=topics)]


@pytest.fixture(scope="session")
def plugins() -> Mapping[str, TaskPlugin]:
    bundled = [candidate for candidate in registry.candidates() if candidate.is_bundled]
    return registry.load(check=checked, found=bundled).plugins


@pytest.fixture
def settings_problems(now: datetime) -> Callable[..., dict[str, str]]:
    """Tell what is wrong with the settings of a plugin, by setting."""

    def problems(plugin: TaskPlugin, **raw: object) -> dict[str, str]:
        assert plugin.settings is not None
        found = check_answers(plugin.settings, raw, known=Known(now, teams={"seniors"}))
        return found.by_field if isinstance(found, Problems) else {}

    return problems
