"""What the questions of the creation dialog show: a type, an assignment, details, a target."""

from dataclasses import dataclass, field

from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import ShownFile


@dataclass(frozen=True)
class TypeStep:
    """The first step: the drop-down, and what will happen with the choice."""

    options: list[Option] = field(default_factory=list)
    first: str = ""
    chosen: str = ""
    hint: str = ""
    already: str = ""
    already_href: str = ""
    already_label: str = ""
    heading: str = ""
    will: list[ShownFact] = field(default_factory=list)
    unusable: list[ShownFact] = field(default_factory=list)
    unusable_words: str = ""
    is_nothing_usable: bool = False


@dataclass(frozen=True)
class AssignmentStep:
    """The second step: teams, and once one is chosen its people."""

    teams: list[Option] = field(default_factory=list)
    team: str = ""
    only_team: str = ""
    legend: str = ""
    people: list[Option] = field(default_factory=list)
    can_find: bool = False
    not_found: str = ""


@dataclass(frozen=True)
class DetailsStep:
    """The third step: the fields the configuration asks for."""

    asks_description: bool = False
    asks_summary: bool = False
    asks_files: bool = False
    asks_case_details: bool = False
    description: str = ""
    summary: str = ""
    is_description_changed: bool = False
    is_summary_changed: bool = False
    files: list[Option] = field(default_factory=list)
    uploads: list[ShownFile] = field(default_factory=list)
    upload_url: str = ""
    files_hint: str = ""
    select_all: str = ""
    is_shared: bool = False


@dataclass(frozen=True)
class TargetsStep:
    """The fourth step: the usual target, another one, or none."""

    options: list[Option] = field(default_factory=list)
    is_custom: bool = False
    amount: str = ""
    units: list[Option] = field(default_factory=list)
    moment: str = ""
    notes: list[str] = field(default_factory=list)
    reminded: str = ""
