"""The texts of a form's files and of its searches for people and teams."""

from casetasks_app.web.messages import many

FILE_WRONG_KIND = "'{name}' must be a {kinds}."
FILE_KINDS = "PDF, Word, Excel, JPG or PNG"
OPEN = "Open "
NEW_TAB = " in a new tab"
FIND_BY_NAME = "Type part of the name, then choose from the list."
NO_MATCH = "No match for “{text}”. Check the spelling, or type less of the name."
CHOSEN = "{name} chosen."


def first_matches(n: int) -> str:
    """Return what stands under a list that was cut off."""
    return f"The first {n} are shown. Type more of the name."


def file_limits(kinds: str, most_mb: int, most: int) -> str:
    """Return which files a question takes: "PDF or JPG, up to 10 MB each, 3 files."."""
    return f"{kinds}, up to {most_mb} MB{' each' if most > 1 else ''}, {many(most, 'file', 'files')}."
