"""The layout of the YAML file: which section has which settings under which names."""

from casetasks_app.configuration import setups
from casetasks_app.configuration.shapes import (
    AMOUNT,
    AMOUNTS,
    ANYTHING,
    EXCEPTIONS,
    FLAG,
    HOLIDAYS,
    ROWS,
    TEXT,
    TEXTS,
    WEEK,
    WHOLE,
    Key,
    Section,
    Sections,
)

_KEY = Key("key", "key", TEXT, is_required=True)
_NAME = Key("name", "name", TEXT, is_required=True)
_RETIRED = Key("retired", "is_retired", FLAG)

_TEAM = Section(setups.TeamSetup, (_KEY, _NAME, _RETIRED))
_CALENDAR = Section(
    setups.CalendarSetup,
    (
        _KEY,
        _NAME,
        Key("zone", "zone", TEXT, is_required=True),
        Key("week", "week", WEEK),
        Key("holidays", "holidays", HOLIDAYS),
        Key("exceptions", "exceptions", EXCEPTIONS),
    ),
)
_DETAILS = Section(
    setups.Details,
    (
        Key("description", "description", FLAG),
        Key("summary", "summary", FLAG),
        Key("attachments", "attachments", FLAG),
        Key("full_case_details", "case_details", FLAG),
    ),
)
_GROUPS = Section(
    setups.Groups,
    (
        Key("auto_assign", "auto_assign", FLAG),
        Key("assignment_groups", "teams", TEXTS),
        Key("email_candidate_group", "email_team", FLAG),
    ),
)
_REPEAT = Section(
    setups.Repeat,
    (Key("every_days", "every_days", WHOLE, is_required=True), Key("at_most_times", "at_most", WHOLE, is_required=True)),
)
_SLA = Section(
    setups.Sla,
    (
        Key("target", "target", AMOUNT),
        Key("reminders", "reminders", AMOUNTS),
        Key("breach_repeat", "repeat", _REPEAT),
        Key("override", "override", FLAG),
        Key("calendar", "calendar", TEXT),
    ),
)
_GENERATION = Section(
    setups.Generation,
    (
        Key("enabled", "enabled", FLAG),
        Key("team", "team", TEXT),
        Key("attachments", "attachments", FLAG),
        Key("conditional_field", "field", TEXT),
    ),
)
_LIMITS = Section(
    setups.TaskLimits,
    (Key("minimum", "minimum", WHOLE), Key("maximum", "maximum", WHOLE), Key("prerequisites", "prerequisites", TEXTS)),
)
_TASK = Section(
    setups.TaskTypeSettings,
    (
        Key("task_id", "key", TEXT, is_required=True),
        _NAME,
        Key("hint", "hint", TEXT),
        Key("plugin", "plugin", TEXT, is_required=True),
        Key("plugin_settings", "plugin_settings", ANYTHING),
        Key("list_order", "order_index", WHOLE),
        Key("default_description", "default_description", TEXT),
        Key("default_summary", "default_summary", TEXT),
        Key("details", "details", _DETAILS),
        Key("groups", "groups", _GROUPS),
        Key("sla", "sla", _SLA),
        Key("cancellable", "is_cancellable", FLAG),
        Key("cancel_reasons", "cancel_reasons", TEXTS),
        Key("auto_generate", "generation", _GENERATION),
        Key("limits", "limits", _LIMITS),
        _RETIRED,
    ),
)
_CASE_TYPE = Section(
    setups.CaseTypeSettings,
    (
        _KEY,
        _NAME,
        Key("reference_prefix", "prefix", TEXT, is_required=True),
        Key("manager_teams", "manager_teams", TEXTS),
        Key("calendar", "calendar", TEXT),
        Key("outcomes", "outcomes", TEXTS),
        Key("form", "form", ROWS),
        Key("tasks", "tasks", Sections(_TASK)),
        _RETIRED,
    ),
)
FILE = Section(
    setups.Configuration,
    (
        Key("teams", "teams", Sections(_TEAM)),
        Key("calendars", "calendars", Sections(_CALENDAR)),
        Key("case_types", "case_types", Sections(_CASE_TYPE)),
    ),
)
