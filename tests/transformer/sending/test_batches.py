from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.sending.batches import (
    BatchBody,
    list_conversion_events,
    list_events,
    split,
    write_body,
)

EVENTS = st.lists(st.sampled_from(["web", "offline", "app_ios"]), max_size=30).map(
    lambda sources: [{"action_source": source, "event_id": str(n)} for n, source in enumerate(sources)]
)


@given(EVENTS, st.integers(1, 7))
def test_every_event_is_in_exactly_one_batch_in_its_order(events, size):
    batches = list(split(events, size=size))
    assert sorted(index for batch in batches for index in batch.indexes) == list(range(len(events)))
    assert all([events[index] for index in batch.indexes] == list(batch.events) for batch in batches)
    assert all(1 <= len(batch.events) <= size for batch in batches)


@given(EVENTS)
def test_offline_events_travel_among_themselves(events):
    for batch in split(events):
        assert {event["action_source"] == "offline" for event in batch.events} == {batch.offline}


def test_events_may_come_from_anything_that_yields_them():
    assert list_conversion_events({"event_id": letter} for letter in "ab") == [
        {"event_id": "a"},
        {"event_id": "b"},
    ]


@pytest.mark.parametrize("lists", [list_events, list_conversion_events])
@pytest.mark.parametrize("given", [{"event_id": "a"}, {"data": [{"event_id": "a"}]}])
def test_one_event_or_a_payload_is_not_a_list_of_events(lists, given):
    with pytest.raises(TypeError, match="Give a list of events, not one event or a payload"):
        lists(given)


@pytest.mark.parametrize("given", ["a", [None], [5, {}]])
def test_a_conversion_event_is_an_object(given):
    with pytest.raises(TypeError, match="A conversion event is a dict, and at 0 is a "):
        list_conversion_events(given)


def test_a_batch_without_some_of_its_events_keeps_the_places_of_the_others():
    (batch,) = split([{"event_id": letter} for letter in "abc"])
    left = batch.without({1})
    assert (left.indexes, left.events) == ((0, 2), ({"event_id": "a"}, {"event_id": "c"}))


@pytest.mark.parametrize(("count", "batches"), [(0, 0), (1000, 1), (1001, 2)])
def test_a_batch_holds_a_thousand_events(count, batches):
    assert len(list(split([{}] * count))) == batches


def test_a_batch_that_json_can_hold_stays_whole():
    (batch,) = split([{"event_id": "a"}, {"event_id": "b"}])
    assert write_body(batch) == BatchBody(batch, b'{"data":[{"event_id":"a"},{"event_id":"b"}]}')


def test_what_json_cannot_hold_is_set_aside_with_its_place_in_what_was_given():
    _, offline = split([{}, *({"action_source": "offline", "value": value} for value in (Decimal(1), "1"))])
    body = write_body(offline)
    (failure,) = body.unwritable
    assert (body.batch.indexes, body.content) == (
        (2,),
        b'{"data":[{"action_source":"offline","value":"1"}]}',
    )
    assert (failure.index, failure.message[:19]) == (1, "The value at /value")
