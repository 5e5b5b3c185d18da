"""What a test expects to have been received, and whether it has come true yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mockpin.expectations.matching import Match, NearMiss, Record
from mockpin.expectations.plain_values import hash_plain
from mockpin.expectations.unmet import describe_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__tracebackhide__ = True
UNSAID = {"duplicate": False, "test": False}


@dataclass(frozen=True)
class Expectation:
    """Events that match, in an exact `count` or in a number of `at_least` (1 when neither is said).

    Without other words neither duplicates nor test requests count.
    """

    match: Match = field(default_factory=Match)
    count: int | None = None
    at_least: int | None = None

    def __str__(self) -> str:
        match = self.match
        return describe_wanted(match.filters, match.payload, count=self.count, at_least=self.at_least)

    @property
    def unsaid(self) -> Mapping[str, bool]:
        """The filters that go without saying."""
        return UNSAID

    @property
    def described(self) -> Match:
        """The match with what goes without saying."""
        return Match({**self.unsaid, **self.match.filters}, self.match.payload)

    @property
    def least(self) -> int:
        """How many events must have come."""
        if self.count is not None:
            return self.count
        return 1 if self.at_least is None else self.at_least

    def judge(self, records: Iterable[Record]) -> ExpectationOutcome:
        """Compare with what has been received so far."""
        received = tuple(records)
        return ExpectationOutcome(self, received, tuple(self.described.select(received)))


@dataclass(frozen=True)
class ExpectationOutcome:
    """An expectation beside what was received up to some moment."""

    expectation: Expectation
    received: tuple[Record, ...] = field(repr=False)
    events: tuple[Record, ...] = field(repr=False)

    @property
    def number(self) -> int:
        """How many events came."""
        return len(self.events)

    @property
    def met(self) -> bool:
        """Whether as many came as were expected."""
        return self.number >= self.expectation.least and not self.exceeded

    @property
    def exceeded(self) -> bool:
        """Whether more came than the exact count allows: no later event can mend that."""
        count = self.expectation.count
        return count is not None and self.number > count

    @property
    def settled(self) -> bool:
        """Whether waiting longer is pointless. That nothing comes is only known at the end."""
        return self.exceeded or (self.met and self.expectation.count != 0)

    @property
    def nearest(self) -> tuple[NearMiss, ...]:
        """The events that came close; none when too many came."""
        return () if self.exceeded else tuple(self.expectation.described.find_nearest(self.received))

    def to_dict(self) -> dict[str, Any]:
        """`{met: true, events}`, or `{met: false, count, events, nearest}`."""
        if self.met:
            return {"met": True, "events": list(self.events)}
        return {
            "met": False,
            "count": self.number,
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
    """An expectation from a flat set of filters, as clients and journeys write it.

    `plain` holds match keys in plain text, which are compared by their hashes. Raises PlainValueUnusable.
    """
    values = {**(payload or {}), **hash_plain(plain or {})}
    return Expectation(Match(filters, values), count=count, at_least=at_least)
