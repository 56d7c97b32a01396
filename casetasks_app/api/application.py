"""The interface as one ASGI application: who asks, which operation, its answer or refusal; every answer is JSON."""

import asyncio
import logging
from functools import lru_cache
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from casetasks_app import clock
from casetasks_app.api import bodies, callers, case_types, cases, description, my_work, problems, tasks, verbs
from casetasks_app.api.door import PREFIX
from casetasks_app.api.operation import Answer, Call, Operation
from casetasks_app.api.problems import Broken, KeyNeeded, NoSuchMethod, NotJson
from casetasks_app.errors import CaseTasksError, NotFound, new_reference, something_broke
from casetasks_app.moments import clock_time
from casetasks_app.people.tokens import Holder

log = logging.getLogger(__name__)

LONGEST_KEY = 200

OPERATIONS: tuple[Operation, ...] = (
    *case_types.OPERATIONS,
    *cases.OPERATIONS,
    *tasks.OPERATIONS,
    *verbs.OPERATIONS,
    *my_work.OPERATIONS,
)


async def _document(_call: Call) -> Answer:
    return Answer(await asyncio.to_thread(_described))


@lru_cache(maxsize=1)
def _described() -> dict[str, Any]:
    return description.document([*OPERATIONS, DOCUMENT])


DOCUMENT = Operation("GET", "/openapi.json", "This description.", _document, None)


class Rest:
    """Answers everything under `/api`; the gate hands it over without cookies."""

    def __init__(self) -> None:
        """Find operations by their addresses."""
        self._found = [(Route(PREFIX + each.path, _unused, methods=[each.method]), each) for each in (*OPERATIONS, DOCUMENT)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = await self._response(request)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        try:
            holder = await callers.holder_of(request)
            return await self._carried_out(request, holder)
        except CaseTasksError as refusal:
            return problems.of(refusal)
        except ClientDisconnect:
            return problems.of(NotJson("The content could not be read to its end."))
        except Exception:
            reference = new_reference()
            log.exception("Error %s", reference)
            return problems.of(Broken(something_broke(reference, clock_time(clock.now()))))

    async def _carried_out(self, request: Request, holder: Holder) -> Response:
        operation, path = self._operation(request.scope)
        key = _key(request.headers) if operation.makes else ""
        body = await bodies.read(request, operation.takes) if operation.takes else None
        call = Call(holder.actor, clock.now(), path, request.query_params, body, key)
        response = _written(await operation.carry_out(call))
        response.background = callers.use_of(holder)
        return response

    def _operation(self, scope: Scope) -> tuple[Operation, dict[str, str]]:
        others: list[str] = []
        for route, operation in self._found:
            match, inside = route.matches(scope)
            if match == Match.FULL:
                return operation, inside["path_params"]
            others += [operation.method] if match == Match.PARTIAL else []
        raise NoSuchMethod(f"This address takes {' and '.join(others)}.") if others else NotFound


def _written(answer: Answer) -> Response:
    headers = {**problems.OWN, **({"location": answer.location} if answer.location else {})}
    if answer.value is None:
        return Response(status_code=answer.status, headers=headers)
    return Response(problems.written(answer.value), status_code=answer.status, media_type="application/json", headers=headers)


def _key(headers: Headers) -> str:
    key = headers.get("idempotency-key", "").strip()
    if not key or len(key) > LONGEST_KEY or any(not "!" <= each <= "~" for each in key):
        raise KeyNeeded
    return key


async def _unused(_request: Request) -> Response:
    raise NotImplementedError
