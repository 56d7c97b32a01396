"""Sentences of the creation dialog. Pure."""

from casetasks_app.tasks import answers
from casetasks_app.tasks.one_page import ALL
from casetasks_app.tasks.queries.creation import MOST_COUNTED, PersonOption, TeamOption
from casetasks_app.tasks.queries.dialog import Chosen
from casetasks_app.tasks.submitted import Told
from casetasks_app.tasks.target import Preview
from casetasks_app.web import messages

MANY = 2
HEADINGS = {
    "type": "What kind of task is it?",
    "assignment": "Who should do this task?",
    "details": "What should they know?",
    "targets": "When should it be done?",
    "review": "Check and create the task",
    "all": "What kind of task is it?",
}
NAMES = {"type": "Task type", "assignment": "Assignment", "details": "Details", "targets": "Targets", "review": "Check"}
SELECT_TYPE = "Select a task type"
SELECT_TEAM = "Select a team"
NOTHING_USABLE = "No task types can be used on this case right now."
START_BY_TYPE = "Start by choosing the type."
SET_FOR_TYPE = "Set for this type of task."
CAN_CLOSE = "You can close this and come back."
PERSON_MAILED = "A person you choose is always emailed."
NO_ADDRESS = "No email address is known; they will see it in My work."
NAME_HINT = "Shown in lists. If you leave it as it is, the default is used."
CHANGED_TEXT = "Changed from the default."
SHARE = "Let the people doing this task see the full case details"
SHARE_HINT = "They will see the case form and its answers, not the private notes."
TO_ONE_PAGE = "Show all questions on one page"
TO_STEPS = "Show one step at a time"
DO_NOW = "Create and do it now"
MISTAKE = "Created by mistake?"
ONE_MISTAKE = "it was created by mistake"
NO_TARGET_HINT = "Nobody is reminded and it is never shown as breached."
NUMBER_HINT = "A whole number. You can also type 48h or 5 days."
ALL_AT_ONCE = "All questions on one page"
LATE_REMINDER = "The reminder time has already passed, so you get no reminder, only the breach email."


def progress(step: str, steps: tuple[str, ...]) -> str:
    """Return "Step 1" on the first step, because the total depends on the type, else "Step 2 of 4"."""
    if step == ALL:
        return ALL_AT_ONCE
    return "Step 1" if step == answers.TYPE else f"Step {steps.index(step) + 1} of {len(steps)}"


def described(step: str, steps: tuple[str, ...]) -> str:
    """Return what a screen reader is told of the dialog: "Step 2 of 4: Assignment"."""
    return ALL_AT_ONCE if step == ALL else f"{progress(step, steps)}: {NAMES[step]}"


def title(step: str, steps: tuple[str, ...]) -> str:
    """Return the step's part of the browser tab's title."""
    if step == ALL:
        return "Create a task"
    where = progress(step, steps)
    return f"Create a task, {where[:1].lower()}{where[1:]}: {NAMES[step]}"


def team_label(team: TeamOption) -> str:
    """Return "Planning officers - 6 people, 9 open tasks"."""
    many = f"{MOST_COUNTED:,} or more open tasks"
    load = many if team.open_tasks >= MOST_COUNTED else messages.many(team.open_tasks, "open task", "open tasks")
    return f"{team.name} - {people(team.people)}, {load}"


def people(count: int) -> str:
    """Return "1 person", "6 people"."""
    return messages.many(count, "person", "people")


def anyone_hint(team: TeamOption) -> str:
    """Say what happens when nobody in particular is chosen, as this type of task is set up (S44, S45)."""
    if not team.people:
        return f"There is nobody in {team.name} yet. The task will wait."
    if not team.mails_everyone:
        return "They can claim it. Nobody is emailed; it appears in their list."
    return "They can claim it. " + ("The 1 person in it is emailed." if team.people == 1 else f"All {team.people} are emailed.")


def person_hint(person: PersonOption) -> str:
    """Return how much somebody has on."""
    return person.load if person.has_email else f"{person.load}. {NO_ADDRESS}"


def goes_to(chosen: Chosen, given: answers.Answers) -> str:
    """Return who gets the task, as answered so far (S35, B4)."""
    if answers.ASSIGNMENT not in chosen.option.steps:
        return f"Assigned automatically to {chosen.option.goes_to}"
    team, person = chosen.team(given), chosen.person(given)
    if team is None:
        return ""
    return f"{person.name}, {team.name}" if person else f"{team.name}, for anyone to claim"


def mailed(chosen: Chosen, given: answers.Answers) -> str:
    """Say who is emailed, without a full stop: always the person chosen, the team only where set up (S44–S46)."""
    if answers.ASSIGNMENT not in chosen.option.steps:
        return f"{chosen.option.goes_to.removesuffix(' (you)')} is emailed"
    team, person = chosen.team(given), chosen.person(given)
    if person:
        return f"{person.name} is emailed"
    if team is None or not team.mails_everyone or not team.people:
        return "Nobody is emailed"
    return f"{people(team.people)} in {team.name} {'is' if team.people < MANY else 'are'} emailed"


def target(preview: Preview | None) -> str:
    """Return the exact moment and what it follows from (B7)."""
    if preview is None or not preview.amount:
        return "No target"
    return f"{preview.due} ({preview.amount})"


def target_notes(asked: Preview, usual: Preview) -> list[str]:
    """Say what is worth knowing about a target that differs from the usual one; nothing of it is an error."""
    notes = [f"That is a {asked.rest_day}. The target of this task runs round the clock, at weekends too."] if asked.rest_day else []
    if asked.at and usual.at and asked.at < usual.at:
        notes.append("Due before the usual target.")
    return notes


def files_hint(megabytes: int, files: int) -> str:
    """Say which files can be added."""
    return f"PDF, Word, Excel, JPG or PNG, up to {megabytes} MB each, {files} files."


def undone(number: int) -> str:
    """Say that a creation was taken back."""
    return f"Task {number} is cancelled: {ONE_MISTAKE}."


def reminded(preview: Preview | None) -> str:
    """Say when the case manager is emailed about the target; empty without one."""
    if preview is None or not preview.amount:
        return ""
    if preview.has_late_reminder and not preview.reminders:
        return LATE_REMINDER
    before = " and ".join(preview.reminders)
    return f"You will be emailed: {before} and when it is breached." if before else "You will be emailed when it is breached."


def created(number: int, told: Told) -> str:
    """Say what was created, who knows of it and when it is due (`created`)."""
    who = f"{told.person or people_in(told)} {'was' if told.person or told.mailed < MANY else 'were'} emailed"
    if not told.due:
        return f"Task {number} created: {told.type_name}. {who}. It has no target."
    return messages.created(number, told.type_name, who, told.due)


def people_in(told: Told) -> str:
    """Return "6 people in Planning officers", or "Nobody"."""
    return f"{people(told.mailed)} in {told.team}" if told.mailed else "Nobody"


def person_reset(legend: str) -> str:
    """Say that another team means another choice of people; `legend` is "Person in Enforcement"."""
    return f"{legend}: anyone."
