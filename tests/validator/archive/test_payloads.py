"""Which payloads a document holds, and where in the document a place of a payload is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.archive.payloads import BATCH, NO_PAYLOAD, Payload, find_payloads

EVENT = {"event_name": "lead", "user_data": {"em": ["x"]}}


@pytest.mark.parametrize("document", [EVENT, [EVENT], {"data": [EVENT]}], ids=["event", "list", "request"])
def test_an_event_a_list_and_a_request_are_the_same_payload(document):
    (payload,) = find_payloads(document)
    assert payload.value == {"data": [EVENT]}


@pytest.mark.parametrize("document", [None, 5, "text", {"data": 3}, {"data": None}])
def test_what_is_neither_is_left_as_it_is_for_the_schema(document):
    (payload,) = find_payloads(document)
    assert payload.value == document


@pytest.mark.parametrize(
    ("number", "sizes"),
    [(0, [0]), (1, [1]), (BATCH, [BATCH]), (BATCH + 1, [BATCH, 1]), (2 * BATCH, [BATCH, BATCH])],
)
def test_a_list_is_cut_where_a_request_would_be_full(number, sizes):
    assert [len(payload.value["data"]) for payload in find_payloads([EVENT] * number)] == sizes


def test_a_request_that_is_too_large_is_not_cut():
    (payload,) = find_payloads({"data": [EVENT] * (BATCH + 1)})
    assert len(payload.value["data"]) == BATCH + 1


@pytest.mark.parametrize(
    ("document", "path", "pointer"),
    [
        (EVENT, "/data/0/user_data/em/0", "/user_data/em/0"),
        (EVENT, "/data/0", ""),
        (EVENT, "/data", ""),
        ([EVENT], "/data/0/event_name", "/0/event_name"),
        ([EVENT], "/data", ""),
        ({"data": [EVENT]}, "/data/0/event_name", "/data/0/event_name"),
        ({"data": [EVENT]}, "/extra", "/extra"),
        ({"data": [EVENT]}, "", ""),
    ],
)
def test_a_path_in_the_payload_leads_to_the_same_value_in_the_document(document, path, pointer):
    (payload,) = find_payloads(document)
    assert payload.pointer(path) == pointer


def test_where_a_request_stands_inside_a_document_its_root_says():
    assert Payload({}, "/body/events").pointer("/data/2/event_id") == "/body/events/2/event_id"


def test_a_pointer_of_no_payload_leads_into_the_document_already():
    missing = Payload(NO_PAYLOAD, None, 3)
    assert missing.pointer("/data/0/em") == missing.path("/data/0/em", 7) == "/data/0/em"


def value_at(document, pointer):
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


@given(st.integers(1, 3 * BATCH), st.data())
def test_every_event_of_a_long_list_is_found_again_and_its_path_counts_through(number, data):
    document = [{"event_id": index} for index in range(number)]
    wanted = data.draw(st.integers(0, number - 1))
    payload = [*find_payloads(document)][wanted // BATCH]
    path = f"/data/{wanted % BATCH}/event_id"
    assert value_at(payload.value, path) == value_at(document, payload.pointer(path)) == wanted
    assert payload.path(path) == f"/data/{wanted}/event_id"
    assert json.dumps(payload.value)


def test_an_export_of_the_emulator_holds_the_payloads_and_events_that_were_sent():
    requests = {"requests": [{"received_at": 1, "body": {"data": [EVENT]}}, {"received_at": 2, "body": None}]}
    (payload,) = find_payloads(requests)
    assert (payload.value, payload.pointer("/data/0/event_name")) == (
        {"data": [EVENT]}, "/requests/0/body/data/0/event_name",
    )  # fmt: skip
    (payload,) = find_payloads({"received_at": 1, "payload": EVENT})
    assert (payload.value, payload.pointer("/data/0/event_name")) == (
        {"data": [EVENT]},
        "/payload/event_name",
    )


def test_a_path_counts_through_a_list_that_was_cut():
    first, second = find_payloads([EVENT] * (BATCH + 1))
    assert first.path("/data/3/event_name") == "/data/3/event_name"
    assert first.path("/data/3/event_name", before=2) == "/data/5/event_name"
    assert second.path("/data/0/event_name", before=2) == f"/data/{BATCH + 2}/event_name"
    assert second.path("/data", before=2) == "/data"
