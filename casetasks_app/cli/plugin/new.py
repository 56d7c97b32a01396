"""`casetasks plugin new`: a plugin to begin with, whole or not at all."""

import importlib.util
import keyword
import re
import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class NameRefused(CaseTasksError):
    """A plugin cannot be called so."""


class CannotMake(CaseTasksError):
    """The plugin was not made."""


def _new(arguments: Namespace) -> None:
    from casetasks_app.cli.plugin.skeleton import files

    name, home = str(arguments.name), Path(arguments.folder)
    folder = home / name
    _require_word(name)
    if folder.exists() or folder.is_symlink():
        raise CannotMake(f"{folder} is there already; nothing was written.")
    _require_free_name(name)
    _write(folder, files(name))
    print(f"Made: {folder}")
    for path in sorted(files(name)):
        print(f"  {path}")
    print(f"\nNext:\n  casetasks plugin test {folder}\n  casetasks plugin show {folder}\n  pip install --editable {folder}")


def _require_word(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise NameRefused(f"“{name}” is no name for a plugin: use small letters, digits and _, at most 40, a letter first.")
    if keyword.iskeyword(name):
        raise NameRefused(f"“{name}” is a word of Python; a package cannot be called so.")


def _require_free_name(name: str) -> None:
    taken = _taken(name)
    if taken:
        raise NameRefused(f"“{name}” is the name of {taken}; choose another.")


def _taken(name: str) -> str:
    from casetasks_app.cli.plugin.found import installed_names

    if name in installed_names():
        return "a plugin that is installed"
    return "a Python package that is installed" if importlib.util.find_spec(name) is not None else ""


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write everything beside the place, then put it there in one move. Raises CannotMake."""
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise CannotMake(f"{folder.parent} cannot be written to: {error.strerror}.") from error
    try:
        for path, text in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_text(text, encoding="utf-8")
        made.chmod(0o755)
        made.rename(folder)
    except OSError as error:
        raise CannotMake(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the plugin and its package are called, such as noise_reading")
    parser.add_argument("--in", dest="folder", default=".", metavar="FOLDER", help="where to make its folder (default: here)")


COMMANDS = (Command("plugin new", "make a plugin to begin with: one step, a form, a view, a test", _new, _arguments),)
