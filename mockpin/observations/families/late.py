"""Conversions that come again when Pinterest compares them no longer."""

from typing import Final

from mockpin.observations.rule import ObservationRule

AFTER_THE_WINDOW: Final = ObservationRule(
    name="order-reported-after-window",
    severity="error",
    effect="doubled",
    summary="The tag and the API report an order within the time in which Pinterest finds duplicates.",
    query="""
        SELECT account, event_name, '' AS source, '' AS detail, SUM(again) AS events, 0 AS total,
            MIN(first_id) AS example, MIN(last_id) AS other
        FROM (
            SELECT account, event_name, COUNT(*) - 1 AS again, MIN(id) AS first_id, MAX(id) AS last_id
            FROM accepted
            WHERE duplicate_of IS NULL AND arrival IS NOT NULL AND order_id IS NOT NULL
                AND event_id IN (SELECT event_id FROM by_id WHERE events > 1) AND action_source <> 'offline'
            GROUP BY event_id, order_id, event_name, account
            HAVING COUNT(*) > 1 AND MAX(arrival) - MIN(arrival) >= 3600
        ) AS orders
        GROUP BY account, event_name
        HAVING SUM(again) >= {least}
    """,
    sentence="{events} of {total} {name} report an order again, under the same event_id, after Pinterest's window for "
    "duplicates had closed; Pinterest counts each.",
    fix="Send each order within a day, and never again once it was accepted: look for an upload of the day before, or a "
    "queue that is replayed.",
    least=3,
    why="One order under one id is one order. Three are not a test of the window, and no window is shorter than an hour.",
)

RULES: Final = (AFTER_THE_WINDOW,)
