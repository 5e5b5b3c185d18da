"""The schema gate: jsonschema-rs says whether a payload is acceptable, python-jsonschema says why not.

Pinterest's refusals are python-jsonschema's sentences, so python-jsonschema writes ours; it is some two
hundred times slower than jsonschema-rs, so it only ever sees what that one has refused.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
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

# What writing out a value raises when it is nested too deeply, or a number of too many digits.
UNPRINTABLE: Final = (RecursionError, ValueError)


def accepts_payload(payload: Any, demands: Demands = ALL_DEMANDS) -> bool:
    """Whether the schema accepts a whole payload."""
    return _gate(payload_schema, demands)(payload)


def accepts_envelope(payload: Any) -> bool:
    """Whether the schema accepts what is around the events: an object with a list of 1 to 1,000 things."""
    return _gate_of_envelope()(payload)


def accepts_event(event: Any, demands: Demands = ALL_DEMANDS) -> bool:
    """Whether the schema accepts one conversion event."""
    return _gate(event_schema, demands)(event)


def refusal(payload: Any, demands: Demands = ALL_DEMANDS) -> str | None:
    """The sentence in which the schema refuses a payload, None when it accepts.

    It repeats the offending value, as Pinterest's does, and is cut at 2,000 characters.
    """
    if accepts_payload(payload, demands):
        return None
    try:
        sentence = next((each.message for each in violations(payload, demands)), BEYOND_JSON)
    except UNPRINTABLE:
        sentence = BEYOND_JSON
    return sentence if len(sentence) <= SENTENCE_LIMIT else sentence[: SENTENCE_LIMIT - 1] + "…"


def violations(payload: Any, demands: Demands = ALL_DEMANDS) -> "Iterator[ValidationError]":
    """Every violation of the schema by a payload, in the order in which Pinterest would name them."""
    return _explainer(payload_schema, demands).iter_errors(payload)


def event_violations(event: Any, demands: Demands = ALL_DEMANDS) -> "Iterator[ValidationError]":
    """Every violation of the schema by one conversion event."""
    return iter(()) if accepts_event(event, demands) else _explainer(event_schema, demands).iter_errors(event)


def missing_name(violation: Violation) -> str:
    """The field that an object lacks, of a violation of `required`: only its sentence tells which."""
    required: list[str] = violation.validator_value
    return next(name for name in required if violation.message.startswith(repr(name)))


def gate(schema: AnySchema) -> Callable[[Any], bool]:
    """A function that says whether a schema accepts a value, which need not even be JSON."""
    import jsonschema_rs  # noqa: PLC0415 - importing the validator must not load it

    is_valid = jsonschema_rs.Draft202012Validator(
        schema if isinstance(schema, bool) else dict(schema)
    ).is_valid

    def accepts(instance: Any) -> bool:
        try:
            return is_valid(instance)
        except ValueError:  # holds what is no JSON value
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

    reference = _doubtful_reference(Draft202012Validator.VALIDATORS["$ref"], demands)
    explainer: Validator = validators.extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
        Draft202012Validator, {"$ref": reference}
    )(schema(demands))
    return explainer


def _doubtful_reference(explain: Keyword, demands: Demands) -> Keyword:
    """The keyword `$ref`, passing over the events, and the parts of events, that jsonschema-rs accepts.

    One bad event among a thousand good ones is then explained in a millisecond, not in a quarter of a second.
    """

    def reference(validator: Any, ref: str, instance: Any, schema: Any) -> "Iterator[ValidationError]":
        if not _gate_of(ref, demands)(instance):
            yield from explain(validator, ref, instance, schema)

    return reference
