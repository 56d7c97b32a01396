"""Fields that are answered by choosing: options, people, teams, uploaded files and checklists."""

from collections.abc import Container, Mapping
from pathlib import PurePosixPath

from casetasks_app.task_types.fields import FieldRow
from casetasks_app.task_types.known import Known, KnownFile, NotAccepted, cleaned
from casetasks_app.task_types.shapes import Json, items, record

MOST_FILES = 10
CHECKLIST_ANSWERS = (("yes", "Yes"), ("no", "No"), ("not applicable", "Not applicable"))
LONGEST_COMMENT = 500
_SAME_TYPE = {"jpeg": "jpg"}


def read_choice(row: FieldRow, raw: object, known: Known) -> Json:
    """The value of one of the options. Raises NotAccepted."""
    del known
    return _offered(row, raw, {value for value, _ in row.options})


def read_person(row: FieldRow, raw: object, known: Known) -> Json:
    """The id of a known person. Raises NotAccepted."""
    return _offered(row, raw, known.people)


def read_team(row: FieldRow, raw: object, known: Known) -> Json:
    """The id of a known team. Raises NotAccepted."""
    return _offered(row, raw, known.teams)


def _offered(row: FieldRow, raw: object, offered: Container[str]) -> Json:
    if raw is None or raw == "":
        return None
    if not isinstance(raw, str) or raw not in offered:
        raise NotAccepted(row.missing)
    return raw


def _list_of(row: FieldRow, raw: object) -> list[str]:
    """The ids or values chosen, each once."""
    given = [] if raw is None else [raw] if isinstance(raw, str) else items(raw)
    if given is None or not all(isinstance(each, str) for each in given):
        raise NotAccepted(row.missing)
    return list(dict.fromkeys(each for each in given if each))


def read_choices(row: FieldRow, raw: object, known: Known) -> Json:
    """The chosen values in the order of the options, each once. Raises NotAccepted."""
    del known
    chosen = _list_of(row, raw)
    offered = [value for value, _ in row.options]
    if not set(chosen) <= set(offered):
        raise NotAccepted(row.missing)
    return [value for value in offered if value in chosen]


def read_files(row: FieldRow, raw: object, known: Known) -> Json:
    """The ids of uploaded files, within number, size and type. Raises NotAccepted."""
    chosen = _list_of(row, raw)
    most = row.limits.max_files or MOST_FILES
    if len(chosen) > most:
        raise NotAccepted(f"You can add up to {most} {'file' if most == 1 else 'files'}.")
    for each in chosen:
        uploaded = known.files.get(each)
        if uploaded is None:
            raise NotAccepted("A file could not be uploaded. Try again.")
        _check_file(row, uploaded)
    return chosen


def _check_file(row: FieldRow, uploaded: KnownFile) -> None:
    types, most = row.limits.file_types, row.limits.max_mb
    if uploaded.size == 0:
        raise NotAccepted(f"'{uploaded.name}' is empty.")
    if most is not None and uploaded.size >= most * 1_000_000:
        raise NotAccepted(f"'{uploaded.name}' must be smaller than {most} MB.")
    ending = PurePosixPath(uploaded.name).suffix.lower().lstrip(".")
    if types and _SAME_TYPE.get(ending, ending) not in {_SAME_TYPE.get(each, each) for each in endings(row)}:
        raise NotAccepted(f"'{uploaded.name}' must be {types_in_words(row)}.")


def endings(row: FieldRow) -> list[str]:
    """The endings of file names a question takes, small and without dots; none means every kind that is kept at all."""
    return [each.lower().lstrip(".") for each in row.limits.file_types]


def types_in_words(row: FieldRow) -> str:
    """“PDF, JPG or PNG”; nothing for a question that takes every kind."""
    wanted = [each.upper() for each in endings(row)]
    return " or ".join([", ".join(wanted[:-1]), wanted[-1]] if len(wanted) > 1 else wanted)


def read_checklist(row: FieldRow, raw: object, known: Known) -> Json:
    """A list of {item, answer, comment} in the order of the row; unanswered things are left out. Raises NotAccepted."""
    del known
    given = _checked_things(row, raw)
    if set(given) - {item for item, _ in row.options}:
        raise NotAccepted(row.missing)
    answered = [_checked_thing(row, item, label, given.get(item, {})) for item, label in row.options]
    kept = [each for each in answered if each]
    if kept and len(kept) < len(row.options) and row.required:
        first = next(label for (_, label), each in zip(row.options, answered, strict=True) if not each)
        raise NotAccepted(f"Select an answer for {first}.")
    return kept


def _checked_things(row: FieldRow, raw: object) -> dict[str, Mapping[str, Json]]:
    """What was said about each thing, from a list of records or from records by thing."""
    by_item = record(raw)
    given = [] if raw in (None, "") else items(raw)
    if by_item is not None:
        given = [{"item": item, **(record(each) or {})} for item, each in by_item.items()]
    found = [record(each) for each in given or ()]
    if given is None or not all(each is not None and isinstance(each.get("item"), str) for each in found):
        raise NotAccepted(row.missing)
    return {each["item"]: each for each in found if each is not None}


def _checked_thing(row: FieldRow, item: str, label: str, thing: Mapping[str, Json]) -> dict[str, str] | None:
    answer, comment = thing.get("answer") or "", thing.get("comment") or ""
    if not isinstance(comment, str) or not isinstance(answer, str):
        raise NotAccepted(row.missing)
    comment = cleaned(comment, lines=True)
    if len(comment) > LONGEST_COMMENT:
        raise NotAccepted(f"Comment on {label} must be {LONGEST_COMMENT} characters or less.")
    if answer not in {"", *(value for value, _ in CHECKLIST_ANSWERS)} or (comment and not answer):
        raise NotAccepted(f"Select an answer for {label}.")
    return {"item": item, "answer": answer, "comment": comment} if answer else None
