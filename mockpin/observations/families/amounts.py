"""Values that are wrong on a part of the events, which no single event can tell."""

from typing import Final

from mockpin.observations.rule import ObservationRule

SOURCE: Final = (
    "Pinterest's OpenAPI 5.23 on value: in the currency's unit; avoid zero and unusually high values"
)

#: The scale of a value that counts no quantity, or of products whose prices count theirs already. Half of the price
#: for two pieces may be a discount, a third for three is not, nor a sixth, seventh or ninth.
BY_NUMBER: Final = "what its products cost divided by their number"
#: What the value is, measured by what the products cost -> the condition. Tax and shipping may be in it.
SCALES: Final = {
    "100 times what its products cost": "e.worth >= 1 AND e.value BETWEEN 90 * e.worth AND 130 * e.worth",
    "a thousandth of what its products cost": "e.worth >= 1000 AND ABS(1000 * e.value - e.worth) <= 0.01 * e.worth",
    "what its products cost times their number": "e.pieces BETWEEN 2 AND 90 AND e.worth > 0"
    " AND ABS(e.value - e.pieces * e.worth) <= 0.001 * e.worth",
    "10 times what its products cost": "ABS(e.value - 10 * e.worth) <= 0.001 * e.worth",
    BY_NUMBER: "e.pieces IN (2, 3, 6, 7, 9) AND ABS(e.pieces * e.value - e.worth) <= 0.001 * e.worth",
}
#: A condition on an event of any of these scales, which most others do not meet.
_IS_FAR: Final = "(e.value > 1.9 * e.worth OR e.value < 0.6 * e.worth)"
_CASES: Final = " ".join(f"WHEN {holds} THEN '{scale}'" for scale, holds in SCALES.items())
_SCALE: Final = f"CASE {_CASES} END"
#: The lowest value of as many pieces of the same products, where another value is forty times as high.
_FORTYFOLD: Final = """
    SELECT account, currency, products, COALESCE(pieces, 0) AS number, MIN(value) AS lowest
    FROM accepted
    WHERE (SELECT MAX(value) >= 40 * MIN(value) FROM accepted WHERE value > 0)
        AND value > 0 AND currency IS NOT NULL AND products IS NOT NULL
    GROUP BY products, COALESCE(pieces, 0), currency, account
    HAVING MAX(value) >= 40 * MIN(value)
"""
#: A condition: of the values that are forty times apart, this is a higher one.
_IS_HIGHER: Final = "e.value >= 40 * p.lowest"
#: A condition: the higher values are the fewer ones, or all that a source has, so that they are wrong.
_ARE_FEW: Final = "(2 * higher <= events OR higher = events)"
WRONG_SCALE: Final = ObservationRule(
    name="value-of-wrong-scale",
    severity="warning",
    effect="wrong",
    summary="The value is in the currency's unit, not in cents, and each price and quantity counts once.",
    query=f"""
        SELECT c.account, c.event_name, c.source, c.scale AS detail, c.events, n.events AS total, c.example, c.other
        FROM (
            SELECT account, event_name, source, scale, COUNT(*) AS events, COUNT(DISTINCT pieces) AS numbers,
                COUNT(*) FILTER (WHERE pieces > 2) AS many, MIN(id) AS example, MAX(id) AS other
            FROM (
                SELECT e.account, e.event_name, e.source, e.id, e.pieces, {_SCALE} AS scale
                FROM accepted AS e
                WHERE e.value > 0 AND e.worth > 0 AND {_IS_FAR} AND e.duplicate_of IS NULL
            ) AS measured WHERE scale IS NOT NULL
            GROUP BY account, event_name, source, scale
        ) AS c JOIN names AS n ON n.account = c.account AND n.event_name = c.event_name AND n.source = c.source
        WHERE (c.events >= {{least}} OR (c.events > 1 AND c.events = n.events AND c.scale LIKE '100 times%'))
            AND (c.scale <> '{BY_NUMBER}' OR (c.numbers > 1 AND c.many >= {{least}}))
            AND (c.source = 'tag' OR c.events < 10 OR c.events < 0.9 * n.events)
        UNION ALL
        SELECT account, event_name, source,
            CASE WHEN {_ARE_FEW} THEN 'over 40 times' ELSE 'under a fortieth of' END
                || ' that of other events of the same products' AS detail,
            CASE WHEN {_ARE_FEW} THEN higher ELSE events - higher END AS events, 0 AS total,
            CASE WHEN {_ARE_FEW} THEN first_higher ELSE first_lower END AS example,
            CASE WHEN {_ARE_FEW} THEN last_higher ELSE last_lower END AS other
        FROM (
            SELECT e.account, e.event_name, e.source, COUNT(*) AS events, COUNT(*) FILTER (WHERE {_IS_HIGHER}) AS higher,
                COUNT(DISTINCT e.products) FILTER (WHERE {_IS_HIGHER}) AS kinds,
                COUNT(DISTINCT e.value) FILTER (WHERE {_IS_HIGHER}) AS amounts,
                COUNT(DISTINCT p.lowest) FILTER (WHERE {_IS_HIGHER}) AS prices,
                MIN(e.id) FILTER (WHERE {_IS_HIGHER}) AS first_higher,
                MAX(e.id) FILTER (WHERE {_IS_HIGHER}) AS last_higher,
                MIN(e.id) FILTER (WHERE NOT {_IS_HIGHER}) AS first_lower,
                MAX(e.id) FILTER (WHERE NOT {_IS_HIGHER}) AS last_lower
            FROM accepted AS e JOIN (
                SELECT r.account, r.currency, r.products, r.number, r.lowest
                FROM accepted AS a CROSS JOIN ({_FORTYFOLD}) AS r
                WHERE a.account = r.account AND a.currency = r.currency AND a.products = r.products
                    AND COALESCE(a.pieces, 0) = r.number AND a.value > 0
                GROUP BY r.account, r.currency, r.products, r.number, r.lowest
                HAVING COUNT(*) FILTER (WHERE a.value > 2 * r.lowest AND a.value < 40 * r.lowest) = 0
            ) AS p ON p.account = e.account AND p.currency = e.currency AND p.products = e.products
                AND p.number = COALESCE(e.pieces, 0) AND e.value > 0
            WHERE e.duplicate_of IS NULL AND {_SCALE} IS NULL
            GROUP BY e.account, e.event_name, e.source
        ) AS apart
        WHERE kinds >= {{least}} AND amounts >= {{least}} AND prices >= {{least}}
    """,
    sentence="{n} of {total} {name} of {source} have a value that is {detail}.",
    fix="Send the total of price times quantity in the currency's unit: 24.5 for 24.50 EUR, 1630 for 1,630 JPY, "
    "which has no smaller unit, and 1234 for 1.234 EUR in German writing; name the currency in which it is.",
    least=3,
    why="No discount, tax or shipping makes such a multiple of three orders, or the hundredfold of both of two; nor "
    "does one take half off two pieces and two thirds off three. A product whose values are "
    "one and over its fortyfold, and nothing between, for as many pieces, has one price, which is that of most of its "
    "events; gifts of 1 or 100 to each of three funds, or trials for 1, have few values in all. "
    "Where nearly all of ten events are wrong by what their products cost, value-disagrees is on nearly all.",
    source=SOURCE,
)

ZERO_AT_TIMES: Final = ObservationRule(
    name="value-zero-at-times",
    severity="warning",
    effect="wrong",
    summary="Orders of products that cost something have a value above zero.",
    query="""
        SELECT z.account, z.event_name, z.source, '' AS detail, z.events, n.events AS total, z.example, z.other
        FROM (
            SELECT e.account, e.event_name, e.source, COUNT(*) AS events, MIN(e.id) AS example, MAX(e.id) AS other
            FROM accepted AS e LEFT JOIN (
                SELECT DISTINCT account, products FROM accepted
                WHERE value > 0 AND products IN (
                    SELECT products FROM accepted WHERE value = 0 AND event_name = 'checkout')
            ) AS p ON p.account = e.account AND p.products = e.products
            WHERE e.value = 0 AND e.event_name = 'checkout' AND e.duplicate_of IS NULL
                AND (e.worth > 0 OR p.products IS NOT NULL)
            GROUP BY e.account, e.event_name, e.source
        ) AS z JOIN names AS n ON n.account = z.account AND n.event_name = z.event_name AND n.source = z.source
        WHERE z.events >= {least} AND z.events >= {threshold} * n.events
            AND (z.events < 10 OR z.events < 0.95 * n.events)
    """,
    sentence="{n} of {total} {name} of {source} have a value of 0 though their products cost something.",
    fix="Send what the products were sold for, also where a voucher or an account paid for them.",
    least=5,
    threshold=0.1,
    why="Vouchers and gift cards may make one order in a dozen free; five orders, and a tenth of all, are a value "
    "that is not read everywhere. A value of 0 on nearly all is same-value-for-everybody.",
    source=SOURCE,
)

MISSING_AT_TIMES: Final = ObservationRule(
    name="value-missing-at-times",
    severity="warning",
    effect="wrong",
    summary="Every checkout of products that cost something has its value.",
    query="""
        SELECT account, event_name, source, '' AS detail, COUNT(*) - COUNT(value) AS events, COUNT(*) AS total,
            MIN(id) FILTER (WHERE value IS NULL) AS example, MAX(id) FILTER (WHERE value IS NULL) AS other
        FROM accepted
        WHERE EXISTS (SELECT 1 FROM accepted WHERE event_name = 'checkout' AND value IS NULL)
            AND event_name = 'checkout' AND duplicate_of IS NULL AND worth > 0
        GROUP BY account, event_name, source
        HAVING COUNT(*) - COUNT(value) >= {least} AND COUNT(*) - COUNT(value) >= {threshold} * COUNT(*)
            AND COUNT(*) - COUNT(value) < 0.9 * COUNT(*)
    """,
    sentence="{n} of {total} {name} of {source} with the prices of their products have no value that is a number.",
    fix="Send the value with every checkout: look for a payment method, a page or a moment in which it is unknown.",
    least=5,
    threshold=0.03,
    why="What is free may have no value; five checkouts whose products have prices, and three in a hundred, are a value "
    "that is not read everywhere. Where nearly all lack it, field-missing-on-nearly-all speaks.",
    source=SOURCE,
)

ORDER_AT_TIMES: Final = ObservationRule(
    name="order-id-missing-at-times",
    severity="warning",
    effect="none",
    summary="Either every checkout has its order_id, or the sender does not know any.",
    query="""
        SELECT account, event_name, source, '' AS detail, COUNT(*) - COUNT(order_id) AS events, COUNT(*) AS total,
            MIN(id) FILTER (WHERE order_id IS NULL) AS example,
            MAX(id) FILTER (WHERE order_id IS NULL) AS other
        FROM accepted
        WHERE EXISTS (SELECT 1 FROM accepted WHERE event_name = 'checkout' AND order_id IS NULL)
            AND event_name = 'checkout' AND action_source <> 'offline'
        GROUP BY account, event_name, source
        HAVING COUNT(*) - COUNT(order_id) >= {least} AND COUNT(*) - COUNT(order_id) >= {threshold} * COUNT(*)
            AND COUNT(order_id) >= {least} AND COUNT(order_id) >= {threshold} * COUNT(*)
    """,
    sentence="{n} of {total} {name} of {source} have no order_id, and others have one.",
    fix="Send checkout only once the order is placed, and with its order_id: look for a page or a step, such as a full "
    "cart, that reports a checkout before, or a payment method with code of its own.",
    least=5,
    threshold=0.1,
    why="Who knows the number of one order knows that of all; a tenth without one are another code path, or "
    "not orders.",
    source="Pinterest's OpenAPI 5.23 on order_id",
    explained_by=("visit-reported-as-order", "order-also-without-number"),
)

#: Roughly how much of each currency is one US dollar. No rate that changes fortyfold is among them.
A_DOLLAR: Final = {
    "USD": 1, "EUR": 0.9, "GBP": 0.8, "CHF": 0.9, "CAD": 1.4, "AUD": 1.5, "NZD": 1.7, "SGD": 1.3, "SEK": 10,
    "NOK": 10, "DKK": 7, "PLN": 4, "CZK": 22, "HUF": 350, "JPY": 150, "KRW": 1400, "MXN": 18, "BRL": 5.5, "INR": 85,
}  # fmt: skip
_DOLLARS: Final = " ".join(f"WHEN '{currency}' THEN {rate}" for currency, rate in A_DOLLAR.items())
_IS_KNOWN: Final = f"currency IN ({', '.join(map(repr, A_DOLLAR))})"
#: The lowest and the highest value of each set of products in each currency, in dollars or so.
_PRICES: Final = f"""
    SELECT account, currency, products, pieces, MIN(value) / CASE currency {_DOLLARS} END AS lowest,
        MAX(value) / CASE currency {_DOLLARS} END AS highest
    FROM accepted
    WHERE (SELECT MIN(currency) < MAX(currency) FROM accepted WHERE event_name = 'checkout')
        AND (SELECT MIN(currency) < MAX(currency) FROM accepted WHERE {_IS_KNOWN})
        AND value > 0 AND products IS NOT NULL AND pieces IS NOT NULL AND {_IS_KNOWN}
        AND account IN (SELECT account FROM accepted WHERE event_name = 'checkout'
            GROUP BY account HAVING MIN(currency) < MAX(currency))
    GROUP BY products, pieces, currency, account
"""
UNLIKE_OTHER_CURRENCIES: Final = ObservationRule(
    name="value-unlike-other-currencies",
    severity="warning",
    effect="wrong",
    summary="The same products cost about as much in every currency.",
    query=f"""
        SELECT e.account, e.event_name, e.source, w.currency AS detail, COUNT(*) AS events, 0 AS total,
            MIN(e.id) AS example, MAX(e.id) AS other
        FROM accepted AS e JOIN (
            SELECT DISTINCT a.account, a.currency
            FROM ({_PRICES}) AS a JOIN ({_PRICES}) AS b ON b.account = a.account AND b.products = a.products
                AND b.pieces = a.pieces AND b.currency <> a.currency
            GROUP BY a.account, a.currency, b.currency
            HAVING COUNT(*) FILTER (WHERE a.lowest >= 40 * b.highest) >= {{least}}
                AND COUNT(*) FILTER (WHERE a.lowest >= 40 * b.highest) >= {{threshold}} * COUNT(*)
        ) AS w ON w.account = e.account AND w.currency = e.currency
        WHERE e.value > 0
        GROUP BY e.account, e.event_name, e.source, w.currency
    """,
    sentence="{n} of {total} {name} of {source} have their value in {detail}, in which the same products cost over 40 "
    "times as much as in another currency.",
    fix="Send the value in the currency's unit, not in cents, and convert it where the currency is another one.",
    least=3,
    threshold=0.5,
    why="Prices differ from country to country, but not fortyfold; three sets of products, and half of those in both "
    "currencies, are not vouchers.",
    source=SOURCE,
)

#: The prices of each set of products in each currency, and how much of it is a dollar.
_SETS: Final = f"""
    SELECT account, event_name, source, currency, products, pieces, worth, CASE currency {_DOLLARS} END AS rate,
        COUNT(*) AS events, MIN(id) AS first_id, MAX(id) AS last_id
    FROM accepted
    WHERE (SELECT MIN(currency) < MAX(currency) FROM accepted WHERE event_name = 'checkout')
        AND (SELECT MAX(rate) >= 4 * MIN(rate) FROM (SELECT CASE currency {_DOLLARS} END AS rate FROM accepted) AS rates)
        AND worth > 0 AND products IS NOT NULL AND {_IS_KNOWN}
        AND account IN (SELECT account FROM accepted WHERE event_name = 'checkout'
            GROUP BY account HAVING MIN(currency) < MAX(currency))
    GROUP BY products, pieces, worth, currency, event_name, source, account
"""
NOT_CONVERTED: Final = ObservationRule(
    name="price-not-converted",
    severity="warning",
    effect="wrong",
    summary="The same products do not have the same price in two currencies of which one is worth far less.",
    query=f"""
        SELECT account, event_name, source, currency || ' as in ' || other_currency AS detail, SUM(events) AS events,
            0 AS total, MIN(first_id) AS example, MAX(last_id) AS other
        FROM (
            SELECT a.account, a.event_name, a.source, a.currency, b.currency AS other_currency, a.products,
                MAX(CASE WHEN a.worth = b.worth THEN 1 ELSE 0 END) AS alike,
                MAX(CASE WHEN a.worth = b.worth THEN a.events ELSE 0 END) AS events,
                MIN(a.first_id) AS first_id, MAX(a.last_id) AS last_id
            FROM ({_SETS}) AS a JOIN ({_SETS}) AS b ON b.account = a.account AND b.event_name = a.event_name
                AND b.source = a.source AND b.products = a.products AND b.pieces = a.pieces
            WHERE b.rate >= 4 * a.rate
            GROUP BY a.products, a.pieces, a.currency, b.currency, a.event_name, a.source, a.account
        ) AS sets
        GROUP BY account, event_name, source, currency, other_currency
        HAVING COUNT(DISTINCT products) FILTER (WHERE alike = 1) >= {{least}}
            AND SUM(alike) >= {{threshold}} * COUNT(*)
    """,
    sentence="{n} of {total} {name} of {source} have the same prices in {detail}, which is worth less than a quarter: the "
    "amount is in one currency and the code is another one's.",
    fix="Take the amount and the currency from the same place: both as the visitor saw them, or both in the shop's base "
    "currency.",
    least=3,
    threshold=0.5,
    why="A shop may ask 49 USD and 49 EUR, but not 149 DKK and 149 EUR; three sets of products, and half of those in both "
    "currencies, are not chance.",
    source=SOURCE,
)

RULES: Final = (
    WRONG_SCALE,
    ZERO_AT_TIMES,
    MISSING_AT_TIMES,
    ORDER_AT_TIMES,
    UNLIKE_OTHER_CURRENCIES,
    NOT_CONVERTED,
)
