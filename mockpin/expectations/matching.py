"""Which event records answer a description, and what the closest ones lack.

A record is the dictionary that `GET /__mockpin/events` lists. A description is a set of filters
(the table `FILTERS`) and of payload paths such as ``custom_data.order_id`` or ``user_data.em.0``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from mockpin.emulator.history.records import as_written
from mockpin.emulator.masking.events import mask_json
from mockpin.emulator.masking.texts import mask_secrets
from mockpin.suggestions import suggest

# A failing test is shown its own line, not how its mistake was found, which would repeat plain text.
__tracebackhide__ = True
Record = Mapping[str, Any]

STATUSES = ("processed", "failed")
REPORTING_CLASSES = ("web", "app", "offline")
SOURCES = ("api", "tag", "segment")
NEAREST = 3


@dataclass(frozen=True)
class Absent:
    """What is found at a payload path that leads nowhere."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = Absent()


@dataclass(frozen=True)
class Filter:
    """One thing an event can be asked for: the values allowed, and how a record answers."""

    kind: type
    read: Callable[[Record], Any]
    about: str
    choices: tuple[str, ...] = ()
    accepts: Callable[[Record, Any], bool] | None = None

    def matches(self, record: Record, expected: object) -> bool:
        """Whether the record has the expected value."""
        if self.accepts is not None:
            return self.accepts(record, expected)
        return same(self.read(record), expected)


def _named(record: Record, expected: object) -> bool:
    return expected in (record["event_name"], record["sent_name"])


def _field(name: str) -> Callable[[Record], Any]:
    return lambda record: record[name]


FILTERS: Mapping[str, Filter] = MappingProxyType({
    "ad_account_id": Filter(str, _field("ad_account_id"), about="The ad account."),
    "event_name": Filter(
        str, _field("event_name"), about="The event name, the API's or as it was sent.", accepts=_named
    ),
    "event_id": Filter(str, _field("event_id"), about="The event id."),
    "status": Filter(str, _field("status"), about="What became of it.", choices=STATUSES),
    "duplicate": Filter(
        bool, lambda record: record["duplicate_of"] is not None, about="Whether it repeats an earlier one."
    ),
    "test": Filter(bool, _field("test"), about="Whether it came in a test request."),
    "action_source": Filter(str, _field("action_source"), about="Where it happened, as it was sent."),
    "reported_as": Filter(
        str, _field("reported_as"), about="What it is reported as.", choices=REPORTING_CLASSES
    ),
    "source": Filter(str, _field("source"), about="How it came in.", choices=SOURCES),
    "limited_data_processing": Filter(
        bool,
        lambda record: record["limited_data_processing"]["applies"],
        about="Whether limited data processing applies.",
    ),
})  # fmt: skip


def check_names(names: Iterable[str], *, beside: Iterable[str] = ()) -> None:
    """Raise TypeError for a name that is no filter; it tells the closest of these and of those `beside`."""
    known = (*FILTERS, *beside)
    for name in names:
        if name not in FILTERS:
            raise TypeError(f"no filter {name!r}; {suggest(name, known)}")


def same(received: object, expected: object) -> bool:
    """JSON equality: 1 and 1.0 are one number, but true is not 1."""
    if isinstance(received, bool) or isinstance(expected, bool):
        return received is expected
    if isinstance(received, list) and isinstance(expected, list):
        return len(received) == len(expected) and all(map(same, received, expected))
    if isinstance(received, dict) and isinstance(expected, dict):
        return received.keys() == expected.keys() and all(
            same(received[key], expected[key]) for key in received
        )
    return received == expected


def look_up(payload: object, path: str) -> object:
    """What lies at a dotted path of a payload; digits step into lists. `ABSENT` when nothing does."""
    found: object = payload
    for step in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(step, ABSENT)
        elif isinstance(found, Sequence) and not isinstance(found, str) and step.isdecimal():
            found = found[int(step)] if int(step) < len(found) else ABSENT
        else:
            return ABSENT
    return found


#: The end of a path that stands for any entry of a list.
ANY = ".*"


def find_received(payload: object, path: str) -> object:
    """What lies at a path; of one that ends with `.*` the whole list."""
    return look_up(payload, path.removesuffix(ANY))


def holds(payload: object, path: str, expected: object) -> bool:
    """Whether an expected value lies at a path; at one that ends with `.*`, whether a list holds it."""
    received = find_received(payload, path)
    if path.endswith(ANY):
        return isinstance(received, list) and any(same(each, expected) for each in received)
    return same(received, expected)


def mask_expected(path: str, value: object) -> object:
    """An expected value as the history has it, which masks the payloads that it keeps."""
    steps = path.split(".")
    masked: Any = value
    for step in reversed(steps):
        masked = {step: masked}
    masked = mask_json(masked)
    for _ in steps:
        (masked,) = masked.values()
    return masked


@dataclass(eq=False)
class PlainTextExpected(ValueError):
    """An expectation that any plain text as long would meet, for the history keeps no more of one."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.problems)


def find_plain_text(filters: Mapping[str, Any], payload: Mapping[str, Any]) -> Iterator[str]:
    """A sentence for each value that is asked for in plain text and would be masked in the history."""
    expected = [(name, name, value) for name, value in filters.items()]
    expected += [(f"payload.{path}", path, value) for path, value in payload.items()]
    for name, path, value in expected:
        masked = mask_expected(path, value)
        if masked != value:
            hashed = "its SHA-256, or " if path.startswith("user_data") else ""
            way = f"expect {hashed}{masked!r} for any text as long"
            yield f"{mask_secrets(name)} is plain text, of which the history keeps only the length; {way}."


@dataclass(frozen=True)
class Comparison:
    """One field of one event beside what was asked for."""

    field: str
    expected: object
    received: object
    matched: bool

    def to_dict(self) -> dict[str, Any]:
        """`{field, expected, received, matched}`, without `received` where there is nothing."""
        received = {} if self.received is ABSENT else {"received": self.received}
        return {
            "field": self.field,
            "expected": self.expected,
            **received,
            "matched": self.matched,
        }


@dataclass(frozen=True)
class NearMiss:
    """An event that came close: its record and each field asked for."""

    record: Record
    comparisons: tuple[Comparison, ...]

    @property
    def matched(self) -> int:
        """How many fields were as asked for."""
        return sum(each.matched for each in self.comparisons)

    def to_dict(self) -> dict[str, Any]:
        """`{seq, event_name, fields: [...]}`, a comparison a field."""
        return {
            "seq": self.record["seq"],
            "event_name": self.record["event_name"],
            "fields": [each.to_dict() for each in self.comparisons],
        }


@dataclass(frozen=True)
class Match:
    """A description of events: filters by name, and values by payload path. All must hold.

    Raises PlainTextExpected when a value is one that the history would mask.
    """

    filters: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = tuple(find_plain_text(self.filters, self.payload))
        if problems:
            raise PlainTextExpected(problems)

    def compare(self, record: Record) -> tuple[Comparison, ...]:
        """Each field asked for, beside what the event has."""
        return (*self._compare_filters(record), *self._compare_payload(record))

    def matches(self, record: Record) -> bool:
        """Whether every field is as asked for."""
        return all(
            FILTERS[name].matches(record, as_written(name, value)) for name, value in self.filters.items()
        ) and all(holds(record["payload"], path, value) for path, value in self.payload.items())

    def select(self, records: Iterable[Record]) -> list[Record]:
        """The events that match, in their order."""
        return [record for record in records if self.matches(record)]

    def find_nearest(self, records: Iterable[Record], *, limit: int = NEAREST) -> list[NearMiss]:
        """The events that match most fields without matching all, the latest first among equals."""
        compared = (NearMiss(record, self.compare(record)) for record in records)
        misses = [miss for miss in compared if miss.matched < len(miss.comparisons)]
        misses.sort(key=lambda miss: (miss.matched, miss.record["seq"]), reverse=True)
        return misses[:limit]

    def _compare_filters(self, record: Record) -> Iterable[Comparison]:
        for name, value in self.filters.items():
            matched = FILTERS[name].matches(record, as_written(name, value))
            yield Comparison(name, value, FILTERS[name].read(record), matched)

    def _compare_payload(self, record: Record) -> Iterable[Comparison]:
        for path, value in self.payload.items():
            received, matched = find_received(record["payload"], path), holds(record["payload"], path, value)
            yield Comparison(f"payload.{mask_secrets(path)}", value, received, matched)
