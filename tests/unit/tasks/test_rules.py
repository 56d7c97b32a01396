"""The rules of tasks, without a database."""

import pytest

from casetasks_app.people.rules import Actor
from casetasks_app.tasks import rules
from casetasks_app.tasks.rules import Limits, Standing, TypeCount

MANAGER = Actor(1, "Priya", "p@example.org", teams=frozenset({10}), manages=frozenset({5}))
OTHER = Actor(2, "Omar", "o@example.org", teams=frozenset({10}), manages=frozenset({5}))
MEMBER = Actor(3, "Tom", "t@example.org", teams=frozenset({20}))
LEAD = Actor(4, "Mia", "m@example.org", teams=frozenset({20}), leads=frozenset({20}))
STRANGER = Actor(5, "Sam", "s@example.org", teams=frozenset({30}))
ADMINISTRATOR = Actor(6, "Ada", "a@example.org", is_administrator=True)
HOLDER = Actor(7, "Ana", "n@example.org", teams=frozenset({20}))

OFFICERS = {"team_ids": frozenset({20}), "open_team_ids": frozenset({20})}
UNCLAIMED = Standing(5, 1, is_new=True, teams=frozenset({20}), claimable=frozenset({20}), **OFFICERS)
HELD = Standing(5, 1, is_new=True, holders=frozenset({7}), teams=frozenset({20}), is_cancellable=True, allows_override=True, **OFFICERS)
DIRECT = Standing(5, 1, is_new=True, holders=frozenset({7}), **OFFICERS)
PASSED_ON = Standing(5, 1, is_new=True, holders=frozenset({9}), team_ids=frozenset({20, 30}), open_team_ids=frozenset({30}))


@pytest.mark.parametrize(
    ("rule", "standing", "allowed"),
    [
        (rules.may_see, UNCLAIMED, {MANAGER, OTHER, MEMBER, LEAD, HOLDER}),
        (rules.may_see, DIRECT, {MANAGER, OTHER, LEAD, HOLDER}),
        (rules.may_claim, UNCLAIMED, {MEMBER, LEAD, HOLDER}),
        (rules.may_claim, HELD, set()),
        (rules.may_do, HELD, {HOLDER}),
        (rules.may_release, HELD, {MANAGER, LEAD, HOLDER}),
        (rules.may_reassign, HELD, {MANAGER, LEAD, HOLDER}),
        (rules.may_see, PASSED_ON, {MANAGER, OTHER, LEAD}),
        (rules.may_release, PASSED_ON, {MANAGER}),
        (rules.may_reassign, PASSED_ON, {MANAGER}),
        (rules.may_cancel, HELD, {MANAGER}),
        (rules.may_cancel, UNCLAIMED, set()),
        (rules.may_change_target, HELD, {MANAGER}),
    ],
)
def test_who_may_do_what(rule: object, standing: Standing, allowed: set[Actor]) -> None:
    """S43, S79, B17, B22, B23, B25."""
    everyone = (MANAGER, OTHER, MEMBER, LEAD, STRANGER, ADMINISTRATOR, HOLDER)

    assert {actor for actor in everyone if rule(actor, standing)} == allowed  # pyright: ignore[reportCallIssue]


def test_a_manager_who_left_the_managers_team_manages_no_more() -> None:
    """S79."""
    left = Actor(1, "Priya", "p@example.org")

    assert not rules.may_cancel(left, HELD)
    assert not rules.may_see(left, HELD)


@pytest.mark.parametrize(
    ("value", "is_created"),
    [
        (None, True), ("", True), ("yes", True), ("true", True), (True, True),
        ("no", False), ("Yes", False), (" yes ", False), ("TRUE", False), ("00", False), ("anything", False),
        (False, False), (0, False), (1, False), ([], False), (["yes"], False), ({}, False),
    ],
)  # fmt: skip
def test_the_truth_table_of_automatic_generation(value: object, *, is_created: bool) -> None:
    """S69, B15."""
    assert rules.is_generated("field", {"field": value}) is is_created


def test_a_blank_or_absent_field_generates() -> None:
    """S69."""
    assert rules.is_generated("", {"": "no"})
    assert rules.is_generated("field", {})


def test_why_a_type_cannot_be_used() -> None:
    """S83, S84, S85, S86, B3, B33."""
    limits = Limits("visit", "Visit", maximum=2, prerequisites=("check", "legal"))
    names = {"check": "Document check", "legal": "Legal opinion"}
    both = {"check": TypeCount(1, 1), "legal": TypeCount(1, 1)}

    assert rules.why_unusable(limits, {}, names) == "first complete “Document check” and “Legal opinion”"
    assert rules.why_unusable(limits, both | {"legal": TypeCount(3, 0)}, names) == "first complete “Legal opinion”"
    assert rules.why_unusable(limits, both, names) == ""
    assert rules.why_unusable(limits, both | {"visit": TypeCount(2, 0)}, names) == "already created 2 of 2 times"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (TypeCount(), ""),
        (TypeCount(created=2), ""),
        (TypeCount(created=2, outstanding=1), "first complete “Document check”"),
        (TypeCount(created=2, completed=1, outstanding=1), ""),
    ],
)
def test_a_retired_prerequisite_is_waited_for_only_while_a_task_of_it_can_be_completed(made: TypeCount, why: str) -> None:
    """B3, B33; decision 0061."""
    limits = Limits("visit", "Site visit", prerequisites=("check",), retired=frozenset({"check"}))

    assert rules.why_unusable(limits, {"check": made}, {"check": "Document check"}) == why


def test_minimums_count_completed_tasks_only() -> None:
    """S81, S82, B31."""
    types = [Limits("a", "A", minimum=2), Limits("b", "B")]

    assert rules.minimums_missing(types, {"a": TypeCount(5, 1)}) == [(types[0], 1)]
    assert rules.minimums_missing(types, {"a": TypeCount(2, 2)}) == []
