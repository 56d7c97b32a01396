"""The commands that bring configuration, people and cases in and out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from casetasks_app.cli.main import main
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Case, Membership, Person
from tests.factories import a_task, an_office
from tests.integration.configuration.test_import import TEXT

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(database: str, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command line and return its exit code, what it said and what it complained about."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "configuration.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_is_checked_imported_and_exported_the_same(say: Said, file: Path, tmp_path: Path) -> None:
    assert say("config", "check", str(file)) == (0, "Can be imported: 1 case type, 2 task types, 3 teams, 1 calendar.\n", "")

    code, out, _ = say("config", "import", str(file))
    say("config", "export", str(tmp_path / "again.yaml"))

    assert (code, out.splitlines()[0]) == (0, "Added: Team 'managers'")
    assert (tmp_path / "again.yaml").read_text(encoding="utf-8") == TEXT
    assert say("config", "import", str(file))[1] == "Nothing to change: the configuration is like the file already.\n"
    assert say("config", "export")[1] == TEXT


def test_a_prerequisite_that_is_retired_is_named_and_not_refused(say: Said, file: Path) -> None:
    """Decision 0061."""
    needing = TEXT + "    limits:\n      prerequisites: [visit]\n"
    file.write_text(needing.replace("    cancellable: yes\n", "    cancellable: yes\n    retired: yes\n"), encoding="utf-8")
    note = "Note: Case type 'planning', task 'letter', Task Limits – Prerequisites: 'visit' is retired. "

    for verb in ("check", "import"):
        code, out, _ = say("config", verb, str(file))

        assert (code, out.splitlines()[-1].startswith(note)) == (0, True)
    file.write_text(needing, encoding="utf-8")
    assert "Note" not in say("config", "check", str(file))[1]


def test_a_refused_file_is_explained_line_by_line(say: Said, file: Path) -> None:
    file.write_text(TEXT.replace("calendar: office", "calendar: ofice"), encoding="utf-8")

    code, _, complaint = say("config", "import", str(file))

    assert (code, complaint) == (
        1,
        "casetasks: This configuration has 1 problem; nothing was changed.\n"
        "- Line 21: Case type 'planning', Calendar: There is no calendar 'ofice'. Did you mean 'office'?\n",
    )


def test_people_are_added_and_join_teams(say: Said, file: Path, tmp_path: Path) -> None:
    say("config", "import", str(file))
    secret = tmp_path / "secret"
    secret.write_text("correct horse battery\n")

    added = say("person", "add", "--administrator", "--email", "Sam@Example.org", "--name", "Sam", "--password-file", str(secret))
    joined = say("person", "join", "sam@example.org", "managers", "--lead")

    assert added == (0, "Administrator added: Sam <sam@example.org>\n", "")
    assert joined == (0, "sam@example.org is now a lead of managers.\n", "")
    with unit_of_work.read() as session:
        assert session.exec(select(Membership.is_lead)).all() == [True]
        assert session.exec(select(Person.is_administrator)).all() == [True]
    assert say("person", "join", "sam@example.org", "nowhere")[0] == 1
    assert say("person", "leave", "sam@example.org", "managers")[0] == 0


def test_somebody_is_deactivated_and_comes_back(say: Said) -> None:
    with unit_of_work() as session:
        office = an_office(session)
        a_task(session, office, assignee_id=office.tom.id)
        reference, name, address, manager = office.reference, office.task_type.name, office.tom.email, office.manager.email

    code, out, _ = say("person", "deactivate", address.upper())
    again = say("person", "deactivate", address)
    back = say("person", "reactivate", address)

    assert (code, out.splitlines()) == (
        0,
        [
            "Tom Ellis is deactivated: signed out everywhere, offered nowhere, and mailed nothing any more.",
            "Outstanding tasks, to be given to others (1):",
            f"  {reference}/1  {name}",
        ],
    )
    assert again == (1, "", "casetasks: This person is deactivated already.\n")
    assert back == (0, "Tom Ellis can sign in again, with the same password and teams as before.\n", "")
    assert say("person", "deactivate", manager)[1].splitlines()[1:] == [f"Open cases, to be taken over (1): {reference}"]
    assert say("person", "deactivate", "nobody@example.org")[0] == 1


def test_cases_of_a_file_are_raised_once(say: Said, file: Path, tmp_path: Path) -> None:
    """S64: by import as on a page, with the tasks that the configuration generates."""
    file.write_text(TEXT + "    auto_generate: {enabled: yes, team: officers}\n", encoding="utf-8")
    say("config", "import", str(file))
    cases = tmp_path / "cases.json"
    cases.write_text(
        json.dumps([{"case_type": "planning", "title": "One"}, {"case_type": "planning", "title": "Two", "answers": {"site": "x"}}])
    )

    first = say("raise", str(cases))
    again = say("raise", str(cases))

    assert first == (0, "PLN-1001: 1 task created\nPLN-1002: 1 task created\n", "")
    assert again[1].splitlines() == ["PLN-1001: 0 tasks created", "PLN-1002: 0 tasks created"]


BAD_CASES = {
    "no json": ("{", "cannot be read as JSON"),
    "a number": ("3", "The file must hold one case"),
    "unknown name": ('{"case_type": "planning", "titel": "x"}', "Case 1: 'titel' is not known."),
    "wrong kind": ('{"case_type": "planning", "title": 3}', "Case 1: title must be a text."),
    "no case type": ('{"title": "x"}', "Case 1: case_type is missing."),
    "unknown case type": ('{"case_type": "x", "title": "x"}', "There is no case type 'x'."),
    "second is refused": ('[{"case_type": "planning", "title": "x"}, {"case_type": "planning"}]', "- title: Enter a title for the case."),
    "key too long": (json.dumps({"case_type": "planning", "title": "x", "key": "k" * 71}), "Case 1: key must be 70 characters or less."),
    "stranger as manager": ('{"case_type": "planning", "title": "x", "manager": "a@b.cd"}', "There is nobody with the address a@b.cd."),
}


@pytest.mark.parametrize("case", BAD_CASES)
def test_a_file_of_cases_is_refused_as_a_whole(say: Said, file: Path, tmp_path: Path, case: str) -> None:
    say("config", "import", str(file))
    text, complaint = BAD_CASES[case]
    (tmp_path / "cases.json").write_text(text)

    code, _, said = say("raise", str(tmp_path / "cases.json"))

    assert code == 1
    assert complaint in said
    with unit_of_work.read() as session:
        assert session.exec(select(Case.id)).all() == []


def test_the_doctor_names_what_is_missing(say: Said, file: Path) -> None:
    say("config", "import", str(file))

    code, out, _ = say("doctor")

    assert code == 1
    assert "There is no administrator. Run: casetasks person add --administrator" in out
    assert "Nobody is a case manager of “Planning”." in out
    assert "ok       Database" in out
