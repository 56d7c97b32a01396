"""The OpenAPI document: written from the operations and their shapes, so that it says what they do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, fields
from typing import Any, Literal

from pydantic import TypeAdapter

from casetasks_app import __version__, settings
from casetasks_app.api.door import PREFIX
from casetasks_app.api.operation import Operation
from casetasks_app.api.problems import KNOWN, MEDIA_TYPE
from casetasks_app.api.shapes import Problem

_NAMED = re.compile(r"{([a-z_]+)}")
_SCHEMAS = "#/components/schemas/"
_REFUSED = {"description": "Why not, in words.", "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}}}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key of the same person creates one thing only, however often it is sent.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """Return the document of these operations (OpenAPI 3.1)."""
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(PREFIX + each.path, {})[each.method.lower()] = _operation(each)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Case Tasks", "version": __version__},
        "servers": [{"url": settings.load().url}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}, "schemas": _schemas(operations)},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    said: dict[str, Any] = {"summary": operation.about, "responses": _answers(operation)}
    if parameters := list(_parameters(operation)):
        said["parameters"] = parameters
    if operation.takes:
        is_needed = any(each.default is MISSING and each.default_factory is MISSING for each in fields(operation.takes))
        said["requestBody"] = {"required": is_needed, "content": {"application/json": {"schema": _named(operation.takes)}}}
    return said


def _parameters(operation: Operation) -> Iterable[dict[str, Any]]:
    for name in _NAMED.findall(operation.path):
        kind = "integer" if name == "number" else "string"
        yield {"name": name, "in": "path", "required": True, "schema": {"type": kind}}
    for each in operation.query:
        yield {"name": each.name, "in": "query", "required": each.required, "description": each.about, "schema": dict(each.schema)}
    if operation.makes:
        yield _KEY


def _answers(operation: Operation) -> dict[str, Any]:
    schema = _named(operation.gives) if operation.gives else {"type": "object"}
    done = {"description": operation.about, "content": {"application/json": {"schema": schema}}}
    answers: dict[str, Any] = {"200": done}
    if operation.makes:
        answers = {"201": done, "200": {**done, "description": "An earlier request with this key did it."}}
    elif operation.method == "POST":
        answers["204"] = {"description": "Done; you may not see the task any more."}
    return answers | {str(status): _REFUSED for status in sorted({status for status, _ in KNOWN.values()})}


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    given = {each.gives for each in operations if each.gives} | {Problem}
    taken = {each.takes for each in operations if each.takes}
    modes: list[tuple[type[Any], Literal["serialization", "validation"]]] = [
        *((each, "serialization") for each in sorted(given, key=_name)),
        *((each, "validation") for each in sorted(taken, key=_name)),
    ]
    made, found = TypeAdapter.json_schemas([(each, mode, TypeAdapter(each)) for each, mode in modes], ref_template=_SCHEMAS + "{model}")
    own = {_name(shape): schema for (shape, _), schema in made.items() if "$ref" not in schema}
    return {**found.get("$defs", {}), **own}


def _named(shape: type[Any]) -> dict[str, str]:
    return {"$ref": _SCHEMAS + _name(shape)}


def _name(shape: type[Any]) -> str:
    return shape.__name__
