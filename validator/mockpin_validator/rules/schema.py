"""What the schema refuses, explained without repeating personal data."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from heapq import heapify, heappop
from math import isfinite
from typing import Any, Final

from mockpin_validator.contract.gate import (
    BEYOND_JSON,
    UNPRINTABLE,
    Violation,
    event_violations,
    find_missing_field,
    violations,
)
from mockpin_validator.contract.request import ALL_DEMANDS, Demands, payload_schema
from mockpin_validator.contract.spelling import quoted
from mockpin_validator.contract.vocabulary import did_you_mean, find_misnamed_field, is_presentable
from mockpin_validator.judging.context import Context, Event
from mockpin_validator.judging.evidence import OBSERVED_REFUSAL, OPENAPI, OPENAPI_INFERRED
from mockpin_validator.judging.finding import Complaint
from mockpin_validator.judging.rule import REFUSED, rule

_FOUND_NAMES: Final = {
    bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object",
}  # fmt: skip
_TYPE_NAMES: Final = {
    "string": "a string", "integer": "a whole number", "boolean": "true or false", "array": "a list",
    "object": "an object", "null": "null",
}  # fmt: skip
_TYPE_FIXES: Final[Mapping[tuple[str, type], str]] = {
    ("string", int): "Put the number in quotes.",
    ("string", float): "Put the number in quotes.",
    ("string", list): "Send one value, not a list.",
    ("array", str): "Put the value in a list, even when it is the only one.",
    ("integer", str): "Send the number without quotes.",
    ("boolean", str): "Send true or false without quotes.",
}
#: Names of what every payload must have.
_REQUIRED: Final = frozenset(
    {"the payload", "data", "the event", *payload_schema()["$defs"]["event"]["required"]}
)
#: Name of a part in a sentence -> name of the part in the contract.
_PARTS: Final[Mapping[str, str]] = {"the payload": "payload", "the event": "event"}
_BEYOND_JSON: Final = Complaint("", f"{BEYOND_JSON}.", "Send plain JSON with less nesting.")
_WRONG_TYPE: Final = "{name} must be {wanted}, but is {found}."


@rule(REFUSED, OPENAPI, clean={})
def schema(event: Event, context: Context) -> Iterator[Complaint]:
    """The event has the fields, types and limits of Pinterest's description, or its request is refused."""
    yield from _explain_all(event_violations(event, context.policy.demands))


def refusals(payload: Any, demands: Demands = ALL_DEMANDS) -> Iterator[Complaint]:
    """Everything for which the schema refuses a payload; paths start at the payload.

    Each reason is worked out when it is asked for: a list of four million numbers has as many.
    """
    complaints = _explain_all(violations(payload, demands))
    yield next(complaints, _BEYOND_JSON)
    yield from complaints


def _explain_all(found_violations: Iterator[Violation]) -> Iterator[Complaint]:
    try:
        for violation in found_violations:
            yield from explain(violation)
    except UNPRINTABLE:
        yield _BEYOND_JSON


def explain(violation: Violation) -> Iterator[Complaint]:
    """Yield the complaints for one violation, without personal data. Their paths start like its own."""
    keyword = str(violation.validator)
    for complaint in _EXPLANATIONS.get(keyword, _explain_limit)(violation):
        yield complaint._replace(evidence=complaint.evidence or _EVIDENCE.get(keyword, OPENAPI))


def _explain_type(violation: Violation) -> Iterator[Complaint]:
    path, wanted = _pointer(violation), violation.validator_value
    wanted = [wanted] if isinstance(wanted, str) else wanted
    sent_type = type(violation.instance)
    yield Complaint(
        path,
        _WRONG_TYPE.format(
            name=_name(path),
            wanted=" or ".join(_TYPE_NAMES[name] for name in wanted),
            found=_FOUND_NAMES.get(sent_type, "null" if violation.instance is None else "not a JSON value"),
        ),
        _fix_type(path, wanted[0], violation.instance),
    )


def _fix_type(path: str, wanted: str, instance: Any) -> str:
    if path.endswith("/event_time"):
        seconds = _seconds_of(instance)
        return f"Send Unix time in seconds, as a whole number{f' ({seconds})' if seconds else ''}."
    if _name(path) in _REQUIRED:
        return _TYPE_FIXES.get(
            (wanted, type(instance)), f"Send {_TYPE_NAMES[wanted]}: Pinterest requires it."
        )
    return _TYPE_FIXES.get(
        (wanted, type(instance)),
        f"Send {_TYPE_NAMES[wanted]}, or leave the field out if it is not required.",
    )


def _seconds_of(instance: Any) -> int | None:
    """Return the Unix time of a number with decimals or of an ISO 8601 text with an offset, else None."""
    if isinstance(instance, float) and isfinite(instance):
        return int(instance)
    try:
        instant = datetime.fromisoformat(instance)
    except (TypeError, ValueError):
        return None
    return int(instant.timestamp()) if instant.tzinfo else None


def _explain_required(violation: Violation) -> Iterator[Complaint]:
    name = find_missing_field(violation)
    if find_misnamed_field(violation.instance, name):  # the finding on additionalProperties suggests it
        return
    yield Complaint(_pointer(violation), f"{name} is missing.", f"Send {name}: Pinterest requires it.")


def _explain_additional(violation: Violation) -> Iterator[Complaint]:
    path, known = _pointer(violation), violation.schema["properties"]
    for name in _in_order(violation.instance.keys() - known.keys()):
        if is_presentable(name):
            yield Complaint(
                f"{path}/{name}",
                f"Pinterest does not know the field {name} here.",
                did_you_mean(name, _part(path)),
            )
        else:
            yield Complaint(path, f"{_name(path)} holds a field that Pinterest does not know.", "Remove it.")


def _in_order(names: Iterable[str]) -> Iterator[str]:
    """Yield names in order without sorting them all first: often only the first is wanted."""
    heap = list(names)
    heapify(heap)
    while heap:
        yield heappop(heap)


def _explain_user_data(violation: Violation) -> Iterator[Complaint]:
    branches = violation.context or []
    in_first = [
        branch for branch in branches if branch.schema_path[0] == 0 and branch.validator != "required"
    ]
    for branch in in_first:
        yield from explain(branch)
    lacking = {branch.schema_path[0] for branch in branches if branch.validator == "required"}
    if len(lacking) == len(violation.validator_value):
        yield Complaint(
            _pointer(violation),
            "user_data does not identify anyone.",
            "Send em, or hashed_maids, or client_ip_address with client_user_agent.",
        )


def _explain_enum(violation: Violation) -> Iterator[Complaint]:
    if not isinstance(violation.instance, str):  # the keyword `type` reports it
        return
    allowed = ", ".join(map(str, violation.validator_value))
    path, sent = _pointer(violation), quoted(str(violation.instance))
    yield Complaint(
        path,
        f"{sent} is not one of the values that Pinterest knows for {_name(path)}.",
        f"Send one of {allowed}.",
    )


def _explain_limit(violation: Violation) -> Iterator[Complaint]:
    path, limit = _pointer(violation), violation.validator_value
    message, fix = _LIMITS[str(violation.validator)]
    yield Complaint(path, message.format(name=_name(path), limit=limit, size=_size(violation.instance)), fix)


_LIMITS: Final = {
    "maxLength": ("{name} has {size} characters; at most {limit} are allowed.", "Shorten it."),
    "maxItems": ("{name} has {size} entries; at most {limit} are allowed.", "Send several requests."),
    "minItems": ("{name} is empty.", "Send at least one conversion event."),
    "maximum": ("{name} is {size}; at most {limit} is allowed.", "Check the unit."),
    "minimum": ("{name} is {size}; at least {limit} is required.", "Check the unit, or leave the field out."),
}

_EXPLANATIONS: Final[Mapping[str, Callable[[Violation], Iterator[Complaint]]]] = {
    "type": _explain_type,
    "required": _explain_required,
    "additionalProperties": _explain_additional,
    "anyOf": _explain_user_data,
    "enum": _explain_enum,
}

#: Keywords whose evidence is not simply the description.
_EVIDENCE: Final = {"additionalProperties": OBSERVED_REFUSAL, "anyOf": OPENAPI_INFERRED}


def _size(instance: Any) -> Any:
    return len(instance) if isinstance(instance, str | list) else instance


def _pointer(violation: Violation) -> str:
    return "".join(f"/{part}" for part in violation.absolute_path)


def _name(path: str) -> str:
    names = [part for part in path.split("/") if part and not part.isdigit()]
    return "the event" if names == ["data"] and path != "/data" else names[-1] if names else "the payload"


def _part(path: str) -> str:
    last = _name(path)
    return _PARTS.get(last, last)


RULES: Final = (schema,)
