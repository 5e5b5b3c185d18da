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

from mockpin.strategies.conversions import (
    EventsRequest,
    InvalidConversionEvent,
    conversion_events,
    invalid_conversion_events,
    requests,
)
from mockpin.strategies.directives import mappings
from mockpin.strategies.segment import segment_events

__all__ = [
    "EventsRequest",
    "InvalidConversionEvent",
    "conversion_events",
    "invalid_conversion_events",
    "mappings",
    "requests",
    "segment_events",
]
