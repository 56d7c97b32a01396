"""What the product offers is documented: each setting, each command, each dependency."""

import re
import tomllib

from casetasks_app.cli import main
from casetasks_app.settings import Settings
from tests.architecture import source

SETTINGS, COMMANDS, DEPENDENCIES = "docs/reference/settings.md", "docs/reference/command-line.md", "docs/decisions/dependencies.md"


def test_every_setting_stands_in_the_reference():
    page = source.text(SETTINGS)

    missing = [name for name in Settings.model_fields if f"`CASETASKS_{name.upper()}`" not in page]

    assert not missing


def test_the_reference_names_no_setting_that_does_not_exist():
    named = set(re.findall(r"`CASETASKS_([A-Z_]+)`", source.text(SETTINGS)))

    unknown = sorted(name for name in named if name.lower() not in Settings.model_fields)

    assert not unknown


def test_every_setting_has_a_description():
    silent = [name for name, field in Settings.model_fields.items() if not field.description]

    assert not silent


def test_every_command_stands_in_the_reference():
    page = source.text(COMMANDS)

    missing = [command.name for command in main.COMMANDS if f"casetasks {command.name}" not in page]

    assert not missing


def test_every_dependency_has_its_reason():
    page = source.text(DEPENDENCIES).lower()

    missing = [name for name in dependencies() if f"`{name}`" not in page]

    assert not missing


def dependencies() -> list[str]:
    project = tomllib.loads(source.text("pyproject.toml"))
    extra = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *(one for group in extra for one in group)]
    return [re.split(r"[\[=<>~! ]", one, maxsplit=1)[0].lower() for one in wanted]
