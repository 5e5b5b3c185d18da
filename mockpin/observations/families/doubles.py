"""Conversions that Pinterest counts twice, because nothing tells it that two events are one."""

from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import IS_ONCE, ONCE
from mockpin_validator.contract.names import OTHER_NAMES, fold

#: The same names and what other platforms call them, folded.
_MEANT: Final = (*map(fold, ONCE), *(other for other, name in OTHER_NAMES.items() if name in ONCE))


def _means_once(name: str) -> str:
    """A condition: a column's event name means something that happens once, in any platform's words."""
    folded = f"LOWER(REPLACE(REPLACE({name}, '_', ''), ' ', ''))"
    return f"{folded} IN ({', '.join(map(repr, _MEANT))})"


#: Seconds between two payments of a subscription that is paid each week, nearly; no retry takes so long.
_WEEKLY: Final = 6 * 86_400


def _differs(column: str) -> str:
    """1 where a column and that of the report before are known and differ, -1 where they agree, 0 otherwise."""
    return f"(CASE WHEN {column} <> LAG({column}) OVER w THEN 1 WHEN {column} = LAG({column}) OVER w THEN -1 ELSE 0 END)"


#: A condition: two reports with one order_id are of two shops that count their orders alike. Nothing that both
#: know agrees: neither the person nor the page, nor the value within ten minutes; and the time does not
#: where one of the three is unknown.
_OTHER_ORDER: Final = f"""
    {_differs("em")} >= 0 AND {_differs("page")} >= 0
    AND ({_differs("value")} >= 0 OR came - LAG(came) OVER w > 600)
    AND {_differs("em")} + {_differs("page")} + ABS({_differs("value")})
        >= CASE WHEN came - LAG(came) OVER w > 60 THEN 2 ELSE 3 END
"""
ORDER_COUNTED_TWICE: Final = ObservationRule(
    name="order-counted-twice",
    severity="error",
    effect="doubled",
    summary="All reports of one order under one event name have one event_id.",
    query=f"""
        SELECT account, event_name, '' AS source, '' AS detail, SUM(again) AS events, 0 AS total,
            MIN(earlier) FILTER (WHERE again = 1) AS example,
            MIN(first_id) FILTER (WHERE again = 1) AS other
        FROM (
            SELECT account, event_name, order_id, first_id, LAG(first_id) OVER w AS earlier,
                CASE WHEN came - LAG(came) OVER w < {_WEEKLY} AND NOT ({_OTHER_ORDER}) THEN 1 ELSE 0 END AS again
            FROM (
                SELECT o.account, o.event_name, o.order_id, MIN(e.id) AS first_id,
                    COALESCE(MIN(e.event_time), 0) AS came, MIN(e.em) AS em, MIN(e.value) AS value,
                    MIN(e.page) AS page
                FROM accepted AS e CROSS JOIN (
                    SELECT DISTINCT account, event_name, order_id FROM by_order
                    WHERE ids BETWEEN 2 AND 10 AND people < 2 AND {IS_ONCE}
                ) AS o
                WHERE e.account = o.account AND e.event_name = o.event_name AND e.order_id = o.order_id
                    AND e.action_source <> 'offline'
                GROUP BY o.account, o.event_name, o.order_id, e.event_id,
                    CASE WHEN e.event_id IS NULL THEN e.id END
            ) AS ids_of_order
            WINDOW w AS (PARTITION BY account, event_name, order_id ORDER BY came, first_id)
        ) AS ordered
        GROUP BY account, event_name, order_id
        HAVING SUM(again) > 0
    """,
    sentence="{events} of {total} {name} report an order again under another event_id; Pinterest counts each.",
    fix="Derive the event_id from the order, so that the tag, the API, a retry and a reload of the page all "
    "send the same one.",
    why=f"One order under two ids is proof for what happens once for an order: {', '.join(ONCE)}. An order id "
    "of over ten ids, or of several people, is a constant or a reused number, which other rules name. An id "
    "that comes six days or more after the one before is another payment, as of a subscription. Reports that agree "
    "in neither person, page nor value are orders of two shops that count alike.",
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
            AND (COUNT(DISTINCT event_id) < 2 OR COALESCE(MAX(event_time) - MIN(event_time), 0) < 43200)
    """,
    sentence="{events} of {total} {name} are offline events that came again after they were accepted; "
    "Pinterest counts each.",
    fix="Remember which offline events were accepted, and never send those again.",
    why="The same order or id of the same person and value is the same sale; under other ids and half a day later it is "
    "another one, as the numbers of a till may begin anew each day.",
)

ONE_SIDE_WITHOUT_ID: Final = ObservationRule(
    name="event-id-missing-on-one-side",
    severity="error",
    effect="doubled",
    summary="Where the tag and the API report the same event name, both give every event its event_id.",
    query="""
        SELECT account, event_name,
            CASE WHEN COUNT(*) FILTER (WHERE side = 'tag' AND event_id IS NULL) > 0
                THEN 'tag' ELSE 'api' END AS source,
            '' AS detail, COUNT(*) FILTER (WHERE event_id IS NULL) AS events, 0 AS total,
            MIN(id) FILTER (WHERE event_id IS NULL) AS example,
            MAX(id) FILTER (WHERE event_id IS NULL) AS other
        FROM accepted
        WHERE EXISTS (SELECT 1 FROM names WHERE source = 'tag') AND action_source = 'web' AND duplicate_of IS NULL
            AND event_name IN (SELECT event_name FROM accepted WHERE event_id IS NULL)
        GROUP BY account, event_name
        HAVING MIN(side) < MAX(side) AND COUNT(*) FILTER (WHERE event_id IS NULL) >= {least}
    """,
    sentence="{source} sent {events} of {total} {name} without an event_id while the other side reports them, "
    "too; Pinterest counts them twice.",
    fix="Give the tag's call the event_id that the API sends for the same event: pintrk('track', NAME, "
    "{{event_id: ...}}). If the same side sends the event with an id as well, remove the call without one: the snippet's "
    "pintrk('page'), or a stray call on each page.",
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


def _met(column: str) -> str:
    """How many values of a column the tag, the server, and both of them sent to each ad account."""
    return f"""
        SELECT account, SUM(of_tag) AS tags, SUM(of_server) AS servers, SUM(of_tag * of_server) AS shared
        FROM (
            SELECT account, MAX(CASE WHEN side = 'tag' THEN 1 ELSE 0 END) AS of_tag,
                MAX(CASE WHEN side = 'server' THEN 1 ELSE 0 END) AS of_server
            FROM accepted WHERE {column} IS NOT NULL AND action_source = 'web' GROUP BY {column}, account
        ) AS held GROUP BY account
    """


#: How many of the tag's events the server reports within five seconds in the same words, and those with a value.
_COINCIDING: Final = """
    SELECT account, SUM(meets) AS shared, COUNT(*) FILTER (WHERE side = 'tag') AS tags,
        COUNT(*) FILTER (WHERE side = 'server') AS servers,
        SUM(CASE WHEN value IS NOT NULL THEN meets ELSE 0 END) AS shared_values,
        COUNT(*) FILTER (WHERE side = 'tag' AND value IS NOT NULL) AS tag_values,
        COUNT(*) FILTER (WHERE side = 'server' AND value IS NOT NULL) AS server_values
    FROM (
        SELECT account, side, value, CASE WHEN side = 'tag' AND (
                (LAG(side) OVER w = 'server' AND event_time - LAG(event_time) OVER w <= 5)
                OR (LEAD(side) OVER w = 'server' AND LEAD(event_time) OVER w <= event_time + 5))
            THEN 1 ELSE 0 END AS meets
        FROM accepted WHERE action_source = 'web'
        WINDOW w AS (PARTITION BY event_name, value, account ORDER BY event_time, id)
    ) AS told GROUP BY account
"""


def _apart(met: str, least: int) -> str:
    """A condition: both sides know so many values of what `_met` counts, and hardly share any."""
    return f"({met}.tags >= {least} AND {met}.servers >= {least} AND {_hardly_shared(met)})"


def _hardly_shared(met: str) -> str:
    return f"10 * {met}.shared <= {met}.tags AND 10 * {met}.shared <= {met}.servers"


#: Ad accounts of two shops, one with a tag and one with a server: the sides share neither people nor pages, as far
#: as both know them, and do not see the same things at the same time.
_OF_TWO_SHOPS: Final = f"""
    SELECT c.account FROM ({_COINCIDING}) AS c
    LEFT JOIN ({_met("em")}) AS e ON e.account = c.account
    LEFT JOIN ({_met("page")}) AS p ON p.account = c.account
    WHERE (({_apart("e", 3)} AND COALESCE({_hardly_shared("p")}, 1 = 1))
            OR ({_apart("p", 5)} AND COALESCE({_hardly_shared("e")}, 1 = 1)))
        AND CASE WHEN c.tag_values >= 5 AND c.server_values >= 5
            THEN 2 * c.shared_values < c.tag_values AND 2 * c.shared_values < c.server_values
            ELSE 2 * c.shared < c.tags AND 2 * c.shared < c.servers END
"""
IDS_NEVER_MATCH: Final = ObservationRule(
    name="event-ids-never-match",
    severity="error",
    effect="doubled",
    summary="The tag and the API send the same event_id for the same event.",
    query=f"""
        SELECT account, event_name, '' AS source, '' AS detail,
            CASE WHEN tag_alone < server_alone THEN tag_alone ELSE server_alone END AS events, 0 AS total,
            tag_example AS example, server_example AS other
        FROM sides
        WHERE (tag_orders = 0 OR server_orders = 0 OR NOT {IS_ONCE} OR (
                tags >= 3 AND servers >= 3 AND NOT EXISTS (
                    SELECT 1 FROM by_order AS b
                    WHERE b.account = sides.account AND b.event_name = sides.event_name
                        AND b.tag_id IS NOT NULL AND b.server_id IS NOT NULL)))
            AND tag_alone > 0 AND server_alone > 0
            AND ((tag_alone = tags AND server_alone = servers)
                OR (tag_alone >= {{least}} AND server_alone >= {{least}}
                    AND tag_alone >= {{threshold}} * tags AND server_alone >= {{threshold}} * servers))
            AND account NOT IN ({_OF_TWO_SHOPS})
        UNION ALL
        SELECT account, event_name, '' AS source, '' AS detail, SUM(meets) AS events, 0 AS total,
            MIN(earlier) FILTER (WHERE meets = 1) AS example, MIN(id) FILTER (WHERE meets = 1) AS other
        FROM (
            SELECT e.account, e.event_name, e.id, e.em, s.tags, LAG(e.id) OVER w AS earlier,
                CASE WHEN e.side <> LAG(e.side) OVER w AND e.event_time - LAG(e.event_time) OVER w <= 10
                    THEN 1 ELSE 0 END AS meets
            FROM sides AS s JOIN by_id AS b ON b.account = s.account AND b.event_name = s.event_name
            JOIN accepted AS e ON e.id = b.first_id
            WHERE s.tag_orders = 0 AND s.tag_alone >= {{least}} AND s.server_alone >= {{least}}
                AND (s.tag_alone < {{threshold}} * s.tags OR s.server_alone < {{threshold}} * s.servers)
                AND b.web = 1 AND (b.tag_id IS NULL OR b.server_id IS NULL)
                AND e.em IS NOT NULL AND e.page IS NOT NULL
            WINDOW w AS (PARTITION BY e.em, e.page, e.event_name, e.account ORDER BY e.event_time, e.id)
        ) AS alone
        GROUP BY account, event_name
        HAVING COUNT(DISTINCT em) FILTER (WHERE meets = 1) >= {{least}} AND 5 * SUM(meets) >= MAX(tags)
    """,
    sentence="The tag and the API report {name} under different event ids: {n} of them count twice.",
    fix="Make the event_id once, where the event happens, and hand it to both: the tag's call and the request "
    "of your server.",
    least=10,
    threshold=0.5,
    why="Where not one id is on both sides, the sides do not share ids. Where some are, half of both sides "
    "must be without a match: ad blockers explain a part of one side only. A fifth is enough where ten people each "
    "did the same on one page within ten seconds, seen by the tag and by the API apart. What happens once for an order "
    "is judged by its orders instead, where both sides know them and share any. Sides that share one in ten neither of "
    "their people nor of their pages, nor report half of their values within five seconds, are two shops.",
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
            AND {_means_once("t.event_name")} AND {_means_once("s.event_name")}
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
        WHERE EXISTS (
                SELECT 1 FROM names_of_tag AS o LEFT JOIN names_of_server AS r
                    ON r.account = o.account AND r.event_name = o.event_name
                WHERE r.event_name IS NULL)
            AND t.tag_id IS NOT NULL AND s.server_id IS NOT NULL AND n.event_name IS NULL AND m.event_name IS NULL
            AND (t.tag_orders = 0 OR s.server_orders = 0)
            AND {_means_once("t.event_name")} AND {_means_once("s.event_name")}
        GROUP BY t.account, t.event_name, s.event_name
        HAVING COUNT(*) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(a.tags)
    """,
    sentence="The tag reports {events} as {title} and the API the same ones as {detail}: each counts twice.",
    fix="Call the event by one name on both sides, Pinterest's own where there is one.",
    least=3,
    threshold=0.5,
    why="Three orders under two names, neither of which the other side uses, are not a coincidence. Without "
    "orders, half of the tag's ids must be the API's: counters on both sides may meet by chance. Both names "
    "must mean what happens once: one id may stand for all steps of a visit, and a shop's own events may "
    "follow an order.",
)

RULES: Final = (
    ORDER_COUNTED_TWICE, OFFLINE_REPEATED, OFFLINE_COUNTED_ONLINE, ONE_SIDE_WITHOUT_ID, IDS_NEVER_MATCH,
    SAME_THING_OTHER_NAME,
)  # fmt: skip
