"""The project's own files and functions, read for the tests of this folder."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """One function or method: where it stands, what it is called, its length without docstring."""

    path: str
    node: Definition

    @property
    def place(self) -> str:
        """Return file, line and name, as a reader wants to click on it."""
        return f"{self.path}:{self.node.lineno} {self.node.name}"

    @property
    def lines(self) -> int:
        """Return its lines from `def` to the end, less its docstring."""
        first = self.node.body[0]
        total = (self.node.end_lineno or 0) - self.node.lineno + 1
        if ast.get_docstring(self.node) is None:
            return total
        return total - ((first.end_lineno or 0) - first.lineno + 1)

    @property
    def parameters(self) -> int:
        """Return the number of its parameters, less self or cls."""
        arguments = self.node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        return len([one for one in named if one.arg not in {"self", "cls"}])

    @property
    def decorators(self) -> set[str]:
        """Return its decorators as they are written, without arguments."""
        return {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in self.node.decorator_list}

    @property
    def returns(self) -> str:
        """Return its return annotation as it is written."""
        return ast.unparse(self.node.returns) if self.node.returns else ""


@cache
def files() -> tuple[str, ...]:
    """Return the path of every file of the project: committed, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


def modules(*folders: str) -> Iterator[str]:
    """Return the Python files under these folders, migrations apart: those are records, not code to be read."""
    for name in files():
        if name.endswith(".py") and name.startswith(folders) and "/migrations/" not in name:
            yield name


@cache
def text(path: str) -> str:
    """Return the contents of one file."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """Return one file's syntax tree."""
    return ast.parse(text(path), path)


def functions(path: str) -> Iterator[Function]:
    """Return every function and method of one file, nested ones too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Definition):
            yield Function(path, node)
