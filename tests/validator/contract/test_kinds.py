import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.strategies import conversion_events, segment_events
from mockpin_validator.contract.kinds import (
    EVENT_MEMBERS,
    SEGMENT_TYPES,
    Kind,
    list_events,
    tell_kind,
    unpack_export,
)

TRACK = {"type": "track", "event": "Order Completed"}
LEAD = {"event_name": "lead"}


@given(segment_events())
def test_every_segment_event_is_one_and_so_is_a_batch_of_it(event):
    assert tell_kind(event) is Kind.SEGMENT_EVENT
    assert tell_kind({"batch": [event]}) is Kind.SEGMENT_BATCH


@given(conversion_events())
def test_every_conversion_event_is_one_and_so_is_a_payload_of_it(event):
    assert tell_kind(event) is Kind.CONVERSION_EVENT
    assert tell_kind({"data": [event]}) is Kind.PAYLOAD


@pytest.mark.parametrize("kind", SEGMENT_TYPES)
def test_a_call_of_segment_s_is_known_by_its_type(kind):
    assert tell_kind({"type": kind}) is Kind.SEGMENT_EVENT


@pytest.mark.parametrize("member", sorted(EVENT_MEMBERS))
def test_a_conversion_event_is_known_by_any_of_its_members(member):
    assert tell_kind({member: None}) is Kind.CONVERSION_EVENT


@pytest.mark.parametrize(("document", "kind"), [
    ({"type": "track", "event_name": "lead"}, Kind.CONVERSION_EVENT),
    ({"type": "track", "user_data": {}}, Kind.SEGMENT_EVENT),
    ({"type": "track", "batch": []}, Kind.SEGMENT_EVENT),
    ({"batch": [], "event_time": 1}, Kind.SEGMENT_BATCH),
    ({"batch": [], "data": []}, Kind.PAYLOAD),
    ({"event_name": "lead", "batch": []}, Kind.CONVERSION_EVENT),
    ({"event_name": "lead", "data": []}, Kind.PAYLOAD),
    ({"event_name": "lead", "events": []}, Kind.CONVERSION_EVENT),
    ({"user_data": {}, "requests": []}, Kind.CONVERSION_EVENT),
    ({"type": "track", "events": []}, Kind.SEGMENT_EVENT),
    ({"batch": [], "events": []}, Kind.SEGMENT_BATCH),
    ({"tid": "26", "event": "lead", "events": []}, Kind.TAG_HIT),
    ({"received_at": 1, "event_name": "lead", "payload": {}}, Kind.EXPORT),
])  # fmt: skip
def test_of_two_marks_the_stronger_decides(document, kind):
    assert tell_kind(document) is kind


@pytest.mark.parametrize(
    "document",
    [
        None,
        5,
        "track",
        {},
        {"type": "phone"},
        {"type": []},
        {"batch": 1},
        {"data": None},
        {"event": 1},
    ],
)
def test_whatever_else_is_neither_s(document):
    assert tell_kind(document) is None


@pytest.mark.parametrize(
    ("document", "events"),
    [
        (TRACK, [("", TRACK)]),
        (LEAD, [("", LEAD)]),
        (5, [("", 5)]),
        ([TRACK, LEAD], [("/0", TRACK), ("/1", LEAD)]),
        ([], []),
        ({"batch": [TRACK, 5]}, [("/batch/0", TRACK), ("/batch/1", 5)]),
        ({"data": [LEAD]}, [("/data/0", LEAD)]),
        ({"data": 1}, [("", {"data": 1})]),
    ],
)
def test_the_events_of_a_document_are_listed_with_their_pointers(document, events):
    assert list_events(document) == events


@given(st.recursive(st.none() | st.text(max_size=3), lambda each: st.lists(each) | st.dictionaries(
    st.sampled_from(["type", "data", "batch", "event_name", "user_data"]), each), max_leaves=8))  # fmt: skip
def test_every_event_is_found_at_its_pointer(document):
    for pointer, event in list_events(document):
        assert value_at(document, pointer) is event
    assert tell_kind(document) in (None, *Kind)


def value_at(document, pointer):
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


@pytest.mark.parametrize(
    ("document", "values"),
    [
        ({"events": [{"seq": 1, "payload": {"a": 1}}]}, [("/events/0/payload", {"a": 1})]),
        ({"requests": [{"seq": 1, "body": {"data": []}}]}, [("/requests/0/body", {"data": []})]),
        ({"received_at": 1, "payload": {"a": 1}}, [("/payload", {"a": 1})]),
        ({"received_at": 1, "payload": {"a": 1}, "body": {"data": []}}, [("/payload", {"a": 1})]),
        ({"requests": [{"body": {"bytes": 3}}, {"body": "x"}]}, []),
        ({"events": []}, []),
    ],
)
def test_an_export_of_the_emulator_is_taken_apart(document, values):
    assert tell_kind(document) is Kind.EXPORT
    assert unpack_export(document) == values


@pytest.mark.parametrize(
    "document",
    [
        {"payload": {"a": 1}},
        {"events": [{"event_name": "lead"}]},
        {"events": [3]},
        {"data": [], "events": []},
        {"received_at": 1, "payload": 3},
    ],
)
def test_another_object_is_not_an_export(document):
    assert tell_kind(document) is not Kind.EXPORT


def test_the_events_of_an_export_are_those_in_its_payloads():
    export = {"requests": [{"seq": 1, "body": {"data": [1, 2]}}, {"seq": 2, "body": {"data": [3]}}]}
    assert list_events(export) == [
        ("/requests/0/body/data/0", 1), ("/requests/0/body/data/1", 2), ("/requests/1/body/data/0", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("member", ["event", "ed", "pd"])
def test_a_hit_of_the_tag_is_known_by_its_parameters(member):
    assert tell_kind({"tid": "26", member: ""}) is Kind.TAG_HIT
    assert tell_kind({"tid": "26"}) is None
