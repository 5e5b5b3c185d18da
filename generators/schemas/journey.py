"""The JSON Schema of a journey."""

from itertools import combinations
from typing import Any

from generators.schemas.options import DURATION
from mockpin.emulator.history.event_fields import FILTERS
from mockpin.expectations.journey_files import COUNT_KEYS, FILE_KEYS, STEP_KEYS
from mockpin_validator.contract.request import HASHED_MATCH_KEYS

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object", list: "array"}
ABOUT = {
    "name": "What reports call the journey; without it, the name of the file.",
    "within": "How long to wait for each step, such as 5s; a number is in seconds. 0 if not given.",
    "expect": "The events that must, or must not, arrive.",
    "payload": "Values in the payload by path, such as custom_data.order_id.",
    "plain": "Match keys in plain text, compared by the hash that Pinterest asks for.",
    "count": "How many events exactly.",
    "at_least": "How many events at least; 1 if no number is given.",
    "none": "Whether no such event may arrive for as long as `within` says.",
    "same_event_id_as": "The source that must have sent the same event ids.",
    **{name: event_filter.about for name, event_filter in FILTERS.items()},
}
#: What the tables of keys cannot say.
DETAILS: dict[str, dict[str, Any]] = {
    "within": DURATION,
    "count": {"minimum": 0},
    "at_least": {"minimum": 0},
    "plain": {
        "properties": {key: {"type": "string"} for key in HASHED_MATCH_KEYS},
        "additionalProperties": False,
    },
}


def build_journey_schema() -> dict[str, Any]:
    """The whole schema."""
    step = {
        "type": "object",
        "properties": {key: _describe(key, *form) for key, form in STEP_KEYS.items()},
        "additionalProperties": False,
        "allOf": [{"not": {"required": list(pair)}} for pair in combinations(COUNT_KEYS, 2)],
    }
    keys = {key: _describe(key, *form) for key, form in FILE_KEYS.items()}
    return {
        "type": "object",
        "properties": {**keys, "expect": {**keys["expect"], "items": step, "minItems": 1}},
        "required": ["expect"],
        "additionalProperties": False,
    }


def _describe(key: str, kinds: tuple[type, ...], choices: tuple[str, ...]) -> dict[str, Any]:
    """The schema of one key: its kinds of value, and the values allowed where they are limited."""
    value: dict[str, Any] = {"enum": list(choices)} if choices else {"type": [TYPES[kind] for kind in kinds]}
    return {"description": ABOUT[key], **value, **DETAILS.get(key, {})}
