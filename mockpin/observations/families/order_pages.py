"""Orders whose own page reports them again, told where the events name no order."""

from typing import Final

from mockpin.observations.families.repeats import IDS
from mockpin.observations.rule import ObservationRule

PAGE_OF_ORDER_AGAIN: Final = ObservationRule(
    name="order-page-reported-again",
    severity="error",
    effect="doubled",
    summary="A page that shows one order reports it once, however often it is opened.",
    query=f"""
        SELECT account, 'checkout' AS event_name, CASE WHEN side = 'tag' THEN 'tag' ELSE '' END AS source,
            side AS detail, SUM(ids - 1) AS events, SUM(events) AS total,
            MIN(first_id) FILTER (WHERE ids > 1) AS example, MIN(last_id) FILTER (WHERE ids > 1) AS other
        FROM (
            SELECT account, side, url, COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id, {IDS} AS ids
            FROM accepted
            WHERE event_name = 'checkout' AND action_source = 'web' AND order_id IS NULL AND url IS NOT NULL
                AND value IS NOT NULL
            GROUP BY url, value, products, em, side, account
        ) AS pages
        GROUP BY account, side
        HAVING COUNT(*) FILTER (WHERE ids > 1) >= {{least}}
            AND SUM(ids - 1) >= {{threshold}} * SUM(ids)
            AND COUNT(DISTINCT url) >= 10 AND 10 * COUNT(DISTINCT url) >= 9 * COUNT(*)
    """,
    sentence="{events} of {total} {name} of the {detail} come from a page that reported the same order before, not "
    "under the same event_id; Pinterest counts each.",
    fix="Derive the event_id from the order, so that a reload of the thanks page or a tag that fires twice sends the "
    "same one, and send the order_id.",
    least=3,
    threshold=0.03,
    why="Where nine in ten orders have a page of their own, the same page with the same person, value and products is "
    "the same order. Three such pages, and a thirtieth of all orders, are not chance.",
)

RULES: Final = (PAGE_OF_ORDER_AGAIN,)
