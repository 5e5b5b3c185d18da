"""Match event records against filters and payload values, and find the nearest misses.

A record is an event as `GET /__mockpin/events` lists it. A `Match` is a set of filters
(the table `FILTERS`) and of values by payload path, such as ``custom_data.order_id`` or ``user_data.em.0``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mockpin.emulator.history.event_fields import FILTERS
from mockpin.emulator.masking.events import mask_json
from mockpin.emulator.masking.texts import mask_secrets
from mockpin_validator.contract.spelling import suggest

# pytest then shows the test's own line, not this module, whose variables may hold plain text.
__tracebackhide__ = True
Record = Mapping[str, Any]

MAX_NEAR_MISSES = 3


@dataclass(frozen=True)
class AbsentValue:
    """The value at a payload path that does not exist."""

    def __repr__(self) -> str:
        return "absent"


ABSENT = AbsentValue()


def check_names(names: Iterable[str], *, beside: Iterable[str] = ()) -> None:
    """Raise TypeError for an unknown filter name, suggesting the closest filter or word of `beside`."""
    known = (*FILTERS, *beside)
    for name in names:
        if name not in FILTERS:
            raise TypeError(f"unknown filter {name!r}; {suggest(name, known)}")


def equals_json(received: object, expected: object) -> bool:
    """Whether two values are equal as JSON: 1 equals 1.0, but true does not equal 1."""
    if isinstance(received, bool) or isinstance(expected, bool):
        return received is expected
    if isinstance(received, list) and isinstance(expected, list):
        return len(received) == len(expected) and all(map(equals_json, received, expected))
    if isinstance(received, dict) and isinstance(expected, dict):
        return received.keys() == expected.keys() and all(
            equals_json(received[key], expected[key]) for key in received
        )
    return received == expected


def passes_filter(record: Record, name: str, expected: object) -> bool:
    """Whether an event passes one filter."""
    stored = FILTERS[name].as_stored(expected)
    return any(equals_json(value, stored) for value in FILTERS[name].read_values(record))


def look_up(payload: object, path: str) -> object:
    """Return the value at a dotted path of a payload, or `ABSENT`. Digits are indexes into lists."""
    value: object = payload
    for step in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(step, ABSENT)
        elif isinstance(value, Sequence) and not isinstance(value, str) and step.isdecimal():
            value = value[int(step)] if int(step) < len(value) else ABSENT
        else:
            return ABSENT
    return value


#: A path that ends like this stands for any item of a list.
ANY_ITEM = ".*"


def find_received(payload: object, path: str) -> object:
    """Return the value at a path; for a path that ends with `.*`, the whole list."""
    return look_up(payload, path.removesuffix(ANY_ITEM))


def has_value(payload: object, path: str, expected: object) -> bool:
    """Whether a path has the expected value; with `.*` at its end, whether any item of the list equals it."""
    received = find_received(payload, path)
    if path.endswith(ANY_ITEM):
        return isinstance(received, list) and any(equals_json(item, expected) for item in received)
    return equals_json(received, expected)


def mask_expected(path: str, value: object) -> object:
    """Mask an expected value as the history masks the payloads that it stores."""
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
    """An expectation of plain text. The history stores only its length, so any text as long would match."""

    problems: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.problems)


def find_plain_text(filters: Mapping[str, Any], payload: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each expected value in plain text that the history would mask."""
    expected = [(name, name, value) for name, value in filters.items()]
    expected += [(f"payload.{path}", path, value) for path, value in payload.items()]
    for name, path, value in expected:
        masked = mask_expected(path, value)
        if masked != value:
            hashed = "its SHA-256, or " if path.startswith("user_data") else ""
            fix = f"expect {hashed}{masked!r} for any text as long"
            yield f"{mask_secrets(name)} is plain text, of which the history keeps only the length; {fix}."


@dataclass(frozen=True)
class Comparison:
    """One field of an event, with the expected and the received value."""

    field: str
    expected: object
    received: object
    matched: bool

    def to_dict(self) -> dict[str, Any]:
        """Return `{field, expected, received, matched}`, without `received` when the field is absent."""
        received = {} if self.received is ABSENT else {"received": self.received}
        return {
            "field": self.field,
            "expected": self.expected,
            **received,
            "matched": self.matched,
        }


@dataclass(frozen=True)
class NearMiss:
    """An event that matches some fields but not all, with a comparison for each expected field."""

    record: Record
    comparisons: tuple[Comparison, ...]

    @property
    def matched(self) -> int:
        """The number of fields that match."""
        return sum(comparison.matched for comparison in self.comparisons)

    def to_dict(self) -> dict[str, Any]:
        """Return `{seq, event_name, fields: [...]}` with a comparison for each field."""
        return {
            "seq": self.record["seq"],
            "event_name": self.record["event_name"],
            "fields": [comparison.to_dict() for comparison in self.comparisons],
        }


@dataclass(frozen=True)
class Match:
    """Filters by name and values by payload path. An event matches when all of them hold.

    Raises PlainTextExpected when a value is one that the history would mask.
    """

    filters: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = tuple(find_plain_text(self.filters, self.payload))
        if problems:
            raise PlainTextExpected(problems)

    def compare(self, record: Record) -> tuple[Comparison, ...]:
        """Compare each expected field with the event's."""
        return (*self._compare_filters(record), *self._compare_payload(record))

    def matches(self, record: Record) -> bool:
        """Whether every expected field matches."""
        return all(passes_filter(record, name, value) for name, value in self.filters.items()) and all(
            has_value(record["payload"], path, value) for path, value in self.payload.items()
        )

    def select(self, records: Iterable[Record]) -> list[Record]:
        """Return the events that match, in their order."""
        return [record for record in records if self.matches(record)]

    def find_nearest(self, records: Iterable[Record]) -> list[NearMiss]:
        """Return the events that match most fields but not all, the latest first among equals."""
        compared = (NearMiss(record, self.compare(record)) for record in records)
        misses = [miss for miss in compared if miss.matched < len(miss.comparisons)]
        misses.sort(key=lambda miss: (miss.matched, miss.record["seq"]), reverse=True)
        return misses[:MAX_NEAR_MISSES]

    def _compare_filters(self, record: Record) -> Iterable[Comparison]:
        for name, value in self.filters.items():
            matched = passes_filter(record, name, value)
            yield Comparison(name, value, FILTERS[name].read_value(record), matched)

    def _compare_payload(self, record: Record) -> Iterable[Comparison]:
        for path, value in self.payload.items():
            received, matched = (
                find_received(record["payload"], path),
                has_value(record["payload"], path, value),
            )
            yield Comparison(f"payload.{mask_secrets(path)}", value, received, matched)
