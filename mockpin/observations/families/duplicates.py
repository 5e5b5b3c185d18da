"""Events that Pinterest does not count, because it takes them for duplicates of another event."""

from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import BROWSES

EVENT_ID_SHARED: Final = ObservationRule(
    name="event-id-shared",
    severity="error",
    effect="lost",
    summary="One event_id belongs to one event: not to different orders, people or pages.",
    query="""
        SELECT b.account, b.event_name, '' AS source, '' AS detail,
            CASE WHEN r.differs = 1 THEN r.events - 1 ELSE 1 END AS events, 0 AS total, b.first_id AS example,
            b.last_id AS other
        FROM by_id AS b LEFT JOIN (
            SELECT account, event_name, event_id, MAX(events) AS events, MAX(differs) AS differs
            FROM repeated GROUP BY event_id, event_name, account
        ) AS r ON r.account = b.account AND r.event_name = b.event_name AND r.event_id = b.event_id
        LEFT JOIN pairs AS p ON p.example = b.tag_id AND p.other = b.server_id
        WHERE b.events > 1 AND (r.differs = 1 OR b.least_order <> b.most_order)
            AND (r.differs = 1 OR COALESCE(p.alike, 0) = 0)
    """,
    sentence="{events} of {total} {name} share an event_id with a different order, person or page; "
    "Pinterest counts only the first of each id.",
    fix="Make a new event_id for every event (such as a UUID, or the order number), and send the same one from "
    "the tag and the API for the same event only.",
    why="Two events that differ in these fields are never one event, so one pair is proof. A pair of the tag and "
    "the API that agrees on the person and the value, or on products, value and ten minutes where a side does not know "
    "the person, is one order in two spellings (pair-orders-differ).",
)

TAG_ID_REPEATED: Final = ObservationRule(
    name="tag-event-id-repeated",
    severity="error",
    effect="lost",
    summary="The tag reports each event once, so that one id does not come from it again and again.",
    query="""
        SELECT account, event_name, source, '' AS detail, events - 1 AS events, 0 AS total,
            first_id AS example, last_id AS other
        FROM repeated WHERE source = 'tag' AND events >= {least} AND differs = 0
    """,
    sentence="The tag reported one event_id again and again: {events} of {total} {name} repeat an earlier one; "
    "Pinterest counts only the first.",
    fix="Make the event_id in the browser when the event happens; a page that is cached must not hold one.",
    least=10,
    why="A visitor may reload a page a few times; the tag itself never repeats a hit.",
)

SENT_AGAIN: Final = ObservationRule(
    name="event-sent-again-and-again",
    severity="warning",
    effect="none",
    summary="The server sends an event until it is accepted, and then no more.",
    query="""
        SELECT b.account, '' AS event_name, b.source, '' AS detail, SUM(b.events - 1) AS events, 0 AS total,
            MIN(b.first_id) AS example, MAX(b.last_id) AS other
        FROM repeated AS b JOIN (
            SELECT account, source FROM accepted WHERE EXISTS (SELECT 1 FROM repeated WHERE source <> 'tag')
            GROUP BY account, source
            HAVING COUNT(DISTINCT COALESCE(em, external_id, click_id, ip, id)) >= 5
        ) AS n ON n.account = b.account AND n.source = b.source
        WHERE b.source <> 'tag' AND b.events >= {least} AND b.differs = 0
        GROUP BY b.account, b.source
    """,
    sentence="{source} sends events again and again after they were accepted: {events} of {total} repeat an earlier "
    "one.",
    fix="Take an event from the queue when it is answered 200; after the deduplication window each repeat counts.",
    least=10,
    why="A queue may deliver an event twice or three times; ten times is a loop. Tests of a few made-up people may "
    "all send one event.",
)

ID_TOO_SHORT: Final = ObservationRule(
    name="event-id-too-short",
    severity="warning",
    effect="none",
    summary="An event_id that is made at random is long enough never to come twice.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, COUNT(*) AS events, 0 AS total, MIN(id) AS example,
            MAX(id) AS other
        FROM (
            SELECT account, event_name, source, event_id, id,
                CASE WHEN LENGTH(event_id) = LENGTH(LAG(event_id) OVER w) AND event_id < LAG(event_id) OVER w
                    THEN 1 ELSE 0 END AS falls
            FROM accepted
            WHERE EXISTS (SELECT 1 FROM names WHERE {BROWSES})
                AND LENGTH(event_id) <= 4 AND {BROWSES} AND duplicate_of IS NULL
            WINDOW w AS (PARTITION BY source, event_name, account ORDER BY event_time, id)
        ) AS came
        GROUP BY account, event_name, source
        HAVING COUNT(DISTINCT event_id) >= {{least}} AND SUM(falls) >= {{threshold}} * COUNT(*)
            AND 4 * COUNT(DISTINCT SUBSTR(event_id, 1, LENGTH(event_id) - 1)) >= COUNT(DISTINCT event_id)
    """,
    sentence="{source} makes the event_id of {n} of {total} {name} at random from at most four characters: some will "
    "be equal, and of these Pinterest counts the first alone.",
    fix="Make a UUID for every event, and send the same one from the tag and the API.",
    least=20,
    threshold=0.25,
    why="Of 120 ids of four digits two are the same in half of all cases. Numbers that are counted up are no chance: "
    "they rise with time, or all but the last character of several is the same where they come out of order.",
)

ID_OF_THE_SECOND: Final = ObservationRule(
    name="event-id-of-the-second",
    severity="warning",
    effect="none",
    summary="An event_id is more than the second in which the event happened.",
    query="""
        SELECT b.account, b.event_name, b.source, '' AS detail, b.events, n.events AS total, b.example, b.other
        FROM (
            SELECT account, event_name, source, COUNT(*) AS events, COUNT(DISTINCT event_time) AS times,
                MIN(id) AS example, MAX(id) AS other
            FROM accepted WHERE beside IS NOT NULL AND duplicate_of IS NULL
            GROUP BY beside, source, event_name, account
        ) AS b JOIN names AS n ON n.account = b.account AND n.event_name = b.event_name AND n.source = b.source
        WHERE b.times >= {least} AND b.events >= {threshold} * n.events
    """,
    sentence="{n} of {total} {name} of {source} have an event_id that is the second in which they happened: of two "
    "events in one second, Pinterest counts one.",
    fix="Make a new event_id for every event (such as a UUID, or the order number); a time alone is not one.",
    least=5,
    threshold=0.8,
    why="Five ids that are each their event's own second, in Unix seconds or as a date and time of any time zone, "
    "with at most the same text around it, are made of the time. "
    "Ids that hold a time together with a number or at random differ beside the time.",
)

RULES: Final = (EVENT_ID_SHARED, TAG_ID_REPEATED, SENT_AGAIN, ID_TOO_SHORT, ID_OF_THE_SECOND)
