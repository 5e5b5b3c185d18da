"""The operations of the admin API: path, parameters, answer and handler, and the check of requests.

The same values check every request and write the OpenAPI document, so the two cannot disagree.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.credentials import mask_path
from mockpin.web.admin.schemas import PATH_PARAMETERS, closed_object
from mockpin.web.problems import BadRequest, RequestMistake

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

    from mockpin.emulator.json_schemas import Schema

UNKNOWN = "additionalProperties"
REPEATED = "This is given more than once; give it once."
EXCLUDED = "This field cannot be combined with the others that were given."
#: The keywords whose messages may repeat the value: a number identifies no person.
RANGE_KEYWORDS = ("minimum", "maximum")
FLAGS = {"true": True, "false": False}
#: The body of an operation that takes none.
NOTHING = closed_object({})
_WHOLE = re.compile(r"-?[0-9]+")
#: A number of this many characters is above every limit, so the rest need not be read.
_MAX_DIGITS = 20
_KINDS = {
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "string": "a text",
    "object": "an object",
    "array": "a list",
}


@dataclass(frozen=True)
class Call:
    """A checked request: path parameters, query with defaults, and body (None without one)."""

    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True)
class Operation:
    """One method on one path. `handle` gets the emulator and the call, and returns the answer.

    The answer is JSON, or with another `content_type` an iterable of bytes.
    """

    method: str
    path: str
    handle: Callable[[Any, Call], Any]
    query: Mapping[str, Schema] = field(default_factory=dict)
    body: Schema | None = None
    answer: Schema = field(default_factory=lambda: {"type": "object"})
    content_type: str = "application/json"

    @property
    def summary(self) -> str:
        """What the operation does: the first line of its handler's docstring."""
        return (self.handle.__doc__ or "").partition("\n")[0]


def read_call(
    operation: Operation, *, path: Mapping[str, Any], query: Sequence[tuple[str, str]], body: bytes
) -> Call:
    """Check a request against its operation. Raises `BadRequest` with every mistake and its place."""
    asked = {name: _coerce(value, operation.query.get(name, {})) for name, value in query}
    known = {name: PATH_PARAMETERS[name] for name in path}
    mistakes = [
        *_check("path", path, closed_object(known)),
        *_check("query", asked, closed_object(operation.query)),
    ]
    mistakes += find_repeated(name for name, _ in query)
    content = None
    if body or operation.body:
        content = _parse(body)
        mistakes += _check("body", content, operation.body or NOTHING)
    if mistakes:
        raise BadRequest("The request does not match openapi.json; correct what errors lists.", mistakes)
    defaults = {name: schema["default"] for name, schema in operation.query.items() if "default" in schema}
    return Call(path, defaults | asked, content)


def find_repeated(query: Iterable[str]) -> Iterator[RequestMistake]:
    """Yield a mistake for each parameter name that occurs more than once."""
    repeated = sorted(name for name, count in Counter(query).items() if count > 1)
    return (RequestMistake("query", f"/{_escape(name)}", REPEATED) for name in repeated)


def _coerce(text: str, schema: Schema) -> Any:
    """Convert a query parameter to its schema's type; return the text if it does not fit."""
    kind = schema.get("type")
    if kind == "boolean":
        return FLAGS.get(text.lower(), text)
    if kind == "integer" and _WHOLE.fullmatch(text):
        return int(text[:_MAX_DIGITS])
    return text


def _parse(body: bytes) -> Any:
    try:
        return parse_json(body)
    except JsonUnreadable as error:
        raise BadRequest("The body is not JSON.", [RequestMistake("body", "", str(error))]) from None


def _check(place: str, value: Any, schema: Schema) -> Iterator[RequestMistake]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - loaded when first needed

    for error in Draft202012Validator(schema).iter_errors(value):
        yield from _explain(place, error)


def _explain(place: str, error: ValidationError) -> Iterator[RequestMistake]:
    pointer = "".join(f"/{_escape(str(step))}" for step in error.absolute_path)
    if error.validator != UNKNOWN:
        yield RequestMistake(place, pointer, _describe_error(error))
        return
    known: Schema = cast("Schema", error.schema)["properties"]
    choice = f"the known fields are {', '.join(known)}" if known else "no field is known here"
    for name in sorted(cast("Schema", error.instance).keys() - known.keys()):
        yield RequestMistake(place, f"{pointer}/{_escape(name)}", f"Unknown field; {choice}.")


def _describe_error(error: ValidationError) -> str:
    """Say what is wrong without repeating the text: it may be a token or an e-mail address."""
    schema, keyword = cast("Schema", error.schema), str(error.validator)
    if keyword in _WORDINGS:
        return _WORDINGS[keyword](schema)
    if keyword in RANGE_KEYWORDS:
        return error.message
    predicate = error.message.removeprefix(repr(error.instance))
    return predicate if predicate == error.message else f"This{predicate}"


def _name_kinds(schema: Schema) -> str:
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return f"Give {' or '.join(_KINDS[kind] for kind in kinds)}."


def _name_choice(schema: Schema) -> str:
    return f"Give exactly one of {', '.join(schema['properties'])}."


#: JSON Schema keyword -> a message of our own, where python-jsonschema's does not help.
_WORDINGS: Mapping[str, Callable[[Schema], str]] = {
    "pattern": lambda schema: f"This does not have the right form: {schema['description']}",
    "not": lambda _schema: EXCLUDED,
    "type": _name_kinds,
    "const": lambda schema: f"Give {json.dumps(schema['const'])}.",
    "minProperties": _name_choice,
    "maxProperties": _name_choice,
}


def _escape(step: str) -> str:
    return mask_path(step).replace("~", "~0").replace("/", "~1")
