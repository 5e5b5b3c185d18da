"""The sentence of an observation, with its numbers and names filled in."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mockpin.wording import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mockpin.observations.rule import Observation

#: How a sentence calls a source.
SOURCES: Mapping[str, str] = MappingProxyType(
    {"api": "the API", "tag": "the tag", "segment": "Segment", "": "the sender"}
)


def complete(observation: Observation) -> Observation:
    """The observation with `{n}`, `{events}`, `{name}` and the like of its sentence and fix filled in."""
    number, total = observation.events, observation.total
    words = {
        "n": f"{number:,}",
        "total": f"{total:,}",
        "share": f"{100 * observation.share:.0f} %",
        "name": f"{observation.event_name or 'unnamed'} events",
        "title": observation.event_name,
        "detail": observation.detail,
        "source": SOURCES[observation.source],
        "events": f"{number:,}" if "{events} of" in observation.sentence else count(number, "event"),
        "lost": f"{count(number, 'event')} came",
        "calls": count(number, "Segment call"),
        "requests": count(number, "request"),
    }
    sentence = observation.sentence.format(**words)
    return replace(
        observation, sentence=sentence[:1].upper() + sentence[1:], fix=observation.fix.format(**words)
    )
