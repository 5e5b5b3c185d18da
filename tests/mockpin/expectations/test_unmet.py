import pickle

import pytest

from mockpin.expectations.unmet import Unmet, describe_wanted

NEAREST = [
    {
        "seq": 7,
        "event_name": "checkout",
        "fields": [
            {"field": "event_name", "expected": "checkout", "received": "checkout", "matched": True},
            {"field": "payload.custom_data.order_id", "expected": "o1", "received": "o2", "matched": False},
            {"field": "payload.custom_data.value", "expected": "1", "matched": False},
        ],
    }
]


def test_a_near_miss_shows_a_tick_or_a_cross_for_each_field():
    assert str(Unmet("exactly 1 event with event_name='checkout'", 0, NEAREST)) == (
        "Expected exactly 1 event with event_name='checkout'; 0 came.\n"
        "Near miss: event 7 (checkout)\n"
        "  ✓ event_name                    'checkout'\n"
        "  ✗ payload.custom_data.order_id  expected 'o1', received 'o2'\n"
        "  ✗ payload.custom_data.value     expected '1', received nothing"
    )


def test_the_error_says_when_no_event_arrived():
    assert str(Unmet("at least 1 event", 0)).endswith("No other event arrived.")


CAME = {"seq": 7, "event_id": "e1", "received_at": 1_790_000_000.25, "source": "api", "status": "processed"}


def test_surplus_events_are_listed():
    second = {**CAME, "seq": 9, "event_id": None, "source": "tag", "status": "failed"}
    assert str(Unmet("exactly 1 event", 2, events=[CAME, second])) == (
        "Expected exactly 1 event; 2 came.\n"
        "Match: event 7, event_id=e1, 2026-09-21 14:13:20.250 UTC, source api, processed\n"
        "Match: event 9, event_id=None, 2026-09-21 14:13:20.250 UTC, source tag, failed"
    )


def test_only_the_latest_matches_are_listed_and_the_rest_counted():
    lines = str(Unmet("exactly 1 event", 12, events=[{**CAME, "seq": seq} for seq in range(12)])).splitlines()
    assert lines[1] == "(2 earlier matches are left out)"
    assert [line.split(",")[0] for line in lines[2:]] == [f"Match: event {seq}" for seq in range(2, 12)]


def test_with_too_many_events_the_error_does_not_say_that_none_arrived():
    assert "either" not in str(Unmet("exactly 0 events", 1))


def test_unmet_fails_a_test_and_survives_pickling():
    with pytest.raises(AssertionError):
        raise Unmet("at least 1 event", 0)
    assert str(pickle.loads(pickle.dumps(Unmet("at least 1 event", 0)))).startswith("Expected at least 1")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"count": None, "at_least": None}, "at least 1 event with event_id='e1', payload.a.b=2"),
        ({"count": 2, "at_least": None}, "exactly 2 events with event_id='e1', payload.a.b=2"),
        ({"count": None, "at_least": 3}, "at least 3 events with event_id='e1', payload.a.b=2"),
    ],
)
def test_the_expectation_is_described_in_words(words, said):
    assert describe_wanted({"event_id": "e1"}, {"a.b": 2}, **words) == said


def test_an_expectation_without_filters_is_described():
    assert describe_wanted({}, {}, count=None, at_least=None) == "at least 1 event"


def test_true_false_and_null_are_written_as_in_json():
    said = describe_wanted({"duplicate": True, "test": False}, {"a": None}, count=1, at_least=None)
    assert said == "exactly 1 event with duplicate=true, test=false, payload.a=null"


def test_the_repr_shows_no_value_of_an_event():
    error = Unmet("1 event", 0, NEAREST, [{"event_id": "secret"}], ["secret"])
    assert "secret" not in repr(error)
    assert "o2" not in repr(error)
