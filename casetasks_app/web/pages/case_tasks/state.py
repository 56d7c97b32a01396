"""The tasks tab of a case in one browser tab."""

from dataclasses import replace

import reflex as rx

from casetasks_app import clock
from casetasks_app.cases.tasks_tab import TasksTab
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.errors import NotFound
from casetasks_app.live import topics
from casetasks_app.people.own_lists import ListName
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import drafts, hold
from casetasks_app.tasks.queries import picked
from casetasks_app.web import case_door, changes, messages, notices, routes, session, watch
from casetasks_app.web.guard import allow
from casetasks_app.web.pages.case_tasks import arranging, claiming, following, rows, words
from casetasks_app.web.pages.case_tasks.following import Seen
from casetasks_app.web.pages.case_tasks.rows import ShownTask
from casetasks_app.web.roles import Role
from casetasks_app.web.ui import own_list
from casetasks_app.web.ui.bulk_state import Bulk
from casetasks_app.web.ui.case_frame import CaseBar
from casetasks_app.web.ui.case_state import case_bar_of, case_title
from casetasks_app.web.ui.list_address import Asked
from casetasks_app.web.ui.list_shown import offered_again, ticks_of
from casetasks_app.web.ui.list_state import Listing, tried
from casetasks_app.web.ui.own_list import OwnList
from casetasks_app.web.ui.own_views import OwnViews
from casetasks_app.web.ui.pages import Pages
from casetasks_app.web.ui.refusals import Refusal
from casetasks_app.web.ui.shell_state import Shell, say


class CaseTasks(Listing, OwnList, OwnViews, Bulk, rx.State):
    """What the tab shows. Rows that others add or move wait until they are asked for."""

    loaded: bool = False
    refusal: Refusal = Refusal()
    uses_tasks: bool = False
    title: str = messages.tab_title("Tasks")
    bar: CaseBar = CaseBar()
    summary: str = ""
    caption: str = ""
    nothing: str = ""
    open_tasks: rx.Field[list[ShownTask]] = rx.field(default_factory=list)
    over_tasks: rx.Field[list[ShownTask]] = rx.field(default_factory=list)
    open_heading: str = ""
    over_heading: str = ""
    fold_href: str = ""
    fold_words: str = ""
    under: Pages = Pages()
    pill: str = ""
    changed: int = 0
    added: int = 0
    may_create: bool = False
    why_not: str = ""
    needed: str = ""
    empty: str = ""
    draft: str = ""
    draft_href: str = ""
    way: str = ""
    printed: str = ""

    _case_id: int = 0
    _known: frozenset[int] = frozenset()
    _asked: Asked = Asked("")
    _labels: rx.Field[dict[tuple[str, str], str]] = rx.field(default_factory=dict)
    _lost: rx.Field[dict[int, str]] = rx.field(default_factory=dict)
    _added: int = 0
    _marked: tuple[tuple[int, float], ...] = ()

    @rx.event
    @allow(Role.PERSON)
    async def open(self) -> None:
        """Arrive; a step of the dialog over the list is another address of the same case."""
        case = routes.case_in(self.router.url.path).upper()
        if self.bar.reference != case:
            self.reset()
        before, self._asked = self._asked, arranging.asked_of(case, self.router.url.query_parameters)
        actor = await session.actor(self)
        await own_list.arrive(self, ListName.CASE_TASKS, arranging.KIND.columns, actor)
        try:
            await self._again(actor)
        except NotFound:
            self.reset()
            self.refusal = await case_door.refusal(case)
            self.title, self.loaded = messages.tab_title(self.refusal.title), True
        if self._asked.is_other_choice(before):
            say(await self.get_state(Shell), self.frame.matches or f"{self.under.summary}.")

    @rx.event
    @allow(Role.PERSON)
    async def offer(self, key: str) -> None:
        """Show what one filter offers."""
        offers = picked.offers((await load(self, await session.actor(self))).tasks, self._asked.choice, key)
        self.offered, self.ticks = key, ticks_of(self._asked, key, offers, self._labels)

    @rx.event(background=True)
    @allow(Role.PERSON)
    async def watch(self) -> None:
        """Follow what others do on this case, unless it stays shut."""
        if await watch.opened(self) and self._case_id:
            await watch.follow(self, [topics.case(self._case_id)], load=_load_together, show=following.take_in)

    @rx.event
    @allow(Role.PERSON)
    async def show_updates(self) -> rx.event.EventSpec:
        """Put rows that waited where they belong."""
        await self._again(await session.actor(self))
        say(await self.get_state(Shell), self.summary)
        return rx.set_focus("list-summary")

    @rx.event
    @allow(Role.PERSON)
    async def claim(self, task_id: int) -> None:
        """Take a task of one's team."""
        await claiming.claim(self, task_id)

    @rx.event
    @allow(Role.PERSON)
    async def claim_next(self) -> None:
        """Take the task that is due first in one's teams."""
        await claiming.claim_following(self)

    @rx.event
    @allow(Role.PERSON)
    async def release(self, task_id: int) -> None:
        """Put a task back for its team."""
        actor, now = await session.actor(self), clock.now()
        await unit_of_work.run(hold.release, task_id=task_id, actor=actor, now=now)
        await self._again(actor)
        task = self._named(task_id)
        await notices.say(self, messages.released(task.number, task.holder))

    @rx.event
    @allow(Role.CASE_MANAGER)
    async def discard(self) -> rx.event.EventSpec:
        """Throw one's half-filled dialog away."""
        actor, now = await session.actor(self), clock.now()
        await unit_of_work.run(drafts.discard, case_id=self._case_id, actor=actor, now=now)
        await self._again(actor)
        await notices.say(self, words.DISCARDED)
        return rx.set_focus("create-task")

    async def _refreshed(self) -> None:
        await self._again(await session.actor(self))

    async def _matching(self, actor: Actor) -> list[int]:
        return list(arranging.arranged(await load(self, actor), self._asked).listed)

    async def _again(self, actor: Actor) -> None:
        found = await tried(self, load(self, actor))
        if found is not None:
            self._fill(found, actor)
        self.uses_tasks, self.loaded = self.uses_tasks or found is None, True

    def _named(self, task_id: int) -> ShownTask:
        return next(each for each in [*self.open_tasks, *self.over_tasks] if each.task_id == task_id)

    def _fill(self, found: TasksTab, actor: Actor) -> None:
        header = found.header
        self._case_id, self.refusal, self.uses_tasks = header.id, Refusal(), header.has_tasks_tab
        self.bar, self.title = case_bar_of(header), case_title("Tasks", header)
        self.printed = words.printed(header.reference, actor.name, clock.now())
        self._marked, self._added, self.pill = (), 0, ""
        self._say_around(found)
        self.summary = rows.summary([rows.shown(each, found.needed.types) for each in found.tasks])
        self._arrange(found)

    def _say_around(self, found: TasksTab) -> None:
        draft = found.draft
        changes.put(
            self,
            may_create=found.may_create,
            why_not=words.why_not(found),
            needed=words.needed(found),
            empty=words.empty(found),
            draft=messages.draft_found(draft.type_name, draft.saved) if draft else "",
            draft_href=routes.case_tasks(found.header.reference, self._asked.whole, new=draft.step) if draft else "",
        )

    def _arrange(self, found: TasksTab) -> None:
        made = arranging.arranged(found, self._asked)
        self._asked, self._labels, self._known = made.asked, made.labels, made.known
        for name in arranging.DRAWN:
            setattr(self, name, getattr(made, name))
        self.open_tasks = [replace(each, lost=self._lost.get(each.task_id, "")) for each in made.open_tasks]
        self.caption = arranging.caption(self.bar.reference, made.asked)
        self.ticks = offered_again(made.asked, self.offered, self.ticks, made.labels)


async def load(state: CaseTasks, actor: Actor) -> TasksTab:
    """Read the tab that the address names; raises NotFound."""
    return await following.read(routes.case_in(state.router.url.path), actor)


async def _load_together(state: CaseTasks, actor: Actor) -> Seen:
    return await following.read_together(state._case_id, routes.case_in(state.router.url.path), actor)  # noqa: SLF001
