"""What all events of one name in a file have in common: an id that was made once, a default that opts out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from mockpin_validator.match_quality.quality import OTHERS

#: Names told apart; when there are more, all are put together.
MOST_NAMES: Final = 1_000
#: The mark of ids that differ, or are blank.
NO_ONE_ID: Final = b""


@dataclass(frozen=True, slots=True)
class Habit:
    """How many events there are, the digest of the id that all of them carry, and whether all opt out."""

    events: int
    event_id: bytes = NO_ONE_ID
    opted_out: bool = False

    def __add__(self, other: "Habit") -> "Habit":
        """What the events of both have in common."""
        same = self.event_id == other.event_id
        return Habit(
            self.events + other.events,
            self.event_id if same else NO_ONE_ID,
            self.opted_out and other.opted_out,
        )


#: By event name; names that may be somebody's data are masked.
Habits = Mapping[str, Habit]


def joined(one: Habits, other: Habits, *, most: int = MOST_NAMES) -> Habits:
    """The habits of the events of both, in a bounded number of entries: once together, names stay so."""
    both = {**one, **{name: one[name] + habit if name in one else habit for name, habit in other.items()}}
    told_apart = OTHERS not in both and len(both) <= most
    return both if told_apart else {OTHERS: together(both.values())}


def together(habits: Iterable[Habit]) -> Habit:
    """What the events of several names have in common, one event at least."""
    first, *others = habits
    return sum(others, first)


class Watch:
    """Notes what the events of each name have in common; of `settled` names that is nothing any more."""

    def __init__(self) -> None:
        self._ids: dict[str, Any] = {}
        self._differing: set[str] = set()
        self._opted_in: set[str] = set()
        self.settled: set[str] = set()

    def note(self, name: str, event: Any) -> None:
        """Take one more event into account."""
        about = event.get if isinstance(event, dict) else {}.get
        event_id = about("event_id")
        if self._ids.setdefault(name, event_id) != event_id:
            self._differing.add(name)
        if about("opt_out") is not True:
            self._opted_in.add(name)
        if name in self._differing and name in self._opted_in:
            self.settled.add(name)

    def habits(self, counts: Mapping[str, int]) -> Iterator[tuple[str, Habit]]:
        """The habits of so many events of each name."""
        for name, event_id in self._ids.items():
            digest = NO_ONE_ID if name in self._differing else digest_of(event_id)
            yield name, Habit(counts[name], digest, name not in self._opted_in)


def digest_of(event_id: Any) -> bytes:
    """What is kept of an id, which may be of any length."""
    if not isinstance(event_id, str) or not event_id.strip():
        return NO_ONE_ID
    return blake2b(event_id.encode("utf-8", "surrogatepass"), digest_size=16).digest()
