"""Who waits for events, and which resets there were."""

import threading

import pytest

from mockpin.emulator.notifications import MAX_REMEMBERED_RESETS, WATCHED_EVENTS, Notifications, Reset


def test_resets_are_numbered_and_only_the_latest_remembered():
    notifications = Notifications()
    assert (notifications.last_reset, notifications.list_resets(after=0)) == (0, [])
    notifications.announce_reset("1")
    notifications.announce_reset(None)
    notifications.announce_move("1", "2")
    assert notifications.last_reset == 3
    assert notifications.list_resets(after=1) == [Reset(2, None), Reset(3, "1", "2")]
    for _ in range(MAX_REMEMBERED_RESETS):
        notifications.announce_reset(None)
    assert notifications.list_resets(after=0)[0].number == 4


@pytest.mark.parametrize(
    ("after", "reset_after", "has_news"),
    [(6, float("inf"), True), (7, float("inf"), False), (7, 0, True), (7, 1, False)],
)
def test_a_waiter_has_news_of_a_later_event_or_a_later_reset(after, reset_after, has_news):
    notifications = Notifications(last_seq=7)
    notifications.announce_reset(None)
    assert notifications.wait(after=after, timeout=0, reset_after=reset_after) is has_news


@pytest.mark.parametrize(
    "announce",
    [
        lambda notifications: notifications.announce_events(1),
        lambda notifications: notifications.announce_reset(None),
        lambda notifications: notifications.announce_move("1", "2"),
    ],
)
def test_a_waiter_wakes_when_something_is_announced(announce):
    notifications = Notifications()
    threading.Timer(0.01, announce, [notifications]).start()
    assert notifications.wait(after=0, timeout=30, reset_after=0) is True


def test_a_closed_emulator_wakes_its_waiters_without_news():
    notifications = Notifications(last_seq=7)
    assert not notifications.is_closed
    threading.Timer(0.01, notifications.close).start()
    assert notifications.wait(after=7, timeout=30) is False
    assert notifications.is_closed
    assert notifications.wait(after=6, timeout=0) is False


def test_a_waiter_that_collects_events_stops_at_the_end():
    notifications = Notifications(last_seq=7)
    threading.Timer(0.01, notifications.close).start()
    assert notifications.wait(after=6, timeout=0, collection_time=30) is False
    assert Notifications(last_seq=7).wait(after=6, timeout=0, collection_time=0.001) is True


def test_events_are_watched_while_somebody_waits_for_some():
    notifications = Notifications(last_seq=7)
    assert not notifications.is_watched
    waiter = threading.Thread(target=notifications.wait, kwargs={"after": 7, "timeout": 30})
    waiter.start()
    while not notifications.is_watched:
        pass
    notifications.announce_events(8)
    waiter.join()


def test_events_are_watched_until_whoever_read_some_has_let_many_pass():
    notifications = Notifications(last_seq=7)
    assert not notifications.wait(after=7, timeout=0)
    assert not notifications.is_watched
    assert notifications.wait(after=6, timeout=0)
    notifications.announce_events(7 + WATCHED_EVENTS)
    assert notifications.is_watched
    notifications.announce_events(8 + WATCHED_EVENTS)
    assert not notifications.is_watched
