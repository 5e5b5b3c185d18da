import json
from contextlib import suppress
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.segment.messages import MessageInvalid, parse_body, read_messages
from mockpin_validator.contract.kinds import SEGMENT_TYPES

NOW = 1_700_000_000.0


def read_all(kind, body):
    numbers = count(1)
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read_messages(kind, parse_body(kind, body), now=NOW, make_id=lambda: f"m{next(numbers)}")


def read(kind, body):
    return [message.event for message in read_all(kind, body)]


@pytest.mark.parametrize("kind", SEGMENT_TYPES)
def test_a_message_takes_its_type_from_the_path(kind):
    (event,) = read(kind, {"userId": "u1", "type": "other"})
    assert (event["type"], event["userId"]) == (kind, "u1")


def test_what_a_message_leaves_out_is_filled_in():
    (event,) = read("track", {"event": "Order Completed", "messageId": None})
    assert event["messageId"] == "m1"
    assert event["timestamp"] == event["receivedAt"] == "2023-11-14T22:13:20.000Z"


def test_what_a_message_says_of_itself_stays():
    (event,) = read("track", {"messageId": "mine", "timestamp": "2023-01-01T00:00:00.000Z"})
    assert (event["messageId"], event["timestamp"]) == ("mine", "2023-01-01T00:00:00.000Z")


def test_a_batch_carries_messages_of_every_type():
    events = read("batch", {"batch": [{"type": kind} for kind in SEGMENT_TYPES]})
    assert [event["type"] for event in events] == list(SEGMENT_TYPES)
    assert [event["messageId"] for event in events] == [f"m{n}" for n in range(1, len(SEGMENT_TYPES) + 1)]


def test_a_batch_speaks_for_its_messages_unless_they_speak_themselves():
    batch = {"context": {"ip": "203.0.113.9", "page": 1}, "batch": [{"type": "page", "context": {"page": 2}}]}
    (event,) = read("batch", batch)
    assert event["context"] == {"ip": "203.0.113.9", "page": 2}


def test_a_context_that_is_not_an_object_gives_way_to_the_batchs():
    (event,) = read("batch", {"context": {"ip": "203.0.113.9"}, "batch": [{"type": "page", "context": 1}]})
    assert event["context"] == {"ip": "203.0.113.9"}


def test_what_is_not_a_message_of_a_batch_hinders_none_and_stays_as_it_is():
    strange = [{"type": "bogus"}, {}, 5, None, [], {"type": []}]
    context = {"ip": "203.0.113.9"}
    first, *others = read_all("batch", {"context": context, "batch": [{"type": "track"}, *strange]})
    assert (first.dropped, [other.event for other in others]) == (None, strange)
    for message in others:
        assert message.dropped.startswith("Segment drops a message without a `type` of track, page, ")


def test_a_null_that_a_message_says_stays_null():
    (event,) = read("track", {"userId": None})
    assert event["userId"] is None


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("track", b"{", "The body is not JSON: "),
        ("track", b"\xff", "The body is not JSON: "),
        ("track", [], "The body is not a JSON object."),
        ("batch", {}, "`batch` is not a list of messages."),
        ("track", {"p": "x" * 32_000}, "the limit is 32000."),
    ],
)
def test_what_segment_would_refuse_is_refused_with_the_reason(kind, body, problem):
    with pytest.raises(MessageInvalid) as caught:
        read(kind, body)
    assert problem in str(caught.value)


def test_a_message_alone_is_as_large_as_its_body_whatever_its_path_adds():
    (message,) = read_all("track", b'{"p":"' + b"x" * (32_000 - 8) + b'"}')
    assert message.dropped is None


def test_a_batch_may_be_larger_than_a_message():
    messages = read_all("batch", {"batch": [{"type": "track", "p": "x" * 20_000}] * 2})
    assert [message.dropped for message in messages] == [None, None]


def test_a_message_of_a_batch_that_is_too_large_is_dropped_and_the_others_are_taken():
    small, large = {"type": "track", "p": "x"}, {"type": "track", "p": "ü" * 16_000}
    first, second, third = read_all("batch", {"batch": [small, large, small]})
    assert second == (large, "Segment drops a message of over 32000 bytes")
    assert (first.dropped, third.dropped) == (None, None)


def test_a_message_may_have_as_many_bytes_as_it_may_at_most_before_it_is_completed():
    around = len('{"type":"track","p":""}')
    fits, over = ({"type": "track", "p": "x" * (32_000 - around + more)} for more in (0, 1))
    assert [bool(message.dropped) for message in read_all("batch", {"batch": [fits, over]})] == [False, True]


def test_what_comes_after_2500_messages_of_a_batch_is_dropped():
    messages = read_all("batch", {"batch": [{"type": "track"}] * 2502})
    assert [message.dropped for message in messages[:2500]] == [None] * 2500
    assert [message.dropped for message in messages[2500:]] == [
        "Segment drops a message after the first 2500 of a batch"
    ] * 2


json_values = st.recursive(
    st.none() | st.booleans() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["batch", "context"]), inner),
    max_leaves=8,
)


@given(st.sampled_from([*SEGMENT_TYPES, "batch"]), json_values)
def test_any_json_is_read_or_refused(kind, body):
    with suppress(MessageInvalid):
        assert all(message.dropped or "messageId" in message.event for message in read_all(kind, body))


@pytest.mark.parametrize("kind", ["track", "batch"])
def test_a_write_key_is_not_part_of_a_message(kind):
    message = {"type": "track", "event": "x", "writeKey": "secret"}
    body = message if kind == "track" else {"batch": [message], "writeKey": "secret"}
    (event,) = read(kind, body)
    assert "writeKey" not in event
