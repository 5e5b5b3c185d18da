"""A pasted text is read for what it is; one that is not JSON is shown where it is wrong, masked."""

import json

import pytest

from mockpin.web.pages.content.documents import (
    DocumentUnreadable,
    find_payload,
    find_segment_events,
    parse_document,
)

EVENT = {"event_name": "checkout", "event_id": "o-1"}
TRACK = {"type": "track", "event": "Order Completed"}


@pytest.mark.parametrize(("document", "found"), [
    (TRACK, 1), ([TRACK, TRACK], 2), ({"batch": [TRACK]}, 1), (EVENT, 0), ({"data": []}, 0),
    ([TRACK, EVENT], 0), ([], 0), (None, 0), ({"batch": 1}, 0), ({"type": []}, 0),
])  # fmt: skip
def test_segment_events_are_told_from_payloads(document, found):
    assert len(find_segment_events(document)) == found


def test_a_document_that_is_neither_says_what_it_may_be():
    with pytest.raises(DocumentUnreadable, match="a Segment event"):
        find_payload({"hello": 1})


def test_the_place_in_broken_json_is_named_and_shown_masked():
    with pytest.raises(DocumentUnreadable) as unreadable:
        parse_document('{"data": [\n  {"user_data": {"em": [jane@example.com]}}]}')
    assert str(unreadable.value) == (
        "This is not JSON: unexpected character, expected a JSON value, line 2, column 25. "
        "Write the document as JSON."
    )
    assert unreadable.value.drawing.splitlines() == [
        '2 | {"user_data": {"em": [••••••••••••••••]}}]}',
        "  |                       ^^^^^^^^^^^^^^^^",
    ]


@pytest.mark.parametrize("text", [b"\xff", "\ud800", '{"a": "\ud800"}', "[" * 5000])
def test_whatever_is_not_json_has_its_place(text):
    with pytest.raises(DocumentUnreadable, match=r"line 1, column \d+"):
        parse_document(text)


@pytest.mark.parametrize("text", ["", " \n ", b""])
def test_nothing_is_asked_for_something(text):
    with pytest.raises(DocumentUnreadable, match="Nothing was pasted"):
        parse_document(text)


@pytest.mark.parametrize(
    ("document", "payload"),
    [
        (EVENT, {"data": [EVENT]}),
        ([EVENT, EVENT], {"data": [EVENT, EVENT]}),
        ({"data": [EVENT], "x": 1}, None),
    ],
)
def test_events_are_put_into_a_payload_and_a_payload_stays(document, payload):
    assert find_payload(document) == (payload or document)


def test_a_document_has_at_most_a_thousand_events():
    assert len(find_payload([EVENT] * 1000)["data"]) == 1000
    with pytest.raises(
        DocumentUnreadable, match="holds 1,001 events, and one request may have 1,000"
    ) as refused:
        find_payload([EVENT] * 1001)
    assert refused.value.status == 413


@pytest.mark.parametrize(
    ("text", "problem", "status"),
    [
        ("[" + "1," * 500_000 + "1]", "more than 500,000 values", 413),
        ("[" * 101 + "]" * 101, "more than 100 deep", 400),
        ("{", "This is not JSON", 200),
        ("", "Nothing was pasted", 200),
    ],
)
def test_a_text_that_is_refused_as_the_api_would_has_its_status(text, problem, status):
    with pytest.raises(DocumentUnreadable, match=problem) as refused:
        parse_document(text)
    assert refused.value.status == status


def test_what_is_within_the_limits_is_read():
    assert parse_document("[" * 100 + "]" * 100)
    assert parse_document(b'{"a": "\xc3\xa9"}') == {"a": "é"}


def test_brackets_in_a_text_do_not_nest():
    assert parse_document(json.dumps(["[" * 200])) == ["[" * 200]
    with pytest.raises(DocumentUnreadable, match="deep within one another"):
        parse_document("[" * 200 + "]" * 200)
