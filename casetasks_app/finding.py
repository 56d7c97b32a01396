"""How what people type is compared with what there is: without case, accents and punctuation; "&" is "and"."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 400
LONGEST_TYPED = 80
MOST_WORDS = 8
_APOSTROPHE = re.compile("['’`]")
_REFERENCE = re.compile(r"(?P<prefix>[a-z]*) ?(?P<number>\d{1,9})(?: (?P<task>\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as it may be typed: "HSG-1042/3", "hsg1042 3", "1042/3", "1042"; what was left out is empty or 0."""

    prefix: str
    number: int
    task: int = 0


def folded(text: str) -> str:
    """Return a text as it is compared: lower case, no accents, words of letters and figures with one space between."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", text).replace("&", " and ")).casefold()
    kept = "".join(each if each.isalnum() else "" if unicodedata.combining(each) else " " for each in plain)
    return " ".join(kept.split())[:LONGEST]


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words to look for, each of which must be found; empty when nothing was typed."""
    return tuple(folded(typed[:LONGEST_TYPED]).split()[:MOST_WORDS])


def reference_in(typed: str) -> Reference | None:
    """Return the reference that was typed, if it is one."""
    found = _REFERENCE.fullmatch(folded(typed[:LONGEST_TYPED]))
    return Reference(found["prefix"].upper(), int(found["number"]), int(found["task"] or 0)) if found else None


def is_found(words: tuple[str, ...], text: str) -> bool:
    """Tell whether every word stands somewhere in a folded text."""
    return all(word in text for word in words)
