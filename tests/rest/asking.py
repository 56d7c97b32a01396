"""A program that asks the interface, without a network between the two."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.types import Message

from casetasks_app import clock
from casetasks_app.api.application import Rest
from casetasks_app.db.unit_of_work import unit_of_work
from casetasks_app.models import Person
from casetasks_app.people import tokens

REST = Rest()
PROBLEM = "urn:casetasks:problem:"


@dataclass
class Said:
    """An answer: status, headers in lower case, and what the JSON says."""

    status: int
    headers: dict[str, str]
    json: Any

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong with each field."""
        return {each["field"]: each["message"] for each in self.json["errors"]}

    @property
    def problem(self) -> str:
        """The name of the refusal."""
        return self.json["type"].removeprefix(PROBLEM)


@dataclass
class Program:
    """A program with a token, or without one."""

    token: str = ""
    address: str = "192.0.2.1"

    async def ask(self, path: str, **query: object) -> Said:
        """Ask for something."""
        return await self.send("GET", path, query="&".join(f"{name}={value}" for name, value in query.items()))

    async def do(self, path: str, body: object = None, *, key: str = "", **headers: str) -> Said:
        """Do something; a body of bytes is sent as it is."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        said = {"content-type": "application/json", **({"idempotency-key": key} if key else {})}
        return await self.send("POST", path, content, headers=said | {name.replace("_", "-"): value for name, value in headers.items()})

    async def send(self, method: str, path: str, body: bytes = b"", *, query: str = "", headers: dict[str, str] | None = None) -> Said:
        """Send one request."""
        own = {"authorization": f"Bearer {self.token}"} if self.token else {}
        given = own | (headers or {})
        scope = {
            "type": "http",
            "method": method,
            "path": f"/api{path}",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
            "client": (self.address, 1),
        }
        return await _answered(scope, body)


def program(person: Person, *, days: int = 30, address: str = "192.0.2.1") -> Program:
    """Give a program with a fresh token of this person."""
    with unit_of_work() as session:
        return Program(tokens.make(session, person_id=person.id or 0, name="a test", days=days, now=clock.now()).text, address)


async def _answered(scope: dict[str, Any], body: bytes) -> Said:
    sent: list[Message] = []
    chunks = [body[at : at + 65_536] for at in range(0, len(body), 65_536)] or [b""]

    async def receive() -> Message:
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)} if chunks else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await REST(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    content = b"".join(each.get("body", b"") for each in sent[1:])
    return Said(sent[0]["status"], headers, json.loads(content) if content else None)
