"""What every plugin has to keep, whatever it is for: the conformance suite, run by `casetasks plugin test` and by tests.

It is plain functions that yield sentences, so that it runs wherever the product does; pytest is not needed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from casetasks_app.play import form_checks, import_checks, model_checks, play_checks
from casetasks_app.task_types.contract import TaskPlugin, contract_problems

Check = Callable[[TaskPlugin], Iterable[str]]

CHECKS: Mapping[str, Check] = {
    "It keeps the contract": contract_problems,
    "It knows nothing of the product but the contract": import_checks.import_problems,
    "Its process model is accepted": model_checks.model_problems,
    "Its process has a picture": model_checks.picture_problems,
    "Its jobs and letters belong together": model_checks.letter_problems,
    "Its README says what it is for and how it can end": model_checks.readme_problems,
    "Its forms can be drawn and stored": form_checks.row_problems,
    "Its forms accept what they ask for": form_checks.acceptance_problems,
    "Its forms refuse everything else in words": form_checks.refusal_problems,
    "Its settings have defaults that it accepts": form_checks.settings_problems,
    "Every task played at random ends": play_checks.ending_problems,
    "Its view can be shown at every stage": play_checks.view_problems,
    "Its view can be shown for tasks of other versions": play_checks.stale_view_problems,
}
"""Each fact by its name, in the order in which they are looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact of the suite, and everything in which the plugin does not keep it."""

    name: str
    problems: tuple[str, ...]


def findings(plugin: TaskPlugin) -> Iterator[Finding]:
    """Look at every fact; a check in which the plugin raises is a finding. Nothing after a broken contract is looked at."""
    for name, check in CHECKS.items():
        found = Finding(name, _problems(check, plugin))
        yield found
        if found.problems and check in {contract_problems, model_checks.model_problems}:
            return


def conformance_problems(plugin: TaskPlugin) -> list[str]:
    """Return everything that the suite finds, a sentence each: for a test of the plugin's own."""
    return [f"{found.name}: {problem}" for found in findings(plugin) for problem in found.problems]


def _problems(check: Check, plugin: TaskPlugin) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys(check(plugin)))
    except Exception as failure:  # noqa: BLE001  plugins are written by others; whatever they raise is what is to be told
        return (f"{type(failure).__name__}: {failure}",)
