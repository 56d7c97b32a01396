"""What answers are checked against, and how typed text is made safe to store."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE_ENDS = re.compile(r"\A[\s\u200b-\u200d\u2060\ufeff]+|[\s\u200b-\u200d\u2060\ufeff]+\Z")


class NotAccepted(ValueError):
    """The input cannot be taken; the argument is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was uploaded for this form: its name and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Known:
    """What answers are checked against: the moment (aware), the organisation's zone, and which ids exist.

    An id that is not in `people`, `teams` or `files` is refused, so a form cannot be used to reach others' files.
    """

    now: datetime
    zone: tzinfo = UTC
    people: Container[str] = ()
    teams: Container[str] = ()
    files: Mapping[str, KnownFile] = field(default_factory=dict[str, KnownFile])


def cleaned(text: str, *, lines: bool) -> str:
    """Text without what no store takes (NUL, controls, halves of pairs); one line unless `lines`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        text = " ".join(text.splitlines())
    return _INVISIBLE_ENDS.sub("", storable(text))


def storable(text: str) -> str:
    """Text as it was typed, without what no store takes: for drafts."""
    return _UNPRINTABLE.sub("", text)
