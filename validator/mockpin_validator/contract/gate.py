"""The schema gate: jsonschema-rs decides whether to accept a payload, python-jsonschema explains a refusal.

Pinterest's refusals are python-jsonschema's sentences, so python-jsonschema writes ours. It is about 200
times slower than jsonschema-rs, so it runs only on payloads that jsonschema-rs has refused.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Final

from mockpin_validator.contract.request import (
    ALL_DEMANDS,
    Demands,
    Schema,
    envelope_schema,
    event_schema,
    payload_schema,
)

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

AnySchema = Mapping[str, Any] | bool
Violation = Any  # jsonschema's ValidationError, whose types leave every attribute possibly unset
Keyword = Callable[[Any, Any, Any, Any], "Iterator[ValidationError]"]

SENTENCE_LIMIT: Final = 2_000
BEYOND_JSON: Final = "The payload is nested too deeply or holds a value that is not JSON"

# Errors raised when a value is too deeply nested, or a number has too many digits, to be written out.
UNPRINTABLE: Final = (RecursionError, ValueError)


def accepts_payload(payload: Any, demands: Demands = ALL_DEMANDS) -> bool:
    """Whether the schema accepts a whole payload."""
    return _gate(payload_schema, demands)(payload)


def accepts_envelope(payload: Any) -> bool:
    """Whether the payload is an object with a list of 1 to 1,000 items; the items are not checked."""
    return _gate_of_envelope()(payload)


def accepts_event(event: Any, demands: Demands = ALL_DEMANDS) -> bool:
    """Whether the schema accepts one conversion event."""
    return _gate(event_schema, demands)(event)


def refusal(payload: Any, demands: Demands = ALL_DEMANDS) -> str | None:
    """Return the sentence in which the schema refuses a payload, None if it accepts.

    The sentence repeats the offending value, as Pinterest's does, and is cut at 2,000 characters.
    """
    if accepts_payload(payload, demands):
        return None
    try:
        sentence = next((violation.message for violation in violations(payload, demands)), BEYOND_JSON)
    except UNPRINTABLE:
        sentence = BEYOND_JSON
    return sentence if len(sentence) <= SENTENCE_LIMIT else sentence[: SENTENCE_LIMIT - 1] + "…"


def violations(payload: Any, demands: Demands = ALL_DEMANDS) -> "Iterator[ValidationError]":
    """Yield the schema violations of a payload, in the order in which Pinterest would name them."""
    return _explainer(payload_schema, demands).iter_errors(payload)


def event_violations(event: Any, demands: Demands = ALL_DEMANDS) -> "Iterator[ValidationError]":
    """Yield the schema violations of one conversion event."""
    return iter(()) if accepts_event(event, demands) else _explainer(event_schema, demands).iter_errors(event)


def find_missing_field(violation: Violation) -> str:
    """Return the field that is missing in a violation of `required`; only its sentence names the field."""
    required: list[str] = violation.validator_value
    return next(name for name in required if violation.message.startswith(repr(name)))


def gate(schema: AnySchema) -> Callable[[Any], bool]:
    """Return a function that decides whether a schema accepts a value; the value need not be JSON."""
    import jsonschema_rs  # noqa: PLC0415 - importing the validator must not load it

    is_valid = jsonschema_rs.Draft202012Validator(
        schema if isinstance(schema, bool) else dict(schema)
    ).is_valid

    def accepts(instance: Any) -> bool:
        try:
            return is_valid(instance)
        except ValueError:  # a value that is not JSON
            return False

    return accepts


@cache
def _gate(schema: Callable[[Demands], Schema], demands: Demands) -> Callable[[Any], bool]:
    return gate(schema(demands))


@cache
def _gate_of_envelope() -> Callable[[Any], bool]:
    return gate(envelope_schema())


@cache
def _gate_of(ref: str, demands: Demands) -> Callable[[Any], bool]:
    return gate({"$ref": ref, "$defs": payload_schema(demands)["$defs"]})


@cache
def _explainer(schema: Callable[[Demands], Schema], demands: Demands) -> "Validator":
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415 - as above

    keywords = Draft202012Validator.VALIDATORS
    explained = {
        "$ref": _skip_accepted_parts(keywords["$ref"], demands),
        "additionalProperties": _name_first_unknown(keywords["additionalProperties"]),
    }
    explainer: Validator = validators.extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
        Draft202012Validator, explained
    )(schema(demands))
    return explainer


def _skip_accepted_parts(explain: Keyword, demands: Demands) -> Keyword:
    """Return a `$ref` keyword that skips events, and parts of events, that jsonschema-rs accepts.

    One bad event among 1,000 good ones is then explained in 1 ms instead of 250 ms.
    """

    def reference(validator: Any, ref: str, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        if not _gate_of(ref, demands)(instance):
            yield from explain(validator, ref, instance, schema)

    return reference


def _name_first_unknown(explain: Keyword) -> Keyword:
    """Return an `additionalProperties` keyword that sorts no more names than its sentence has room for.

    No other thread runs while Python sorts, which takes 0.6 s for the million names of a hostile object.
    """

    def additional(validator: Any, allowed: Any, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        if allowed is False and isinstance(instance, dict):
            known = schema.get("properties", {})
            unknown = (name for name in instance if name not in known)
            instance = dict.fromkeys(nsmallest(SENTENCE_LIMIT, unknown, key=str))
        return explain(validator, allowed, instance, schema)

    return additional
