"""What keeps a case from being closed (B31, B32)."""

from dataclasses import dataclass

from sqlmodel import Session

from casetasks_app.tasks import counts, rules


@dataclass(frozen=True, slots=True)
class MinimumLeft:
    """A task type of which more must be completed before the case may close."""

    key: str
    name: str
    left: int
    minimum: int
    created: int


def minimums(session: Session, *, case_id: int, case_type_id: int) -> list[MinimumLeft]:
    """Return the minimums that are not reached; cancelled tasks do not count (B33, S81, S82)."""
    limits, _ = counts.limits(session, case_type_id=case_type_id)
    if not any(each.minimum for each in limits):
        return []
    made = counts.of_case(session, case_id=case_id)
    return [
        MinimumLeft(each.key, each.name, left, each.minimum, made.get(each.key, rules.TypeCount()).created)
        for each, left in rules.minimums_missing(limits, made)
    ]


def count(session: Session, *, case_id: int, case_type_id: int) -> int:
    """Return how many things are left: outstanding tasks and minimums not reached."""
    return counts.outstanding(session, case_id=case_id) + len(minimums(session, case_id=case_id, case_type_id=case_type_id))
