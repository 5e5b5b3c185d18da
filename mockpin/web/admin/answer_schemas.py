"""The JSON Schemas of the admin API's answers, for its OpenAPI document."""

from mockpin.emulator.history.event_fields import EVENT_FIELDS, SOURCES
from mockpin.emulator.json_schemas import (
    ANY_OBJECT,
    FLAG,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    full_object,
    list_of,
    nullable,
    one_of,
)

PROBLEM = full_object({
    "title": TEXT,
    "status": {"type": "integer"},
    "detail": TEXT,
    "errors": list_of(
        full_object({"in": one_of(("path", "query", "body")), "pointer": TEXT, "detail": TEXT}),
    ),
})  # fmt: skip
EVENT = full_object({field.name: field.schema for field in EVENT_FIELDS})
EVENT_PAGE = full_object({"events": list_of(EVENT), "next": WHOLE})

EXCHANGE = full_object({
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
    "event_seqs": list_of(WHOLE),
    "fault": nullable(TEXT),
    "source": one_of(SOURCES),
    "reason": nullable(TEXT),
    "cause_path": nullable(TEXT),
    "cause": nullable(TEXT),
})  # fmt: skip
EXCHANGE_PAGE = full_object({"requests": list_of(EXCHANGE), "next": WHOLE})

NEAR_MISS = full_object({
    "seq": WHOLE,
    "event_name": TEXT,
    "fields": list_of({
        **full_object({"field": TEXT, "expected": {}, "matched": FLAG}),
        "description": "`received` is left out where the event has nothing there.",
    }),
})  # fmt: skip
OUTCOME: Schema = {
    "oneOf": [
        full_object({"met": {"const": True}, "events": list_of(EVENT)}),
        full_object({
            "met": {"const": False},
            "count": WHOLE,
            "events": list_of(EVENT),
            "nearest": list_of(NEAR_MISS),
        }),
    ]
}  # fmt: skip
HEALTH = full_object({
    "status": {"enum": ["ok", "unwritable"]},
    "version": TEXT,
    "uptime_seconds": {"type": "number"},
    "store": TEXT,
    "events": WHOLE,
    "evicted": WHOLE,
})  # fmt: skip
CLOCK_FACE = full_object({"now": MOMENT, "iso": TEXT, "frozen": FLAG})
