"""Password hashes (Argon2id); slow on purpose, so never called on the event loop."""

from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

MIN_LENGTH = 12
MAX_LENGTH = 200


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash("a password nobody has")


def hashed(password: str) -> str:
    """Return the hash to store."""
    return _hasher().hash(password)


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether the password fits; takes as long for an unknown person as for a known one."""
    fits = _hasher().verify(password[:MAX_LENGTH], stored or _nobody())
    return fits and stored is not None
