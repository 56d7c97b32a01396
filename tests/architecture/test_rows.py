"""Every row of the behaviour, S1 to S90 and B1 to B34, is named by a test."""

import ast
import re
from collections.abc import Iterator

from tests.architecture import source

ROWS = {f"S{number}" for number in range(1, 91)} | {f"B{number}" for number in range(1, 35)}
NAMED = re.compile(r"\b[SB]\d+\b")
RANGE = re.compile(r"\b[SB]\d+\s*(?:[-–—…]|\.\.|to)\s*[SB]?\d+\b")


def docstrings() -> Iterator[tuple[source.Function, str]]:
    for path in source.modules("tests/"):
        if path.startswith("tests/architecture/"):
            continue
        for one in source.functions(path):
            if one.node.name.startswith("test_"):
                yield one, ast.get_docstring(one.node) or ""


def test_every_row_is_named_by_a_test():
    named = {row for _, docstring in docstrings() for row in NAMED.findall(docstring)}

    missing = sorted(ROWS - named, key=lambda row: (row[0], int(row[1:])))

    assert not missing, f"{len(missing)} rows without a test: {' '.join(missing)}"


def test_no_test_names_a_row_that_does_not_exist():
    unknown = [f"{one.place}: {row}" for one, docstring in docstrings() for row in NAMED.findall(docstring) if row not in ROWS]

    assert not unknown, "\n".join(unknown)


def test_no_test_claims_a_range_of_rows():
    ranges = [f"{one.place}: {found[0]}" for one, docstring in docstrings() for found in RANGE.finditer(docstring)]

    assert not ranges, "\n".join(ranges)


def test_no_test_is_empty():
    hollow = [one.place for one, _ in docstrings() if not any(is_check(node) for node in ast.walk(one.node))]

    assert not hollow, "\n".join(hollow)


def is_check(node: ast.AST) -> bool:
    """Tell whether this can fail: an assert, pytest.raises, or a call of something whose name says that it checks."""
    if isinstance(node, ast.Assert):
        return True
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return bool(re.search(r"(raises|fail|expect|assert|check|must|refus|wait_for)", name))
