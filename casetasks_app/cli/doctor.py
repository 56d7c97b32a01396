"""`casetasks doctor`: look at an installation and say what is wrong with it, and what to do."""

import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from casetasks_app import settings
from casetasks_app.cli.command import Command
from casetasks_app.errors import CaseTasksError

FREE_MB = 500
SILENT_FOR = timedelta(minutes=5)
MAIL_WAITS = timedelta(minutes=30)


def _doctor(_arguments: Namespace) -> int:
    failed, has_database = 0, True
    for name, look in _LOOKS.items():
        if look in _IN_DATABASE and not has_database:
            print(f"{'skipped':<8} {name}")
            continue
        problems = _problems(look)
        failed += len(problems)
        has_database = has_database and not (look is _database and problems)
        print(f"{'problem' if problems else 'ok':<8} {name}")
        for problem in problems:
            print(f"         - {problem}")
    print(f"\n{failed} {'problem' if failed == 1 else 'problems'} found." if failed else "\nEverything is well.")
    return 1 if failed else 0


def _problems(look: Callable[[], Iterator[str]]) -> list[str]:
    """Return what one look finds; a look that fails itself is a finding, not a reason to stop looking."""
    try:
        return list(look())
    except CaseTasksError as error:
        return [error.message]
    except OperationalError as error:
        return [f"The database cannot be used: {str(error.orig).splitlines()[0]}. Check CASETASKS_DATABASE_URL and CASETASKS_DATA_DIR."]
    except Exception as error:  # noqa: BLE001 - whatever is broken here is what the person asked to be told
        return [f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}"]


def _settings() -> Iterator[str]:
    config = settings.load()
    yield from config.problems() if config.production else ()
    if config.smtp_password and config.mail_tls == "none":
        yield "CASETASKS_MAIL_PASSWORD would be sent unencrypted: set CASETASKS_MAIL_TLS to starttls or tls."


def _data_folder() -> Iterator[str]:
    folder = settings.load().data_dir
    if not folder.is_dir():
        yield f"{folder} does not exist yet; it is made at the first start."
        return
    probe = folder / ".doctor"
    probe.write_bytes(b"")
    probe.unlink()
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < FREE_MB:
        yield f"Only {free:,} MB are free in {folder.resolve()}; files and the database need room."


def _database() -> Iterator[str]:
    from casetasks_app.db import migrate

    if migrate.is_new():
        yield "There is no database yet. Start the server once, or run: casetasks migrate"
    elif not migrate.is_current():
        yield "The schema is not the newest. Run: casetasks migrate"


def _plugins() -> Iterator[str]:
    from casetasks_app.process import installed

    for refusal in installed.load().refused:
        yield str(refusal)


def _configuration() -> Iterator[str]:
    from casetasks_app import clock
    from casetasks_app.configuration import service
    from casetasks_app.db.unit_of_work import unit_of_work

    with unit_of_work.read() as session:
        for problem in service.problems_of_stored(session, now=clock.now()):
            yield str(problem)


def _people() -> Iterator[str]:
    from sqlmodel import col, select

    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.models import CaseType, CaseTypeManagerTeam, Membership, Person

    with unit_of_work.read() as session:
        if session.exec(select(Person.id).where(col(Person.is_administrator), col(Person.is_active)).limit(1)).first() is None:
            yield "There is no administrator. Run: casetasks person add --administrator"
        managed = select(CaseTypeManagerTeam.case_type_id).join(Membership, col(Membership.team_id) == CaseTypeManagerTeam.team_id)
        for name in session.exec(select(CaseType.name).where(~col(CaseType.is_retired), col(CaseType.id).not_in(managed))):
            yield f"Nobody is a case manager of “{name}”. Run: casetasks person join EMAIL TEAM"


def _jobs() -> Iterator[str]:
    from sqlmodel import select

    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.models import Heartbeat

    with unit_of_work.read() as session:
        beats = session.exec(select(Heartbeat).order_by(Heartbeat.job)).all()
    if not beats:
        yield "No job has run yet. Start the server with CASETASKS_RUN_JOBS, or run: casetasks worker"
    for beat in beats:
        silent = clock.now() - beat.at
        if silent > SILENT_FOR:
            yield f"{beat.job} last ran {silent // timedelta(minutes=1):,} minutes ago."
    yield from _processes()


def _processes() -> Iterator[str]:
    from casetasks_app import clock
    from casetasks_app.cases import jobs, timers
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.tasks.queries import troubles

    with unit_of_work.read() as session:
        given_up = troubles.troubles(session)
        long_due = {"timer": timers.due, "job": jobs.due}
        late = {what: len(due(session, now=clock.now() - SILENT_FOR, limit=1_000)) for what, due in long_due.items()}
    for trouble in given_up:
        yield f"{trouble.reference}: {trouble.sentence} Run: casetasks process retry {trouble.reference}"
    for what, count in late.items():
        if count:
            yield f"{count:,} {what}{'' if count == 1 else 's'} of processes should have run more than five minutes ago."


def _mail() -> Iterator[str]:
    from casetasks_app import clock
    from casetasks_app.db.unit_of_work import unit_of_work
    from casetasks_app.mail import queries

    with unit_of_work.read() as session:
        health = queries.health(session)
    if health.problem:
        yield health.problem
    if health.failed:
        yield f"{health.failed:,} mails could not be sent; the Emails page shows why and sends them again."
    if health.has_server and health.oldest_waiting_at and clock.now() - health.oldest_waiting_at > MAIL_WAITS:
        yield f"{health.waiting:,} mails wait, the oldest for more than half an hour."


_LOOKS: dict[str, Callable[[], Iterator[str]]] = {
    "Settings": _settings,
    "Data folder": _data_folder,
    "Database": _database,
    "Plugins": _plugins,
    "Configuration": _configuration,
    "People": _people,
    "Jobs": _jobs,
    "Mail": _mail,
}

_IN_DATABASE = frozenset({_configuration, _people, _jobs, _mail})
"""What cannot be looked at while the database is not well."""

COMMANDS = (Command("doctor", "look at this installation and say what is wrong", _doctor),)
