"""The link of a mail to its task: it carries when the mail was written, so that the page can say what happened since."""

from datetime import UTC, datetime, timedelta

WRITTEN = "mailed"
"""The parameter of the address."""
_FORM = "%Y%m%dT%H%M%S"
_LENGTH = len("20261118T120000")


def with_moment(address: str, now: datetime) -> str:
    """Return the address with the moment, in UTC and to the second, rounded up: what the mail tells about is not news."""
    whole = now.astimezone(UTC) + timedelta(microseconds=-now.microsecond % 1_000_000)
    return f"{address}?{WRITTEN}={whole:{_FORM}}"


def moment_of(text: str, now: datetime) -> datetime | None:
    """Return the moment that an address carries; None for one that carries none, or none that is past."""
    if len(text) != _LENGTH:
        return None
    try:
        written = datetime.strptime(text, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
    return written if written <= now else None
