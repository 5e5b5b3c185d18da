"""The admin API as a table: an operation says its path, what it takes, what it answers, and who does it.

The same table checks every request and writes the OpenAPI document, so the two cannot disagree.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.credentials import mask_path
from mockpin.web.admin.schemas import PATH_PARAMETERS, Schema, closed
from mockpin.web.problems import BadRequest, Wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError

UNKNOWN = "additionalProperties"
REPEATED = "This is given more than once; give it once."
EXCLUDED = "This field cannot stand beside the others that were given."
#: What speaks of a number that is too small or too large, and may repeat it.
LIMITS = ("minimum", "maximum")
FLAGS = {"true": True, "false": False}
#: The body of an operation that takes none.
NOTHING = closed({})
_WHOLE = re.compile(r"-?[0-9]+")
#: Characters of a number that is too large whatever follows them.
_LONGEST = 20
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
    """A request that has been checked: path, query with defaults, and body (None without one)."""

    path: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True)
class Operation:
    """One method on one path. `handle` gets the emulator and the call, and returns what is answered.

    Its answer is JSON, or with another `content_type` an iterable of bytes.
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
        """What it does: the first line of what its handler says of itself."""
        return (self.handle.__doc__ or "").partition("\n")[0]


def read_call(
    operation: Operation, *, path: Mapping[str, Any], query: Sequence[tuple[str, str]], body: bytes
) -> Call:
    """Check a request against its operation. Raises `BadRequest` with every mistake and its place."""
    asked = {name: _coerce(value, operation.query.get(name, {})) for name, value in query}
    known = {name: PATH_PARAMETERS[name] for name in path}
    wrong = [*_check("path", path, closed(known)), *_check("query", asked, closed(operation.query))]
    wrong += find_repeated(name for name, _ in query)
    said = None
    if body or operation.body:
        said = _parse(body)
        wrong += _check("body", said, operation.body or NOTHING)
    if wrong:
        raise BadRequest("The request is not as documented in openapi.json; mend what errors lists.", wrong)
    defaults = {name: each["default"] for name, each in operation.query.items() if "default" in each}
    return Call(path, defaults | asked, said)


def find_repeated(query: Iterable[str]) -> Iterator[Wrong]:
    """The parameters that a query, given by the name of each, has more than once."""
    repeated = sorted(name for name, times in Counter(query).items() if times > 1)
    return (Wrong("query", f"/{_escape(name)}", REPEATED) for name in repeated)


def _coerce(text: str, schema: Schema) -> Any:
    """A query parameter in the type that its schema says, or as it is where it cannot be."""
    kind = schema.get("type")
    if kind == "boolean":
        return FLAGS.get(text.lower(), text)
    if kind == "integer" and _WHOLE.fullmatch(text):
        return int(text[:_LONGEST])
    return text


def _parse(body: bytes) -> Any:
    try:
        return parse_json(body)
    except JsonUnreadable as error:
        raise BadRequest("The body is not JSON.", [Wrong("body", "", str(error))]) from None


def _check(place: str, value: Any, schema: Schema) -> Iterator[Wrong]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - loaded when first needed

    for error in Draft202012Validator(schema).iter_errors(value):
        yield from _explain(place, error)


def _explain(place: str, error: ValidationError) -> Iterator[Wrong]:
    pointer = "".join(f"/{_escape(str(step))}" for step in error.absolute_path)
    if error.validator != UNKNOWN:
        yield Wrong(place, pointer, _word(error))
        return
    known: Schema = cast("Schema", error.schema)["properties"]
    choice = f"known are {', '.join(known)}" if known else "none is known here"
    for name in sorted(cast("Schema", error.instance).keys() - known.keys()):
        yield Wrong(place, f"{pointer}/{_escape(name)}", f"Unknown field; {choice}.")


def _word(error: ValidationError) -> str:
    """What is wrong, without a text that was given: it may be a token, or somebody's address."""
    schema, keyword = cast("Schema", error.schema), str(error.validator)
    if keyword in _WORDINGS:
        return _WORDINGS[keyword](schema)
    if keyword in LIMITS:
        return error.message
    said = error.message.removeprefix(repr(error.instance))
    return said if said == error.message else f"This{said}"


def _name_kinds(schema: Schema) -> str:
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return f"Give {' or '.join(_KINDS[kind] for kind in kinds)}."


def _name_choice(schema: Schema) -> str:
    return f"Give exactly one of {', '.join(schema['properties'])}."


#: What is said of a keyword of JSON Schema that is violated, where python-jsonschema's words do not help.
_WORDINGS: Mapping[str, Callable[[Schema], str]] = {
    "pattern": lambda schema: f"This is not as it must be: {schema['description']}",
    "not": lambda _schema: EXCLUDED,
    "type": _name_kinds,
    "const": lambda schema: f"Give {json.dumps(schema['const'])}.",
    "minProperties": _name_choice,
    "maxProperties": _name_choice,
}


def _escape(step: str) -> str:
    return mask_path(step).replace("~", "~0").replace("/", "~1")
