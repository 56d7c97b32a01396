"""Which plugin is meant: the name of one that is installed, or the folder of one that is not."""

import importlib
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from casetasks_app.errors import CaseTasksError
from casetasks_app.task_types import registry
from casetasks_app.task_types.registry import Candidate

PROJECT = "pyproject.toml"


class UnknownPlugin(CaseTasksError):
    """There is no such plugin."""


class NoPluginHere(CaseTasksError):
    """This folder holds no plugin."""


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that was asked for, and the project folder it was found in, if it was one."""

    candidate: Candidate
    folder: Path | None = None
    import_from: tuple[Path, ...] = field(default=())


def found(name: str) -> list[Found]:
    """The plugins that a word of the command line means: every one there is for an empty word.

    Raises UnknownPlugin, or NoPluginHere for a folder without one.
    """
    if not name:
        return [Found(candidate) for candidate in registry.candidates()]
    folder = Path(name)
    if folder.is_dir():
        return list(_in_folder(folder.resolve()))
    installed = [candidate for candidate in registry.candidates() if name in _names(candidate)]
    if not installed:
        there = sorted(candidate.name for candidate in registry.candidates())
        raise UnknownPlugin(f"There is no plugin and no folder called {name}. Installed: {', '.join(there)}.")
    return [Found(candidate) for candidate in installed]


def one(name: str) -> Found:
    """The single plugin that is meant. Raises UnknownPlugin or NoPluginHere, also where a folder holds several."""
    several = found(name)
    if len(several) > 1:
        raise UnknownPlugin(f"{name} holds several plugins: {', '.join(each.candidate.name for each in several)}. Install it and name one.")
    return several[0]


def installed_names() -> set[str]:
    """What the folders and entry points of the plugins here are called, those that do not work too."""
    return {candidate.name for candidate in registry.candidates()}


def bundled_places() -> dict[str, str]:
    """The ids that are taken before any plugin from elsewhere is looked at, each with its place."""
    return {candidate.name: candidate.place for candidate in registry.candidates() if candidate.is_bundled}


def _names(candidate: Candidate) -> set[str]:
    """What an installed plugin may be called by: its entry point, its package, its id."""
    try:
        plugin_id = str(getattr(candidate.get(), "id", ""))
    except (Exception, SystemExit):  # noqa: BLE001  a plugin that cannot be imported can still be asked for by name
        plugin_id = ""
    place = candidate.place.rpartition(", ")[2].partition(":")[0]
    return {candidate.name, place, plugin_id} - {""}


def _in_folder(folder: Path) -> Iterator[Found]:
    entries = _entry_points(folder)
    if not entries and (folder / "__init__.py").is_file():
        entries, root = {folder.name: f"{folder.name}:plugin"}, folder.parent
    else:
        root = folder / "src" if (folder / "src").is_dir() else folder
    if not entries:
        raise NoPluginHere(f"{folder} has no {PROJECT} with an entry point in the group {registry.ENTRY_POINTS}, and is no package.")
    for name, target in entries.items():
        yield Found(Candidate(str(folder), False, lambda target=target: _imported(root, target), name), folder, (root,))


def _entry_points(folder: Path) -> dict[str, str]:
    file = folder / PROJECT
    if not file.is_file():
        return {}
    try:
        read: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        group: object = read.get("project", {}).get("entry-points", {}).get(registry.ENTRY_POINTS, {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise NoPluginHere(f"{file} cannot be read: {error}") from error
    return {str(name): str(target) for name, target in cast("dict[object, object]", group).items()} if isinstance(group, dict) else {}


def _imported(root: Path, target: str) -> object:
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    module, _, attribute = target.partition(":")
    loaded = importlib.import_module(module)
    came_from = Path(loaded.__file__ or "").resolve()
    if not came_from.is_relative_to(root):
        raise ImportError(f"{module} is imported from {came_from}, not from {root}: another module has this name")
    return getattr(loaded, attribute or "plugin")
