"""Conversions that come again when Pinterest compares them no longer."""

from dataclasses import replace
from typing import Final

from mockpin.observations.rule import ObservationRule


def _counted_again(condition: str) -> str:
    """Events that Pinterest counts again though they came under one name and id, where a condition on these holds."""
    return f"""
        SELECT account, event_name, '' AS source, '' AS detail, SUM(counted - 1) AS events, 0 AS total,
            MIN(first_id) AS example, MIN(last_id) AS other
        FROM by_id WHERE counted > 1 AND event_id NOT LIKE '%<masked %' AND {condition}
        GROUP BY account, event_name
        HAVING SUM(counted - 1) >= {{least}}
    """


#: A condition: all events of an id are about one order.
_ONE_ORDER: Final = "least_order = most_order AND tag_orders + server_orders = events"
AFTER_THE_WINDOW: Final = ObservationRule(
    name="order-reported-after-window",
    severity="error",
    effect="doubled",
    summary="The tag and the API report an order within the time in which Pinterest finds duplicates.",
    query=_counted_again(f"apart >= 3600 AND {_ONE_ORDER}"),
    sentence="{events} of {total} {name} report an order again, under the same event_id, after Pinterest's window for "
    "duplicates had closed; Pinterest counts each.",
    fix="Send each order within a day, and never again once it was accepted: look for an upload of the day before, or a "
    "queue that is replayed.",
    least=3,
    why="One order under one id is one order. Three are not a test of the window, and no window is shorter than an hour.",
)

EVENT_AFTER_THE_WINDOW: Final = replace(
    AFTER_THE_WINDOW,
    name="event-reported-after-window",
    severity="warning",
    summary="The tag and the API report an event within the time in which Pinterest finds duplicates.",
    query=_counted_again("apart > 0"),
    sentence="{events} of {total} {name} arrived after the window of their counterpart had closed: both are counted.",
    fix="Send each event within a day, and never again once it was accepted; or give what happens again an event_id of its "
    "own.",
    least=1,
    why="An event without an order may have an id that somebody used for another one, and a test may wait for the window to "
    "close: it is told, and does not prove a mistake.",
    explained_by=(AFTER_THE_WINDOW.name,),
)

RULES: Final = (AFTER_THE_WINDOW, EVENT_AFTER_THE_WINDOW)
