"""Duplicates: the same ad account, event name and event id again, within the window of the first report."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mockpin_validator.contract.names import fold


class Key(NamedTuple):
    """What two reports of one event share."""

    ad_account_id: str
    name: str
    event_id: str


class First(NamedTuple):
    """The first report of an event: its number in the history, and when it came in Unix seconds."""

    seq: int
    seen: float


def make_key(ad_account_id: str, event_name: str, event_id: str) -> Key | None:
    """The key of an event, None when its name or id is blank: such an event has no duplicates."""
    name = fold(event_name)
    blank = not name.strip() or not event_id.strip()
    return None if blank else Key(ad_account_id, name, event_id)


class Deduplication:
    """The first reports still within the window, oldest first. Not safe between threads by itself."""

    def __init__(self, window: float, known: Iterable[tuple[Key, First]] = ()) -> None:
        self._window = window
        self._firsts: OrderedDict[Key, First] = OrderedDict()
        for key, first in known:
            self._keep(key, first)

    def __len__(self) -> int:
        return len(self._firsts)

    def find(self, key: Key, now: float) -> First | None:
        """The first report that this one repeats, None when it is itself the first.

        The window is measured from the first report: a duplicate does not extend it. A report that lies
        in the future, for a test has set the clock back since, is nobody's first.
        """
        first = self._firsts.get(key)
        return first if first and 0 <= now - first.seen <= self._window else None

    def remember(self, firsts: Mapping[Key, First]) -> None:
        """Note first reports."""
        for key, first in firsts.items():
            self._keep(key, first)

    def take_back(self, firsts: Iterable[Key]) -> None:
        """Know nothing of reports that could not be kept."""
        for key in firsts:
            self._firsts.pop(key, None)

    def prune(self, now: float) -> int:
        """Forget what the window has left behind. Returns the last number forgotten, 0 for none."""
        last = 0
        while self._firsts and now - next(iter(self._firsts.values())).seen > self._window:
            last = self._firsts.popitem(last=False)[1].seq
        return last

    def forget(self, ad_account_id: str | None = None) -> None:
        """Begin again, for one ad account or for all."""
        for key in tuple(self._of(ad_account_id)):
            del self._firsts[key]

    def _of(self, ad_account_id: str | None) -> Iterator[Key]:
        return (key for key in self._firsts if ad_account_id in (None, key.ad_account_id))

    def _keep(self, key: Key, first: First) -> None:
        self._firsts[key] = first
        self._firsts.move_to_end(key)
