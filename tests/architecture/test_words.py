"""What the files say: about the product alone, and nothing that holds on one machine only."""

import re

from tests.architecture import source

TEXT = (".py", ".md", ".toml", ".yaml", ".yml", ".css", ".html", ".txt", ".bpmn", ".sh", ".mako", ".json")
LOCKS = ("requirements.lock", "requirements-dev.lock", "reflex.lock/package-lock.json", "reflex.lock/package.json")
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.>*/-])/(?:root|work|home/\w+|Users/\w+)/")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|lorem ipsum)\b", re.IGNORECASE)


def written(pattern: re.Pattern[str]) -> list[str]:
    """Return file and line of each match in the project's texts, lock files and this file apart."""
    return [
        f"{path}:{number}"
        for path in source.files()
        if path.endswith(TEXT) and path not in LOCKS and not path.endswith("test_words.py")
        for number, line in enumerate(source.text(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_of_one_machine():
    found = written(PLACES_OF_ONE_MACHINE)

    assert not found, "\n".join(found)


def test_no_file_says_that_it_is_unfinished():
    found = written(UNFINISHED)

    assert not found, "\n".join(found)


def test_the_python_lock_files_name_versions_and_hashes_but_no_addresses():
    for path in LOCKS[:2]:
        lines = source.text(path).splitlines()

        addressed = [line for line in lines if "://" in line or line.startswith("-")]

        assert "--hash=sha256:" in source.text(path)
        assert not addressed


def test_the_front_end_lock_names_versions_and_hashes_but_no_addresses():
    lock = source.text(LOCKS[2])

    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock


def test_the_front_end_is_locked_for_npm_alone():
    locks = {path for path in source.files() if path.startswith("reflex.lock/")}

    assert locks == set(LOCKS[2:])
