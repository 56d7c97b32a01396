"""What a command needs before it can do its work: the newest schema, and plugins in use."""

from casetasks_app.errors import CaseTasksError


class NotMigrated(CaseTasksError):
    """The database does not have the newest schema. Run casetasks migrate first."""


def database() -> None:
    """Raise NotMigrated unless the database can be used; a missing SQLite file is not made by asking."""
    from casetasks_app import settings
    from casetasks_app.db import migrate

    config = settings.load()
    is_missing = not config.database_url and not (config.data_dir / "casetasks.db").exists()
    if is_missing or not migrate.is_current():
        raise NotMigrated


def database_and_plugins() -> None:
    """Raise NotMigrated, or PluginBroken for a bundled plugin that fails its check."""
    from casetasks_app.process import installed

    database()
    installed.load()
