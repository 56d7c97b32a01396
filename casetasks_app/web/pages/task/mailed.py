"""What a task page says to whoever came by the link of a mail that others have overtaken."""

from collections.abc import Mapping
from datetime import datetime

from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.mail import links
from casetasks_app.moments import short_date
from casetasks_app.people.rules import Actor
from casetasks_app.tasks.queries import since
from casetasks_app.web import messages


async def news(parameters: Mapping[str, str], *, task_id: int, actor: Actor, now: datetime) -> list[str]:
    """Return that there was a mail, and what happened since; nothing without a mail or without news."""
    mailed_at = links.moment_of(parameters.get(links.WRITTEN, ""), now)
    if mailed_at is None:
        return []
    changed = await unit_of_work.ask(since.since, task_id=task_id, moment=mailed_at, actor=actor, now=now)
    return [*messages.old_link(short_date(mailed_at, now), changed)] if changed else []
