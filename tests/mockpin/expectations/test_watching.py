from itertools import count
from threading import Timer

import orjson
import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.requests import HttpRequest
from mockpin.expectations.expectations import expect
from mockpin.expectations.watching import (
    MATCH_PAGE_SIZE,
    MAX_COMPARED_EVENTS,
    PAGE_SIZE,
    Watch,
    await_outcome,
)

NOW = 1_790_000_000.0


@pytest.fixture
def emulator():
    emulator = Emulator(clock=lambda: NOW)
    emulator.accounts.add("1", "t")
    emulator.accounts.add("2", "t")
    yield emulator
    emulator.close()


def send(emulator, *ids, account="1"):
    events = [
        {
            "event_name": "lead",
            "event_id": id_,
            "action_source": "web",
            "event_time": int(NOW),
            "user_data": {"em": ["a" * 64]},
        }
        for id_ in ids
    ]
    body = orjson.dumps({"data": events})
    path = f"/v5/ad_accounts/{account}/events"
    emulator.receive(
        RequestContext(HttpRequest("POST", path, headers={"authorization": "Bearer t"}, body=body), account)
    )


def test_every_event_is_read_once(emulator):
    watch = Watch(emulator.store, expect({"event_name": "lead"}, count=2))
    send(emulator, "a")
    assert not watch.read_new_events().met
    send(emulator, "b")
    assert [event["event_id"] for event in watch.read_new_events().events] == ["a", "b"]
    assert watch.read_new_events().met


def test_an_event_that_arrives_during_a_read_is_counted_once(emulator):
    class Interrupted:
        """A store into which another event comes as soon as its latest number has been read."""

        @property
        def last_seq(self):
            newest = emulator.store.last_seq
            send(emulator, f"{newest}")
            return newest

        moves = 0
        events = staticmethod(emulator.store.events)
        find_window_end = staticmethod(emulator.store.find_window_end)

    watch = Watch(Interrupted(), expect({"event_name": "lead"}, count=9))
    assert [len(watch.read_new_events().events) for _ in range(4)] == [0, 1, 2, 3]


def test_events_before_the_watch_are_not_read(emulator):
    send(emulator, "a")
    assert Watch(emulator.store, expect({}), after=1).finish().events == ()


def test_near_misses_belong_to_the_expected_ad_account(emulator):
    send(emulator, "a", account="2")
    outcome = Watch(emulator.store, expect({"ad_account_id": "1"})).finish()
    assert outcome.received == ()


def test_only_the_latest_events_are_compared_for_near_misses(emulator):
    send(emulator, *map(str, range(MAX_COMPARED_EVENTS)))
    send(emulator, "last")
    outcome = Watch(emulator.store, expect({"event_name": "checkout"})).finish()
    assert (len(outcome.received), outcome.received[-1]["event_id"]) == (MAX_COMPARED_EVENTS, "last")


def test_a_wait_ends_when_the_client_closes_its_connection(emulator):
    watch = Watch(emulator.store, expect({"event_name": "lead"}), abandoned=lambda: True)
    assert not await_outcome(emulator.notifications, watch, timeout=3600).met


class CountedReads:
    """A store that counts the rows that are read of it."""

    def __init__(self, store):
        self.store, self.rows = store, 0

    def __getattr__(self, name):
        return getattr(self.store, name)

    def events(self, **how):
        return self._count(self.store.events(**how))

    def _count(self, rows):
        self.rows += len(rows)
        return rows


def test_reading_stops_when_the_client_closes_its_connection(emulator):
    send(emulator, *map(str, range(1000)))
    send(emulator, *map(str, range(1000)))
    store, answers = CountedReads(emulator.store), iter([False, True, True, True])
    watch = Watch(store, expect({"event_name": "lead"}, count=5000), abandoned=lambda: next(answers))
    assert await_outcome(emulator.notifications, watch, timeout=0).event_count == store.rows == 1000


def test_events_are_read_until_the_expectation_is_settled(emulator):
    for _ in range(3):
        send(emulator, *map(str, range(1000)))
    store = CountedReads(emulator.store)
    assert Watch(store, expect({"event_name": "lead", "duplicate": False})).finish().met
    assert store.rows == MATCH_PAGE_SIZE


def test_an_event_whose_payload_lacks_a_text_is_not_read(emulator):
    send(emulator, *map(str, range(500)), 'quoted "ü"')
    store = CountedReads(emulator.store)
    watch = Watch(store, expect({}, payload={"event_id": 'quoted "ü"'}))
    assert (watch.finish().event_count, store.rows) == (1, 1)


def test_fewer_events_are_compared_when_time_is_short(emulator):
    send(emulator, *map(str, range(1000)))
    ticks = count()
    watch = Watch(emulator.store, expect({"event_name": "checkout"}), timer=lambda: next(ticks))
    assert len(watch.finish().received) == PAGE_SIZE


def test_a_wait_ends_when_its_time_is_up(emulator):
    ticks = count()
    watch = Watch(emulator.store, expect({"event_name": "lead"}), timer=lambda: next(ticks))
    assert not await_outcome(emulator.notifications, watch, timeout=1).met


def test_a_settled_expectation_is_not_waited_for(emulator):
    send(emulator, "a")
    watch = Watch(emulator.store, expect({"event_name": "lead"}))
    assert await_outcome(emulator.notifications, watch, timeout=600).met


def test_a_wait_ends_at_once_when_the_emulator_is_closed_before():
    emulator = Emulator(clock=lambda: NOW)
    watch = Watch(emulator.store, expect({"event_name": "lead"}))
    emulator.close()
    assert not await_outcome(emulator.notifications, watch, timeout=600).met


def test_a_wait_ends_when_the_emulator_closes():
    emulator = Emulator(clock=lambda: NOW)
    watch = Watch(emulator.store, expect({"event_name": "lead"}))
    Timer(0.01, emulator.close).start()
    assert not await_outcome(emulator.notifications, watch, timeout=600).met


def test_events_that_have_moved_to_another_ad_account_are_read_again(emulator):
    watch = Watch(emulator.store, expect({"ad_account_id": "2"}, count=2))
    send(emulator, "a")
    send(emulator, "b", account="2")
    assert [event["event_id"] for event in watch.read_new_events().events] == ["b"]
    with emulator.store.transaction():
        emulator.store.move_ad_account("1", "2")
    assert [event["event_id"] for event in watch.read_new_events().events] == ["a", "b"]


def test_a_wait_goes_on_until_enough_events_have_come(emulator):
    watch = Watch(emulator.store, expect({"event_name": "lead"}, at_least=2))
    for delay, event_id in ((0.01, "a"), (0.03, "b")):
        Timer(delay, send, (emulator, event_id)).start()
    outcome = await_outcome(emulator.notifications, watch, timeout=600)
    assert [event["event_id"] for event in outcome.events] == ["a", "b"]
