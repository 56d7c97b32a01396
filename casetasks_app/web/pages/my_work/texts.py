"""The words of My work that no other screen uses."""

from collections.abc import Sequence

from casetasks_app.tasks.queries.my_work import View
from casetasks_app.web import messages

NEXT = "Next"
VIEWS = "My work views"
VIEW_NAMES = {View.MINE: "Assigned to me", View.CLAIM: "To claim", View.CREATED: "Created by me", View.DONE: "Done"}
GROUPS = {"breached": "Breached", "today": "Due today", "week": "This week", "later": "Later", "closed": "Closed since you last looked"}
ORDERS = {
    "target": ("target, earliest first", "target, latest first"),
    "task": ("task, A to Z", "task, Z to A"),
    "case": ("case, lowest number first", "case, highest number first"),
}
NEWEST_FIRST = "newest first"

TASK = "Task"
CASE = "Case"
ASKED_BY = "Asked by"
ASSIGNED_TO = "Assigned to"
TEAM = "Team"
STATUS = "Status"
TYPE = "Type"
ATTENTION = "Attention"
TARGET = "Target"

OPEN_TASK = "Open task"
CLAIM = "Claim"
CLAIM_NEXT = "Claim the next one"
SEE_CLAIM = "See tasks to claim"
NOT_CLAIMED = "Not claimed"
CLAIMED_BY_YOU = "Claimed by you"
IN_MY_WORK = "It is in My work."
ELSEWHERE = "Now elsewhere in this list"
LEFT_YOU = "No longer yours"
ENDED = {"closed": "Closed", "cancelled": "Cancelled"}

TRY_REFERENCE = "Try the reference, for example HSG-1042/3, or look in the other views too."
NOTHING_TO_DO = "New tasks appear here by themselves."
NOTHING_CREATED = "There are no open tasks on the cases you manage."
NOTHING_DONE = "You have closed nothing in the last 30 days."
NO_TEAM = "You are not in a team yet."
NO_TEAM_MORE = "Ask your team lead or an administrator."


def claimed_by(name: str) -> str:
    """Say who took a task that could be claimed."""
    return f"Claimed by {name}"


def moved_to(name: str) -> str:
    """Say who has a task that was mine."""
    return f"Assigned to {name}"


def claimable(n: int) -> str:
    """Say how many tasks wait in my teams."""
    if n == 0:
        return f"There is nothing to claim. {NOTHING_TO_DO}"
    return f"{messages.many(n, 'task', 'tasks')} in your teams can be claimed."


def nothing_to_claim(teams: Sequence[str]) -> str:
    """Say where nothing is to be claimed: "Nothing to claim in Planning officers or Enforcement."."""
    where = f"{', '.join(teams[:-1])} or {teams[-1]}" if len(teams) > 1 else "".join(teams)
    return f"Nothing to claim in {where}."


def group_heading(group: str, n: int) -> str:
    """Return "Due today (2)"."""
    return f"{GROUPS[group]} ({n})"


def file_count(n: int) -> str:
    """Return "2 files"; nothing for none."""
    return messages.many(n, "file", "files") if n else ""
