"""The parsers of what strangers send: each takes any bytes and raises only the error that it documents."""

from contextlib import suppress

import orjson

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.events import mask_dumped, mask_json
from mockpin.emulator.masking.texts import mask_text
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack
from mockpin.emulator.tag.hits import read_event, read_fields
from mockpin.segment.messages import MessageInvalid, read_messages
from mockpin.web.pages.content.search import parse_query
from mockpin_transformer import MappingInvalid, Subscription
from mockpin_transformer.triggers.conditions import TriggerFailed
from mockpin_transformer.triggers.trigger import parse_trigger
from mockpin_validator import validate

SEGMENT_EVENT = {
    "type": "track",
    "event": "Order Completed",
    "properties": {"a": [1, {"b": "c"}]},
    "userId": "u",
}


def read_text(data):
    return data.decode("utf-8", "replace")


def fuzz_json(data):
    with suppress(JsonUnreadable):
        value = parse_json(data)
        orjson.dumps(mask_json(value))
        validate(value)


def fuzz_tag(data):
    query, _, body = data.partition(b"\n")
    request = HttpRequest("POST", "/v3/", read_text(query), {"user-agent": "x"}, body)
    fields = read_fields(request)
    if "event" in fields:
        orjson.dumps(read_event(fields, request, 0.0))


def fuzz_unpacking(data):
    for encoding in ("gzip", "deflate", "identity", "br"):
        with suppress(BodyTooLarge, BodyUnreadable):
            assert len(unpack(data, encoding=encoding, limit=100_000)) <= 100_000


def fuzz_segment(data):
    for kind in ("track", "batch"):
        with suppress(MessageInvalid):
            for message in read_messages(kind, data, now=0.0, make_id=lambda: "id"):
                orjson.dumps(message.event)


def fuzz_trigger(data):
    with suppress(TriggerFailed):
        assert parse_trigger(read_text(data)).matches(SEGMENT_EVENT) in (True, False)


def fuzz_mapping(data):
    with suppress(JsonUnreadable, MappingInvalid):
        Subscription('type = "track"', parse_json(data)).convert(SEGMENT_EVENT)


def fuzz_search(data):
    record = {"event_id": "e", "test": False}
    query = parse_query(read_text(data))
    with suppress(KeyError):  # the record has not every column
        query.matches(record)


def fuzz_masks(data):
    assert "jane@x.test" not in mask_text(f"{read_text(data)} jane@x.test")
    mask_dumped(data)


TARGETS = {
    "json": fuzz_json,
    "mapping": fuzz_mapping,
    "masks": fuzz_masks,
    "search": fuzz_search,
    "segment": fuzz_segment,
    "tag": fuzz_tag,
    "trigger": fuzz_trigger,
    "unpacking": fuzz_unpacking,
}
