"""From a task as the database knows it to what its page shows: words, links and lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from casetasks_app.history.queries import Entry
from casetasks_app.moments import short_moment
from casetasks_app.tasks.queries.case_files import FileOption
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.tasks.queries.step_form import Asked, StepForm
from casetasks_app.tasks.queries.view import TaskPage
from casetasks_app.web import messages, routes
from casetasks_app.web.pages.task import texts
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.facts import ShownFact
from casetasks_app.web.ui.form_rows import Offered, ShownField, ShownFile, shown_fields
from casetasks_app.web.ui.histories import ShownEntry

IMAGES = frozenset({"JPG", "JPEG", "PNG"})


@dataclass(frozen=True)
class ShownTask:
    """The task in words. An address is empty when the person may not do what stands there."""

    number: str = ""
    name: str = ""
    caption: str = ""
    about: str = ""
    """How links and buttons name it: "task 3, Ask legal for opinion"."""
    reference: str = ""
    href: str = ""
    type_name: str = ""
    status: str = ""
    is_automatic: bool = False
    target_state: str = "none"
    target: str = ""
    target_more: str = ""
    target_iso: str = ""
    holder: str = ""
    held: str = ""
    standing: str = ""
    ended: str = ""
    may_claim: bool = False
    may_repair: bool = False
    assign_href: str = ""
    target_href: str = ""
    release_href: str = ""
    cancel_href: str = ""
    why_not_cancellable: str = ""
    summary: str = ""
    ask: str = ""
    ask_href: str = ""
    broken: str = ""
    facts: list[ShownFact] = field(default_factory=list)


@dataclass(frozen=True)
class ShownForm:
    """The open step: whose it is, where it stands in the process, and what its button says."""

    mark: str = ""
    """Which task and step the form belongs to; it is sent along with the answers."""
    is_mine: bool = False
    is_preview: bool = False
    position: str = ""
    button: str = texts.COMPLETE
    saved: str = ""
    upload_url: str = ""


@dataclass(frozen=True)
class Missing:
    """What stands on the page when there is no such task to see."""

    title: str = ""
    text: str = ""
    label: str = ""
    href: str = ""


def task_of(page: TaskPage, *, time: str) -> ShownTask:
    """Return the task for one person; `time` is the time of day, for the service desk."""
    row = page.row
    return ShownTask(
        number=str(row.number),
        name=row.description,
        caption=texts.CAPTION.format(n=row.number, case=row.case_reference),
        about=f"task {row.number}, {row.description}",
        reference=row.reference,
        href=routes.task(row.case_reference, row.number),
        type_name=row.type_name,
        status=row.status,
        is_automatic=row.is_automatic,
        target_state=row.target.state,
        target=row.target.line1,
        target_more=row.target.line2,
        target_iso=row.target.iso,
        holder=row.holder,
        held=_held(page),
        standing=_standing(page),
        ended=page.ended,
        summary=page.summary,
        ask=page.manager if _must_ask(page) else "",
        ask_href=f"mailto:{page.manager_email}" if page.manager_email else "",
        broken="" if page.is_available or row.status != "new" else texts.TELL.format(what=page.plugin_id, time=time),
        facts=facts_of(page),
        **_allowed(page),
    )


def _allowed(page: TaskPage) -> dict[str, Any]:
    """What this person may do, as addresses of the dialogs."""
    row = page.row
    may = {"assign": row.may_assign, "target": row.may_change_target, "release": row.may_release, "cancel": row.may_cancel}
    links = {f"{what}_href": routes.task(row.case_reference, row.number, do=what) for what, allowed in may.items() if allowed}
    why = page.why_not_cancellable if page.is_manager and row.status == "new" else ""
    return {**links, "may_claim": row.may_claim, "may_repair": page.is_manager, "why_not_cancellable": why}


def facts_of(page: TaskPage) -> list[ShownFact]:
    """Return the facts beside the task that are no controls."""
    row = page.row
    found = [
        ShownFact("Type", row.type_name),
        ShownFact("Asked by", row.asked_by),
        ShownFact("Created", row.created),
        ShownFact("Case manager", page.manager or "nobody yet"),
    ]
    return [*found, *([ShownFact("Outcome", row.outcome[:1].upper() + row.outcome[1:])] if row.outcome else [])]


def form_of(form: StepForm | None, page: TaskPage) -> ShownForm:
    """Return the open step for one person; a preview for those who may claim it."""
    if form is None or not (form.is_mine or page.row.may_claim):
        return ShownForm(position=_position(form))
    return ShownForm(
        mark=mark_of(page.row.task_id, form.step_id),
        is_mine=form.is_mine,
        is_preview=not form.is_mine,
        position=_position(form),
        button=button_of(form, form.draft),
        saved=messages.draft_saved(form.draft_saved) if form.draft_saved else "",
        upload_url=routes.with_query(routes.UPLOAD, draft=form.upload_key),
    )


def mark_of(task_id: int, step_id: int) -> str:
    """Return what a form sends along so that late answers never land in another task."""
    return f"{task_id}-{step_id}"


def button_of(form: StepForm, answers: Mapping[str, Any]) -> str:
    """Return what the button says: it names the answer when one choice decides."""
    row = next((each for each in form.rows if each.name == form.decided_by), None)
    chosen = answers.get(form.decided_by) if row else None
    return f"{texts.COMPLETE}: {row.label_of(chosen)}" if row and chosen else texts.COMPLETE


def fields_of(asked: Asked, answers: Mapping[str, Any], errors: Mapping[str, str]) -> list[ShownField]:
    """Return the questions as they stand now."""
    offered = Offered(
        people=[Option(value, name) for value, name in asked.people.items()],
        teams=[Option(value, name) for value, name in asked.teams.items()],
        files={each.id: file_of(each) for each in asked.files},
    )
    return shown_fields(asked.rows, answers, errors, offered)


def file_of(file: FileOption) -> ShownFile:
    """Return a file with its link, and a small picture of an image."""
    kind = PurePath(file.name).suffix.lstrip(".").upper()
    preview = routes.preview(file.id) if kind in IMAGES else ""
    return ShownFile(file.id, file.name, file.size, routes.file(file.id), kind, preview)


def entries_of(happened: Iterable[Entry], now: Any) -> list[ShownEntry]:  # noqa: ANN401
    """Return the task's history beside its facts; each entry carries its date."""
    return [
        ShownEntry(
            title=each.title,
            by=each.byline.removeprefix("by "),
            time=short_moment(each.at, now),
            iso=each.at.isoformat(timespec="seconds"),
            text="\n".join(each.lines),
            lines=len(each.lines),
            is_private=each.is_private,
        )
        for each in happened
    ]


def missing_of(reference: str, number: int, last: int) -> Missing:
    """Return what to say about a task that is not there: with its neighbours for a case manager, without for others."""
    if not last:
        return Missing(texts.NOTHING_HERE, texts.NOTHING_HERE_MORE, "My work", routes.MY_WORK)
    title = texts.NO_TASK.format(n=number or "like this", case=reference)
    return Missing(title, texts.LAST_TASK.format(n=last), f"Tasks of {reference}", routes.case_tasks(reference))


def _position(form: StepForm | None) -> str:
    return texts.STEP.format(n=form.position, title=form.title) if form and form.count > 1 else ""


def _held(page: TaskPage) -> str:
    row = page.row
    if row.status != "new":
        return ""
    return f"Not claimed, {row.since}" if row.holder_kind == "team" else row.since


def _standing(page: TaskPage) -> str:
    """Who has it, in a sentence, for those who only look."""
    row = page.row
    if row.status != "new" or (page.form and page.form.is_mine):
        return ""
    words = {"person": "{} has this task", "team": "{} can claim this task; nobody has yet"}
    who = words.get(row.holder_kind, texts.BY_ITSELF).format(row.holder)
    form = page.form
    draft = f" Draft saved by {form.draft_by}, {form.draft_saved}." if form and form.draft_saved else ""
    return f"{who}.{draft}"


def _must_ask(page: TaskPage) -> bool:
    return not (page.sees_case or page.details_shared) and bool(page.manager)


def with_draft(form: ShownForm, page: TaskPage | None, answers: Mapping[str, Any], time: str) -> ShownForm:
    """Return the form's frame after its draft was saved at `time`."""
    step = page.form if page else None
    return replace(form, saved=messages.draft_saved(time), button=button_of(step, answers) if step else form.button)


def picture_of(page: TaskPage) -> str:
    """Return the address of the process picture; it changes with the task, so that no old picture is shown."""
    if not (page.process and page.process_width):
        return ""
    version = f"{page.row.version}-{len(page.steps_done)}"
    return routes.with_query(routes.process_picture(page.row.case_reference, page.row.number), v=version)


def next_words(row: TaskRow) -> str:
    """Return the words of the link to the next task: "Next task: HSG-0990/1, due tomorrow, 09:15"."""
    target = f", {row.target.line1[:1].lower()}{row.target.line1[1:]}" if row.target.iso else ""
    return f"Next task: {row.reference}{target}"
