"""Answers that a form accepts, made up at random: what a person might type, and what only a hostile one would."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from casetasks_app.task_types.choosing import CHECKLIST_ANSWERS
from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.forms import Answers, Form, Json, Known, Problems, check_answers, rows

MOST_TRIES = 400
HOSTILE = (
    "<script>alert('x')</script>",
    "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7}",
    "'; DROP TABLE task; --",
    '=HYPERLINK("http://example.org")',
    "&lt;b&gt; <b>bold</b> \\ \" '",
    "\u202egnp.exe \u200b Zoë 👩‍👩‍👧 漢字",
    "%s %d {0} {name}",
)
"""Texts that only show whether what is shown was written by a person or run as something else."""
STRANGE: tuple[object, ...] = (
    None, "", " ", "\x00", "\ud800", "x" * 20_001, 0, -1, 1e308, True, [], [None], {}, {"item": 1}, [["a"]], b"x", object(),
)  # fmt: skip
"""Raw values that no browser sends, for every kind of field."""

Upload = Callable[[str], str]


class NothingAccepted(Exception):
    """No answers were found that the form accepts; the argument says what it refused last."""


def chance_of(seed: int) -> Random:
    """Return the same chances for the same seed, so that what is found can be found again."""
    return Random(seed)  # noqa: S311  nothing here is a secret


def answers_for(form: type[Form], chance: Random, *, known: Callable[[], Known], upload: Upload) -> Answers:
    """Return answers that the form accepts, as they are stored. Raises NothingAccepted.

    `known` is asked again after each file that `upload` adds.
    """
    refused: object = "it asks for nothing"
    for _ in range(MOST_TRIES):
        raw = {row.name: value for row in rows(form) if row.has_answer and (value := _guess(row, chance, known, upload)) is not None}
        accepted = check_answers(form, raw, known=known())
        if not isinstance(accepted, Problems):
            return accepted
        refused = accepted.by_field
    raise NothingAccepted(str(refused))


def strange_answers(form: type[Form]) -> list[dict[str, object]]:
    """Return raw answers that no form should accept and none may choke on."""
    names = [row.name for row in rows(form) if row.has_answer]
    return [dict.fromkeys(names, value) for value in STRANGE] + [{"no_such_field": "x"}]


def with_hostile_texts(row_answers: Mapping[str, Json], asked: tuple[FieldRow, ...], text: str) -> Answers:
    """The same answers with every typed text replaced."""
    typed = {row.name: row for row in asked if row.kind in {"text", "long text"} and not _decides(row, asked)}
    return {name: _cut(typed[name], text) if name in typed and value else value for name, value in row_answers.items()}


def _decides(row: FieldRow, asked: tuple[FieldRow, ...]) -> bool:
    return any(row.name in other.reads for other in asked)


def _cut(row: FieldRow, text: str) -> str:
    return text[: row.limits.max_length or len(text)]


def _guess(row: FieldRow, chance: Random, known: Callable[[], Known], upload: Upload) -> object:
    """A value for one field; sometimes none where none is needed."""
    if not row.required and chance.random() < 0.3:  # noqa: PLR2004  about every third
        return None
    guesses: dict[str, Callable[[], object]] = {
        "text": lambda: _text(row, chance),
        "long text": lambda: "\n".join(_text(row, chance) for _ in range(chance.randint(1, 3)))[: row.limits.max_length or 4_000],
        "number": lambda: _number(row, chance),
        "money": lambda: _number(row, chance),
        "date": lambda: _moment(row, chance, known()).date().isoformat(),
        "date and time": lambda: _moment(row, chance, known()).isoformat(timespec="minutes"),
        "yes/no": lambda: chance.random() < 0.5,  # noqa: PLR2004
        "choice": lambda: chance.choice(row.options)[0],
        "choices": lambda: [value for value, _ in row.options if chance.random() < 0.6] or [row.options[0][0]],  # noqa: PLR2004
        "checklist": lambda: [_checked(item, chance) for item, _ in row.options],
        "files": lambda: [upload(f"attachment.{chance.choice(row.limits.file_types or ('pdf', 'jpg')).lstrip('.')}")],
        "person": lambda: chance.choice(_listed(known().people)),
        "team": lambda: chance.choice(_listed(known().teams)),
        "questions": lambda: [_question(number, chance) for number in range(chance.randint(1, 4))],
    }
    return guesses[row.kind]()


def _question(number: int, chance: Random) -> dict[str, object]:
    kind = chance.choice(("text", "long text", "number", "date", "yes/no", "files"))
    return {"name": f"question_{number}", "label": f"Question {number}?", "kind": kind, "required": chance.choice((True, False))}


def _text(row: FieldRow, chance: Random) -> str:
    words = (*HOSTILE, "as agreed", "12", "by May", f"note {chance.randint(1, 10_000)}")
    return chance.choice(words)[: row.limits.max_length or 200]


def _number(row: FieldRow, chance: Random) -> int:
    low = row.limits.at_least if row.limits.at_least is not None else -5
    high = row.limits.at_most if row.limits.at_most is not None else max(low, 0) + 100
    edges = [value for value in (low, high, 0, 1) if low <= value <= high]
    return int(chance.choice([*edges, chance.uniform(low, high)]))


def _moment(row: FieldRow, chance: Random, known: Known) -> datetime:
    days = chance.randint(1, 40)
    away = -days if row.limits.when in {"past", "today or past"} else days
    return known.now.astimezone(known.zone) + timedelta(days=away)


def _checked(item: str, chance: Random) -> dict[str, str]:
    answer, _ = chance.choice(CHECKLIST_ANSWERS)
    return {"item": item, "answer": answer, "comment": chance.choice(("", *HOSTILE))}


def _listed(container: object) -> list[str]:
    return sorted(container) if isinstance(container, (set, frozenset, Mapping, tuple, list)) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
