"""`casetasks plugin migrate`: running tasks go on with the newest process of their plugin."""

from argparse import ArgumentParser, Namespace

from casetasks_app.cli import ready
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError


class NotInUse(CaseTasksError):
    """This plugin is not in use."""


def _migrate(arguments: Namespace) -> None:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.tasks import migrate

    ready.database_and_plugins()
    _require_in_use(arguments.plugin)
    with unit_of_work() as session:
        waiting = migrate.behind(session, plugin_id=arguments.plugin, now=clock.now())
    moved = left = 0
    for task_id in waiting:
        with unit_of_work() as session:
            found = migrate.migrate_task(session, task_id=task_id, now=clock.now())
        if found:
            moved, left = moved + (not found.reason), left + bool(found.reason)
            print(f"left:  {found.reference}: {found.reason}" if found.reason else f"moved: {found.reference}")
    print(f"{moved:,} {'task' if moved == 1 else 'tasks'} moved, {left:,} left with the process they run.")


def _require_in_use(plugin_id: str) -> None:
    from casetasks_app.task_types import registry

    loaded = registry.loaded()
    if plugin_id in loaded.plugins:
        return
    for refusal in loaded.refused:
        if plugin_id in {refusal.id, refusal.place}:
            raise NotInUse("\n  - ".join([f"{plugin_id} is not in use until it is mended:", *refusal.reasons]))
    raise NotInUse(f"There is no plugin called {plugin_id} in use. In use: {', '.join(loaded.plugins)}.")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("plugin", metavar="ID", help="the id of a plugin in use")


COMMANDS = (Command("plugin migrate", "let running tasks go on with the newest process of a plugin", _migrate, _arguments),)
