"""Conformance of what a plugin imports: of the product nothing but the contract, so that the rest may change."""

import ast
from collections.abc import Iterator
from pathlib import Path

from casetasks_app.task_types import registry
from casetasks_app.task_types.contract import TaskPlugin

_PRODUCT = "casetasks_app"
_CONTRACT = f"{_PRODUCT}.task_types"
_TESTS = "tests"


def import_problems(plugin: TaskPlugin) -> Iterator[str]:
    """Each line of the package that imports something of the product that is no part of the contract; tests may."""
    folder = registry.folder_of(plugin)
    for file in sorted(folder.rglob("*.py")) if folder else ():
        inside = file.relative_to(folder) if folder else file
        if _TESTS not in inside.parts:
            strange = _strange(file, plugin.package or "")
            yield from (f"{inside}:{line}: imports {module}; a plugin knows {_CONTRACT} alone" for line, module in strange)


def _strange(file: Path, own: str) -> Iterator[tuple[int, str]]:
    for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for module in _imported(part):
            if module.split(".")[0] == _PRODUCT and not f"{module}.".startswith((f"{_CONTRACT}.", f"{own}.")):
                yield getattr(part, "lineno", 1), module


def _imported(part: ast.AST) -> list[str]:
    if isinstance(part, ast.Import):
        return [alias.name for alias in part.names]
    if isinstance(part, ast.ImportFrom) and part.module and not part.level:
        return [part.module if part.module != _PRODUCT else f"{_PRODUCT}.{alias.name}" for alias in part.names]
    return []
