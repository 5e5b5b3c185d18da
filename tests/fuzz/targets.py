"""The parsers of what strangers send: each takes any bytes and raises only the error that it documents."""

import json
from contextlib import suppress
from io import BytesIO

import orjson

from mockpin.emulator.json_texts import JsonUnreadable, parse_json
from mockpin.emulator.masking.events import mask_dumped, mask_json
from mockpin.emulator.masking.texts import mask_text
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.emulator.pipeline.unpacking import BodyTooLarge, BodyUnreadable, unpack
from mockpin.emulator.tag.hits import read_event, read_fields
from mockpin.segment.messages import MessageInvalid, parse_body, read_messages
from mockpin.web.pages.content.search import parse_query
from mockpin_transformer import MappingInvalid, Subscription
from mockpin_transformer.triggers.conditions import TriggerFailed
from mockpin_transformer.triggers.trigger import parse_trigger
from mockpin_validator import validate
from mockpin_validator.archive.har import har_documents
from mockpin_validator.archive.parsing import Unparsable, parse
from mockpin_validator.archive.tables import csv_documents

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
            for message in read_messages(kind, parse_body(kind, data), now=0.0, make_id=lambda: "id"):
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


def fuzz_har(data):
    """A HAR file as it is, and a recorded request with an address and a body of these bytes."""
    read_documents(har_documents, data)
    url, _, body = read_text(data).partition("\n")
    for start in (
        "",
        "https://api.pinterest.com/v5/ad_accounts/1/events",
        "https://x.test/v1/",
        "https://x.test/v3/?",
    ):
        for encoding in ("", "base64"):
            content = {"mimeType": "x", "text": body, "encoding": encoding}
            entry = {"request": {"method": "POST", "url": start + url, "postData": content}}
            read_documents(har_documents, json.dumps({"log": {"entries": [entry]}}).encode())


def fuzz_csv(data):
    """A CSV file as it is, and below headers of columns that mockpin knows."""
    for header in (
        b"",
        b"event_name,user_data.em,custom_data.contents,value\n",
        b"type,event,properties.revenue,properties.products,properties\n",
    ):
        read_documents(csv_documents, header + data)


def read_documents(read, data):
    for document in read(BytesIO(data)):
        with suppress(Unparsable):
            if document.text.strip() or document.flaw:
                parse(document)


#: Inputs from which the search begins, where it would take long to find them.
SEEDS = {
    "har": (
        b"\n{}", b"http://[::1]/v3/\ntid=1&event=lead",
        b"track\n" + b'{"a":' + b"[" * 200 + b"]" * 200 + b"}",
        b'{"log":{"entries":[{"request":{"method":"GET","url":"https://x.test/v3/?tid=1"}}]}}',
        b'{"log":{"entries":[' + b"[" * 90 + b"]" * 90 + b"]}}",
    ),
    "csv": (
        b'event_name;em\ncheckout;"a ""b"""\n', b"type,properties.revenue\ntrack,1e999\n", b'"\r\n\xff',
        b"x,x,99999999999999999999,", b"lead,," + b"[" * 300 + b"]" * 300,
    ),
}  # fmt: skip
TARGETS = {
    "csv": fuzz_csv,
    "har": fuzz_har,
    "json": fuzz_json,
    "mapping": fuzz_mapping,
    "masks": fuzz_masks,
    "search": fuzz_search,
    "segment": fuzz_segment,
    "tag": fuzz_tag,
    "trigger": fuzz_trigger,
    "unpacking": fuzz_unpacking,
}
