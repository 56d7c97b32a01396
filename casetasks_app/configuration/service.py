"""Import and export of the whole configuration, in one transaction."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from casetasks_app.configuration import removing, rules, stored, yaml
from casetasks_app.configuration.applying import Applying, Changes
from casetasks_app.configuration.problems import ConfigurationRefused, Problem
from casetasks_app.configuration.setups import Configuration, in_order
from casetasks_app.configuration.stored import Stored
from casetasks_app.db.unit_of_work import touch
from casetasks_app.errors import ChangedMeanwhile, NotAllowed
from casetasks_app.people.rules import Actor
from casetasks_app.task_types import registry

__all__ = [
    "Changes",
    "ConfigurationRefused",
    "check_configuration",
    "export_configuration",
    "import_configuration",
    "problems_of_stored",
]

TOPIC = "configuration"


def export_configuration(session: Session) -> str:
    """Return the whole configuration as one YAML file; importing it again changes nothing."""
    return yaml.written(stored.configuration(session, stored.rows(session)))


def check_configuration(session: Session, *, text: str, now: datetime) -> Configuration:
    """Read and check a file as an import would, without changing anything; raises ConfigurationRefused."""
    wanted = _accepted(text, now)
    _refuse_removals(session, wanted, stored.rows(session))
    return wanted.configuration


def import_configuration(session: Session, *, text: str, actor: Actor, now: datetime) -> Changes:
    """Make the file the whole configuration: add, change, remove; only what differs is touched.

    What is in use cannot be removed by leaving it out, only retired; the prefix of a case type with cases stays.
    Raises NotAllowed for anybody but an administrator and ConfigurationRefused with every problem; then nothing changed.
    """
    if not actor.is_administrator:
        raise NotAllowed
    wanted = _accepted(text, now)
    before = stored.rows(session, for_change=True)
    _refuse_removals(session, wanted, before)
    try:
        changes = Applying(session, in_order(wanted.configuration), before, now).carry_out()
    except IntegrityError as error:
        raise ChangedMeanwhile from error
    if changes:
        touch(session, TOPIC)
    return changes


def problems_of_stored(session: Session, *, now: datetime) -> list[Problem]:
    """Return what is wrong with the stored configuration by now: a plugin that is gone, for one."""
    return rules.problems(stored.configuration(session, stored.rows(session)), plugins=registry.installed(), now=now)


def _accepted(text: str, now: datetime) -> yaml.Parsed:
    parsed = yaml.parsed(text)
    found = rules.problems(parsed.configuration, plugins=registry.installed(), now=now)
    if found:
        raise ConfigurationRefused(Problem(each.where, each.message, each.path, parsed.line(each.path)) for each in found)
    return parsed


def _refuse_removals(session: Session, wanted: yaml.Parsed, before: Stored) -> None:
    found = removing.problems(session, wanted=wanted.configuration, before=before)
    if found:
        raise ConfigurationRefused(Problem(each.where, each.message, each.path, wanted.line(each.path)) for each in found)
