"""Events that Pinterest does not count, because it takes them for duplicates of another event."""

from __future__ import annotations

from typing import Final

from mockpin.observations.rule import ObservationRule

FAMILY: Final = "lost as duplicates"
#: What two reports of one event by one source have in common; the page without its query.
SAME: Final = ("order_id", "em", "external_id", "click_id", "user_agent", "page", "products")
_DIFFERS: Final = " OR ".join(f"MIN({column}) <> MAX({column})" for column in SAME)
_SAME: Final = " AND ".join(f"COUNT(DISTINCT {column}) < 2" for column in SAME)

EVENT_ID_SHARED: Final = ObservationRule(
    name="event-id-shared",
    family=FAMILY,
    severity="error",
    effect="lost",
    summary="One event_id belongs to one event: not to different orders, people or pages.",
    query=f"""
        SELECT account, event_name, MIN(source) AS source, '' AS detail, MAX(n) - 1 AS events,
            0 AS total, MIN(first_id) AS example, MAX(last_id) AS other
        FROM (
            SELECT account, event_name, event_id, source, COUNT(*) AS n, MIN(id) AS first_id, MAX(id) AS last_id,
                MIN(order_id) AS least_order, MAX(order_id) AS most_order,
                CASE WHEN {_DIFFERS} THEN 1 ELSE 0 END AS differs
            FROM accepted WHERE event_id IS NOT NULL AND action_source <> 'offline'
            GROUP BY account, event_name, event_id, source
        ) AS by_source
        GROUP BY account, event_name, event_id
        HAVING SUM(n) > 1 AND (MAX(differs) = 1 OR MIN(least_order) <> MAX(most_order))
    """,
    sentence="{events} of {total} {name} share an event_id with a different order, person or page; "
    "Pinterest counts only the first of each id.",
    fix="Make a new event_id for every event (such as a UUID, or the order number), and send the same one from "
    "the tag and the API for the same event only.",
    why="Two events that differ in these fields are never one event, so one pair is proof.",
)

TAG_ID_REPEATED: Final = ObservationRule(
    name="tag-event-id-repeated",
    family=FAMILY,
    severity="error",
    effect="lost",
    summary="The tag reports each event once, so that one id does not come from it again and again.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, COUNT(*) - 1 AS events, 0 AS total,
            MIN(id) AS example, MAX(id) AS other
        FROM accepted WHERE event_id IS NOT NULL AND source = 'tag'
        GROUP BY account, event_name, event_id, source
        HAVING COUNT(*) >= {{least}} AND {_SAME}
    """,
    sentence="The tag reported one event_id again and again: {events} of {total} {name} repeat an earlier one; "
    "Pinterest counts only the first.",
    fix="Make the event_id in the browser when the event happens; a page that is cached must not hold one.",
    least=10,
    why="A visitor may reload a page a few times; the tag itself never repeats a hit.",
)

RULES: Final = (EVENT_ID_SHARED, TAG_ID_REPEATED)
