"""`casetasks plugin …`: make, check, show, test and migrate plugins."""

from casetasks_app.cli.plugin import check, migrate, new, show, suite

COMMANDS = (*new.COMMANDS, *check.COMMANDS, *show.COMMANDS, *suite.COMMANDS, *migrate.COMMANDS)
