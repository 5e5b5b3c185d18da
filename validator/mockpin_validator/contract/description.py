"""Compare our contract with an OpenAPI document: both become sets of facts about fields.

Pinterest publishes an OpenAPI 3.0 document; our contract is a JSON Schema. `nullable` and a type of null, a
`$ref` with and without other keywords, give the same facts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mockpin_validator.contract.names import LATER_EVENT_NAMES, NAMES
from mockpin_validator.contract.request import payload_schema

JSON = Any
Facts = Mapping[tuple[str, str], frozenset[str]]

LIMITS: Final = (
    "const",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "uniqueItems",
)
_COMPARED_SEPARATELY: Final = ("names", "x-beyond")
_LISTED_NAME: Final = re.compile(r"^[-*] `([^`\n]+)`", re.MULTILINE)
_OPERATION: Final = ("paths", "/ad_accounts/{ad_account_id}/events", "post", "requestBody", "content")
_COMPONENT: Final = ("components", "schemas", "ConversionEvents")


@dataclass(eq=False)
class DescriptionUnusable(Exception):
    """The document does not describe the request with conversion events."""

    reason: str

    def __str__(self) -> str:
        """Why, and what to give instead."""
        return f"{self.reason}. Give Pinterest's OpenAPI document (v5) as JSON."


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference in a newer description; `path` names the field ("data/*/event_id")."""

    path: str
    message: str

    def __str__(self) -> str:
        """The difference in a line."""
        return f"{self.path or 'the payload'}: {self.message}"


def differences(openapi: JSON) -> tuple[Difference, ...]:
    """List how an OpenAPI document differs from our contract, field by field in alphabetical order.

    Raises `DescriptionUnusable` when the document does not describe the request.
    """
    ours = _facts(payload_schema(), payload_schema())
    try:
        theirs = _facts(request_schema(openapi), openapi)
    except (AttributeError, TypeError, RecursionError) as error:
        raise DescriptionUnusable("A schema in it is malformed") from error
    return tuple(sorted({*_compare(ours, theirs), *_compare_names(theirs)}, key=str))


def request_schema(openapi: JSON) -> Mapping[str, JSON]:
    """Return the schema of the request with conversion events from an OpenAPI document."""
    content = _at(openapi, _OPERATION)
    media: JSON = next(iter(content.values()), {}) if isinstance(content, Mapping) else {}
    schema = _at(media, ("schema",)) or _at(openapi, _COMPONENT)
    if not isinstance(schema, Mapping):
        raise DescriptionUnusable("It does not describe POST /ad_accounts/{ad_account_id}/events")
    return schema


def _at(document: JSON, path: tuple[str, ...]) -> JSON:
    for step in path:
        document = document.get(step) if isinstance(document, Mapping) else None
    return document


def _compare(ours: Facts, theirs: Facts) -> Iterator[Difference]:
    beyond = {path for path, what in ours if what == "x-beyond" and (path, "type") not in theirs}
    for path, what in ours.keys() | theirs.keys():
        field_gone = (path, "type") in ours and (path, "type") not in theirs
        field_new = (path, "type") not in ours and (path, "type") in theirs
        if path in beyond or what in _COMPARED_SEPARATELY or ((field_gone or field_new) and what != "type"):
            continue
        old, new = (facts.get((path, what), frozenset()) for facts in (ours, theirs))
        if old != new:
            yield Difference(path, _describe_change(what, old, new))


def _compare_names(theirs: Facts) -> Iterator[Difference]:
    """Compare the names that the description's prose lists; yield nothing if it lists none."""
    for field, known_names in NAMES.items():
        path = f"data/*/{field}"
        listed = theirs.get((path, "names"), frozenset(known_names))
        yield from (Difference(path, f"the name {name} is new") for name in listed.difference(known_names))
        gone = frozenset(known_names) - LATER_EVENT_NAMES - listed
        yield from (Difference(path, f"the name {name} is gone") for name in gone)


def _describe_change(what: str, old: frozenset[str], new: frozenset[str]) -> str:
    if what == "type" and not (old and new):
        return "the field is new" if new else "the field is gone"
    before, after = (" / ".join(sorted(values)) or "none" for values in (old, new))
    return f"{what} was {before}, is {after}"


def _facts(schema: JSON, document: JSON) -> Facts:
    facts: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path, what, value in _walk(schema, document, ("", ())):
        facts[path, what].add(value)
    return {place: frozenset(values) for place, values in facts.items()}


def _walk(schema: JSON, document: JSON, place: tuple[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    path, refs = place
    schema, refs = _resolved(schema, document, refs)
    yield from ((path, what, value) for what, value in _own_facts(schema))
    for child_path, child in _children(schema, path):
        yield from _walk(child, document, (child_path, refs))


def _resolved(
    schema: JSON, document: JSON, refs: tuple[str, ...]
) -> tuple[Mapping[str, JSON], tuple[str, ...]]:
    """Merge the target of a schema's `$ref` with the keywords beside it, which take precedence."""
    if not isinstance(schema, Mapping):
        raise DescriptionUnusable("A schema in it is not an object")
    if "$ref" not in schema:
        return schema, refs
    ref = str(schema["$ref"])
    target = _at(document, tuple(ref.removeprefix("#/").split("/")))
    if ref in refs or not isinstance(target, Mapping):
        raise DescriptionUnusable(f"Its reference {ref} has no target")
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return _resolved({**target, **beside}, document, (*refs, ref))


def _children(schema: Mapping[str, JSON], path: str) -> Iterator[tuple[str, JSON]]:
    for name, child in schema.get("properties", {}).items():
        yield f"{path}/{name}".removeprefix("/"), child
    if "items" in schema:
        yield f"{path}/*".removeprefix("/"), schema["items"]
    for keyword in ("anyOf", "allOf", "oneOf"):
        yield from ((path, branch) for branch in schema.get(keyword, ()))


def _own_facts(schema: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
    kinds = schema.get("type", [])
    kinds = [*([kinds] if isinstance(kinds, str) else kinds), *(["null"] if schema.get("nullable") else [])]
    if kinds:
        yield "type", " or ".join(sorted({*kinds}))
    if "additionalProperties" in schema:
        yield "additionalProperties", str(schema["additionalProperties"])
    if "x-beyond" in schema:
        yield "x-beyond", str(schema["x-beyond"])
    yield from (("names", name) for name in _LISTED_NAME.findall(str(schema.get("description", ""))))
    for limit in LIMITS:
        if limit in schema:
            value = schema[limit]
            yield limit, ", ".join(sorted(map(str, value))) if isinstance(value, list) else str(value)
