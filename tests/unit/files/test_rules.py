"""Who may have a file."""

from dataclasses import replace

import pytest

from casetasks_app.files.rules import Shared, may_download
from casetasks_app.people.rules import Actor

SHARED = Shared(case_type_id=1, added_by_id=9, people=frozenset({5}), teams=frozenset({20}), team_ids=frozenset({20, 21}))


def somebody(person_id: int = 2, **roles: frozenset[int]) -> Actor:
    return Actor(person_id, "Somebody", "somebody@example.org", **roles)


ALLOWED = {
    "case manager of the type": somebody(manages=frozenset({1})),
    "person who has or had the task": somebody(5),
    "member of the team whose task it is": somebody(teams=frozenset({20})),
    "lead of a team that has it": somebody(leads=frozenset({21})),
}
REFUSED = {
    "manager of another type": somebody(manages=frozenset({2})),
    "member of a team whose colleague has it": somebody(teams=frozenset({21})),
    "whoever added it, when that is all they are": somebody(9),
    "administrator": Actor(2, "Sam", "", is_administrator=True),
}


@pytest.mark.parametrize("who", ALLOWED)
def test_a_files_people_may_have_it(who: str) -> None:
    """B6, S52."""
    assert may_download(ALLOWED[who], SHARED)


@pytest.mark.parametrize("who", REFUSED)
def test_nobody_else_may_have_it(who: str) -> None:
    """B6."""
    assert not may_download(REFUSED[who], SHARED)


def test_a_draft_is_its_uploaders_alone() -> None:
    draft = replace(SHARED, is_draft=True)

    assert may_download(somebody(9), draft)
    assert not any(may_download(viewer, draft) for viewer in ALLOWED.values())


def test_a_removed_file_is_nobodys() -> None:
    assert not any(may_download(viewer, replace(SHARED, is_removed=True)) for viewer in ALLOWED.values())


def test_a_draft_is_seen_by_whoever_uploaded_it_and_whoever_has_its_step() -> None:
    """B19: not by the case manager or the team before it is sent."""
    draft = replace(SHARED, is_draft=True, drafting_id=7)

    assert [may_download(somebody(person_id), draft) for person_id in (7, 9, 5)] == [True, True, False]
    assert not may_download(somebody(manages=frozenset({1})), draft)
