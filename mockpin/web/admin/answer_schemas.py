"""The JSON Schemas of the admin API's answers, for its OpenAPI document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockpin.expectations.matching import REPORTING_CLASSES, SOURCES, STATUSES
from mockpin.web.admin.schemas import ANY_OBJECT, FLAG, MOMENT, TEXT, WHOLE
from mockpin_validator.judging.finding import SEVERITIES

if TYPE_CHECKING:
    from mockpin.web.admin.schemas import Schema


def nullable(schema: Schema) -> Schema:
    """A schema that also allows null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: Schema) -> Schema:
    """A list whose items have this schema."""
    return {"type": "array", "items": schema}


def answered(properties: dict[str, Schema]) -> Schema:
    """An object that has all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


PROBLEM = answered({
    "title": TEXT,
    "status": {"type": "integer"},
    "detail": TEXT,
    "errors": listed(answered({"in": {"enum": ["path", "query", "body"]}, "pointer": TEXT, "detail": TEXT})),
})  # fmt: skip
FINDING = answered({
    "rule": TEXT,
    "severity": {"enum": list(SEVERITIES)},
    "path": TEXT,
    "message": TEXT,
    "fix": TEXT,
    "source": TEXT,
    "documented": TEXT,
})  # fmt: skip
EVENT = answered({
    "seq": WHOLE,
    "received_at": MOMENT,
    "ad_account_id": TEXT,
    "source": {"enum": list(SOURCES)},
    "test": FLAG,
    "event_name": TEXT,
    "sent_name": TEXT,
    "event_id": TEXT,
    "action_source": TEXT,
    "event_time": nullable({"type": "number"}),
    "status": {"enum": list(STATUSES)},
    "error_message": TEXT,
    "warning_message": TEXT,
    "duplicate_of": nullable(WHOLE),
    "limited_data_processing": answered({"applies": FLAG, "reason": TEXT}),
    "reported_as": {"enum": list(REPORTING_CLASSES)},
    "match_keys": listed(TEXT),
    "findings": listed(FINDING),
    "payload": ANY_OBJECT,
    "request_id": TEXT,
    "fault": nullable(TEXT),
})  # fmt: skip
EVENT_PAGE = answered({"events": listed(EVENT), "next": WHOLE})

EXCHANGE = answered({
    "id": TEXT,
    "received_at": MOMENT,
    "ad_account_id": nullable(TEXT),
    "method": TEXT,
    "path": TEXT,
    "query": ANY_OBJECT,
    "headers": ANY_OBJECT,
    "body": {},
    "status": WHOLE,
    "answer_headers": ANY_OBJECT,
    "answer": TEXT,
    "milliseconds": {"type": "number"},
    "event_seqs": listed(WHOLE),
    "fault": nullable(TEXT),
    "source": {"enum": list(SOURCES)},
    "reason": nullable(TEXT),
    "cause_path": nullable(TEXT),
    "cause": nullable(TEXT),
})  # fmt: skip
EXCHANGE_PAGE = answered({"requests": listed(EXCHANGE), "next": WHOLE})

NEAR_MISS = answered({
    "seq": WHOLE,
    "event_name": TEXT,
    "fields": listed({
        **answered({"field": TEXT, "expected": {}, "matched": FLAG}),
        "description": "`received` is left out where the event has nothing there.",
    }),
})  # fmt: skip
OUTCOME: Schema = {
    "oneOf": [
        answered({"met": {"const": True}, "events": listed(EVENT)}),
        answered({
            "met": {"const": False},
            "count": WHOLE,
            "events": listed(EVENT),
            "nearest": listed(NEAR_MISS),
        }),
    ]
}  # fmt: skip
HEALTH = answered({
    "status": {"enum": ["ok", "unwritable"]},
    "version": TEXT,
    "uptime_seconds": {"type": "number"},
    "store": TEXT,
    "events": WHOLE,
    "evicted": WHOLE,
})  # fmt: skip
CLOCK_FACE = answered({"now": MOMENT, "iso": TEXT, "frozen": FLAG})
