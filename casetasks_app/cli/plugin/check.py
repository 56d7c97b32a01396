"""`casetasks plugin check`: everything wrong with a plugin, each problem with its file and line."""

from argparse import ArgumentParser, Namespace

from casetasks_app.cli.command import Command


def _check(arguments: Namespace) -> int:
    from casetasks_app.cli.plugin.examined import examine
    from casetasks_app.cli.plugin.found import bundled_places, found

    asked = found(arguments.plugin)
    taken = bundled_places() if any(each.folder for each in asked) else {}
    failed = 0
    for each in asked:
        seen = examine(each.candidate, taken)
        failed += bool(seen.problems)
        print(f"{'problem' if seen.problems else 'ok':<8} {seen.name} ({seen.place})")
        for problem in (*seen.problems, *(f"warning: {warning}" for warning in seen.warnings)):
            print(f"         - {problem}")
        if seen.plugin is not None and not seen.problems:
            taken[seen.plugin.id] = seen.place
    return 1 if failed else 0


def plugin_argument(parser: ArgumentParser) -> None:
    """Take the name of an installed plugin or the folder of one that is not."""
    parser.add_argument("plugin", metavar="PLUGIN", help="the id of an installed plugin, or a folder")


def _optional(parser: ArgumentParser) -> None:
    parser.add_argument("plugin", nargs="?", default="", metavar="PLUGIN", help="an installed plugin's id, or a folder; all without it")


COMMANDS = (Command("plugin check", "say everything that is wrong with plugins, with file and line", _check, _optional),)
