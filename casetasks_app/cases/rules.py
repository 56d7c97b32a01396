"""Who may do what with a case. Pure."""

from casetasks_app.people.rules import Actor

LONGEST_TITLE = 120
LONGEST_NOTE = 4000
LONGEST_NAME = 120
USUAL_OUTCOMES = ("Resolved", "No action needed", "Withdrawn", "Duplicate")


def may_raise(actor: Actor, case_type_id: int) -> bool:
    """Case managers of the case type raise its cases."""
    return case_type_id in actor.manages


def may_see(actor: Actor, case_type_id: int) -> bool:
    """Behaviour, section 10: the whole case is for its case managers; others see what a task shares."""
    return case_type_id in actor.manages


def is_case_manager(actor: Actor, *, case_type_id: int, manager_id: int | None) -> bool:
    """Tell whether the actor is the case's manager, and still one of its case type's."""
    return manager_id == actor.person_id and case_type_id in actor.manages


def may_take_over(actor: Actor, *, case_type_id: int, manager_id: int | None, is_open: bool) -> bool:
    """Another case manager of the type may take an open case over (behaviour, section 10)."""
    return is_open and manager_id != actor.person_id and case_type_id in actor.manages
