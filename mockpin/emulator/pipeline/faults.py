"""Faults on purpose: which rule bites which request, decided from a counter and a seeded draw.

A rule bites before the conversion token is looked at, unless it names an event or says which events
fail: then it bites once the events are known. Rules are asked in the order in which they were added
and the first that bites is the only one. A rule bites `times` times, then the service has recovered;
with a `probability` it bites by the draw of its own seeded generator: 0 never bites, 1 always does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from mockpin.emulator.event_names import canonical_name
from mockpin.emulator.masking.events import mask_json

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping


@dataclass(frozen=True)
class Fault:
    """What goes wrong: a kind, and what the rule says of it.

    `status`: an HTTP status of `replies.BY_STATUS`. `delay_ms`: milliseconds; of a range, the ones drawn.
    `drop`: the connection closes unanswered. `truncate`: how many bytes of the answer's body arrive.
    `garbage`, `empty`: a body that is no JSON, or none. `fail_events`: the positions, from 0, of the events
    that fail.
    """

    kind: str
    value: Any

    def draw(self, random: Random) -> Fault:
        """The same fault with its chance decided: a delay's range becomes one number."""
        if not isinstance(self.value, list) or self.kind != "delay_ms":
            return self
        return replace(self, value=random.uniform(*self.value))


@dataclass(frozen=True)
class FaultRule:
    """Whom a fault bites and how often. Names left None concern everybody."""

    fault: Fault
    ad_account_id: str | None = None
    event_name: str | None = field(default=None, repr=False)
    times: int | None = None
    probability: float = 1.0
    seed: int | None = None

    OPTIONAL: ClassVar = ("ad_account_id", "event_name", "times", "seed")

    @property
    def on_events(self) -> bool:
        """Whether the events must be known before this rule can be asked."""
        return self.event_name is not None or self.fault.kind == "fail_events"

    def concerns(self, ad_account_id: str, event_names: Collection[str] | None) -> bool:
        """Whether the rule is about this request. `event_names` is None before the body is read."""
        return (
            self.on_events is (event_names is not None)
            and self.ad_account_id in (None, ad_account_id)
            and (self.event_name is None or canonical_name(self.event_name) in (event_names or ()))
        )

    def bites(self, *, bitten: int, draw: float) -> bool:
        """The decision, from how often it has bitten and a draw from [0, 1)."""
        return (self.times is None or bitten < self.times) and draw < self.probability

    def to_dict(self) -> dict[str, Any]:
        """The JSON form that `parse_rule` reads, an event name in it masked."""
        said = mask_json({name: getattr(self, name) for name in self.OPTIONAL})
        return {
            **{name: value for name, value in said.items() if value is not None},
            "probability": self.probability,
            "fault": {self.fault.kind: self.fault.value},
        }


def parse_rule(rule: Mapping[str, Any]) -> FaultRule:
    """A rule from its JSON form, whose shape has been checked at the edge."""
    ((kind, value),) = rule["fault"].items()
    rest = {name: value for name, value in rule.items() if name != "fault"}
    return FaultRule(Fault(kind, value), **rest)


@dataclass
class Standing:
    """A rule in force: its number, how often it has bitten, and its own source of chance."""

    id: int
    rule: FaultRule
    random: Random
    bitten: int = 0

    def bite(self) -> Fault | None:
        """The fault with its chance drawn, or None when the rule lets the request pass."""
        if not self.rule.bites(bitten=self.bitten, draw=self.random.random()):
            return None
        self.bitten += 1
        return self.rule.fault.draw(self.random)

    def to_dict(self) -> dict[str, Any]:
        """The rule, its number, and how often it has bitten."""
        return {"id": self.id, **self.rule.to_dict(), "bitten": self.bitten}


@dataclass
class Faults:
    """The rules in force, in order. Safe to share between threads.

    `chance` makes the generator of a rule from its seed, or from None where the rule has none.
    """

    chance: Callable[[int | None], Random] = Random
    _standing: list[Standing] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _lock: Lock = field(default_factory=Lock)

    def add(self, rule: FaultRule) -> Standing:
        """Put a rule behind those in force; its number is never used again."""
        with self._lock:
            standing = Standing(next(self._numbers), rule, self.chance(rule.seed))
            self._standing.append(standing)
        return standing

    def list(self, ad_account_id: str | None = None) -> list[Standing]:
        """The rules in force, or only those that name the ad account."""
        return [each for each in self._standing if _named(each, ad_account_id)]

    def __bool__(self) -> bool:
        """Whether any rule is in force."""
        return bool(self._standing)

    def clear(self, ad_account_id: str | None = None) -> int:
        """Take back every rule, or only those that name the ad account. Returns how many."""
        return self._keep(lambda each: not _named(each, ad_account_id))

    def remove(self, number: int) -> bool:
        """Take back one rule by its number; False when there is none."""
        return bool(self._keep(lambda each: each.id != number))

    def on_request(self, ad_account_id: str) -> Fault | None:
        """The fault that strikes before the conversion token is looked at."""
        return self._bite(ad_account_id, None)

    def on_events(self, ad_account_id: str, event_names: Collection[str]) -> Fault | None:
        """The fault that strikes once the events, by their canonical and sent names, are known."""
        return self._bite(ad_account_id, event_names)

    def _bite(self, ad_account_id: str, event_names: Collection[str] | None) -> Fault | None:
        if not self._standing:
            return None
        with self._lock:
            asked = (each for each in self._standing if each.rule.concerns(ad_account_id, event_names))
            return next((fault for fault in (each.bite() for each in asked) if fault), None)

    def _keep(self, wanted: Callable[[Standing], bool]) -> int:
        with self._lock:
            before = len(self._standing)
            self._standing = [each for each in self._standing if wanted(each)]
            return before - len(self._standing)


def _named(standing: Standing, ad_account_id: str | None) -> bool:
    return ad_account_id is None or standing.rule.ad_account_id == ad_account_id
