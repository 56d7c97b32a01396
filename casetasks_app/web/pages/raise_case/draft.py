"""What is typed before there is a case: kept in the tab itself, so that neither a reload nor a lost server loses it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast
from uuid import uuid4

from casetasks_app.cases.complete import bounded

MOST = 60_000
KEY_PREFIX = "case:"


@dataclass(frozen=True)
class NewCaseDraft:
    """A half-filled form; `key` lets the case be raised once only, and marks the files uploaded for it."""

    key: str
    person_id: int
    answers: dict[str, Any] = field(default_factory=dict[str, Any])


def fresh(person_id: int) -> NewCaseDraft:
    """Return an empty draft with a key of its own."""
    return NewCaseDraft(f"{KEY_PREFIX}{uuid4().hex}", person_id)


def read(text: str, person_id: int) -> NewCaseDraft:
    """Return the draft a tab sent back, or an empty one: it may be nobody's, another person's, or made up."""
    try:
        found = json.loads(text[: MOST * 2] or "{}")
        key, answers, owner = str(found["key"]), found["answers"], found["person_id"]
    except (ValueError, TypeError, KeyError):
        return fresh(person_id)
    is_ours = key.removeprefix(KEY_PREFIX).isalnum() and key.startswith(KEY_PREFIX) and len(key) < 60  # noqa: PLR2004
    if owner != person_id or not is_ours or not isinstance(answers, dict):
        return fresh(person_id)
    return NewCaseDraft(key, person_id, bounded(cast("dict[str, object]", answers), MOST))


def written(draft: NewCaseDraft) -> str:
    """Return a draft as the tab keeps it."""
    return json.dumps(asdict(draft), separators=(",", ":"))


def with_answers(draft: NewCaseDraft, answers: Mapping[str, Any], *, drawn: Collection[str] = ()) -> NewCaseDraft:
    """Return the draft with what stands in the form now.

    Of the `drawn` questions those without an answer were left empty; what belongs to others, not drawn now, stays.
    """
    other = {name: value for name, value in draft.answers.items() if name.partition(":")[0] not in drawn}
    return NewCaseDraft(draft.key, draft.person_id, bounded({**other, **answers}, MOST))
