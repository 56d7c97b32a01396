"""Every address of the product: the patterns pages stand under, and the links that lead to them."""

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

HOME = "/"
MY_WORK = "/my-work"
CASES = "/cases"
RAISE_CASE = "/cases/new"
CASE = "/cases/[case_ref]"
CASE_TASKS = "/cases/[case_ref]/tasks"
TASK = "/cases/[case_ref]/tasks/[task_number]"
CASE_HISTORY = "/cases/[case_ref]/history"
CLOSE_CASE = "/cases/[case_ref]/close"
EMAILS = "/admin/email"
NOT_FOUND = "/404"

SIGN_IN = "/sign-in"
SIGN_OUT = "/sign-out"
SIGN_OUT_EVERYWHERE = "/sign-out/everywhere"
WHO_AM_I = "/auth/me"
UPLOAD = "/upload"
FILES = "/files"
UP = "/up"
EXPORT = "/export"
PROCESS_PICTURE = "/pictures/cases/{case_ref}/tasks/{task_number:int}.svg"

LONGEST_PATH = 2000
LONGEST_REFERENCE = 40
_TASK_PATH = re.compile(r"/cases/(?P<case>[A-Za-z]{1,10}-\d{1,9})/tasks/(?P<number>\d{1,6})/?")
_CASE_PATH = re.compile(r"/cases/(?P<case>[A-Za-z]{1,10}-\d{1,9})(/.*)?")


def my_work(view: str = "") -> str:
    """Link to My work; `view` is mine, claim, created or done."""
    return with_query(MY_WORK, view=view)


def case(reference: str) -> str:
    """Link to a case's overview."""
    return f"{CASES}/{_part(reference)}"


def case_tasks(reference: str, listed: Mapping[str, str] | None = None, *, new: str = "", then: str = "") -> str:
    """Link to a case's tasks, listed as an address asked for; `new` is the step of the creation dialog over it.

    With `then=review` Continue leads back to the review.
    """
    return with_query(f"{case(reference)}/tasks", **(listed or {}), new=new, then=then)


def case_in(path: str) -> str:
    """Return the case reference that an address names, as it was typed; empty when it names none."""
    parts = path.split("/")
    return parts[2][:LONGEST_REFERENCE] if len(parts) > 2 and f"/{parts[1]}" == CASES else ""  # noqa: PLR2004


def task(reference: str, number: int, *, do: str = "") -> str:
    """Link to a task; `do` is the dialog over it: assign, release, target or cancel."""
    path = f"{case(reference)}/tasks/{number}"
    return f"{path}?do={do}" if do else path


def process_picture(reference: str, number: int) -> str:
    """Link to the picture of a task's process."""
    return f"/pictures{case(reference)}/tasks/{number}.svg"


def case_history(reference: str, *, show: str = "") -> str:
    """Link to a case's history; `show` is all, notes, tasks or system."""
    return with_query(f"{case(reference)}/history", show=show)


def close_case(reference: str) -> str:
    """Link to the checklist for closing a case."""
    return f"{case(reference)}/close"


def emails(*, after: str = "", mail: int = 0) -> str:
    """Link to the outbox; `after` is where its page begins, `mail` the one that is read."""
    return with_query(EMAILS, after=after, mail=str(mail or ""))


def upload(draft_key: str) -> str:
    """Return where a form posts its files, which stay its uploader's until the form is sent."""
    return with_query(UPLOAD, draft=draft_key)


def file(file_id: int | str) -> str:
    """Link to a file's download."""
    return f"{FILES}/{_part(str(file_id))}"


def preview(file_id: int | str) -> str:
    """Link to an image as an image, to be drawn small; other files have none."""
    return f"{file(file_id)}/preview"


def sign_in(next_path: str = "") -> str:
    """Link to the sign-in page, from which people come back to `next_path`."""
    return with_query(SIGN_IN, next=next_path if next_path != HOME else "")


def with_query(path: str, **parameters: str) -> str:
    """Return a path with those parameters that have a value."""
    given = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def local(path: str) -> str:
    """Return a path of this product as it is, and the start page for anything that would lead elsewhere."""
    if not path.startswith("/") or path.startswith(("//", "/\\")) or len(path) > LONGEST_PATH:
        return HOME
    if any(character <= " " or character in "\\\x7f" for character in path):
        return HOME
    parts = urlsplit(path)
    return HOME if parts.scheme or parts.netloc or parts.path.startswith((SIGN_IN, SIGN_OUT)) else path


def destination(path: str) -> str:
    """Return in words what a link leads to, for "Sign in to open …"; empty when it is no particular thing."""
    where = urlsplit(path).path
    if found := _TASK_PATH.fullmatch(where):
        return f"task {found['case'].upper()}/{found['number']}"
    if found := _CASE_PATH.fullmatch(where):
        return f"case {found['case'].upper()}"
    return ""


def _part(text: str) -> str:
    return quote(text, safe="")
