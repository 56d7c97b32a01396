"""Safe values for the headers of a mail, and the names by which mails and conversations are known."""

import re
import secrets
import unicodedata

LONGEST = 160
LONGEST_ADDRESS = 254
_SPACES = re.compile(r" {2,}")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,186}[A-Za-z0-9])?")
_UNSEEN_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(value: str, longest: int = LONGEST) -> str:
    """Return a header value on one line, without control characters and without the marks of encoded words.

    Some versions of Python's own mail package turn an encoded line break back into a real one, and so a task's
    title into a header of its own.
    """
    line = one_line(value)
    while "=?" in line or "?=" in line:
        line = line.replace("=?", "= ?").replace("?=", "? =")
    return line[:longest].rstrip()


def one_line(value: str) -> str:
    """Return a text on one line: line breaks and control characters become single spaces."""
    # Almost every text is printable as a whole, and then no sign of it needs to be looked up.
    shown = value if value.isprintable() else "".join(" " if _is_hidden(sign) else sign for sign in value)
    return _SPACES.sub(" ", shown).strip()


def clean_text(value: str) -> str:
    """Return a body without control characters, with plain line breaks and no spaces at line ends."""
    unified = value.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in _UNSEEN_IN_TEXT.sub("", unified).split("\n"))


def is_address(value: str) -> bool:
    """Tell whether a mail can be sent there: one plain address, without a name, a comment or a control character."""
    return len(value) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(value) is not None


def new_message_id(host: str, *, about: str) -> str:
    """Return a fresh Message-ID; made once for each mail and kept over all its tries."""
    return f"<{about}.{secrets.token_hex(12)}@{host}>"


def thread_id(host: str, case_id: int) -> str:
    """Return the stable root of everything mailed about one case, so that it reads as one conversation."""
    return f"<case-{case_id}@{host}>"


def host_of(address: str) -> str:
    """Return the domain of the sender address, for Message-IDs and List-Ids."""
    domain = address.rpartition("@")[2].strip("<> ")
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "localhost"


def _is_hidden(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category.startswith("C") or category in {"Zl", "Zp"}
