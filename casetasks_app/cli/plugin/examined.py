"""One plugin looked at: everything wrong with it, each problem with its file and line as far as there is one."""

import inspect
import re
import sysconfig
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import casetasks_app
from casetasks_app.process import installed
from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin, UnreadableFile
from casetasks_app.task_types.registry import MODEL, Candidate

_PRODUCT = Path(casetasks_app.__file__).parent
_ELSEWHERE = (Path(sysconfig.get_path("stdlib")), *(Path(sysconfig.get_path("purelib")) / name for name in ("pydantic", "pydantic_core")))
_ABOUT_FORM = re.compile(r"forms\['(\w+)'\]")
_IN_A_FILE = re.compile(r"^[\w./-]+:\d+: ")


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of looking at one plugin; `plugin` is None when it could not be imported."""

    name: str
    place: str
    plugin: TaskPlugin | None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def examine(candidate: Candidate, taken: Mapping[str, str]) -> Examined:
    """Import and check one plugin; `taken` has the places of the ids that are in use. Raises nothing."""
    try:
        plugin = candidate.get()
        problems, warnings = registry.broken_rules(plugin, taken), ()
        if isinstance(plugin, TaskPlugin) and not problems:
            found = installed.model_findings(plugin)
            problems = [str(problem) for problem in found if not problem.is_warning]
            warnings = tuple(_placed(str(problem), plugin) for problem in found if problem.is_warning)
    except (Exception, SystemExit) as failure:  # noqa: BLE001  other people's code runs here
        return Examined(candidate.name, candidate.place, None, (_failure(failure),))
    if not isinstance(plugin, TaskPlugin):
        return Examined(candidate.name, candidate.place, None, tuple(problems))
    return Examined(plugin.id, candidate.place, plugin, tuple(_placed(problem, plugin) for problem in problems), warnings)


def _failure(failure: BaseException) -> str:
    if isinstance(failure, UnreadableFile):
        return str(failure)
    words = f"{type(failure).__name__}: {failure}"
    if isinstance(failure, SyntaxError) and failure.filename:
        return f"{_shown(Path(failure.filename))}:{failure.lineno}: {type(failure).__name__}: {failure.msg}"
    own = [frame for frame in traceback.extract_tb(failure.__traceback__) if _is_own(frame.filename)]
    return f"{_shown(Path(own[-1].filename))}:{own[-1].lineno}: {words}" if own else words


def _is_own(name: str) -> bool:
    """Whether a line of a traceback is the plugin's, and not ours, Python's or Pydantic's."""
    file = Path(name)
    is_ours = file.is_relative_to(_PRODUCT) and not file.is_relative_to(_PRODUCT / "plugins")
    return not name.startswith("<") and not is_ours and not any(file.is_relative_to(folder) for folder in _ELSEWHERE)


def _placed(problem: str, plugin: TaskPlugin) -> str:
    """The problem behind the file and line it is about: that of the model, of a form, else of the TaskPlugin."""
    if _IN_A_FILE.match(problem):
        file = installed_file(plugin, problem.partition(":")[0])
        return f"{_shown(file.parent)}/{problem}" if file else problem
    about = _ABOUT_FORM.match(problem)
    thing = plugin.forms.get(about[1]) if about else plugin.settings if problem.startswith("settings") else None
    place = next(_lines_of(thing), "") or _line_of_plugin(plugin)
    return f"{place}: {problem}" if place else problem


def _lines_of(thing: object) -> Iterator[str]:
    if thing is None or not callable(thing):
        return
    try:
        yield f"{_shown(Path(inspect.getsourcefile(thing) or ''))}:{inspect.getsourcelines(thing)[1]}"
    except (OSError, TypeError):
        return


def _line_of_plugin(plugin: TaskPlugin) -> str:
    file = installed_file(plugin, "__init__.py")
    if file is None:
        return ""
    lines = file.read_text(encoding="utf-8").splitlines()
    return f"{_shown(file)}:{next((number for number, line in enumerate(lines, 1) if 'TaskPlugin(' in line), 1)}"


def installed_file(plugin: TaskPlugin, name: str) -> Path | None:
    """Where a file of the plugin's package lies; None where the package is no folder, or has no such file."""
    folder = registry.folder_of(plugin)
    file = folder / (MODEL if name == MODEL else name) if folder else None
    return file if file and file.is_file() else None


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
