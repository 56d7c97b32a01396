"""The review, and the answers so far, each with its way back. Pure."""

from dataclasses import dataclass

from casetasks_app.tasks import answers
from casetasks_app.tasks.queries.dialog import Chosen, Dialog
from casetasks_app.tasks.target import Preview
from casetasks_app.web import routes
from casetasks_app.web.pages.case_tasks.creation import words
from casetasks_app.web.ui.facts import ShownFact

THEN_REVIEW = "review"


@dataclass(frozen=True)
class Way:
    """The list of a case's tasks over which the dialog stands, as the address has it; every step keeps it."""

    reference: str = ""
    listed: tuple[tuple[str, str], ...] = ()

    def to(self, step: str, *, then: str = "") -> str:
        """Link to a step, without one to the list alone; with `then=review` Continue leads back to the review."""
        return routes.case_tasks(self.reference, dict(self.listed), new=step, then=then)


def facts(dialog: Dialog, way: Way) -> list[ShownFact]:
    """Return every answer with its Change link; what the configuration decides has a note instead."""
    chosen = dialog.chosen
    if chosen is None:
        return []
    rows = [
        ("type", "Task type", chosen.option.name, "task type"),
        ("assignment", "Goes to", words.goes_to(chosen, dialog.answers), "assignment"),
    ]
    rows += _details(chosen, dialog) if answers.DETAILS in chosen.option.steps else []
    rows.append(("targets", "Target", words.target(_target(chosen)), "target"))
    return [_fact(chosen, way, *row) for row in rows]


def so_far(dialog: Dialog, way: Way, upto: int) -> list[ShownFact]:
    """Return the answers of the steps before the one shown."""
    chosen = dialog.chosen
    if chosen is None:
        return []
    said = {
        "type": ("Task type", chosen.option.name, "task type"),
        "assignment": ("Goes to", words.goes_to(chosen, dialog.answers), "assignment"),
        "details": ("Details", _details_words(chosen, dialog), "details"),
        "targets": ("Target", words.target(_target(chosen)), "target"),
    }
    return [ShownFact(said[step][0], said[step][1], way.to(step), said[step][2]) for step in dialog.steps[:upto]]


def will(dialog: Dialog) -> list[ShownFact]:
    """Return what the answers so far come to, for the page that asks everything at once and has no review."""
    chosen = dialog.chosen
    if chosen is None:
        return []
    told = words.goes_to(chosen, dialog.answers) or chosen.option.goes_to
    rows = [("Goes to", told), ("Target", words.target(_target(chosen))), ("Emails", f"{words.mailed(chosen, dialog.answers)}.")]
    return [ShownFact(label, value) for label, value in rows]


def when_created(dialog: Dialog) -> str:
    """Say what pressing Create task sets off."""
    chosen = dialog.chosen
    if chosen is None:
        return ""
    reminded = words.reminded(_target(chosen))
    return f"When you create it: {words.mailed(chosen, dialog.answers)}." + (f" {reminded}" if reminded else "")


def _fact(chosen: Chosen, way: Way, step: str, label: str, value: str, about: str) -> ShownFact:
    if step != answers.TYPE and step not in chosen.option.steps:
        return ShownFact(label, value, note=words.SET_FOR_TYPE)
    return ShownFact(label, value, way.to(step, then=THEN_REVIEW), about)


def _details(chosen: Chosen, dialog: Dialog) -> list[tuple[str, str, str, str]]:
    given, asks = dialog.answers, chosen.asks
    name = answers.text(given, "description").strip() or chosen.usual_description
    summary = answers.text(given, "summary").strip() or "Not changed (usual text)"
    shared = "Shared in full" if answers.text(given, "case_details") == answers.YES else "Not shared"
    rows = {
        "description": ("Task name", name, "task name"),
        "summary": ("Summary", summary, "summary"),
        "files": ("Attachments", ", ".join(_files(dialog)) or "None", "attachments"),
        "case_details": ("Case details", shared, "case details"),
    }
    return [("details", *row) for field, row in rows.items() if field in asks]


def _details_words(chosen: Chosen, dialog: Dialog) -> str:
    given = dialog.answers
    said = [label for field, label in (("description", "task name"), ("summary", "summary")) if answers.text(given, field).strip()]
    count = len(_files(dialog)) if "files" in chosen.asks else 0
    said += [f"{count} {'file' if count == 1 else 'files'}"] if count else []
    said += ["full case details"] if answers.text(given, "case_details") == answers.YES else []
    return ", ".join(said).capitalize() if said else "As usual"


def _files(dialog: Dialog) -> list[str]:
    picked = set(answers.texts(dialog.answers, "files"))
    return [each.name for each in (*dialog.case_files, *dialog.uploads) if each.id in picked or each in dialog.uploads]


def _target(chosen: Chosen) -> Preview | None:
    return chosen.target if answers.TARGETS in chosen.option.steps else chosen.usual_target
