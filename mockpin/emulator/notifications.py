"""Who waits for events, and which resets there were."""

import math
from collections import deque
from threading import Condition, Event
from typing import NamedTuple

#: How many of the latest resets are remembered for those who follow the history.
MAX_REMEMBERED_RESETS = 1000
#: Seconds for which a waiter collects the events that follow the first one.
COLLECTION_TIME = 0.02
#: Events after which somebody who has waited for some is taken to have gone.
WATCHED_EVENTS = 20_000


class Reset(NamedTuple):
    """The reset number `number`: the ad account whose history was removed, None for all.

    `moved_to` is the ad account that has the history now, None where it is gone.
    """

    number: int
    ad_account_id: str | None
    moved_to: str | None = None


class Notifications:
    """Wakes waiting threads when events are committed, after a reset, and at the end."""

    def __init__(self, last_seq: int = 0) -> None:
        self._last_seq = last_seq
        self._waiting, self._watched_until = 0, -1
        self._changed, self._ended = Condition(), Event()
        self._resets: deque[Reset] = deque([Reset(0, None)], MAX_REMEMBERED_RESETS)

    @property
    def last_reset(self) -> int:
        """The number of the latest reset, 0 before the first."""
        return self._resets[-1].number

    @property
    def is_watched(self) -> bool:
        """Whether somebody waits for events, or has just stopped to read some."""
        return self._waiting > 0 or self._last_seq <= self._watched_until

    @property
    def is_closed(self) -> bool:
        """Whether the emulator has been closed."""
        return self._ended.is_set()

    def announce_events(self, last_seq: int) -> None:
        """Wake the waiters: events up to number `last_seq` are committed."""
        with self._changed:
            self._last_seq = last_seq
            if self._waiting:
                self._changed.notify_all()

    def announce_reset(self, ad_account_id: str | None) -> None:
        """Record a reset and wake those who wait for one."""
        with self._changed:
            self._resets.append(Reset(self.last_reset + 1, ad_account_id))
            self._changed.notify_all()

    def announce_move(self, former: str, ad_account_id: str) -> None:
        """Record that the history of one ad account is another's now: who follows either begins again."""
        with self._changed:
            self._resets.append(Reset(self.last_reset + 1, former, ad_account_id))
            self._changed.notify_all()

    def list_resets(self, *, after: int) -> list[Reset]:
        """The remembered resets numbered above `after`, oldest first."""
        with self._changed:
            return [reset for reset in self._resets if reset.number > after]

    def wait(
        self, *, after: int, timeout: float, collection_time: float = 0.0, reset_after: float = math.inf
    ) -> bool:
        """Wait up to `timeout` seconds for an event above `after`, or for a reset above `reset_after`.

        Returns False when neither came, or at the end. After the first event it waits `collection_time`
        seconds for more, so that a thousand events do not wake a waiter a thousand times.
        """
        with self._changed:
            self._waiting += 1
            try:
                has_news = self._changed.wait_for(
                    lambda: self.is_closed or self._last_seq > after or self.last_reset > reset_after, timeout
                )
            finally:
                self._waiting -= 1
            if has_news:
                self._watched_until = self._last_seq + WATCHED_EVENTS
        return has_news and not self._ended.wait(collection_time)

    def close(self) -> None:
        """Wake every waiter for the last time."""
        with self._changed:
            self._ended.set()
            self._changed.notify_all()
