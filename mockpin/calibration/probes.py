"""Probes: questions to the service, with the events that ask them. Each is a file of `fixtures/probes`."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from mockpin.emulator.settings.durations import parse_duration
from mockpin.fixtures import ROOT, cases

Event = dict[str, Any]

#: Seconds between the base event and the service's clock, so that no rounding puts it into the future.
BASE_AGE = 2
#: A complete event about a made-up person: addresses of example.com and of ranges for documentation.
BASE_EVENT: Mapping[str, Any] = {
    "event_name": "checkout",
    "action_source": "web",
    "event_source_url": "https://shop.example.com/thanks",
    "user_data": {
        "em": ["01daf2b30b24130a019a896a6c532bc978d2ed8cbbe618e8a09f96769a20de9d"],
        "external_id": ["8b47f257e244421eebba9799a8c098e375da9ea00ccda0fa5d80a6aac3380b18"],
        "client_ip_address": "198.51.100.7",
        "client_user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "click_id": "dj0yJnU9bW9ja3Bpbi1jYWxpYnJhdGUmcD0wJm49cHJvYmUmdD1BQUFBQUdh",
    },
    "custom_data": {"currency": "USD", "value": "1.00", "num_items": 1, "order_id": "mockpin-calibrate"},
}


@dataclass(frozen=True)
class EventVariant:
    """The base event with changes: `changes` are laid over it, None removes a field.

    `age` is how many seconds before the service's clock it happened; negative is ahead of the clock.
    """

    changes: Mapping[str, Any] = field(default_factory=dict)
    age: float = BASE_AGE

    def build(self, now: float) -> Event:
        """The event as it is sent when the service's clock shows `now` (Unix seconds)."""
        own = {"event_id": f"mockpin-calibrate-{uuid4().hex[:12]}", "event_time": round(now - self.age)}
        return lay_over({**deepcopy(dict(BASE_EVENT)), **own}, self.changes)


@dataclass(frozen=True)
class Probe:
    """A question, the settings that its answer decides, and how the answer is read.

    `reading` is a name of `readings.READINGS`; `options` are what that reading takes from the file.
    """

    name: str
    question: str
    about: str
    settings: Sequence[str]
    reading: str
    variants: Sequence[EventVariant]
    options: Mapping[str, Any]


def load_probes() -> list[Probe]:
    """Every probe, those that matter most first. Raises FixtureUnreadable."""
    ordered = sorted(cases("probes", root=ROOT), key=lambda case: case[1]["order"])
    return [make_probe(name, dict(content)) for name, content in ordered]


def make_probe(name: str, content: dict[str, Any]) -> Probe:
    """The probe in one file's content. Raises KeyError, TypeError and ValueError for other content."""
    variants = [read_variant(event) for event in content.pop("events")]
    own = {key: content.pop(key) for key in ("question", "about", "settings", "reading")}
    if not all(isinstance(text, str) for text in (*own["settings"], own["question"], own["about"])):
        raise TypeError(f"{name}: the question, about and the settings should be texts.")
    return Probe(name, variants=variants, options=content, **own)


def read_variant(written: Mapping[str, Any]) -> EventVariant:
    """The variant that a file describes by `changes`, and `age` or `ahead` such as `7d`."""
    age = (
        -parse_duration(written["ahead"])
        if "ahead" in written
        else parse_duration(written.get("age", BASE_AGE))
    )
    return EventVariant(written.get("changes", {}), age)


def lay_over(below: Event, changes: Mapping[str, Any]) -> Event:
    """Objects are merged, None removes a field, and anything else replaces what was there."""
    for name, value in changes.items():
        if value is None:
            below.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(below.get(name), dict):
            below[name] = lay_over(below[name], value)
        else:
            below[name] = value
    return below
