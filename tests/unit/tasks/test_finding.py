"""What people type is found however they type it."""

import pytest

from casetasks_app import finding
from casetasks_app.finding import Reference


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Café   & Bar ", "cafe and bar"),
        ("O’Brien's house", "obriens house"),
        ("Site visit: 14 Mill-Lane_2", "site visit 14 mill lane 2"),
        ("STRASSE straße", "strasse strasse"),
        ("100% %_", "100"),
    ],
)
def test_case_accents_and_punctuation_do_not_count(text: str, folded: str) -> None:
    assert finding.folded(text) == folded


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("HSG-1042/3", Reference("HSG", 1042, 3)),
        ("hsg1042 3", Reference("HSG", 1042, 3)),
        (" 1042/3 ", Reference("", 1042, 3)),
        ("hsg 1042", Reference("HSG", 1042)),
        ("1042", Reference("", 1042)),
        ("14 mill lane", None),
        ("", None),
        ("mill", None),
    ],
)
def test_a_reference_is_understood_however_it_is_typed(typed: str, reference: Reference | None) -> None:
    assert finding.reference_in(typed) == reference


def test_every_word_must_be_found_in_any_order() -> None:
    words = finding.words_of(" Lane  MILL ")

    assert finding.is_found(words, "14 mill lane")
    assert not finding.is_found((*words, "road"), "14 mill lane")
    assert finding.is_found(finding.words_of("%"), "anything")
