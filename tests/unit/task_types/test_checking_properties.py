"""Whatever arrives: an answer that can be stored and given again, or a sentence of ours; never an exception."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetasks_app.task_types.fields import KINDS
from casetasks_app.task_types.forms import FieldRow, Known, KnownFile, Problems, RowsRefused, check_answers, from_rows, rows, shown

KNOWN = Known(
    now=datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
    zone=ZoneInfo("Europe/London"),
    people={"7"},
    teams={"7"},
    files={"7": KnownFile("plan.pdf", 10)},
)
OPTIONS = (("7", "Seven"), ("8", "Eight"))
EVERYTHING = from_rows(
    FieldRow(
        kind.replace("/", "_").replace(" ", "_"),
        kind,
        kind,
        required=False,
        options=OPTIONS if kind in {"choice", "choices", "checklist"} else (),
    )
    for kind in KINDS
)
NAMES = [row.name for row in rows(EVERYTHING) if row.has_answer]

texts = st.text(st.characters(), max_size=30) | st.sampled_from(
    [
        "7",
        "yes",
        "on",
        "\x00",
        "\ud800",
        "2026-11-26",
        "26/11/2026 14:30",
        "29/03/2026 01:30",
        "0001-01-01T00:00Z",
        "9999-12-31T23:59-12:00",
        "£5",
        "-0",
        "١٢",
    ]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts | st.binary(max_size=3)
keys = texts | st.sampled_from(["7", "item", "answer", "comment", "day", "month", "year", "date", "time"])
anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=8)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(NAMES), anything) | anything)
def test_any_input_becomes_answers_or_sentences(raw):
    found = check_answers(EVERYTHING, raw, known=KNOWN)

    if isinstance(found, Problems):
        assert all(each.message.endswith(".") for each in found.items)
        return
    stored = json.dumps(found, allow_nan=False)
    stored.encode()
    assert "\\u0000" not in stored
    assert check_answers(EVERYTHING, json.loads(stored), known=KNOWN) == found


@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_every_row_without_a_condition_is_shown_whatever_was_typed(raw):
    assert shown(EVERYTHING, raw, known=KNOWN) == rows(EVERYTHING)


@settings(max_examples=100)
@given(anything)
def test_any_stored_row_is_refused_in_words(stored):
    with pytest.raises(RowsRefused) as refused:
        from_rows([stored, {"name": "a", "label": "A", "options": ["only a choice has these"]}])

    assert all(problem.endswith(".") for problem in refused.value.problems)
