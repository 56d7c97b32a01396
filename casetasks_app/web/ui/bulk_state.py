"""Several tasks of a list at once: claim, put back, assign, with one message about all of them."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from casetasks_app import clock
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.people.rules import Actor
from casetasks_app.tasks import bulk
from casetasks_app.tasks.bulk import Outcome
from casetasks_app.tasks.hold import NobodyChosen, Recipient
from casetasks_app.tasks.queries.assigning import Choice
from casetasks_app.web import list_messages, notices, session
from casetasks_app.web.guard import allow
from casetasks_app.web.roles import Role
from casetasks_app.web.ui.choices import Option

VERBS: dict[str, Callable[..., Outcome]] = {"claim": bulk.claim, "release": bulk.release}


class Bulk(rx.State, mixin=True):
    """Which tasks are ticked lives in the browser; the server knows whether any are, and for whom somebody is looked for."""

    recipients: rx.Field[list[Option]] = rx.field(default_factory=list)
    is_assigning: bool = False
    assigning: str = ""
    assign_error: str = ""
    selection_seq: int = 0

    _picked: tuple[int, ...] = ()
    _offered_to: tuple[Choice, ...] = ()
    _is_selecting: bool = False
    _is_cut_off: bool = False

    @rx.event
    @allow(Role.PERSON)
    async def selecting(self, is_selecting: bool) -> None:
        """Hold the list still while something is ticked."""
        self._is_selecting = is_selecting

    @rx.event
    @allow(Role.PERSON)
    async def with_picked(self, verb: str, ids: list[int]) -> None:
        """Claim or put back what is ticked, or ask to whom to assign it."""
        self._is_cut_off = False
        await _begun(self, verb, ids)

    @rx.event
    @allow(Role.PERSON)
    async def with_all(self, verb: str) -> None:
        """Do the same with all tasks that match at this moment, on every page, up to the limit of one press."""
        ids = await self._matching(await session.actor(self))
        self._is_cut_off = len(ids) > bulk.MOST
        await _begun(self, verb, ids[: bulk.MOST])

    @rx.event
    @allow(Role.PERSON)
    async def assign_picked(self, answers: dict[str, Any]) -> None:
        """Assign what is ticked to the person or team that was chosen."""
        try:
            to = chosen_of(self._offered_to, str(answers.get("to", "")))
        except NobodyChosen as refusal:
            self.assign_error = refusal.message
            return
        outcome = await _done(self, bulk.assign, self._picked, to=Recipient(to.team_id, to.person_id))
        self.is_assigning = False
        await _told(self, outcome, list_messages.assigned_to(to.name))

    @rx.event
    @allow(Role.PERSON)
    def leave_assigning(self) -> None:
        """Go back to the list; what is ticked stays ticked."""
        self.is_assigning = False

    async def _matching(self, actor: Actor) -> list[int]:
        """Each list says itself what matches on all its pages; one more than the limit is enough."""
        raise NotImplementedError


def options_of(choices: tuple[Choice, ...]) -> list[Option]:
    """Return the people and teams on offer; the value is their place, never a number of the database."""
    return [
        Option(str(place), each.name, each.load if each.person_id is None else f"{each.team}, {each.load}")
        for place, each in enumerate(choices)
    ]


def chosen_of(choices: tuple[Choice, ...], value: str) -> Choice:
    """Return who was chosen; raises NobodyChosen."""
    if not value.isdecimal() or len(value) > len("1000") or int(value) >= len(choices):
        raise NobodyChosen
    return choices[int(value)]


async def _begun(state: Any, verb: str, ids: list[int]) -> None:  # noqa: ANN401
    if verb in VERBS:
        await _told(state, await _done(state, VERBS[verb], ids), list_messages.DONE[verb])
    else:
        await _ask(state, ids)


async def _done(state: Any, verb: Callable[..., Outcome], ids: Any, **more: object) -> Outcome:  # noqa: ANN401  any state with a list
    actor, outcome = await session.actor(state), Outcome()
    for batch in bulk.batches(ids):
        outcome += await unit_of_work.run(verb, task_ids=batch, actor=actor, now=clock.now(), **more)
    return outcome


async def _ask(state: Any, ids: list[int]) -> None:  # noqa: ANN401
    actor, tasks = await session.actor(state), [each for batch in bulk.batches(ids) for each in batch]
    found = await unit_of_work.ask(bulk.recipients, task_ids=tasks, actor=actor, now=clock.now())
    state._picked, state._offered_to = tuple(tasks), found  # noqa: SLF001
    state.recipients, state.is_assigning, state.assign_error = options_of(found), True, ""
    state.assigning = list_messages.assign_these(len(tasks))


async def _told(state: Any, outcome: Outcome, done: str) -> None:  # noqa: ANN401
    state.selection_seq, state._is_selecting = state.selection_seq + 1, False  # noqa: SLF001
    await state._refreshed()  # noqa: SLF001
    title, text = list_messages.bulk_result(len(outcome.done), done, [(each.reference, each.reason) for each in outcome.refused])
    cut_off = list_messages.only_first(bulk.MOST) if state._is_cut_off else ""  # noqa: SLF001
    is_all = not outcome.refused and not cut_off
    await notices.say(state, title, " ".join(filter(None, (text, cut_off))), kind="success" if is_all else "warning")
