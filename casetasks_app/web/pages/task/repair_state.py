"""Trying again what the process of a task could not do by itself."""

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases import repairing
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.web import session
from casetasks_app.web.guard import allow
from casetasks_app.web.notices import say
from casetasks_app.web.pages.task import texts
from casetasks_app.web.pages.task.state import TaskView, arrange, load
from casetasks_app.web.roles import Role


class TaskRepair(TaskView):
    """The one button of the alert about a process that has come to a halt."""

    @rx.event
    @allow(Role.PERSON)
    async def try_again(self) -> None:
        """Give timers and jobs that were given up another round of tries; the page follows what comes of it."""
        if self._page is None:
            return
        actor = await session.actor(self)
        await unit_of_work.run(repairing.try_again, task_id=self._page.row.task_id, actor=actor, now=clock.now())
        arrange(self, await load(self, actor))
        await say(self, texts.TRIED_AGAIN)
