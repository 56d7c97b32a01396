"""What a reply asks: subject, message and files, begun from the template of its task type."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, Self

from pydantic import model_validator

from casetasks_app.plugins.generic_response.slots import KNOWN, blanks, filled, unknown_slots
from casetasks_app.task_types.forms import FieldRow, Form, Json, Refused, field, from_rows, rows

LONGEST_SUBJECT = 150
LONGEST_MESSAGE = 10_000
MOST_FILES, MOST_MB = 5, 2
_SLOTS_HELP = "May use {{ case.reference }}, {{ case.title }} and {{ case.contact }}."
_USUAL_SUBJECT = "{{ case.reference }}: {{ case.title }}"
_USUAL_MESSAGE = """\
Dear {{ case.contact }},

Thank you for getting in touch about “{{ case.title }}”. Your reference is {{ case.reference }}.

[Write your answer here.]

Yours sincerely"""


class Settings(Form):
    """What a task type that uses this plugin may set."""

    reply_subject: str = field(
        "Subject", required=False, default=_USUAL_SUBJECT, what="a subject", help=_SLOTS_HELP, max_length=LONGEST_SUBJECT
    )
    reply_template: str = field(
        "Template",
        "long text",
        required=False,
        default=_USUAL_MESSAGE,
        what="a template",
        help=f"{_SLOTS_HELP} What stands in [square brackets] has to be replaced before the email can be sent.",
        max_length=LONGEST_MESSAGE,
    )

    @model_validator(mode="after")
    def names_only_what_is_known(self) -> Self:
        """Refuse slots that would stay empty on every case."""
        for name, label in (("reply_subject", "Subject"), ("reply_template", "Template")):
            strange = unknown_slots(getattr(self, name) or "")
            if strange:
                sentence = f"{label}: there is no value '{strange[0]}'. There are {', '.join(KNOWN)}."
                raise Refused(sentence, field=name)
        return self


class Reply(Form):
    """The email as it will be sent; `__blanks__` is what its template still asks for."""

    __blanks__: ClassVar[tuple[str, ...]] = ()

    subject: str = field("Subject", what="a subject", max_length=LONGEST_SUBJECT)
    message: str = field("Message", "long text", what="a message", max_length=LONGEST_MESSAGE)
    files: list[str] = field(
        "Attachments",
        "files",
        required=False,
        help=f"They are sent with the email: up to {MOST_FILES} files of less than {MOST_MB} MB.",
        max_files=MOST_FILES,
        max_mb=MOST_MB,
    )

    @model_validator(mode="after")
    def has_no_blank_left(self) -> Self:
        """Refuse a letter in which the template still asks for something."""
        for name, text in (("subject", self.subject), ("message", self.message)):
            left = [blank for blank in self.__blanks__ if blank in (text or "")]
            if left:
                raise Refused(f"Replace “{left[0]}” with your own words, or take it out.", field=name)
        return self


def reply_form(given: Mapping[str, Json]) -> type[Form]:
    """The form of the reply: `given` are the task type's settings and, for a task, its case."""
    contact = (given.get("case") or {}).get("contact")
    to = FieldRow("to", f"To {contact or 'the person who raised the case'}", "note", help="At the email address given with the case.")
    templates = {
        "subject": given.get("reply_subject") or _USUAL_SUBJECT,
        "message": given.get("reply_template") or _USUAL_MESSAGE,
    }
    asked = [replace(row, default=filled(templates.get(row.name, ""), given) or None) for row in rows(Reply)]
    left = tuple(blank for template in templates.values() for blank in blanks(template, given))
    return from_rows([to, *asked], name="Reply", base=_reply_without(left))


@lru_cache(maxsize=64)
def _reply_without(left: tuple[str, ...]) -> type[Reply]:
    return type("Reply", (Reply,), {"__blanks__": left, "__module__": __name__})
