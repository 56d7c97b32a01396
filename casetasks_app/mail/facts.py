"""What a mail is about, in plain values: filled in by whoever queues it, known to the texts by the same names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MailKind(StrEnum):
    """The kinds of mail (behaviour, section 8); the value names the folder of its texts."""

    ASSIGNED = "assigned"
    TEAM_TASK = "team_task"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    BREACHED = "breached"
    UNASSIGNED = "unassigned"
    ALL_COMPLETED = "all_completed"
    STEP_READY = "step_ready"


SLA_KINDS = frozenset({MailKind.REMINDER, MailKind.BREACHED})
"""Mails about a target: pointless once the task is over or has another target."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person, or one address nobody signs in with, to whom a mail goes."""

    person_id: int | None
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """Everything a mail may say; never case data, files, or the free text of a cancel reason.

    Texts are shown as they are; an empty one leaves its line out. Moments are aware UTC.
    """

    case_id: int
    case_reference: str
    case_type: str
    task_type: str
    task_id: int | None = None
    task_number: int | None = None
    task_name: str = ""
    """The task's description, said in the body, never in the subject."""
    generation: int | None = None
    """Which of the task's targets this is about; a mail about an earlier one is dropped."""
    due_at: datetime | None = None
    target_words: str = ""
    """What the target is, beside its moment, such as `3 working days`."""
    actor_id: int | None = None
    actor: str = ""
    """Who did it; empty when the system did."""
    team: str = ""
    """The team the task goes to; empty when it goes to a person."""
    manager: str = ""
    manager_email: str = ""
    message: str = ""
    """What the case manager wrote to the assignee."""
    sent_with: str = ""
    """What the task's people may see besides, such as `2 attachments, case details`."""
    is_reassigned: bool = False
    holder: str = ""
    """Who has the task now, such as `Planning officers, not claimed since Wednesday 18 November`."""
    is_claimed: bool = False
    new_assignee: str = ""
    reason: str = ""
    """The listed reason of a cancellation; never the free text."""
    lead_words: str = ""
    """How long before the target the reminder was planned, such as `1 working day`."""
    late_by: str = ""
    """How late the task is; without it the time passed since the target is said."""
    last_activity: str = ""
    ordinal: int = 0
    """0 for the first breach mail, 1 for the first repeat and so on."""
    step: str = ""
    outcome: str = ""
    path: str = ""
    """Where the link leads, without the host; without it the task's page, or the case's."""

    @property
    def reference(self) -> str:
        """Return the spoken reference, such as `HSG-1042/3`."""
        return f"{self.case_reference}/{self.task_number}" if self.task_number else self.case_reference

    @property
    def is_of_task_page(self) -> bool:
        """Tell whether the mail leads to its task's own page."""
        return bool(self.task_number) and not self.path

    @property
    def page(self) -> str:
        """Return the path of the one page this mail leads to."""
        if self.path:
            return self.path
        tail = f"/tasks/{self.task_number}" if self.task_number else "/tasks"
        return f"/cases/{self.case_reference}{tail}"
