import pytest

from mockpin.expectations.expectations import expect


def received(number, **changes):
    plain = {
        "event_name": "checkout",
        "sent_name": "checkout",
        "duplicate_of": None,
        "test": False,
        "payload": {"custom_data": {"order_id": "o1"}},
    }
    return [{**plain, "seq": seq, **changes} for seq in range(1, number + 1)]


CHECKOUT = {"event_name": "checkout"}


@pytest.mark.parametrize(
    ("words", "number", "met", "settled"),
    [
        ({}, 0, False, False),
        ({}, 1, True, True),
        ({}, 5, True, True),
        ({"at_least": 2}, 1, False, False),
        ({"at_least": 2}, 2, True, True),
        ({"at_least": 0}, 0, True, True),
        ({"count": 2}, 1, False, False),
        ({"count": 2}, 2, True, True),
        ({"count": 2}, 3, False, True),
        ({"count": 0}, 0, True, False),
        ({"count": 0}, 1, False, True),
    ],
)
def test_an_expectation_is_met_and_settled_by_numbers(words, number, met, settled):
    outcome = expect(CHECKOUT, **words).judge(received(number))
    assert (outcome.met, outcome.settled) == (met, settled)


def test_duplicates_and_test_requests_do_not_count_unless_named():
    duplicates, tests = received(1, duplicate_of=1), received(1, test=True)
    assert not expect(CHECKOUT).judge(duplicates + tests).met
    assert expect({"duplicate": True}).judge(duplicates).met
    assert expect({"test": True}).judge(tests).met


def test_a_met_expectation_lists_its_events():
    events = received(1)
    assert expect(CHECKOUT).judge(events).to_dict() == {"met": True, "events": events}


def test_an_exceeded_count_lists_the_events_and_no_near_misses():
    events = received(2)
    answer = expect(CHECKOUT, count=1).judge([*events, {**events[0], "test": True}]).to_dict()
    assert answer == {"met": False, "count": 2, "events": events, "nearest": []}


def test_an_unmet_expectation_counts_its_events_and_explains_near_misses():
    answer = expect(CHECKOUT, payload={"custom_data.order_id": "o2"}).judge(received(2)).to_dict()
    assert (answer["met"], answer["count"], answer["events"]) == (False, 0, [])
    assert [miss["seq"] for miss in answer["nearest"]] == [2, 1]
    crossed = [field["field"] for field in answer["nearest"][0]["fields"] if not field["matched"]]
    assert crossed == ["payload.custom_data.order_id"]


def test_an_expectation_describes_itself_in_words():
    assert str(expect({"event_name": "lead"}, count=2)) == "exactly 2 events with event_name='lead'"
