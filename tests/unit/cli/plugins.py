"""Plugins as folders for the tests of the command line, and a fixture that forgets them again."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casetasks_app.cli.main import main


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder to work in; what is imported from it is forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    path, modules = list(sys.path), set(sys.modules)
    yield tmp_path
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(tmp_path)):
            del sys.modules[name]


@pytest.fixture
def made(workshop: Path) -> Path:
    """Give the folder of a plugin as `plugin new` makes it."""
    assert main(["plugin", "new", "noise_reading"]) == 0
    return workshop / "noise_reading"


def change(file: Path, before: str, after: str) -> None:
    """Put other words into a file; they must be there."""
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))
