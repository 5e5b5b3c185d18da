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

RULES: Final = (CLICK_OF_OTHERS, CLICK_LOST)
