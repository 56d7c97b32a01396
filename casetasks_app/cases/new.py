"""A case about to be raised: everything that was entered, checked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from casetasks_app.cases import rules
from casetasks_app.errors import CaseTasksError
from casetasks_app.finding import folded
from casetasks_app.models import Case, CaseType, StoredFile
from casetasks_app.people import choices
from casetasks_app.people import rules as people
from casetasks_app.people.rules import Actor
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import Answers, KnownFile, Problems, check_answers, cleaned, from_rows


class CaseRefused(CaseTasksError):
    """The case was not raised. Check your answers and try again."""

    def __init__(self, problems: Mapping[str, str], message: str = "") -> None:
        """Keep the sentence for each field that has to be corrected; the message is the first of them, or this one."""
        super().__init__(message or next(iter(problems.values())))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is needed to raise a case; `key` makes the raising happen once, however often it is sent."""

    case_type_id: int
    title: str
    key: str
    answers: Mapping[str, object] = field(default_factory=dict[str, object])
    contact_name: str = ""
    contact_email: str = ""
    manager_id: int | None = None
    file_ids: tuple[str, ...] = ()
    """Files uploaded beforehand that belong to nothing yet; answers to questions for files are among them."""


def checked(session: Session, *, case_type: CaseType, new: NewCase, actor: Actor | None, now: datetime) -> Case:
    """Return the case, not yet stored and without a reference; raises CaseRefused with all problems at once."""
    title, name = (" ".join(cleaned(each, lines=False).split()) for each in (new.title, new.contact_name))
    email = people.clean_email(new.contact_email) if new.contact_email.strip() else ""
    checks = {
        "title": _too_long("Title", title, rules.LONGEST_TITLE) if title else "Enter a title for the case.",
        "contact_name": _too_long("Name of the person", name, rules.LONGEST_NAME),
        "contact_email": "" if email is not None else "Enter an email address in the correct format, like name@example.com.",
    }
    answers = _answers(session, case_type, new, actor, now)
    problems = {name: message for name, message in checks.items() if message}
    problems |= answers.by_field if isinstance(answers, Problems) else {}
    if problems or isinstance(answers, Problems):
        raise CaseRefused(problems)
    return Case(
        reference="",
        case_type_id=case_type.id or 0,
        title=title,
        find_text=folded(title),
        answers=answers,
        contact_name=name,
        contact_email=email or "",
        manager_id=new.manager_id or (actor.person_id if actor else None),
        raised_by_id=actor.person_id if actor else None,
        raised_at=now,
        raise_key=new.key,
    )


def uploads(session: Session, *, new: NewCase, actor: Actor | None) -> Sequence[StoredFile]:
    """Return those of the named files that the same person uploaded and that belong to nothing yet; anybody else's are left alone."""
    if not new.file_ids:
        return ()
    mine = col(StoredFile.added_by_id).is_(None) | (col(StoredFile.added_by_id) == (actor.person_id if actor else None))
    return session.exec(
        select(StoredFile)
        .where(col(StoredFile.id).in_(new.file_ids), col(StoredFile.case_id).is_(None), col(StoredFile.removed_at).is_(None), mine)
        .order_by(col(StoredFile.added_at), StoredFile.id)
    ).all()


def _too_long(what: str, text: str, longest: int) -> str:
    return f"{what} must be {longest} characters or less." if len(text) > longest else ""


def _answers(session: Session, case_type: CaseType, new: NewCase, actor: Actor | None, now: datetime) -> Answers | Problems:
    if not case_type.form:
        return {}
    form = from_rows([FieldRow.from_json(row) for row in case_type.form])
    files = {file.id: KnownFile(file.name, file.size) for file in uploads(session, new=new, actor=actor)}
    return check_answers(form, new.answers, known=choices.known(session, form=form, files=files, now=now))
