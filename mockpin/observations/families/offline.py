"""Offline orders: Pinterest deduplicates none of them, and knows their buyers by match keys alone."""

from functools import reduce
from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import IS_ONCE, ONCE

#: From when on another id of one order says more than that an import came twice, and when it is another payment.
_HALF_A_DAY, _SIX_DAYS = 43_200, 6 * 86_400
REPORTED_AGAIN: Final = ObservationRule(
    name="offline-order-reported-again",
    severity="error",
    effect="doubled",
    summary="An offline order or lead is reported once, not again on each day or in each stage.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, SUM(again) AS events, COUNT(*) AS total,
            MIN(earlier) FILTER (WHERE again = 1) AS example, MIN(id) FILTER (WHERE again = 1) AS other
        FROM (
            SELECT account, event_name, source, id, em, LAG(id) OVER w AS earlier,
                CASE WHEN event_id <> LAG(event_id) OVER w AND COALESCE(value, 0) = COALESCE(LAG(value) OVER w, 0)
                    AND event_time - LAG(event_time) OVER w >= {_HALF_A_DAY}
                    AND event_time - LAG(event_time) OVER w < {_SIX_DAYS} THEN 1 ELSE 0 END AS again
            FROM accepted
            WHERE action_source = 'offline' AND {IS_ONCE} AND order_id IS NOT NULL AND em IS NOT NULL
            WINDOW w AS (PARTITION BY order_id, em, event_name, source, account ORDER BY event_time, id)
        ) AS told
        GROUP BY account, event_name, source
        HAVING COUNT(DISTINCT em) FILTER (WHERE again = 1) >= {{least}} AND SUM(again) >= {{threshold}} * COUNT(*)
    """,
    sentence="{events} of {total} offline {name} of {source} report an order_id again, of the same person and value, half "
    "a day to six days later under another event_id; Pinterest counts each.",
    fix="Report an order or a lead once, when it is placed: not each night while it is open, nor in each stage of a CRM. "
    "Derive the event_id from the order_id, and remember which were accepted.",
    least=5,
    threshold=0.1,
    why=f"What happens once for an order ({', '.join(ONCE)}) does not happen to the same five people under the same "
    "numbers again within days, even where the numbers of a till begin anew each day. After six days it may be another "
    "payment, as of a subscription.",
)

IN_PARTS: Final = ObservationRule(
    name="offline-order-in-parts",
    severity="warning",
    effect="doubled",
    summary="An offline order is one event, not one for each of its lines.",
    query="""
        SELECT account, 'checkout' AS event_name, source, '' AS detail,
            SUM(CASE WHEN lines > 1 THEN lines - 1 ELSE 0 END) AS events, SUM(events) AS total,
            MIN(first_id) FILTER (WHERE lines > 1) AS example, MIN(last_id) FILTER (WHERE lines > 1) AS other
        FROM (
            SELECT account, source, COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id,
                CASE WHEN COUNT(DISTINCT products) = COUNT(*) AND COUNT(DISTINCT event_id) = COUNT(*)
                    AND COUNT(em) = COUNT(*) AND COUNT(DISTINCT em) = 1 AND MIN(event_time) = MAX(event_time)
                    THEN COUNT(*) ELSE 0 END AS lines
            FROM accepted WHERE action_source = 'offline' AND event_name = 'checkout' AND order_id IS NOT NULL
            GROUP BY order_id, source, account
        ) AS orders
        GROUP BY account, source
        HAVING COUNT(*) FILTER (WHERE lines > 1) >= {least}
            AND COUNT(*) FILTER (WHERE lines > 1) >= {threshold} * COUNT(*)
    """,
    sentence="{events} of {total} offline {name} of {source} are further lines of an order that another event "
    "reports: one order_id, person and time, and other products. Pinterest counts each as an order.",
    fix="Send one event for each order, with its lines as contents and their sum as value.",
    least=5,
    threshold=0.1,
    why="Receipt numbers may begin anew each day and in each shop: five orders, and a tenth of all, whose events agree "
    "in person and second are lines of one.",
)

#: What a longer number has before the shorter one, and whether that holds no digit but 0.
_LONGER: Final = "LENGTH(order_id) - LENGTH(number_before)"
_BEFORE: Final = f"SUBSTR(order_id, 1, {_LONGER})"
_WITHOUT_DIGITS: Final = reduce(lambda text, digit: f"REPLACE({text}, '{digit}', '')", "123456789", _BEFORE)
RENUMBERED: Final = ObservationRule(
    name="offline-order-under-other-number",
    severity="error",
    effect="doubled",
    summary="An offline order has one spelling of its number in all imports.",
    query=f"""
        SELECT account, 'checkout' AS event_name, source, '' AS detail, COUNT(*) AS events, 0 AS total,
            MIN(earlier) AS example, MIN(id) AS other
        FROM (
            SELECT account, source, id, em, order_id, LAG(order_id) OVER w AS number_before, LAG(id) OVER w AS earlier
            FROM accepted
            WHERE action_source = 'offline' AND event_name = 'checkout' AND em IS NOT NULL AND order_id IS NOT NULL
                AND value IS NOT NULL
            WINDOW w AS (PARTITION BY em, event_time, value, products, source, account ORDER BY LENGTH(order_id), id)
        ) AS numbered
        WHERE {_LONGER} > 0 AND SUBSTR(order_id, {_LONGER} + 1) = number_before AND {_WITHOUT_DIGITS} = {_BEFORE}
        GROUP BY account, source
        HAVING COUNT(DISTINCT em) >= {{least}}
    """,
    sentence="{events} of {total} offline {name} of {source} are an order that came under another spelling of its number, "
    "such as without its leading zeros: the same person, second, value and products. Pinterest counts each.",
    fix="Read order numbers as text, not as numbers, and remember which orders were accepted.",
    least=3,
    why="The numbers differ in zeros or in letters and signs before them. Three people do not each order the same twice "
    "in one second under such numbers.",
)


def _most_bought(key: str, other: str) -> str:
    """The value of a match key that most offline orders have; `other` is a key that tells its people apart."""
    return f"""
        SELECT account, 'checkout' AS event_name, source, '' AS detail, orders AS events, total, example, other
        FROM (
            SELECT account, source, COUNT(*) AS orders, COUNT(DISTINCT {other}) AS ids, MIN(id) AS example,
                MAX(id) AS other, SUM(COUNT(*)) OVER (PARTITION BY account, source) AS total,
                COUNT(*) OVER (PARTITION BY account, source) AS people,
                ROW_NUMBER() OVER (PARTITION BY account, source ORDER BY COUNT(*) DESC, {key}) AS place,
                LEAD(COUNT(*)) OVER (PARTITION BY account, source ORDER BY COUNT(*) DESC, {key}) AS next_most
            FROM accepted WHERE action_source = 'offline' AND event_name = 'checkout' AND {key} IS NOT NULL
            GROUP BY {key}, source, account
        ) AS buyers
        WHERE place = 1 AND orders >= {{least}} AND orders >= {{threshold}} * total
            AND orders >= 10 * COALESCE(next_most, 1)
            AND (ids >= {{least}} OR (people >= {{least}} AND ids < 2))
    """


ONE_ADDRESS: Final = ObservationRule(
    name="offline-email-of-many-people",
    severity="warning",
    effect="wrong",
    summary="An offline order has the address of whoever bought, not that of the shop or its staff.",
    query=_most_bought("em", "external_id"),
    sentence="{events} of {total} offline {name} of {source} have one hashed e-mail address, ten times as many as any other "
    "buyer has.",
    fix="Leave em out where you do not know the buyer; a placeholder, the shop's or an assistant's address matches nobody.",
    least=20,
    threshold=0.1,
    why="A wholesaler may have one large customer among a few. Where each of twenty other buyers has less than a tenth as many "
    "orders, it is a placeholder, unless a few customer numbers share it; and so it is where twenty do.",
)

ONE_CUSTOMER: Final = ObservationRule(
    name="offline-customer-of-many-people",
    severity="warning",
    effect="wrong",
    summary="An offline order has the customer's number as external_id, not that of a till's customer for all.",
    query=_most_bought("external_id", "em"),
    sentence="{events} of {total} offline {name} of {source} have one external_id, ten times as many as any other buyer "
    "has.",
    fix="Leave external_id out where you do not know the buyer; the number of a customer such as WALK-IN matches nobody.",
    least=20,
    threshold=0.1,
    why="Twenty e-mail addresses are not one customer. Where none or one is known, each of twenty other buyers has less "
    "than a tenth as many orders.",
)


def _beside(neighbour: str) -> str:
    """A condition: the order before or after in time is an online one of the same value and products, under another number."""
    return f"""({neighbour}(action_source) OVER w <> 'offline' AND ABS(event_time - {neighbour}(event_time) OVER w) <= 3600
                    AND COALESCE(products = {neighbour}(products) OVER w, 1 = 1)
                    AND COALESCE(order_id, '') <> COALESCE({neighbour}(order_id) OVER w, ''))"""


ONLINE_TOO: Final = ObservationRule(
    name="offline-order-of-the-web-under-other-number",
    severity="error",
    effect="doubled",
    summary="Orders of the web are not uploaded as offline ones under the numbers of another system.",
    query=f"""
        SELECT account, 'checkout' AS event_name, source, '' AS detail, SUM(again) AS events, COUNT(*) AS total,
            MIN(id) FILTER (WHERE again = 1) AS example, MAX(id) FILTER (WHERE again = 1) AS other
        FROM (
            SELECT account, source, id, em, action_source,
                CASE WHEN {_beside("LAG")} OR {_beside("LEAD")} THEN 1 ELSE 0 END AS again
            FROM accepted
            WHERE EXISTS (SELECT 1 FROM accepted WHERE action_source = 'offline')
                AND event_name = 'checkout' AND em IS NOT NULL AND value > 0
            WINDOW w AS (PARTITION BY em, value, account ORDER BY event_time, id)
        ) AS told
        WHERE action_source = 'offline'
        GROUP BY account, source
        HAVING COUNT(DISTINCT em) FILTER (WHERE again = 1) >= {{least}} AND SUM(again) >= {{threshold}} * COUNT(*)
    """,
    sentence="{n} of {total} offline {name} of {source} are of a person who ordered for the same value on the web or in an "
    "app within the hour, under another order_id; Pinterest counts both.",
    fix="Leave web orders out of offline uploads: an accounting or stock system gives them numbers of its own.",
    least=5,
    threshold=0.1,
    why="Five people, and a tenth of all, do not each pay the same amount in a shop and on its site within an hour.",
)

RULES: Final = (REPORTED_AGAIN, IN_PARTS, RENUMBERED, ONE_ADDRESS, ONE_CUSTOMER, ONLINE_TOO)
