import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.segment.messages import KINDS
from mockpin.segment.recognition import (
    EVENT_MEMBERS,
    PINTEREST_KINDS,
    SEGMENT_KINDS,
    Kind,
    list_events,
    tell_kind,
    unpack_export,
)
from mockpin.strategies import conversion_events, segment_events

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


@pytest.mark.parametrize("kind", KINDS)
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
])  # fmt: skip
def test_of_two_marks_the_stronger_decides(document, kind):
    assert tell_kind(document) is kind


@pytest.mark.parametrize(
    "document",
    [
        None,
        5,
        "track",
        [],
        [TRACK],
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


def test_each_kind_is_the_one_s_or_the_other_s():
    assert {*SEGMENT_KINDS, *PINTEREST_KINDS} == {*Kind}
    assert not {*SEGMENT_KINDS} & {*PINTEREST_KINDS}


@pytest.mark.parametrize(
    ("document", "root", "events"),
    [
        (TRACK, None, [TRACK]),
        (LEAD, None, [LEAD]),
        (5, None, [5]),
        ([TRACK, LEAD], "", [TRACK, LEAD]),
        ([], "", []),
        ({"batch": [TRACK, 5]}, "/batch", [TRACK, 5]),
        ({"data": [LEAD]}, "/data", [LEAD]),
        ({"data": 1}, None, [{"data": 1}]),
    ],
)
def test_the_events_of_a_document_are_listed_with_the_place_of_their_list(document, root, events):
    assert list_events(document) == (root, events)


@given(st.recursive(st.none() | st.text(max_size=3), lambda each: st.lists(each) | st.dictionaries(
    st.sampled_from(["type", "data", "batch", "event_name", "user_data"]), each), max_leaves=8))  # fmt: skip
def test_whatever_is_asked_about_is_answered(document):
    root, events = list_events(document)
    assert root is not None or events == [document]
    assert tell_kind(document) in (None, *Kind)


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"events": [{"seq": 1, "payload": {"a": 1}}]}, [("/events/0/payload", {"a": 1})]),
        ({"requests": [{"seq": 1, "body": {"data": []}}]}, [("/requests/0/body", {"data": []})]),
        ({"received_at": 1, "payload": {"a": 1}}, [("/payload", {"a": 1})]),
        ({"payload": {"a": 1}}, None),
        ({"requests": [{"body": {"bytes": 3}}, {"body": "x"}]}, []),
        ({"events": [{"event_name": "lead"}]}, None),
        ([{"received_at": 1, "payload": {}}], None),
        ({"data": []}, None),
    ],
)
def test_an_export_of_the_emulator_is_taken_apart(document, found):
    assert unpack_export(document) == found


def test_the_events_of_an_export_are_those_in_its_payloads():
    export = {"requests": [{"seq": 1, "body": {"data": [1, 2]}}, {"seq": 2, "body": {"data": [3]}}]}
    assert list_events(export) == ("", [1, 2, 3])
