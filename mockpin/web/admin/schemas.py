"""The JSON Schemas of what the admin API accepts, used to check requests and to document them."""

from collections.abc import Mapping
from typing import Any

from mockpin.emulator import accounts
from mockpin.emulator.history.event_fields import FILTERS
from mockpin.emulator.json_schemas import TEXT, WHOLE, Schema
from mockpin.emulator.pipeline import answers

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_WAIT_MS = 600_000
TYPES = {str: "string", bool: "boolean"}


def closed_object(
    properties: Mapping[str, Schema], required: tuple[str, ...] = (), **keywords: Any
) -> Schema:
    """A schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
        **keywords,
    }


def _filter_schema(name: str) -> Schema:
    event_filter = FILTERS[name]
    choices = {"enum": list(event_filter.choices)} if event_filter.choices else {}
    return {"type": TYPES[event_filter.kind], "description": event_filter.about, **choices}


NUMBER = WHOLE | {"minimum": 1}
#: The end of a text. `$` would also match before a trailing line feed.
END = r"(?![\s\S])"
AD_ACCOUNT_ID: Schema = {
    "type": "string",
    "pattern": f"^[0-9]{{1,18}}{END}",
    "description": "1 to 18 digits.",
}
TOKEN: Schema = {
    "type": "string",
    "pattern": f"^{accounts.TOKEN.pattern}{END}",
    "description": "Printable ASCII characters without spaces, because it is sent in a header.",
}

EVENT_FILTERS: Mapping[str, Schema] = {name: _filter_schema(name) for name in FILTERS}
PAGE: Mapping[str, Schema] = {
    "after": WHOLE | {"description": "Only entries with a greater number.", "default": 0},
    "limit": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
}
WITH_PAYLOADS: Mapping[str, Schema] = {
    "payloads": {
        "type": "boolean",
        "default": True,
        "description": "Whether a body repeats the payloads of events in the history; it is null otherwise.",
    }
}
ONE_ACCOUNT: Mapping[str, Schema] = {"ad_account_id": AD_ACCOUNT_ID}

EXPECTATION = closed_object(
    {
        "match": closed_object(
            {
                **EVENT_FILTERS,
                "payload": {
                    "type": "object",
                    "description": "Values by payload path, such as custom_data.order_id.",
                },
            }
        ),
        "count": WHOLE | {"description": "Exactly this many events; one more fails at once."},
        "at_least": WHOLE | {"description": "This many events or more; 1 if neither is given."},
        "timeout_ms": {"type": "integer", "minimum": 0, "maximum": MAX_WAIT_MS, "default": 0},
        "after": WHOLE | {"description": "Only events with a greater seq."},
    },
    dependentSchemas={"count": {"properties": {"at_least": {"not": {}}}}},
)

_MILLISECONDS: Schema = {"type": "number", "minimum": 0, "maximum": MAX_WAIT_MS}
FAULT_VALUES: Mapping[str, Schema] = {
    "status": {"enum": list(answers.BY_STATUS)},
    "delay_ms": {
        **_MILLISECONDS,
        "type": ["number", "array"],
        "items": _MILLISECONDS,
        "minItems": 2,
        "maxItems": 2,
        "description": "Milliseconds, or the two ends of a uniform range.",
    },
    "drop": {"const": True},
    "truncate": WHOLE | {"description": "Bytes of the answer's body that arrive."},
    "garbage": {"const": True},
    "empty": {"const": True},
    "fail_events": {
        "type": "array",
        "items": {"type": "integer", "minimum": 0, "maximum": 999},
        "minItems": 1,
        "maxItems": 1000,
        "description": "Positions, from 0, of the events that fail.",
    },
}
FAULT_RULE = closed_object(
    {
        "ad_account_id": AD_ACCOUNT_ID,
        "event_name": TEXT | {"description": "Only requests that contain such an event."},
        "times": {
            "type": "integer",
            "minimum": 1,
            "description": "How many requests the rule strikes; without it, all.",
        },
        "probability": {"type": "number", "minimum": 0, "maximum": 1, "default": 1},
        "seed": {"type": "integer", "description": "Makes the random choice repeatable."},
        "fault": closed_object(FAULT_VALUES, minProperties=1, maxProperties=1),
    },
    ("fault",),
)

CLOCK = closed_object(
    {
        "freeze": {"type": ["string", "number"], "description": "ISO 8601, or seconds since 1970."},
        "advance": {"type": ["string", "number"], "description": "Such as 25h, or seconds."},
        "real": {"const": True},
    },
    minProperties=1,
    maxProperties=1,
)

TAG_ID: Schema = {
    "type": "string",
    "pattern": "^[A-Za-z0-9_-]{1,64}$",
    "description": "Up to 64 letters, digits, - and _, such as 2613000000000.",
}
ACCOUNT = closed_object(
    {
        "ad_account_id": AD_ACCOUNT_ID,
        "conversion_token": TOKEN,
        "tag_id": TAG_ID,
    },
    ("ad_account_id", "conversion_token"),
)

PATH_PARAMETERS: Mapping[str, Schema] = {
    "seq": NUMBER,
    "id": NUMBER,
    "number": NUMBER,
    "ad_account_id": AD_ACCOUNT_ID,
}
