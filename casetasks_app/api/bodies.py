"""The content of a request: read within limits, as JSON, in the shape that its operation takes."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NoReturn, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import Request

from casetasks_app.api.problems import BodyRefused, NotJson, TooLarge, WrongContentType

MOST_BYTES = 512 * 1024
DEEPEST = 10
"""Lists and objects within each other; the deepest answer, a checklist, has four."""

_WORDS: Mapping[str, str] = {
    "missing": "is missing.",
    "unexpected_keyword_argument": "is not known here.",
    "string_type": "must be a text.",
    "int_type": "must be a whole number.",
    "bool_type": "must be true or false.",
    "dict_type": "must be an object.",
    "list_type": "must be a list.",
}


async def read(request: Request, shape: type[Any]) -> Any:  # noqa: ANN401  whatever shape is asked for
    """Return the content in this shape; raises TooLarge, WrongContentType, NotJson or BodyRefused."""
    content = await _content(request)
    return shaped(_parsed(content) if content else {}, shape)


def shaped(value: object, shape: type[Any]) -> Any:  # noqa: ANN401
    """Return a JSON value in this shape; raises BodyRefused with a sentence for each part that is wrong."""
    if not isinstance(value, dict):
        raise BodyRefused({"": "The content must be an object."})
    try:
        return _adapter(shape).validate_python(value)
    except ValidationError as refusal:
        errors = refusal.errors(include_url=False, include_context=True, include_input=False)
        raise BodyRefused({_place(each): _sentence(each) for each in errors}) from refusal


async def _content(request: Request) -> bytes:
    said = request.headers.get("content-length", "")
    if said.isdecimal() and (len(said) > len(str(MOST_BYTES)) or int(said) > MOST_BYTES):
        raise TooLarge(f"The content must be {MOST_BYTES // 1024} KB or less.")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TooLarge(f"The content must be {MOST_BYTES // 1024} KB or less.")
    if content and request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise WrongContentType
    return bytes(content)


def _parsed(content: bytes) -> object:
    try:
        found: object = json.loads(content.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    if _is_deep(found):
        raise NotJson(f"The content must not be nested more than {DEEPEST} deep.")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _is_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inner(each)]
    return any(isinstance(each, dict | list) for each in level)


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return cast("dict[str, object]", value).values()
    return cast("list[object]", value) if isinstance(value, list) else ()


@lru_cache(maxsize=16)
def _adapter(shape: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _place(error: ErrorDetails) -> str:
    return str(error["loc"][0]) if error["loc"] else ""


def _sentence(error: ErrorDetails) -> str:
    if error["type"] == "literal_error":
        return f"{_place(error)} must be {error.get('ctx', {}).get('expected', 'another value')}."
    return f"{_place(error)} {_WORDS.get(error['type'], 'has a value of the wrong kind.')}"
