"""Events that Pinterest does not count, because it takes them for duplicates of another event."""

from typing import Final

from mockpin.observations.rule import ObservationRule

EVENT_ID_SHARED: Final = ObservationRule(
    name="event-id-shared",
    severity="error",
    effect="lost",
    summary="One event_id belongs to one event: not to different orders, people or pages.",
    query="""
        SELECT account, event_name, source, '' AS detail, most_events - 1 AS events, 0 AS total,
            first_id AS example, last_id AS other
        FROM by_id WHERE most_events > 1 AND differs = 1
        UNION ALL
        SELECT account, event_name, '' AS source, '' AS detail, 1 AS events, 0 AS total,
            first_id AS example, last_id AS other
        FROM by_id WHERE events > 1 AND differs = 0 AND least_order <> most_order
    """,
    sentence="{events} of {total} {name} share an event_id with a different order, person or page; "
    "Pinterest counts only the first of each id.",
    fix="Make a new event_id for every event (such as a UUID, or the order number), and send the same one from "
    "the tag and the API for the same event only.",
    why="Two events that differ in these fields are never one event, so one pair is proof.",
)

TAG_ID_REPEATED: Final = ObservationRule(
    name="tag-event-id-repeated",
    severity="error",
    effect="lost",
    summary="The tag reports each event once, so that one id does not come from it again and again.",
    query="""
        SELECT account, event_name, source, '' AS detail, events - 1 AS events, 0 AS total,
            first_id AS example, last_id AS other
        FROM by_source WHERE source = 'tag' AND events >= {least} AND differs = 0
    """,
    sentence="The tag reported one event_id again and again: {events} of {total} {name} repeat an earlier one; "
    "Pinterest counts only the first.",
    fix="Make the event_id in the browser when the event happens; a page that is cached must not hold one.",
    least=10,
    why="A visitor may reload a page a few times; the tag itself never repeats a hit.",
)

RULES: Final = (EVENT_ID_SHARED, TAG_ID_REPEATED)
