"""The creation dialog's verbs: keep what is typed, go on to the next step, create the task (B8, B10, B11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from casetasks_app.configuration import queries as configuration
from casetasks_app.db.statements import columns, looked_up
from casetasks_app.errors import CaseTasksError, NotAllowed, NotFound
from casetasks_app.files import queries as files
from casetasks_app.models import Case, CaseStatus, Person
from casetasks_app.people.rules import Actor
from casetasks_app.sla import words
from casetasks_app.tasks import answers, checks, create, drafts
from casetasks_app.tasks.answers import STEPS, TYPE
from casetasks_app.tasks.create import CaseIsClosed
from casetasks_app.tasks.drafts import Answered, Draft
from casetasks_app.tasks.making import Created
from casetasks_app.tasks.queries import creation
from casetasks_app.tasks.queries import dialog as showing
from casetasks_app.tasks.queries.creation import TypeOption
from casetasks_app.tasks.queries.dialog import Dialog
from casetasks_app.tasks.submitted import Submitted, told_of
from casetasks_app.tasks.wanted import Problem, TaskRefused, WantedTask

_STANDING = columns(col(Case.case_type_id), col(Case.status), col(Case.manager_id)).where(col(Case.id) == sa.bindparam("case_id"))


class DraftIsGone(CaseTasksError):
    """This draft was used or thrown away in another tab. Close this and start again."""


class SetUpChanged(CaseTasksError):
    """The set-up of this type of task changed. Check the task, then create it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What pressing Continue came to: the dialog as it is now, and what is wrong in the steps up to this one."""

    dialog: Dialog
    problems: tuple[Problem, ...] = ()
    changed: str = ""


def keep(session: Session, *, case_id: int, step: str, sent: answers.Answers, actor: Actor, now: datetime) -> None:
    """Keep what somebody typed in a step; what belongs to a draft that is gone is dropped.

    Raises NotFound, NotAllowed or CaseIsClosed: only who may create has a draft.
    """
    require_creator(session, case_id=case_id, actor=actor)
    if _is_current(drafts.find(session, case_id=case_id, actor=actor), sent):
        _save(session, case_id, step, sent, actor, now)


def put(session: Session, *, case_id: int, given: dict[str, object], actor: Actor, now: datetime) -> None:
    """Change single answers of the draft there is; raises like `keep`."""
    require_creator(session, case_id=case_id, actor=actor)
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft:
        answered = Answered(given, draft.task_type_id, draft.type_revision)
        drafts.save(session, case_id=case_id, answered=answered, actor=actor, now=now)


def proceed(session: Session, *, case_id: int, step: str, sent: answers.Answers, actor: Actor, now: datetime) -> Progress:
    """Keep a step's answers and check everything asked so far; a step without problems counts as answered.

    Raises like `keep`, and DraftIsGone.
    """
    require_creator(session, case_id=case_id, actor=actor)
    if not _is_current(drafts.find(session, case_id=case_id, actor=actor), sent):
        raise DraftIsGone
    _save(session, case_id, step, sent, actor, now)
    now_shown = showing.dialog(session, case_id=case_id, actor=actor, now=now)
    found = [each for each in problems(session, case_id=case_id, now_shown=now_shown) if STEPS.index(each.step) <= STEPS.index(step)]
    changed = changed_words(now_shown)
    done = now_shown.done - {step} if found else now_shown.done | {step}
    _note_progress(session, case_id, now_shown, done, actor, now)
    return Progress(showing.dialog(session, case_id=case_id, actor=actor, now=now), tuple(found), changed)


def submit(session: Session, *, case_id: int, key: str, actor: Actor, now: datetime) -> Submitted:
    """Create the task the draft describes and drop the draft; the same key again returns the task it made (B10).

    Raises like `keep`, TaskRefused, and SetUpChanged when the type's set-up is not the one the person has seen.
    """
    return _submit(session, case_id, key, is_short=False, actor=actor, now=now)


def submit_now(session: Session, *, case_id: int, key: str, actor: Actor, now: datetime) -> Submitted:
    """Create a task of the draft's type with the usual answers to everything (B8); raises like `submit`."""
    return _submit(session, case_id, key, is_short=True, actor=actor, now=now)


def accept_setup(session: Session, *, case_id: int, actor: Actor, now: datetime) -> None:
    """Note that the person has now been shown the type's set-up as it is."""
    now_shown = showing.dialog(session, case_id=case_id, actor=actor, now=now)
    if now_shown.draft and now_shown.chosen:
        answered = Answered({}, now_shown.draft.task_type_id, now_shown.chosen.option.revision)
        drafts.save(session, case_id=case_id, answered=answered, actor=actor, now=now)


def require_creator(session: Session, *, case_id: int, actor: Actor) -> None:
    """Raise NotFound, NotAllowed or CaseIsClosed unless the actor may create tasks on this case (B2)."""
    session.flush()
    found = looked_up(session, _STANDING, case_id=case_id)
    if not found or found[0][0] not in actor.manages:
        raise NotFound
    _, status, manager_id = found[0]
    if status != CaseStatus.OPEN:
        raise CaseIsClosed(_closed_words(session, session.get_one(Case, case_id)))
    if manager_id != actor.person_id:
        raise NotAllowed(create.only_the_manager(session, session.get_one(Case, case_id)))


def changed_words(now_shown: Dialog) -> str:
    """Say that the chosen type's set-up is not the one the person started with; empty when it is."""
    chosen = now_shown.chosen
    return _changed(chosen.option.name, chosen.changed) if chosen and chosen.changed else ""


def _changed(type_name: str, at: str) -> str:
    return f"The set-up of “{type_name}” changed at {at}."


def _submit(session: Session, case_id: int, key: str, *, is_short: bool, actor: Actor, now: datetime) -> Submitted:
    draft = drafts.find(session, case_id=case_id, actor=actor)
    if draft is None or draft.key != key:
        return Submitted(_made_before(session, key, actor).number)
    require_creator(session, case_id=case_id, actor=actor)
    setup = configuration.task_type(session, task_type_id=draft.task_type_id) if draft.task_type_id else None
    if setup is None or setup.is_retired:
        raise TaskRefused(*problems(session, case_id=case_id, now_shown=showing.dialog(session, case_id=case_id, actor=actor, now=now)))
    if setup.revision != draft.type_revision:
        raise SetUpChanged(f"{_changed(setup.name, words.clock_time(setup.changed_at))} Check the task, then create it.")
    option = creation.option(setup, actor=actor)
    if is_short:
        asked, wrong = WantedTask(option.id, key, team_id=option.single_team_id), list[Problem]()
    else:
        uploads = files.drafts(session, draft_key=key, person_id=actor.person_id)
        asked, wrong = answers.wanted_of(key, option, draft.answers, [each.id for each in uploads])
    if wrong:
        raise TaskRefused(*wrong)
    created = create.create(session, case_id=case_id, wanted_task=asked, actor=actor, now=now)
    if created.is_repeat:
        return Submitted(created.number)
    drafts.discard(session, case_id=case_id, actor=actor, now=now)
    return Submitted(
        created.number, told_of(session, created=created, setup=setup, actor=actor), created.task_id if setup.is_cancellable else 0
    )


def _made_before(session: Session, key: str, actor: Actor) -> Created:
    made = create.made_before(session, key=key, actor=actor)
    if made is None:
        raise DraftIsGone
    return made


def _is_current(draft: Draft | None, sent: answers.Answers) -> bool:
    """Tell whether what was sent belongs to this draft; a first answer comes before there is one."""
    return answers.text(sent, "draft") in {"", draft.key if draft else ""}


def _save(session: Session, case_id: int, step: str, sent: answers.Answers, actor: Actor, now: datetime) -> None:
    before = showing.dialog(session, case_id=case_id, actor=actor, now=now)
    given, draft = answers.answered_in(step, sent), before.draft
    type_id, revision = (draft.task_type_id, draft.type_revision) if draft else (None, 0)
    if step == TYPE:
        option = next((each for each in before.options if each.id == answers.number(sent, "task_type")), None)
        if option is None or option.id != type_id:
            type_id, revision = (option.id, option.revision) if option else (None, 0)
            given["done"] = _still_done(session, option, before)
    if step == answers.ASSIGNMENT and answers.text(before.answers, "team") not in {"", given["team"]}:
        given["person"] = answers.ANYONE
    if step == answers.DETAILS:
        given = _without_usual(given, before)
    drafts.save(session, case_id=case_id, answered=Answered(given, type_id, revision), actor=actor, now=now)


def _still_done(session: Session, option: TypeOption | None, before: Dialog) -> list[str]:
    """Return the steps whose answers hold for another type too: a team that cannot do it is asked for again."""
    done = before.done - {TYPE}
    teams = creation.teams(session, task_type_id=option.id) if option else []
    if answers.number(before.answers, "team") not in {each.id for each in teams}:
        done -= {answers.ASSIGNMENT}
    return sorted(done)


def _without_usual(given: dict[str, object], before: Dialog) -> dict[str, object]:
    """Keep no text that is the usual one, so that a later change of the usual text is taken over."""
    if before.chosen is None:
        return given
    usual = {"description": before.chosen.usual_description, "summary": before.chosen.usual_summary}
    same = {name for name, text in usual.items() if answers.text(given, name).replace("\r\n", "\n").strip() == text.strip()}
    return {**given, **dict.fromkeys(same, "")}


def problems(session: Session, *, case_id: int, now_shown: Dialog) -> Sequence[Problem]:
    """Return everything that keeps the task from being created, in the order in which it is asked."""
    chosen, draft = now_shown.chosen, now_shown.draft
    if chosen is None or draft is None:
        gone = f"“{now_shown.gone_type}” can no longer be used. Select another type."
        return [Problem(TYPE, "task_type", gone if now_shown.gone_type else "Select what kind of task it is.")]
    uploads = [each.id for each in now_shown.uploads]
    _, found = checks.answered(session, case_id=case_id, option=chosen.option, key=draft.key, given=draft.answers, uploads=uploads)
    return found


def _note_progress(session: Session, case_id: int, now_shown: Dialog, done: frozenset[str], actor: Actor, now: datetime) -> None:
    draft, chosen = now_shown.draft, now_shown.chosen
    if draft and chosen:
        answered = Answered({"done": sorted(done)}, draft.task_type_id, chosen.option.revision)
        drafts.save(session, case_id=case_id, answered=answered, actor=actor, now=now)


def _closed_words(session: Session, case: Case) -> str:
    who = session.get(Person, case.closed_by_id) if case.closed_by_id else None
    by = f" by {who.name}" if who else ""
    at = f" at {words.clock_time(case.closed_at)}" if case.closed_at else ""
    return f"{case.reference} was closed{by}{at}, so no task can be created. Your draft is kept."
