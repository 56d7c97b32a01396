"""How the words of a command line find their verb, and what a person is told when they do not."""

from argparse import ArgumentParser, Namespace

import pytest

from casetasks_app import settings
from casetasks_app.cli import main
from casetasks_app.cli.command import Command
from casetasks_app.errors import NotFound


def refuse(_arguments: Namespace) -> None:
    raise NotFound


def count(arguments: Namespace) -> int:
    return len(arguments.words)


def words(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs="*")


TABLE = (Command("refuse", "always refuse", refuse), Command("word count", "count words", count, words))


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "COMMANDS", TABLE)


@pytest.mark.usefixtures("table")
def test_a_verb_of_two_words_gets_its_arguments():
    assert main.main(["word", "count", "a", "b", "c"]) == 3


@pytest.mark.usefixtures("table")
def test_a_refusal_is_one_sentence_and_exit_code_1(capsys: pytest.CaptureFixture[str]):
    exit_code = main.main(["refuse"])

    assert exit_code == 1
    assert capsys.readouterr().err == "casetasks: There is nothing here, or you may not see it.\n"


@pytest.mark.usefixtures("table")
def test_an_unknown_verb_is_not_understood(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stopped:
        main.main(["conjure"])

    assert stopped.value.code == 2
    assert "invalid choice: 'conjure'" in capsys.readouterr().err


def test_a_setting_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CASETASKS_PORT", "eighty")
    settings.load.cache_clear()

    exit_code = main.main(["run"])

    settings.load.cache_clear()
    assert exit_code == 1
    assert "CASETASKS_PORT: Input should be a valid integer" in capsys.readouterr().err


def test_every_verb_has_its_own_name():
    names = [command.name for command in main.COMMANDS]

    assert len(names) == len(set(names))
