"""The creation dialog as it is drawn, made from what the database says. Pure."""

from dataclasses import dataclass, field, replace

from casetasks_app import finding, settings
from casetasks_app.tasks import answers
from casetasks_app.tasks.one_page import ALL
from casetasks_app.tasks.queries.creation import PersonOption, TypeOption
from casetasks_app.tasks.queries.dialog import Chosen, Dialog
from casetasks_app.tasks.target import Preview
from casetasks_app.web import messages, routes
from casetasks_app.web.pages.case_tasks.creation import review, words
from casetasks_app.web.pages.case_tasks.creation.questions import AssignmentStep, DetailsStep, TargetsStep, TypeStep
from casetasks_app.web.pages.case_tasks.creation.review import Way
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import ShownFile

FIND_FROM = 9


@dataclass(frozen=True)
class Place:
    """Where the dialog stands: the case, the step, and what was typed into Find a person."""

    way: Way
    case_title: str
    step: str
    find: str = ""
    my_teams: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ShownDialog:
    """The dialog at one step."""

    step: str = "type"
    reference: str = ""
    about: str = ""
    progress: str = ""
    described: str = ""
    title: str = ""
    draft: str = ""
    saved: str = ""
    back_href: str = ""
    is_single: bool = False
    can_create_now: bool = False
    can_do_now: bool = False
    asks: list[str] = field(default_factory=list)
    drawn: str = ""
    type: TypeStep = field(default_factory=TypeStep)
    assignment: AssignmentStep = field(default_factory=AssignmentStep)
    details: DetailsStep = field(default_factory=DetailsStep)
    targets: TargetsStep = field(default_factory=TargetsStep)
    review: list[ShownFact] = field(default_factory=list)
    when_created: str = ""
    so_far: list[ShownFact] = field(default_factory=list)


def shown_of(dialog: Dialog, place: Place) -> ShownDialog:
    """Return the dialog ready to draw."""
    steps, step, chosen = dialog.steps, place.step, dialog.chosen
    option, key = chosen.option if chosen else None, dialog.draft.key if dialog.draft else ""
    at = steps.index(step) if step in steps else 0
    facts = review.facts(dialog, place.way) if chosen else []
    return ShownDialog(
        step=step,
        reference=place.way.reference,
        about=f"{place.way.reference}, {place.case_title}",
        progress=words.progress(step, steps),
        described=words.described(step, steps),
        title=words.title(step, steps),
        draft=key,
        saved=f"{messages.draft_saved(dialog.saved)} {words.CAN_CLOSE}" if dialog.saved else "",
        back_href=place.way.to(steps[at - 1]) if at else "",
        can_do_now=chosen is not None and not chosen.option.why_not and _is_for_me(chosen, place.my_teams),
        asks=list(option.steps) if option else [],
        drawn=",".join(option.steps) if option else "",
        is_single=len(steps) == 1 and option is not None,
        can_create_now=option is not None and option.needs_no_answer and not option.why_not and len(steps) > 1,
        type=replace(_type(dialog, place), will=review.will(dialog)) if step == ALL and chosen else _type(dialog, place),
        assignment=_assignment(chosen, dialog.answers, place.find) if chosen else AssignmentStep(),
        details=_details(chosen, dialog, key) if chosen else DetailsStep(),
        targets=_targets(chosen, dialog.answers) if chosen else TargetsStep(),
        review=facts if step == answers.REVIEW else [],
        when_created=review.when_created(dialog) if chosen else "",
        so_far=review.so_far(dialog, place.way, at) if chosen and step != answers.REVIEW else [],
    )


def _is_for_me(chosen: Chosen, my_teams: frozenset[int]) -> bool:
    return answers.ASSIGNMENT not in chosen.option.steps or any(team.id in my_teams for team in chosen.teams)


def _type(dialog: Dialog, place: Place) -> TypeStep:
    usable = [each for each in dialog.options if not each.why_not]
    unusable = [ShownFact(each.name, each.why_not) for each in dialog.options if each.why_not]
    option = dialog.chosen.option if dialog.chosen and not dialog.chosen.option.why_not else None
    count = len(unusable)
    step = TypeStep(
        options=[Option(str(each.id), f"{each.name} - {each.hint}" if each.hint else each.name) for each in usable],
        first=words.SELECT_TYPE if len(usable) > 1 or option is None else "",
        unusable=unusable,
        unusable_words="1 type cannot be used right now" if count == 1 else f"{count} types cannot be used right now",
        is_nothing_usable=not usable,
    )
    return _with_choice(step, option, place) if option else step


def _with_choice(step: TypeStep, option: TypeOption, place: Place) -> TypeStep:
    number = option.already_open_number
    return TypeStep(
        **{name: getattr(step, name) for name in ("options", "first", "unusable", "unusable_words")},
        chosen=str(option.id),
        hint=option.hint,
        already=option.already_open,
        already_href=routes.task(place.way.reference, number) if number else "",
        already_label=f"Open task {number}" if number else "",
        heading=f"What will happen with {option.name}",
        will=[ShownFact("Goes to", option.goes_to), ShownFact("Target", option.target), ShownFact("Emails", option.emails)],
    )


def _assignment(chosen: Chosen, given: answers.Answers, find: str) -> AssignmentStep:
    team = chosen.team(given)
    if team is None:
        return AssignmentStep(teams=[Option(str(each.id), words.team_label(each)) for each in chosen.teams])
    picked = answers.text(given, "person") or answers.ANYONE
    anyone = Option(answers.ANYONE, f"Anyone in {team.name}", words.anyone_hint(team), picked == answers.ANYONE)
    ordered = sorted(chosen.people, key=lambda each: not each.is_me)
    found = [_person(each, picked) for each in ordered if str(each.id) == picked or _matches(each, find)]
    is_only = len(chosen.teams) == 1
    return AssignmentStep(
        teams=[] if is_only else [Option(str(each.id), words.team_label(each)) for each in chosen.teams],
        team=str(team.id),
        only_team=f"Goes to {team.name}" if is_only else "",
        legend=f"Person in {team.name}",
        people=[anyone, *found],
        can_find=len(chosen.people) >= FIND_FROM,
        not_found="" if found or not find else f"Nobody in {team.name} is called that.",
    )


def _person(person: PersonOption, picked: str) -> Option:
    label = f"Me ({person.name})" if person.is_me else person.name
    return Option(str(person.id), label, words.person_hint(person), str(person.id) == picked)


def _matches(person: PersonOption, find: str) -> bool:
    return finding.is_found(finding.words_of(find), finding.folded(person.name))


def _details(chosen: Chosen, dialog: Dialog, key: str) -> DetailsStep:
    given = dialog.answers
    description, summary = answers.text(given, "description"), answers.text(given, "summary")
    picked = set(answers.texts(given, "files"))
    return DetailsStep(
        asks_description="description" in chosen.asks,
        asks_summary="summary" in chosen.asks,
        asks_files="files" in chosen.asks,
        asks_case_details="case_details" in chosen.asks,
        description=description or chosen.usual_description,
        summary=summary or chosen.usual_summary,
        is_description_changed=bool(description.strip()),
        is_summary_changed=bool(summary.strip()),
        files=[Option(each.id, each.name, f"{each.size}, added {each.added}", each.id in picked) for each in dialog.case_files],
        uploads=[ShownFile(each.id, each.name, each.size) for each in dialog.uploads],
        upload_url=routes.with_query(routes.UPLOAD, draft=key),
        files_hint=words.files_hint(settings.load().max_file_mb, settings.load().max_files),
        select_all=f"Select all {len(dialog.case_files)}",
        is_shared=answers.text(given, "case_details") == answers.YES,
    )


def _targets(chosen: Chosen, given: answers.Answers) -> TargetsStep:
    usual, kind = chosen.usual_target, answers.text(given, "target") or "usual"
    unit = answers.text(given, "unit") or "days"
    working = "Working days" if usual.is_business else "Days", "Working hours" if usual.is_business else "Hours"
    return TargetsStep(
        options=[
            Option("usual", f"Use the usual target: {usual.amount or 'none'}", usual.due if usual.amount else "", kind == "usual"),
            Option("custom", "Set a different target", "", kind == "custom"),
            Option("none", "No target", words.NO_TARGET_HINT, kind == "none"),
        ],
        is_custom=kind == "custom",
        amount=answers.text(given, "amount"),
        units=[Option("days", working[0], "", unit != "hours"), Option("hours", working[1], "", unit == "hours")],
        moment=_moment(chosen.target) if kind == "custom" else "",
        notes=words.target_notes(chosen.target, usual) if kind == "custom" and chosen.target else [],
        reminded=words.reminded(usual if not answers.text(given, "target") else chosen.target),
    )


def _moment(target: Preview | None) -> str:
    return f"That is {target.due}." if target and target.amount else ""
