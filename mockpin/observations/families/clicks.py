"""Click ids that are lost, or that are of other people."""

from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import BROWSES

CLICK_OF_OTHERS: Final = ObservationRule(
    name="click-id-of-several-people",
    severity="warning",
    effect="wrong",
    summary="A click_id belongs to one visitor.",
    query="""
        SELECT account, '' AS event_name, source, '' AS detail,
            SUM(CASE WHEN people >= 3 THEN known ELSE 0 END) AS events, SUM(known) AS total,
            MIN(first_known) FILTER (WHERE people >= 3) AS example,
            MIN(last_known) FILTER (WHERE people >= 3) AS other
        FROM clicks WHERE known > 0 AND EXISTS (SELECT 1 FROM clicks WHERE people >= 3)
        GROUP BY account, source
        HAVING COUNT(*) FILTER (WHERE people >= 3) >= {least}
            AND COUNT(*) FILTER (WHERE people >= 3) >= {threshold} * COUNT(*)
    """,
    sentence="{source} sends click ids of other visitors: {n} of {total} events of known people have one that three or "
    "more people share.",
    fix="Read click_id in each request anew; a variable of the process keeps that of an earlier visitor.",
    least=5,
    threshold=0.3,
    why="A shared computer or a link that was passed on gives some people one click_id; five such ids, and a third of "
    "all, are left over from one request to the next.",
)

CLICK_LOST: Final = ObservationRule(
    name="click-id-lost-at-checkout",
    severity="warning",
    effect="wrong",
    summary="A checkout has the click_id of the visit in which it was placed.",
    query=f"""
        SELECT account, 'checkout' AS event_name, source, '' AS detail,
            SUM(CASE WHEN kept = 0 THEN orders ELSE 0 END) AS events, SUM(orders) AS total,
            MIN(ordered) FILTER (WHERE kept = 0) AS example, MIN(clicked) FILTER (WHERE kept = 0) AS other
        FROM (
            SELECT account, source, COUNT(*) FILTER (WHERE event_name = 'checkout') AS orders,
                MAX(CASE WHEN event_name = 'checkout' AND click_id IS NOT NULL THEN 1 ELSE 0 END) AS kept,
                MIN(id) FILTER (WHERE event_name = 'checkout') AS ordered,
                MIN(id) FILTER (WHERE {BROWSES} AND click_id IS NOT NULL) AS clicked
            FROM accepted
            WHERE EXISTS (SELECT 1 FROM names WHERE {BROWSES} AND source <> 'tag')
                AND source <> 'tag' AND action_source = 'web' AND ip IS NOT NULL AND user_agent IS NOT NULL
                AND (event_name = 'checkout' OR {BROWSES})
            GROUP BY ip, user_agent, ROUND(event_time / 3600.0), source, account
        ) AS visits
        WHERE ordered IS NOT NULL AND clicked IS NOT NULL
        GROUP BY account, source
        HAVING COUNT(*) >= {{least}} AND SUM(1 - kept) >= {{threshold}} * COUNT(*)
    """,
    sentence="{n} of {total} checkouts of {source} lack the click_id that the same browser's visit had within the "
    "hour: Pinterest cannot attribute them to the click.",
    fix="Keep the epik parameter of the landing page, or the _epik cookie, with the cart, and send it as click_id.",
    least=5,
    threshold=0.9,
    why="Some people clear their cookies on the way; nine in ten of five visits do not.",
    source="Pinterest's OpenAPI 5.23 on click_id",
)

#: A condition: the URL or the tag's own data of an event tells of a click.
_TELLS_CLICK: Final = "(clicked = 1 OR click_id IS NOT NULL)"
CLICK_NOT_SENT: Final = ObservationRule(
    name="click-id-not-sent",
    severity="warning",
    effect="wrong",
    summary="The API sends the click_id of a visitor whom a click on Pinterest has led to the site.",
    query=f"""
        SELECT account, '' AS event_name, source, '' AS detail, SUM(CASE WHEN kept = 0 THEN events ELSE 0 END) AS events,
            SUM(events) AS total, MIN(first_id) FILTER (WHERE kept = 0) AS example,
            MAX(last_id) FILTER (WHERE kept = 0) AS other
        FROM (
            SELECT account, source, SUM(came) AS events, MAX(sent) AS kept, MIN(id) FILTER (WHERE came = 1) AS first_id,
                MAX(id) FILTER (WHERE came = 1) AS last_id
            FROM (
                SELECT e.account, e.source, e.id, e.ip, e.em, e.external_id, e.user_agent,
                    CASE WHEN e.click_id IS NULL THEN 0 ELSE 1 END AS sent,
                    CASE WHEN e.clicked = 1 OR t.event_id IS NOT NULL OR p.em IS NOT NULL THEN 1 ELSE 0 END AS came
                FROM accepted AS e LEFT JOIN (
                    SELECT DISTINCT account, event_name, event_id FROM accepted
                    WHERE source = 'tag' AND event_id IS NOT NULL AND {_TELLS_CLICK}
                ) AS t ON t.account = e.account AND t.event_name = e.event_name AND t.event_id = e.event_id
                LEFT JOIN (
                    SELECT account, em, MIN(event_time) AS since FROM accepted
                    WHERE source = 'tag' AND em IS NOT NULL AND {_TELLS_CLICK} GROUP BY em, account
                ) AS p ON p.account = e.account AND p.em = e.em
                    AND e.event_time >= p.since - 60 AND e.event_time <= p.since + 3600
                WHERE EXISTS (SELECT 1 FROM accepted WHERE clicked = 1 OR (source = 'tag' AND click_id IS NOT NULL))
                    AND e.source = 'api' AND e.action_source = 'web'
            ) AS told
            GROUP BY COALESCE(ip, em, external_id), user_agent, source, account
        ) AS visitors
        WHERE events > 0
        GROUP BY account, source
        HAVING COUNT(*) - SUM(kept) >= {{least}} AND COUNT(*) - SUM(kept) >= {{threshold}} * COUNT(*)
    """,
    sentence="{n} of {total} events of {source} that came from a click on Pinterest, as epik in the page's URL or the tag "
    "tells, are of visitors without any click_id: Pinterest cannot attribute them to the click.",
    fix="Read the epik parameter of the landing page, or the _epik cookie, and send it as click_id with each event of "
    "the visitor.",
    least=5,
    threshold=0.9,
    why="Some visitors refuse cookies, or come back on another device; nine in ten of five do not. A server that reads the "
    "cookie alone, and so misses the first page, sends a click_id later in the visit. Segment's destination sends none "
    "unless its mapping is changed, which click-id-missing tells.",
    source="Pinterest's OpenAPI 5.23 on click_id",
)

RULES: Final = (CLICK_OF_OTHERS, CLICK_LOST, CLICK_NOT_SENT)
