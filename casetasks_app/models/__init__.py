"""Nouns: every table, no behaviour. One import knows the whole schema."""

from casetasks_app.models.calendar import Calendar, Holiday
from casetasks_app.models.case import Case, CaseDraft, CaseStatus
from casetasks_app.models.configuration import CaseType, CaseTypeManagerTeam, TaskType, TaskTypeTeam, Unit
from casetasks_app.models.file import StoredFile, TaskFile
from casetasks_app.models.heartbeat import Heartbeat
from casetasks_app.models.history import HistoryEntry
from casetasks_app.models.mail import MailState, MailTemplate, OutgoingMail
from casetasks_app.models.own_list import ListSetting, SavedView
from casetasks_app.models.person import AccessToken, Membership, Person, SignIn, SignInFailure, Team
from casetasks_app.models.process import ProcessJob, ProcessTimer
from casetasks_app.models.task import (
    AskedForm,
    CreationDraft,
    ProcessModel,
    SlaEvent,
    TargetSource,
    Task,
    TaskStatus,
    TaskStep,
)

__all__ = [
    "AccessToken",
    "AskedForm",
    "Calendar",
    "Case",
    "CaseDraft",
    "CaseStatus",
    "CaseType",
    "CaseTypeManagerTeam",
    "CreationDraft",
    "Heartbeat",
    "HistoryEntry",
    "Holiday",
    "ListSetting",
    "MailState",
    "MailTemplate",
    "Membership",
    "OutgoingMail",
    "Person",
    "ProcessJob",
    "ProcessModel",
    "ProcessTimer",
    "SavedView",
    "SignIn",
    "SignInFailure",
    "SlaEvent",
    "StoredFile",
    "TargetSource",
    "Task",
    "TaskFile",
    "TaskStatus",
    "TaskStep",
    "TaskType",
    "TaskTypeTeam",
    "Team",
    "Unit",
]
