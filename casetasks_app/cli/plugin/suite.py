"""`casetasks plugin test`: the conformance suite for any plugin, then the plugin's own tests."""

import importlib.util
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from casetasks_app.cli import place
from casetasks_app.cli.command import Command
from casetasks_app.cli.plugin.check import plugin_argument

if TYPE_CHECKING:
    from casetasks_app.cli.plugin.found import Found
    from casetasks_app.task_types.contract import TaskPlugin


def _test(arguments: Namespace) -> int:
    from casetasks_app.cli.plugin.examined import examine
    from casetasks_app.cli.plugin.found import bundled_places, found

    failed = 0
    for each in found(arguments.plugin):
        seen = examine(each.candidate, bundled_places() if each.folder else {})
        print(f"{seen.name} ({seen.place})")
        if seen.plugin is None or seen.problems:
            _print_finding("It can be used", seen.problems)
            failed += 1
            continue
        failed += _suite(seen.plugin)
        failed += _own_tests(each, seen.plugin) if not arguments.suite_only else 0
    return 1 if failed else 0


def _suite(plugin: "TaskPlugin") -> int:
    from casetasks_app.play.conformance import findings

    failed = 0
    for finding in findings(plugin):
        _print_finding(finding.name, finding.problems)
        failed += bool(finding.problems)
    return failed


def _print_finding(name: str, problems: tuple[str, ...]) -> None:
    print(f"  {'problem' if problems else 'ok':<8} {name}", flush=True)
    for problem in problems:
        print(f"           - {problem}", flush=True)


def _own_tests(found: "Found", plugin: "TaskPlugin") -> int:
    """Run the tests that lie in the project's or the package's folder; 0 when they pass or there are none."""
    from casetasks_app.task_types import registry

    folders = [folder / "tests" for folder in (found.folder, registry.folder_of(plugin)) if folder is not None]
    tests = next((folder for folder in folders if folder.is_dir()), None)
    if tests is None:
        print("           no tests of its own were found")
        return 0
    if importlib.util.find_spec("pytest") is None:
        print(f"  problem  Its own tests in {tests} were not run: pytest is not installed here. Run: pip install pytest")
        return 1
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", str(tests)], cwd=tests.parent, env=_environment(found), check=False)
    _print_finding("Its own tests pass", ("see above",) if done.returncode else ())
    return 1 if done.returncode else 0


def _environment(found: "Found") -> dict[str, str]:
    """The plugin's folder and the product are importable for its tests, wherever they are started."""
    paths = [*map(str, found.import_from), str(place.ROOT), place.environment({}).get("PYTHONPATH", "")]
    return place.environment({"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONDONTWRITEBYTECODE": "1"})


def _arguments(parser: ArgumentParser) -> None:
    plugin_argument(parser)
    parser.add_argument("--suite-only", action="store_true", help="do not run the plugin's own tests")


COMMANDS = (Command("plugin test", "run the conformance suite for a plugin, and its own tests", _test, _arguments),)
