"""Which plugins there are: the bundled ones, then whatever installed packages offer; it knows none of them by name."""

import importlib
import importlib.metadata
import logging
import pkgutil
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from casetasks_app.errors import CaseTasksError
from casetasks_app.task_types.contract import TaskPlugin, UnreadableFile, contract_problems
from casetasks_app.task_types.one_step import one_step_model
from casetasks_app.task_types.summary import summary_of

BUNDLED = "casetasks_app.plugins"
ENTRY_POINTS = "casetasks.plugins"
MODEL = "process.bpmn"

_log = logging.getLogger(__name__)

Check = Callable[[TaskPlugin], Iterable[object]]
"""Answers with everything wrong with a plugin's process, each shown with `str()`; nothing means it may be used."""


class PluginBroken(CaseTasksError):
    """A plugin cannot be used, so the application does not start."""


class NotLoaded(CaseTasksError):
    """The plugins were not loaded yet: whoever puts the application together calls registry.load(…) first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that was found: where, whether it is bundled, how to get it, and what its folder or entry point is called."""

    place: str
    is_bundled: bool
    get: Callable[[], object]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A plugin that is not available: its id as far as known, where it came from, and everything wrong with it."""

    id: str
    place: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        """One line for the log, the configuration page and the command line."""
        return f"{self.id} ({self.place}): {' '.join(self.reasons)}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading came to: the plugins in use by id, and those that are not."""

    plugins: Mapping[str, TaskPlugin]
    refused: tuple[Refusal, ...] = ()


_state: list[Loaded] = []


def load(*, check: Check, strict: bool = False, found: Iterable[Candidate] | None = None) -> Loaded:
    """Load every plugin, check it, and use those that pass from now on.

    A foreign one that fails is reported and left out. Raises PluginBroken for a bundled one, and with `strict` for any.
    `found` takes the place of looking around; tests of loading itself use it.
    """
    plugins: dict[str, TaskPlugin] = {}
    places: dict[str, str] = {}
    refused: list[Refusal] = []
    for candidate in candidates() if found is None else found:
        outcome = _examined(candidate, check, places)
        if isinstance(outcome, TaskPlugin):
            plugins[outcome.id], places[outcome.id] = outcome, candidate.place
            continue
        if candidate.is_bundled or strict:
            raise PluginBroken(f"The plugin {outcome}")
        _log.error("plugin not available: %s", outcome)
        refused.append(outcome)
    _state[:] = [Loaded(MappingProxyType(plugins), tuple(refused))]
    return _state[-1]


def loaded() -> Loaded:
    """What `load` came to, refusals included. Raises NotLoaded."""
    if not _state:
        raise NotLoaded
    return _state[-1]


def installed() -> Mapping[str, TaskPlugin]:
    """The plugins in use by id, bundled ones first. Raises NotLoaded."""
    return loaded().plugins


@contextmanager
def registered(*plugins: TaskPlugin) -> Generator[None]:
    """Have these plugins in use for a while, beside those that are; for tests."""
    earlier = list(_state)
    before = _state[-1] if _state else Loaded({})
    _state.append(Loaded(MappingProxyType({**before.plugins, **{each.id: each for each in plugins}}), before.refused))
    try:
        yield
    finally:
        # Whatever was loaded meanwhile, by a command under test for instance, is forgotten with it.
        _state[:] = earlier


def model_xml(plugin: TaskPlugin) -> str:
    """The BPMN text: the plugin's process.bpmn, or one step with its only form."""
    written = plugin.resource(MODEL)
    if written is not None:
        return written
    return one_step_model(plugin.id, plugin.name, next(iter(plugin.forms)))


def folder_of(plugin: TaskPlugin) -> Path | None:
    """The folder of the plugin's package; None for one that has no package or does not lie in a folder."""
    module = sys.modules.get(plugin.package or "")
    file = getattr(module, "__file__", None)
    return Path(file).parent if file else None


def candidates() -> Iterator[Candidate]:
    """Every plugin to be found here, bundled ones by folder, then entry points by name."""
    bundled = importlib.import_module(BUNDLED)
    for module in sorted(pkgutil.iter_modules(bundled.__path__), key=lambda module: module.name):
        place = f"{BUNDLED}.{module.name}"
        yield Candidate(place, True, lambda place=place: importlib.import_module(place).plugin, module.name)
    for entry in sorted(importlib.metadata.entry_points(group=ENTRY_POINTS), key=lambda entry: (entry.name, entry.value)):
        package = f"{entry.dist.name} {entry.dist.version}, {entry.value}" if entry.dist else entry.value
        yield Candidate(package, False, entry.load, entry.name)


def _examined(candidate: Candidate, check: Check, places: Mapping[str, str]) -> TaskPlugin | Refusal:
    """The plugin, or why it cannot be used; it may raise anything while it is looked at."""
    name = candidate.place
    try:
        plugin = candidate.get()
        name = str(getattr(plugin, "id", name))
        reasons = _reasons(plugin, check, places)
    except UnreadableFile as failure:
        return Refusal(name, candidate.place, (str(failure),))
    except (Exception, SystemExit) as failure:  # noqa: BLE001 - other people's code runs here and must take nothing down
        _log.debug("loading %s failed", candidate.place, exc_info=True)
        return Refusal(name, candidate.place, (f"{type(failure).__name__} while it was loaded: {failure}",))
    if reasons or not isinstance(plugin, TaskPlugin):
        return Refusal(name, candidate.place, tuple(reasons))
    return plugin


def broken_rules(plugin: object, places: Mapping[str, str]) -> list[str]:
    """Everything in which an object breaks the rules for plugins, its process apart; `places` has the ids that are taken.

    Raises what importing its summary or making its forms raises.
    """
    problems = contract_problems(plugin)
    if problems or not isinstance(plugin, TaskPlugin):
        return problems
    if plugin.id in places:
        problems.append(f"The id {plugin.id} is taken by {places[plugin.id]}.")
    if plugin.resource(MODEL) is None and len(plugin.forms) > 1:
        problems.append(f"There is no {MODEL}, so one form is needed; forms has {', '.join(plugin.forms)}.")
    if not callable(summary_of(plugin)):
        problems.append("summary.py has no function called summary.")
    return problems


def _reasons(plugin: object, check: Check, places: Mapping[str, str]) -> list[str]:
    problems = broken_rules(plugin, places)
    return problems or ([str(problem) for problem in check(plugin)] if isinstance(plugin, TaskPlugin) else [])
