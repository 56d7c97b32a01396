"""From a type of case, what was typed and what was refused to the form that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from casetasks_app import clock
from casetasks_app.cases import drafts
from casetasks_app.cases.drafts import Begun, Draft
from casetasks_app.cases.new import NewCase
from casetasks_app.configuration import queries as configuration
from casetasks_app.configuration.queries import CaseTypeRow, CaseTypeSetup
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.files import queries as files
from casetasks_app.files.queries import FileRow
from casetasks_app.people import choices
from casetasks_app.people.choices import Choices
from casetasks_app.people.rules import Actor
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import Known, from_rows, shown
from casetasks_app.web.pages.raise_case import draft as of_tab
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.form_rows import FieldError, Offered, ShownField, ShownFile, answers_of, field_errors, shown_fields

OWN = {"title": "case-title", "contact_name": "case-contact-name", "contact_email": "case-contact-email"}
"""What every case has, by the names of the form; a case form's own names have no hyphens, so the two never meet."""
LOOSE_FILES = "case-files"


@dataclass(frozen=True)
class Desk:
    """Everything the form is made of, fresh from the database."""

    types: list[CaseTypeRow]
    begun: list[Begun] = field(default_factory=list[Begun])
    setup: CaseTypeSetup | None = None
    tab: str = ""
    draft: Draft = Draft("")  # noqa: RUF009  frozen
    offered: Choices = field(default_factory=Choices)
    files: list[FileRow] = field(default_factory=list[FileRow])


@dataclass(frozen=True)
class OwnFields:
    """What every case has, as it stands in the form, with what was refused about it."""

    title: str = ""
    name: str = ""
    email: str = ""
    title_error: str = ""
    name_error: str = ""
    email_error: str = ""


async def load(actor: Actor, type_key: str, tab: str) -> Desk:
    """Return what this person needs to raise a case of the type with this key, with what they typed before."""
    types = await unit_of_work.ask(configuration.case_types, ids=actor.manages)
    begun = await unit_of_work.ask(drafts.begun, actor=actor)
    chosen = next((row for row in types if row.key == type_key), types[0] if len(types) == 1 else None)
    if chosen is None:
        return Desk(types, begun)
    tab = await of_tab.unspent(of_tab.marked(tab), chosen.id, actor)
    key = of_tab.key_of(tab, chosen.id, actor)
    draft = await unit_of_work.ask(drafts.at_hand, case_type_id=chosen.id, key=key, actor=actor)
    uploaded = await unit_of_work.ask(files.drafts, draft_key=draft.key, person_id=actor.person_id)
    setup = await unit_of_work.ask(configuration.case_type, case_type_id=chosen.id)
    offered = await unit_of_work.ask(choices.offered, asked=setup.form)
    return Desk(types, begun, setup, tab, draft, offered, uploaded)


def type_options(desk: Desk) -> list[Option]:
    """Return the types this person manages."""
    return [Option(row.key, row.name) for row in desk.types]


def fields_of(desk: Desk, answers: Mapping[str, Any], problems: Mapping[str, str]) -> list[ShownField]:
    """Return the questions of the type's form that are to be answered, as far as they are already."""
    if desk.setup is None or not desk.setup.form:
        return []
    raw = answers_of(answers, desk.setup.form)
    asked = shown(from_rows(desk.setup.form), raw, known=_known(desk, clock.now()))
    offered = Offered(
        people=[Option(key, name) for key, name in desk.offered.people.items()],
        teams=[Option(key, name) for key, name in desk.offered.teams.items()],
        files={row.id: _file(row) for row in desk.files},
    )
    return shown_fields(asked, raw, problems, offered)


def own_fields(answers: Mapping[str, Any], problems: Mapping[str, str]) -> OwnFields:
    """Return what every case has."""
    said = [_text(answers, name) for name in OWN.values()]
    return OwnFields(*said, *(problems.get(name, "") for name in OWN))


def loose_files(desk: Desk, answers: Mapping[str, Any]) -> list[ShownFile]:
    """Return the files that answer no question of the form."""
    asked = [row.name for row in desk.setup.form if row.kind == "files"] if desk.setup else []
    used = {each for name in asked for each in listed(answers.get(name))}
    return [_file(row) for row in desk.files if row.id not in used]


def summary(problems: Mapping[str, str], rows: Sequence[FieldRow]) -> list[FieldError]:
    """Return the error summary in the order of the page: title, form, who raised it."""
    own = {OWN[name]: text for name, text in problems.items() if name in OWN}
    form = field_errors({name: text for name, text in problems.items() if name not in OWN}, rows)
    first = [FieldError(f"f-{name}", own[name]) for name in (OWN["title"],) if name in own]
    return [*first, *form, *(FieldError(f"f-{name}", text) for name, text in own.items() if name != OWN["title"])]


def new_case(desk: Desk) -> NewCase:
    """Return what the service is asked to raise."""
    draft = desk.draft
    case_type_id, form = (desk.setup.id, desk.setup.form) if desk.setup else (0, ())
    asked = {row.name for row in form}
    return NewCase(
        case_type_id=case_type_id,
        title=_text(draft.answers, OWN["title"]),
        key=draft.key,
        answers=answers_of({name: value for name, value in draft.answers.items() if name.partition(":")[0] in asked}, form),
        contact_name=_text(draft.answers, OWN["contact_name"]),
        contact_email=_text(draft.answers, OWN["contact_email"]),
        file_ids=tuple(row.id for row in desk.files),
    )


def _known(desk: Desk, now: datetime) -> Known:
    return Known(now, people=desk.offered.people.keys(), teams=desk.offered.teams.keys())


def _file(row: FileRow) -> ShownFile:
    return ShownFile(row.id, row.name, row.size)


def _text(answers: Mapping[str, Any], name: str) -> str:
    value = answers.get(name, "")
    return value if isinstance(value, str) else ""


def listed(value: object) -> list[str]:
    """Return the answer to a question for files as a list, however few there are."""
    several = value if isinstance(value, list) else [value] if value else []
    return [str(each) for each in cast("list[object]", several)]
