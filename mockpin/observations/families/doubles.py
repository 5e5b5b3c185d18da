"""Conversions that Pinterest counts twice, because nothing tells it that two events are one."""

from typing import Final

from mockpin.observations.rule import ObservationRule

#: Steps towards an order that may happen several times for one order.
STEPS: Final = (
    "add_payment_info", "add_to_cart", "add_to_wishlist", "initiate_checkout", "page_visit", "search",
    "view_category", "view_content", "watch_video",
)  # fmt: skip
_STEPS: Final = f"({', '.join(map(repr, STEPS))})"
_NOT_STEPS: Final = f"event_name NOT IN {_STEPS}"

ORDER_COUNTED_TWICE: Final = ObservationRule(
    name="order-counted-twice",
    severity="error",
    effect="doubled",
    summary="All reports of one order under one event name have one event_id.",
    query=f"""
        SELECT account, event_name, CASE WHEN source = other_source THEN source ELSE '' END AS source,
            '' AS detail, ids - 1 AS events, 0 AS total, first_id AS example, last_id AS other
        FROM by_order WHERE ids BETWEEN 2 AND 10 AND people < 2 AND {_NOT_STEPS}
    """,
    sentence="{events} of {total} {name} report an order again under another event_id; Pinterest counts each.",
    fix="Derive the event_id from the order, so that the tag, the API, a retry and a reload of the page all "
    "send the same one.",
    why="One order under two ids is proof. An order id of over ten ids, or of several people, is a constant "
    "or a reused number, which other rules name.",
)

OFFLINE_REPEATED: Final = ObservationRule(
    name="offline-event-repeated",
    severity="error",
    effect="doubled",
    summary="An offline event is sent once: Pinterest does not deduplicate offline events.",
    query="""
        SELECT account, event_name, MIN(source) AS source, '' AS detail, COUNT(*) - 1 AS events, 0 AS total,
            MIN(id) AS example, MAX(id) AS other
        FROM accepted WHERE action_source = 'offline' AND COALESCE(order_id, event_id) IS NOT NULL
        GROUP BY account, event_name, COALESCE(order_id, event_id)
        HAVING COUNT(*) > 1 AND COUNT(DISTINCT em) < 2 AND COUNT(DISTINCT value) < 2
    """,
    sentence="{events} of {total} {name} are offline events that came again after they were accepted; "
    "Pinterest counts each.",
    fix="Remember which offline events were accepted, and never send those again.",
    why="The same order or id of the same person and value is the same sale.",
)

ONE_SIDE_WITHOUT_ID: Final = ObservationRule(
    name="event-id-missing-on-one-side",
    severity="error",
    effect="doubled",
    summary="Where the tag and the API report the same event name, both give every event its event_id.",
    query="""
        SELECT account, event_name,
            CASE WHEN SUM(CASE WHEN side = 'tag' AND event_id IS NULL THEN 1 ELSE 0 END) > 0
                THEN 'tag' ELSE 'api' END AS source,
            '' AS detail, SUM(CASE WHEN event_id IS NULL THEN 1 ELSE 0 END) AS events, 0 AS total,
            MIN(CASE WHEN event_id IS NULL THEN id END) AS example,
            MAX(CASE WHEN event_id IS NULL THEN id END) AS other
        FROM accepted WHERE action_source = 'web' AND duplicate_of IS NULL
        GROUP BY account, event_name
        HAVING COUNT(DISTINCT side) = 2 AND SUM(CASE WHEN event_id IS NULL THEN 1 ELSE 0 END) >= {least}
    """,
    sentence="{source} sent {events} of {total} {name} without an event_id while the other side reports them, "
    "too; Pinterest counts them twice.",
    fix="Give the tag's call the event_id that the API sends for the same event: pintrk('track', NAME, "
    "{{event_id: ...}}).",
    why="An event without an id can never be matched.",
)

#: An offline event, and what was accepted under the same order or id as no offline event.
_OFFLINE_TOO: Final = """
    SELECT o.account, o.event_name, o.source, '' AS detail, 1 AS events, 0 AS total, f.id AS example,
        o.id AS other
    FROM accepted AS o
    JOIN {counted} AS w ON w.account = o.account AND w.event_name = o.event_name AND w.{key} = o.{key}
    JOIN facts AS f ON f.id = w.first_id
    WHERE o.action_source = 'offline' AND {condition} AND (o.em = f.em
        OR ((o.em IS NULL OR f.em IS NULL) AND COALESCE(o.value, f.value, 0) = COALESCE(f.value, o.value, 0)))
"""
OFFLINE_COUNTED_ONLINE: Final = ObservationRule(
    name="offline-event-also-online",
    severity="error",
    effect="doubled",
    summary="What happened on the web or in an app is not reported as an offline event, too.",
    query=f"""
        {_OFFLINE_TOO.format(counted="by_order", key="order_id", condition="o.order_id IS NOT NULL")}
        UNION ALL
        {_OFFLINE_TOO.format(counted="by_id", key="event_id", condition="o.order_id IS NULL")}
    """,
    sentence="{events} of {total} {name} have the action_source offline though the same event came from the web or "
    "an app; Pinterest does not deduplicate offline events, so each counts twice.",
    fix="Send action_source web for what happened on a website, and leave web orders out of offline uploads.",
    why="The same order or id of the same person, or of the same value where one side does not know the person.",
)

RETRIED_UNDER_NEW_ID: Final = ObservationRule(
    name="event-repeated-under-new-id",
    severity="error",
    effect="doubled",
    summary="An event that is sent again keeps its event_id, also one without an order.",
    query=f"""
        SELECT r.account, r.event_name, r.source, '' AS detail, SUM(r.ids - 1) AS events, 0 AS total,
            MIN(r.first_id) AS example, MAX(r.last_id) AS other
        FROM (
            SELECT account, event_name, source, COUNT(DISTINCT event_id) AS ids, MIN(id) AS first_id,
                MAX(id) AS last_id
            FROM accepted
            WHERE source <> 'tag' AND action_source <> 'offline' AND order_id IS NULL AND em IS NOT NULL
                AND {_NOT_STEPS}
            GROUP BY account, event_name, source, event_time, em, page, value, products
            HAVING COUNT(DISTINCT event_id) > 1
        ) AS r JOIN (
            SELECT account, event_name, source, COUNT(DISTINCT event_time) AS times, COUNT(*) AS events
            FROM accepted WHERE source <> 'tag' AND {_NOT_STEPS} GROUP BY account, event_name, source
        ) AS n ON n.account = r.account AND n.event_name = r.event_name AND n.source = r.source
        WHERE n.times >= {{threshold}} * n.events
        GROUP BY r.account, r.event_name, r.source
        HAVING SUM(r.ids - 1) >= {{least}}
    """,
    sentence="{source} sent {events} of {total} {name} again under another event_id: the same person, second and "
    "content; Pinterest counts each.",
    fix="Make the event_id once, where the event happens, and keep it with the event for every retry.",
    least=3,
    threshold=0.3,
    why="Nobody signs up three times within one second. Where most events have one event_time, as with a clock "
    "that stands still, a second tells nothing.",
)

IDS_NEVER_MATCH: Final = ObservationRule(
    name="event-ids-never-match",
    severity="error",
    effect="doubled",
    summary="The tag and the API send the same event_id for the same event.",
    query="""
        SELECT account, event_name, '' AS source, '' AS detail,
            CASE WHEN tag_alone < server_alone THEN tag_alone ELSE server_alone END AS events, 0 AS total,
            tag_example AS example, server_example AS other
        FROM sides
        WHERE (tag_order IS NULL OR server_order IS NULL) AND tag_alone > 0 AND server_alone > 0
            AND ((tag_alone = tags AND server_alone = servers)
                OR (tag_alone >= {least} AND server_alone >= {least}
                    AND tag_alone >= {threshold} * tags AND server_alone >= {threshold} * servers))
    """,
    sentence="The tag and the API report {name} under different event ids: {n} of them count twice.",
    fix="Make the event_id once, where the event happens, and hand it to both: the tag's call and the request "
    "of your server.",
    least=10,
    threshold=0.5,
    why="Where not one id is on both sides, the sides do not share ids. Where some are, half of both sides "
    "must be without a match: ad blockers explain a part of one side only. Events whose orders are known "
    "on both sides are judged by their orders instead.",
)

SAME_THING_OTHER_NAME: Final = ObservationRule(
    name="same-event-under-other-name",
    severity="error",
    effect="doubled",
    summary="The tag and the API call the same event by the same name.",
    query=f"""
        SELECT t.account, t.event_name, '' AS source, s.event_name AS detail, COUNT(*) AS events,
            0 AS total, MIN(t.tag_id) AS example, MIN(s.server_id) AS other
        FROM (SELECT * FROM by_order WHERE server_id IS NULL) AS t
        JOIN (SELECT * FROM by_order WHERE tag_id IS NULL) AS s
            ON s.account = t.account AND s.order_id = t.order_id AND s.event_name <> t.event_name
        LEFT JOIN names_of_server n ON n.account = t.account AND n.event_name = t.event_name
        LEFT JOIN names_of_tag m ON m.account = s.account AND m.event_name = s.event_name
        WHERE n.event_name IS NULL AND m.event_name IS NULL
        GROUP BY t.account, t.event_name, s.event_name
        HAVING COUNT(*) >= {{least}}
        UNION ALL
        SELECT t.account, t.event_name, '' AS source, s.event_name AS detail, COUNT(*) AS events,
            0 AS total, MIN(t.tag_id) AS example, MIN(s.server_id) AS other
        FROM by_id AS t
        JOIN by_id AS s ON s.account = t.account AND s.event_id = t.event_id AND s.event_name <> t.event_name
        JOIN sides AS a ON a.account = t.account AND a.event_name = t.event_name
        LEFT JOIN names_of_server n ON n.account = t.account AND n.event_name = t.event_name
        LEFT JOIN names_of_tag m ON m.account = s.account AND m.event_name = s.event_name
        WHERE t.tag_id IS NOT NULL AND s.server_id IS NOT NULL AND n.event_name IS NULL AND m.event_name IS NULL
            AND (t.tag_order IS NULL OR s.server_order IS NULL)
            AND t.event_name NOT IN {_STEPS} AND s.event_name NOT IN {_STEPS}
        GROUP BY t.account, t.event_name, s.event_name
        HAVING COUNT(*) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(a.tags)
    """,
    sentence="The tag reports {events} as {title} and the API the same ones as {detail}: each counts twice.",
    fix="Call the event by one name on both sides, Pinterest's own where there is one.",
    least=3,
    threshold=0.5,
    why="Three orders under two names, neither of which the other side uses, are not a coincidence. Without "
    "orders, half of the tag's ids must be the API's: counters on both sides may meet by chance. Steps "
    "are left out: one id may stand for all steps of a visit.",
)

RULES: Final = (
    ORDER_COUNTED_TWICE, OFFLINE_REPEATED, OFFLINE_COUNTED_ONLINE, RETRIED_UNDER_NEW_ID, ONE_SIDE_WITHOUT_ID,
    IDS_NEVER_MATCH, SAME_THING_OTHER_NAME,
)  # fmt: skip
