"""Hypothesis strategies for tests of code that sends conversions.

They need Hypothesis: `pip install 'mockpin[hypothesis]'`.

    conversion_events()           conversion events that the contract accepts, as it recommends them
    invalid_conversion_events()   `InvalidConversionEvent`: an event, its one fault, the rule it breaks
    requests()                    `EventsRequest`: a whole request, written as real senders write it
    segment_events()              Segment events as Segment's spec describes them
    mappings()                    Segment mappings made of directives

Every strategy is narrowed by keyword, never by `.filter`, so that generation stays quick and shrinking short:

    conversion_events(event_names=["checkout"], match_keys=["em", "ph"], now=1_700_000_000)
    invalid_conversion_events(rules=["event-time-in-future"])
    requests(max_events=3)
    segment_events(types=["track"], events=["Order Completed"])
    mappings(directives=["@path", "@template"], max_depth=2)

Examples shrink to the shortest event: the newest time, the first of each list of names, few products.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockpin.strategies.conversions import (
        EventsRequest,
        InvalidConversionEvent,
        conversion_events,
        invalid_conversion_events,
        requests,
    )
    from mockpin.strategies.directives import mappings
    from mockpin.strategies.segment import segment_events

_HOMES = {
    "EventsRequest": "conversions",
    "InvalidConversionEvent": "conversions",
    "conversion_events": "conversions",
    "invalid_conversion_events": "conversions",
    "mappings": "directives",
    "requests": "conversions",
    "segment_events": "segment",
}

__all__ = [
    "EventsRequest",
    "InvalidConversionEvent",
    "conversion_events",
    "invalid_conversion_events",
    "mappings",
    "requests",
    "segment_events",
]


class HypothesisMissing(ImportError):
    """Hypothesis, which the strategies need, is not installed."""


def __getattr__(name: str) -> object:
    """Load a strategy's module when the strategy is first used: `mockpin mutate` works without Hypothesis.

    Raises:
        HypothesisMissing: Hypothesis is not installed.
    """
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        message = "mockpin.strategies needs Hypothesis: pip install 'mockpin[hypothesis]'"
        raise HypothesisMissing(message) from None


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
