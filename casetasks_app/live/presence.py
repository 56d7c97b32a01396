"""Who looks at a task at the moment, and who writes in it: remembered by this process for some seconds, never stored."""

from collections import defaultdict
from dataclasses import dataclass

from casetasks_app.live import topics
from casetasks_app.live.hub import Hub, hub

SEEN_FOR_SECONDS = 45.0
"""How long somebody counts as there after their page was last heard of, and as writing after they last wrote."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the task open."""

    person_id: int
    name: str
    is_writing: bool = False


@dataclass(slots=True)
class _Seen:
    name: str
    until: float
    writes_until: float = 0.0


class Presence:
    """Belongs to the event loop; `at` is its time in seconds. Whoever watches the task's topic hears of who comes and starts to write."""

    def __init__(self, hub: Hub) -> None:
        """Start with nobody anywhere."""
        self._hub = hub
        self._tasks: defaultdict[int, dict[int, _Seen]] = defaultdict(dict)

    def seen(self, task_id: int, *, person_id: int, name: str, at: float) -> None:
        """Note that a page of this person shows the task."""
        people = self._people(task_id, at)
        is_new = person_id not in people
        people.setdefault(person_id, _Seen(name, at)).until = at + SEEN_FOR_SECONDS
        if is_new:
            self._hub.mark({topics.presence(task_id)})

    def wrote(self, task_id: int, *, person_id: int, at: float) -> None:
        """Note that somebody who is seen wrote in the task's form; who is not seen does not want to be."""
        one = self._people(task_id, at).get(person_id)
        if one is None:
            return
        was_writing, one.writes_until = one.writes_until > at, at + SEEN_FOR_SECONDS
        if not was_writing:
            self._hub.mark({topics.presence(task_id)})

    def left(self, task_id: int, *, person_id: int) -> None:
        """Forget somebody at once, because they asked for it."""
        if self._tasks[task_id].pop(person_id, None) is not None:
            self._hub.mark({topics.presence(task_id)})

    def others(self, task_id: int, *, person_id: int, at: float) -> list[Present]:
        """Return who else has the task open, in the order in which they came."""
        people = self._people(task_id, at)
        return [Present(each, one.name, one.writes_until > at) for each, one in people.items() if each != person_id]

    def next_end(self, task_id: int, *, at: float) -> float:
        """Return in how many seconds somebody stops to count as there or as writing; infinite when nobody does."""
        ends = [end for one in self._people(task_id, at).values() for end in (one.until, one.writes_until) if end > at]
        return min(ends, default=float("inf")) - at

    def _people(self, task_id: int, at: float) -> dict[int, _Seen]:
        for task in [task for task, people in self._tasks.items() if all(one.until <= at for one in people.values())]:
            del self._tasks[task]
        people = self._tasks[task_id]
        for person in [person for person, one in people.items() if one.until <= at]:
            del people[person]
        return people


presence = Presence(hub)
"""Who is where, as far as this process knows."""
