"""The mails of a played task: written from the plugin's own texts as the product writes them, kept instead of sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casetasks_app.mail.render import Source, render_letter
from casetasks_app.task_types.contract import TaskPlugin
from casetasks_app.task_types.jobs import Letter
from casetasks_app.task_types.moments import moment_in_words
from casetasks_app.task_types.shapes import Json


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that would have been sent: to whom as the letter says, its texts, and the ids of the files enclosed."""

    to: str
    template: str
    subject: str
    text: str
    html: str
    files: tuple[str, ...] = ()


def written(plugin: TaskPlugin, letter: Letter, *, recipient: str, variables: Mapping[str, Json], now: datetime) -> Mail:
    """Write a letter. Raises jinja2's TemplateError for a name that its texts do not know, and LookupError for a missing text."""
    texts = [plugin.resource(f"emails/{letter.template}/{name}") for name in ("subject.txt", "body.txt", "body.html")]
    if texts[0] is None or texts[1] is None:
        raise LookupError(f"emails/{letter.template}/ has no subject.txt or no body.txt")
    values = {**_known(plugin, recipient, variables, now), **variables, **letter.values}
    rendered = render_letter(Source(texts[0], texts[1], texts[2] or ""), values)
    return Mail(letter.to, letter.template, rendered.subject, rendered.text, rendered.html, letter.files)


def _known(plugin: TaskPlugin, recipient: str, variables: Mapping[str, Json], now: datetime) -> dict[str, object]:
    case, task = variables["case"], variables["task"]
    return {
        "reference": f"{case['reference']}/{task['number']}",
        "case_reference": case["reference"],
        "case_type": "Housing repair",
        "task_type": plugin.name,
        "recipient": recipient,
        "manager": "Priya Shah",
        "organisation": "Example Council",
        "link": f"https://casetasks.example.org/cases/{case['reference']}/tasks/{task['number']}",
        "moment": moment_in_words(now),
    }
