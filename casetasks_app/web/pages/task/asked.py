"""What the dialogs ask and what is read from their answers."""

from collections.abc import Iterable, Mapping
from typing import Any

from casetasks_app import finding
from casetasks_app.sla.custom import typed_target
from casetasks_app.sla.rules import Unit
from casetasks_app.tasks.cancel import Reason
from casetasks_app.tasks.queries.assigning import Choice
from casetasks_app.tasks.queries.rows import TaskRow
from casetasks_app.tasks.queries.view import TaskPage
from casetasks_app.tasks.wanted import WantedTarget
from casetasks_app.web import messages
from casetasks_app.web.pages.task import texts
from casetasks_app.web.ui.choices import Option
from casetasks_app.web.ui.facts import ShownFact

FILTER_FROM = 9
"""From so many people and teams on there is a field to find one."""


def may(page: TaskPage, what: str) -> bool:
    """Tell whether the person may do what the address asks for; the services ask again."""
    row = page.row
    allowed = {"assign": row.may_assign, "release": row.may_release, "target": row.may_change_target, "cancel": row.may_cancel}
    return allowed.get(what, False)


def why_not(page: TaskPage, what: str) -> str:
    """Return why a dialog does not open."""
    if page.ended:
        return page.ended
    if what == "cancel" and page.why_not_cancellable:
        return page.why_not_cancellable
    return texts.ONLY_MANAGER.format(manager=page.manager) if page.manager and not page.is_manager else texts.NOT_POSSIBLE


def about(page: TaskPage, what: str) -> list[ShownFact]:
    """Return to what it happens: the task, who has it, its target, a draft."""
    row, form = page.row, page.form
    when = ", ".join(part for part in (row.target.line1, row.target.line2[:1].lower() + row.target.line2[1:]) if part)
    task = ShownFact("Task", f"{row.number}, {row.description}")
    found = [task, ShownFact("Assigned to", _assigned_to(page, what)), ShownFact("Target", when)]
    if form and form.draft_saved:
        found.append(ShownFact("Draft", f"{form.draft_by} has saved a draft, {form.draft_saved}"))
    return found


def has_person(page: TaskPage | None) -> bool:
    """Tell whether a person has the task, who is then emailed."""
    return bool(page and page.row.holder_kind == "person")


def _assigned_to(page: TaskPage, what: str) -> str:
    row = page.row
    if row.holder_kind == "person":
        return f"{row.holder} (will be emailed)" if what == "cancel" else row.holder
    if not row.holder_kind:
        return "Nobody now"
    return f"{row.holder}, not claimed" + (" (nobody is emailed)" if what == "cancel" else "")


def options_of(choices: Iterable[Choice], text: str) -> list[Option]:
    """Return the people and teams whose name has every word of this text, as radio buttons; accents make no difference."""
    words = finding.words_of(text)
    found = (each for each in choices if finding.is_found(words, finding.folded(f"{each.name} {each.team}")))
    return [Option(_value(each), each.name, _hint(each)) for each in found]


def chosen(choices: Iterable[Choice], value: str) -> Choice | None:
    """Return the choice that a radio button stands for."""
    return next((each for each in choices if _value(each) == value), None)


def assigned(number: str, choice: Choice) -> str:
    """Say who has the task now."""
    if choice.person_id is None:
        return messages.released(int(number), choice.name)
    return messages.assigned(int(number), choice.name)


def target_options(page: TaskPage) -> list[Option]:
    """Return the three ways to set a target."""
    usual = f"{texts.USUAL}: {page.usual_target}" if page.usual_target else f"{texts.USUAL}: none"
    return [Option("usual", usual), Option("custom", texts.DIFFERENT), Option("none", texts.NO_TARGET, texts.NO_TARGET_HINT)]


def units(page: TaskPage) -> list[Option]:
    """Return the units of another target, in the words of the clock it runs on."""
    days, hours = page.unit_words
    return [Option("days", days.capitalize(), is_chosen=True), Option("hours", hours.capitalize())]


def target(data: Mapping[str, Any]) -> WantedTarget:
    """Return the target that was asked for; "5", "48h" and "5 days" are read. Raises TargetRefused."""
    if data.get("kind") != "custom":
        return WantedTarget("none" if data.get("kind") == "none" else "usual")
    unit = Unit.HOURS if data.get("unit") == "hours" else Unit.DAYS
    amount = typed_target(str(data.get("amount", "")), unit)
    return WantedTarget("custom", amount.amount, amount.unit)


def reason(data: Mapping[str, Any]) -> Reason | None:
    """Return why the task is cancelled; None when it is a duplicate of nothing."""
    listed, text = str(data.get("reason", "")), str(data.get("text", "")).strip()
    if listed != texts.DUPLICATE or "duplicate" not in data:
        return Reason(listed, text)
    other = str(data["duplicate"])
    return Reason(listed, f"Task {other}. {text}".strip()) if other.isdecimal() else None


def other_tasks(tasks: Iterable[TaskRow], number: int) -> list[Option]:
    """Return the other tasks of the case, of which this one may be a duplicate."""
    return [Option(str(each.number), f"{each.number}, {each.description}") for each in tasks if each.number != number]


def _value(choice: Choice) -> str:
    return f"{choice.team_id}-{choice.person_id or 'all'}"


def _hint(choice: Choice) -> str:
    return choice.load if choice.person_id is None else f"{choice.team}. {choice.load}"
