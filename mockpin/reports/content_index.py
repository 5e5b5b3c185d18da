"""Find requests and events that were sent before with the same content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from mockpin.reports.exchanges import Exchange, dump_canonical

Event = Mapping[str, Any]
Item = TypeVar("Item")


class ContentIndex(Generic[Item]):
    """The exchange that sent each item, a request or an event, by the item's content.

    `dump` writes the content; `mark` writes a small part of it, so that the whole is written only of items
    whose marks are equal.
    """

    def __init__(self, mark: Callable[[Item], bytes], dump: Callable[[Item], bytes]) -> None:
        self._mark, self._dump = mark, dump
        self._exchanges: dict[bytes, dict[bytes, Exchange]] = defaultdict(dict)

    def add(self, items: Iterable[Item], exchange: Exchange) -> None:
        """Remember which exchange sent some items, in place of an earlier one."""
        for item in items:
            self._exchanges[self._mark(item)][self._dump(item)] = exchange

    def find_known(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items whose content was sent before."""
        if self._exchanges:
            for item in items:
                alike = self._exchanges.get(self._mark(item))
                if alike and self._dump(item) in alike:
                    yield item

    def __getitem__(self, item: Item) -> Exchange:
        return self._exchanges[self._mark(item)][self._dump(item)]

    def pop(self, item: Item) -> Exchange:
        """Return the exchange that sent the item's content, and forget it."""
        return self._exchanges[self._mark(item)].pop(self._dump(item))


def mark_id(event: Event) -> bytes:
    """Return the event's id as a mark."""
    return dump_canonical(event.get("event_id"))


def mark_time(event: Event) -> bytes:
    """Return the event's time as a mark."""
    return dump_canonical(event.get("event_time"))


def dump_without_id(event: Event) -> bytes:
    """Write an event without its id, as the content of events that differ in their ids alone."""
    return dump_canonical({name: value for name, value in event.items() if name != "event_id"})
