"""`casetasks doctor` on installations that are not well."""

from pathlib import Path

import pytest

from casetasks_app import settings
from casetasks_app.cli.main import main


@pytest.fixture
def nothing_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASETASKS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("CASETASKS_DATABASE_URL", raising=False)
    settings.load.cache_clear()
    yield tmp_path / "data"
    settings.load.cache_clear()


@pytest.mark.parametrize("has_folder", [False, True])
def test_before_the_first_start_it_says_so_in_a_sentence(nothing_yet: Path, capsys: pytest.CaptureFixture[str], has_folder: bool):
    if has_folder:
        nothing_yet.mkdir()

    code = main(["doctor"])

    said = capsys.readouterr().out
    assert code == 1
    assert "There is no database yet. Start the server once, or run: casetasks migrate" in said
    assert "Error" not in said
    assert [line.split()[-1] for line in said.splitlines() if line.startswith("skipped")] == ["Configuration", "People", "Jobs", "Mail"]
    assert not (nothing_yet / "casetasks.db").exists()


def test_a_database_that_does_not_answer_is_named_without_the_driver_s_report(
    nothing_yet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("CASETASKS_DATABASE_URL", "postgresql://casetasks@127.0.0.1:1/casetasks")
    settings.load.cache_clear()

    code = main(["doctor"])

    said = capsys.readouterr().out
    assert code == 1
    assert "The database cannot be used: " in said
    assert "Check CASETASKS_DATABASE_URL and CASETASKS_DATA_DIR." in said
    assert "OperationalError" not in said
