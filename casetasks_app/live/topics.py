"""The names under which changes are told: what a page watches is what a verb touches."""

EVERYTHING = "*"
"""Sent instead of names when a change touches too many of them: every watcher looks again."""

CASES = "cases"
"""Some case was raised, taken over or closed: lists of cases."""

MAILS = "mails"
"""Some mail was queued, sent or given up."""

SESSIONS = "sessions"
"""Some sign-in was ended: open pages of ended sign-ins are emptied."""


def case(case_id: int) -> str:
    """Name everything shown on one case: its facts, files, tasks and history."""
    return f"case:{case_id}"


def presence(task_id: int) -> str:
    """Name who has one task open; never touched by a change of the database."""
    return f"presence:{task_id}"


def person(person_id: int) -> str:
    """Name what one person has to do, and who they are."""
    return f"person:{person_id}"


def team(team_id: int) -> str:
    """Name the tasks a team has, and its members."""
    return f"team:{team_id}"
