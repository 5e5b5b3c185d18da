"""What a journey asks for, and what it makes of the events that came."""

from itertools import count

import pytest

from mockpin.expectations.journey_files import parse_journey
from mockpin.expectations.journeys import Journey, JourneyStep, JourneyUnmet
from mockpin.expectations.matching import Match


def event(seq, event_name="checkout", **members):
    usual = {"event_id": "e1", "source": "api", "received_at": 0.0, "test": False}
    usual |= {"duplicate_of": None, "payload": {}, "status": "processed"}
    return {"seq": seq, "event_name": event_name, "sent_name": event_name, **usual, **members}


def judge(text, records):
    return parse_journey(text).judge(records)


def test_a_step_without_a_count_expects_at_least_one_event():
    text = '[[expect]]\nevent_name = "checkout"'
    assert judge(text, [event(1), event(2)])[0].met
    assert not judge(text, [event(1, "search")])[0].met


def test_more_events_do_not_meet_an_exact_count():
    text = '[[expect]]\nevent_name = "checkout"\ncount = 1'
    assert judge(text, [event(1)])[0].met
    assert not judge(text, [event(1), event(2, event_id="e2")])[0].met


def test_none_is_met_only_without_events():
    text = '[[expect]]\nevent_name = "signup"\nnone = true'
    assert judge(text, [event(1)])[0].met
    assert not judge(text, [event(1, "signup")])[0].met


def test_duplicates_do_not_count_by_default():
    text = '[[expect]]\nevent_name = "checkout"\ncount = 1'
    assert judge(text, [event(1), event(2, duplicate_of=1)])[0].met


@pytest.mark.parametrize("first", ["api", "tag"])
def test_an_event_shared_with_the_tag_counts_once_whichever_came_first(first):
    second = "tag" if first == "api" else "api"
    text = '[[expect]]\nevent_name = "checkout"\nsource = "api"\ncount = 1\nsame_event_id_as = "tag"'
    assert judge(text, [event(1, source=first), event(2, source=second, duplicate_of=1)])[0].met


def test_an_event_whose_id_the_tag_did_not_send_is_named():
    text = '[[expect]]\nevent_name = "checkout"\nsource = "api"\nsame_event_id_as = "tag"'
    outcome = judge(text, [event(1, event_id="e1"), event(2, source="tag", event_id="e2")])[0]
    assert not outcome.met
    assert str(outcome) == (
        "✗ at least 1 event with event_name='checkout', source='api'; 1 came; "
        "the tag sent none of these event ids: 'e1'"
    )


def test_the_step_names_at_most_ten_ids_that_the_tag_did_not_send():
    text = '[[expect]]\nsource = "api"\nsame_event_id_as = "tag"'
    events = [event(seq, event_id=f"e{seq % 3000}") for seq in range(3016)]
    said = str(judge(text, events)[0])
    assert said.endswith(
        "; the tag sent none of these event ids: "
        + ", ".join(f"'e{number}'" for number in range(10))
        + " and 2,990 more"
    )


def test_the_same_id_with_another_event_name_is_another_event():
    text = '[[expect]]\nevent_name = "checkout"\nsource = "api"\nsame_event_id_as = "tag"'
    assert not judge(text, [event(1), event(2, "page_visit", source="tag")])[0].met


def test_a_near_miss_shows_the_value_at_the_payload_path():
    text = '[[expect]]\nevent_name = "checkout"\npayload = {"custom_data.order_id" = "o1"}'
    outcome = judge(text, [event(1, payload={"custom_data": {"order_id": "o2"}})])[0]
    assert not outcome.met
    assert [
        comparison.received for comparison in outcome.nearest[0].comparisons if not comparison.matched
    ] == ["o2"]


def watch(step, arrivals):
    """Watch a step while events arrive: `arrivals` says at which tick of a tenth of a second each comes."""
    ticks = count()
    now = [0.0]

    def fetch():
        tick = next(ticks)
        now[0] = tick / 10
        return [record for at, record in arrivals if at <= tick]

    return Journey("test", (step,)).watch(fetch, clock=lambda: now[0], sleep=lambda _: None)[0], next(ticks)


def test_watching_ends_as_soon_as_the_event_is_there():
    outcome, ticks = watch(JourneyStep(Match({"event_name": "checkout"}), within=5), [(3, event(1))])
    assert outcome.met
    assert ticks == 4


def test_watching_ends_at_the_timeout_of_the_step():
    outcome, ticks = watch(JourneyStep(Match({"event_name": "checkout"}), within=1), [(30, event(1))])
    assert not outcome.met
    assert ticks == 11


def test_a_count_of_zero_is_watched_until_the_timeout():
    outcome, _ = watch(JourneyStep(Match({"event_name": "checkout"}), count=0, within=1), [(9, event(1))])
    assert not outcome.met


def test_a_step_that_timed_out_ignores_later_events():
    soon = JourneyStep(Match({"event_name": "checkout"}), within=0.1)
    slow = JourneyStep(Match({"event_name": "search"}), within=1)
    ticks, now = count(), [0.0]

    def fetch():
        now[0] = next(ticks) / 10
        return [event(1)] if now[0] > 0.5 else []

    outcomes = Journey("test", (soon, slow)).watch(fetch, clock=lambda: now[0], sleep=lambda _: None)
    assert [outcome.event_count for outcome in outcomes] == [0, 0]


def test_an_unmet_journey_lists_every_step_and_near_misses():
    text = '[[expect]]\nevent_name = "search"\n[[expect]]\nevent_name = "checkout"\nevent_id = "e2"'
    error = JourneyUnmet("guest", judge(text, [event(1, "search"), event(2)]))
    assert str(error).splitlines() == [
        "Journey 'guest':",
        "  ✓ at least 1 event with event_name='search'; 1 came",
        "  ✗ at least 1 event with event_name='checkout', event_id='e2'; 0 came",
        "    Near miss: event 2 (checkout)",
        "      ✓ duplicate   false",
        "      ✓ test        false",
        "      ✓ event_name  'checkout'",
        "      ✗ event_id    expected 'e2', received 'e1'",
        "    Near miss: event 1 (search)",
        "      ✓ duplicate   false",
        "      ✓ test        false",
        "      ✗ event_name  expected 'checkout', received 'search'",
        "      ✗ event_id    expected 'e2', received 'e1'",
    ]


def test_a_step_with_too_many_events_lists_them():
    text = '[[expect]]\nevent_name = "signup"\nnone = true'
    assert str(JourneyUnmet("guest", judge(text, [event(1, "search"), event(2, "signup")]))).splitlines() == [
        "Journey 'guest':",
        "  ✗ exactly 0 events with event_name='signup'; 1 came",
        "    Match: event 2, event_id=e1, 1970-01-01 00:00:00.000 UTC, source api, processed",
    ]


def test_a_step_without_events_says_so():
    text = '[[expect]]\nevent_name = "signup"'
    assert str(JourneyUnmet("guest", judge(text, []))).splitlines()[-1] == "    No other event arrived."
