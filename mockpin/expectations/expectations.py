"""Expectations of a test: which events should arrive and how many, compared with those received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockpin.expectations.matching import Match, NearMiss, Record
from mockpin.expectations.plain_values import hash_plain
from mockpin.expectations.unmet import describe_wanted

__tracebackhide__ = True
DEFAULT_FILTERS = {"duplicate": False, "test": False}


@dataclass(frozen=True)
class Expectation:
    """A match with the number of events expected: exactly `count`, or `at_least` (1 when neither is given).

    Duplicates and test requests do not count unless a filter names them.
    """

    match: Match = field(default_factory=Match)
    count: int | None = None
    at_least: int | None = None

    def __str__(self) -> str:
        match = self.match
        return describe_wanted(match.filters, match.payload, count=self.count, at_least=self.at_least)

    @property
    def default_filters(self) -> Mapping[str, bool]:
        """The filters that apply unless the match sets them."""
        return DEFAULT_FILTERS

    @property
    def full_match(self) -> Match:
        """The match with the default filters added."""
        return Match({**self.default_filters, **self.match.filters}, self.match.payload)

    @property
    def min_count(self) -> int:
        """The smallest number of events that meets the expectation."""
        if self.count is not None:
            return self.count
        return 1 if self.at_least is None else self.at_least

    def judge(self, records: Iterable[Record]) -> ExpectationOutcome:
        """Compare the expectation with the events received so far."""
        received = tuple(records)
        return ExpectationOutcome(self, received, tuple(self.full_match.select(received)))


@dataclass(frozen=True)
class ExpectationOutcome:
    """An expectation, the events received so far, and those among them that match."""

    expectation: Expectation
    received: tuple[Record, ...] = field(repr=False)
    events: tuple[Record, ...] = field(repr=False)

    @property
    def event_count(self) -> int:
        """The number of events that match."""
        return len(self.events)

    @property
    def met(self) -> bool:
        """Whether the expected number of events arrived."""
        return self.event_count >= self.expectation.min_count and not self.exceeded

    @property
    def exceeded(self) -> bool:
        """Whether more events arrived than the exact count allows. Later events cannot change that."""
        count = self.expectation.count
        return count is not None and self.event_count > count

    @property
    def settled(self) -> bool:
        """Whether waiting longer cannot change the outcome. A count of 0 is settled only at the end."""
        return self.exceeded or (self.met and self.expectation.count != 0)

    @property
    def nearest(self) -> tuple[NearMiss, ...]:
        """The near misses; empty when too many events match."""
        return () if self.exceeded else tuple(self.expectation.full_match.find_nearest(self.received))

    def to_dict(self) -> dict[str, Any]:
        """`{met: true, events}`, or `{met: false, count, events, nearest}`."""
        if self.met:
            return {"met": True, "events": list(self.events)}
        return {
            "met": False,
            "count": self.event_count,
            "events": list(self.events),
            "nearest": [miss.to_dict() for miss in self.nearest],
        }


def expect(
    filters: Mapping[str, Any],
    *,
    payload: Mapping[str, Any] | None = None,
    plain: Mapping[str, str] | None = None,
    count: int | None = None,
    at_least: int | None = None,
) -> Expectation:
    """Build an expectation from flat filters, as clients and journeys write them.

    `plain` gives match keys in plain text; only their hashes are compared. Raises PlainValueUnusable.
    """
    values = {**(payload or {}), **hash_plain(plain or {})}
    return Expectation(Match(filters, values), count=count, at_least=at_least)
