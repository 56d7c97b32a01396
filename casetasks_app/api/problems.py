"""What was refused, as a problem document (RFC 9457): the product's own words, a name and a status for programs."""

import inspect
import json
from collections.abc import Mapping
from dataclasses import asdict
from math import ceil

from starlette.responses import Response

from casetasks_app import clock
from casetasks_app.api.shapes import FieldProblem, Problem
from casetasks_app.cases.complete import FormIncomplete, StepIsDone
from casetasks_app.cases.new import CaseRefused
from casetasks_app.db.troubles import DatabaseBusy, TextRefused
from casetasks_app.errors import CaseTasksError, NotAllowed, NotFound
from casetasks_app.people.service import TooManyTries
from casetasks_app.tasks.access import TaskIsOver
from casetasks_app.tasks.cancel import ReasonNeeded
from casetasks_app.tasks.create import CaseIsClosed
from casetasks_app.tasks.hold import AlreadyClaimed
from casetasks_app.tasks.wanted import TaskRefused

MEDIA_TYPE = "application/problem+json"
OWN = {"cache-control": "no-store"}
RETRY_AFTER_SECONDS = 5
NAMES = "urn:casetasks:problem:"


class NoToken(CaseTasksError):
    """Send a token with the request, as Authorization: Bearer and the token."""


class WrongToken(CaseTasksError):
    """This token is not known, has expired or was revoked."""


class NoSuchMethod(CaseTasksError):
    """This address does not take this method."""


class NotJson(CaseTasksError):
    """The content must be JSON."""


class TooLarge(CaseTasksError):
    """The content is too large."""


class WrongContentType(CaseTasksError):
    """The content must be sent as application/json."""


class KeyNeeded(CaseTasksError):
    """Send an Idempotency-Key of 1 to 200 visible characters: the same key creates one thing only, however often it is sent."""


class QueryRefused(CaseTasksError):
    """The query of this address cannot be understood."""


class BodyRefused(CaseTasksError):
    """The content has not the shape that is expected here."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        """Keep the sentence for each part that is wrong."""
        super().__init__(next(iter(problems.values())))
        self.problems = dict(problems)


class Broken(CaseTasksError):
    """This did not work."""


KNOWN: Mapping[type[CaseTasksError], tuple[int, str]] = {
    NoToken: (401, "no-token"),
    WrongToken: (401, "wrong-token"),
    NotAllowed: (403, "not-allowed"),
    NotFound: (404, "not-found"),
    NoSuchMethod: (405, "method"),
    AlreadyClaimed: (409, "already-claimed"),
    StepIsDone: (409, "step-is-done"),
    TaskIsOver: (409, "task-is-over"),
    CaseIsClosed: (409, "case-is-closed"),
    CaseTasksError: (409, "refused"),
    NotJson: (400, "not-json"),
    KeyNeeded: (400, "idempotency-key"),
    QueryRefused: (400, "query"),
    TooLarge: (413, "too-large"),
    WrongContentType: (415, "content-type"),
    BodyRefused: (422, "content"),
    TextRefused: (422, "content"),
    FormIncomplete: (422, "answers"),
    CaseRefused: (422, "answers"),
    TaskRefused: (422, "answers"),
    ReasonNeeded: (422, "answers"),
    TooManyTries: (429, "too-many-tries"),
    Broken: (500, "broken"),
    DatabaseBusy: (503, "busy"),
}
"""Status and name of each refusal; one that is not here has those of the nearest class it comes from."""


def of(refusal: CaseTasksError) -> Response:
    """Return the answer to a refused request."""
    kind = next(each for each in type(refusal).__mro__ if each in KNOWN)
    status, name = KNOWN[kind]
    title = (inspect.getdoc(kind) or "").partition("\n")[0]
    problem = Problem(NAMES + name, title, status, refusal.message, tuple(_errors(refusal)))
    return Response(written(problem), status_code=status, media_type=MEDIA_TYPE, headers={**OWN, **_headers(refusal, status)})


def written(value: object) -> bytes:
    """Return a shape as JSON."""
    plain = value if isinstance(value, dict) else asdict(value)  # pyright: ignore[reportArgumentType]
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _errors(refusal: CaseTasksError) -> list[FieldProblem]:
    if isinstance(refusal, TaskRefused):
        return [FieldProblem(each.field, each.message) for each in refusal.problems]
    if isinstance(refusal, ReasonNeeded):
        return [FieldProblem(refusal.field, refusal.message)]
    if isinstance(refusal, FormIncomplete | CaseRefused | BodyRefused):
        return [FieldProblem(field, message) for field, message in refusal.problems.items()]
    return []


def _headers(refusal: CaseTasksError, status: int) -> dict[str, str]:
    if isinstance(refusal, WrongToken):
        return {"www-authenticate": 'Bearer realm="Case Tasks", error="invalid_token"'}
    if isinstance(refusal, NoToken):
        return {"www-authenticate": 'Bearer realm="Case Tasks"'}
    if isinstance(refusal, TooManyTries):
        return {"retry-after": str(max(1, ceil((refusal.until - clock.now()).total_seconds())))}
    return {"retry-after": str(RETRY_AFTER_SECONDS)} if status == 503 else {}  # noqa: PLR2004
