"""Faults: failures that somebody asked the emulator to produce, and which requests they strike.

A rule strikes a request before its conversion token is checked. A rule that names an event, or says which
events fail, strikes when the events are known. The emulator asks the rules in the order in which they were
added, and the first that strikes is the only one. A rule strikes at most `times` times. With a
`probability`, the rule's own seeded random generator decides: 0 never strikes, 1 always does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from threading import Lock
from typing import Any, ClassVar

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.masking.events import mask_json

#: Faults after which a sender cannot know whether its events were taken, or knows that it may try again.
TRANSIENT_FAULTS = ("drop", "truncate", "garbage", "empty")


@dataclass(frozen=True)
class Fault:
    """A failure: its kind, and the value that the kind needs.

    `status`: an HTTP status of `answers.BY_STATUS`. `delay_ms`: milliseconds, or a range of which
    some are drawn.
    `drop`: the connection closes unanswered. `truncate`: how many bytes of the answer's body arrive.
    `garbage`, `empty`: a body that is not JSON, or none. `fail_events`: the positions, from 0, of the events
    that fail.
    """

    kind: str
    value: Any

    def draw(self, random: Random) -> Fault:
        """Return the fault with one random number in place of a delay's range."""
        if not isinstance(self.value, list) or self.kind != "delay_ms":
            return self
        return replace(self, value=random.uniform(*self.value))


@dataclass(frozen=True)
class FaultRule:
    """Which requests a fault strikes, and how often. A name that is None matches every request."""

    fault: Fault
    ad_account_id: str | None = None
    event_name: str | None = field(default=None, repr=False)
    times: int | None = None
    probability: float = 1.0
    seed: int | None = None

    OPTIONAL: ClassVar = ("ad_account_id", "event_name", "times", "seed")

    @property
    def on_events(self) -> bool:
        """Whether the rule needs to know the events of a request."""
        return self.event_name is not None or self.fault.kind == "fail_events"

    def matches(self, ad_account_id: str, event_names: Collection[str] | None) -> bool:
        """Whether the rule is about this request. `event_names` is None before the body is read."""
        return (
            self.on_events is (event_names is not None)
            and self.ad_account_id in (None, ad_account_id)
            and (self.event_name is None or canonical_name(self.event_name) in (event_names or ()))
        )

    def strikes(self, *, bitten: int, draw: float) -> bool:
        """Whether the rule strikes, from how often it has struck and a random number from [0, 1)."""
        return (self.times is None or bitten < self.times) and draw < self.probability

    def to_dict(self) -> dict[str, Any]:
        """The rule as JSON, as `parse_rule` reads it, with a masked event name."""
        named = mask_json({name: getattr(self, name) for name in self.OPTIONAL})
        return {
            **{name: value for name, value in named.items() if value is not None},
            "probability": self.probability,
            "fault": {self.fault.kind: self.fault.value},
        }


def parse_rule(rule: Mapping[str, Any]) -> FaultRule:
    """Read a rule from JSON that matches the schema `FAULT_RULE` of the admin API."""
    ((kind, value),) = rule["fault"].items()
    rest = {name: value for name, value in rule.items() if name != "fault"}
    return FaultRule(Fault(kind, value), **rest)


@dataclass
class ActiveFault:
    """A rule in force: its number, its random generator, and how often it has struck (`bitten`)."""

    id: int
    rule: FaultRule
    random: Random
    bitten: int = 0

    def strike(self) -> Fault | None:
        """Return the fault that strikes a matching request, or None if the request passes."""
        if not self.rule.strikes(bitten=self.bitten, draw=self.random.random()):
            return None
        self.bitten += 1
        return self.rule.fault.draw(self.random)

    def to_dict(self) -> dict[str, Any]:
        """The rule as JSON, with its number and how often it has struck."""
        return {"id": self.id, **self.rule.to_dict(), "bitten": self.bitten}


@dataclass
class Faults:
    """The rules in force, in the order in which they were added. Safe between threads.

    `make_random` makes the random generator of a rule from its seed, which may be None.
    """

    make_random: Callable[[int | None], Random] = Random
    _active: list[ActiveFault] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    def add(self, rule: FaultRule) -> ActiveFault:
        """Add a rule after those in force. Its number is never used again."""
        with self._lock:
            active = ActiveFault(next(self._numbers), rule, self.make_random(rule.seed))
            self._active.append(active)
        return active

    def list(self, ad_account_id: str | None = None) -> list[ActiveFault]:
        """The rules in force, or only those that name the ad account."""
        return [active for active in self._active if _names_account(active, ad_account_id)]

    def __bool__(self) -> bool:
        """Whether any rule is in force."""
        return bool(self._active)

    def clear(self, ad_account_id: str | None = None) -> int:
        """Remove every rule, or only those that name the ad account. Returns how many."""
        return self._keep(lambda active: not _names_account(active, ad_account_id))

    def remove(self, number: int) -> bool:
        """Remove one rule by its number. Returns False if there is none."""
        return bool(self._keep(lambda active: active.id != number))

    def on_request(self, ad_account_id: str) -> Fault | None:
        """The fault that strikes a request before its conversion token is checked."""
        return self._strike(ad_account_id, None)

    def on_events(self, ad_account_id: str, event_names: Collection[str]) -> Fault | None:
        """The fault that strikes a request whose events are known. `event_names` are canonical."""
        return self._strike(ad_account_id, event_names)

    def _strike(self, ad_account_id: str, event_names: Collection[str] | None) -> Fault | None:
        with self._lock:
            matching = (active for active in self._active if active.rule.matches(ad_account_id, event_names))
            return next((fault for fault in (active.strike() for active in matching) if fault), None)

    def _keep(self, is_wanted: Callable[[ActiveFault], bool]) -> int:
        with self._lock:
            before = len(self._active)
            self._active = [active for active in self._active if is_wanted(active)]
            return before - len(self._active)


def _names_account(active: ActiveFault, ad_account_id: str | None) -> bool:
    return ad_account_id is None or active.rule.ad_account_id == ad_account_id
