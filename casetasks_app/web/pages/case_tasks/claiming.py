"""Claiming from the tasks tab: what is said to who gets a task, and to who was too late (B18)."""

from typing import Any

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.tasks import claim_next, hold
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.hold import AlreadyClaimed
from casetasks_app.web import messages, notices, routes, session
from casetasks_app.web.errors import in_two_parts
from casetasks_app.web.pages.case_tasks import words
from casetasks_app.web.ui.alerts import NoticeLink
from casetasks_app.web.ui.shell_state import Shell, say


async def claim(state: Any, task_id: int) -> None:  # noqa: ANN401  the state of the tab, which imports this module
    """Claim a task; who lost the race is told in the row who won."""
    actor = await session.actor(state)
    try:
        await unit_of_work.run(hold.claim, task_id=task_id, actor=actor, now=clock.now())
    except (AlreadyClaimed, TaskIsOver) as lost:
        state._lost = {**state._lost, task_id: lost.message}  # noqa: SLF001
        say(await state.get_state(Shell), lost.message)
        await state._refreshed()  # noqa: SLF001
        return
    await state._refreshed()  # noqa: SLF001
    said = in_two_parts(messages.claimed(state._named(task_id).reference))  # noqa: SLF001
    await notices.say(state, *said, links=[NoticeLink("My work", routes.my_work("mine"))])


async def claim_following(state: Any) -> None:  # noqa: ANN401
    """Claim the task that is due first in one's teams, of whatever case."""
    row = await unit_of_work.run(claim_next.claim_next, actor=await session.actor(state), now=clock.now())
    await state._refreshed()  # noqa: SLF001
    opened = NoticeLink(words.OPEN_TASK, routes.task(row.case_reference, row.number))
    await notices.say(state, *in_two_parts(messages.claimed(row.reference)), links=[opened])
