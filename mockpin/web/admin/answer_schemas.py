"""The JSON Schemas of the admin API's answers, for its OpenAPI document."""

from mockpin.emulator.history.event_fields import EVENT_FIELDS, SOURCES
from mockpin.emulator.json_schemas import (
    ANY_OBJECT,
    FLAG,
    MOMENT,
    TEXT,
    WHOLE,
    Schema,
    answered,
    listed,
    nullable,
    one_of,
)

PROBLEM = answered({
    "title": TEXT,
    "status": {"type": "integer"},
    "detail": TEXT,
    "errors": listed(answered({"in": {"enum": ["path", "query", "body"]}, "pointer": TEXT, "detail": TEXT})),
})  # fmt: skip
EVENT = answered({field.name: field.schema for field in EVENT_FIELDS})
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
    "source": one_of(SOURCES),
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
