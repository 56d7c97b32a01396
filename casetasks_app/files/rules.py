"""Who may have a file. Pure."""

from dataclasses import dataclass, field
from typing import Protocol


class Viewer(Protocol):
    """What must be known of the person who asks; `people.rules.Actor` is one."""

    @property
    def person_id(self) -> int:
        """Who it is."""
        ...

    @property
    def teams(self) -> frozenset[int]:
        """The teams they belong to."""
        ...

    @property
    def leads(self) -> frozenset[int]:
        """The teams they lead."""
        ...

    @property
    def manages(self) -> frozenset[int]:
        """The case types they are a case manager of."""
        ...


@dataclass(frozen=True, slots=True)
class Shared:
    """How far a file has been shared.

    `drafting_id` has the open step in whose draft it is. The rest comes from the steps of the tasks that have it: people
    have or had a step; `teams` are those whose task it is as a whole; `team_ids` are all teams it is with, whose leads
    see it too (behaviour, section 10).
    """

    case_type_id: int | None
    added_by_id: int | None
    is_draft: bool = False
    is_removed: bool = False
    drafting_id: int | None = None
    people: frozenset[int] = field(default_factory=frozenset[int])
    teams: frozenset[int] = field(default_factory=frozenset[int])
    team_ids: frozenset[int] = field(default_factory=frozenset[int])


def step_key(step_id: int) -> str:
    """Return the mark of files that were uploaded for a step and not yet sent with its answers."""
    return f"step:{step_id}"


def may_download(viewer: Viewer, shared: Shared) -> bool:
    """Case managers of the type have every file of the case, a task's people those sent with or answered in it (B6, S52).

    A file that is not yet part of anything is its uploader's alone; one in the draft of a step also belongs to whoever
    has the step now, since drafts travel with the task (B19). A removed one is nobody's.
    """
    if shared.is_removed:
        return False
    if shared.is_draft:
        return viewer.person_id in {shared.added_by_id, shared.drafting_id}
    return (
        shared.case_type_id in viewer.manages
        or viewer.person_id in shared.people
        or bool(viewer.teams & shared.teams)
        or bool(viewer.leads & shared.team_ids)
    )
