"""Orders that do not fit the visits in which they were placed."""

from typing import Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import BROWSES, BROWSING, IS_ONCE

_BEGINS: Final = "event_name IN ('initiate_checkout', 'add_payment_info')"
#: Names that say nothing about what a shop calls its orders.
_BEFORE: Final = (*BROWSING, "initiate_checkout", "add_payment_info", "add_to_wishlist", "signup")

_PERSON: Final = "COALESCE(em, external_id, click_id, ip)"
#: How many people begin to check out, and how many fill a cart.
_BEGUN: Final = f"COUNT(DISTINCT {_PERSON}) FILTER (WHERE {_BEGINS})"
_CARTS: Final = f"COUNT(DISTINCT {_PERSON}) FILTER (WHERE event_name = 'add_to_cart')"
_STEP: Final = f"({_BEGINS} OR event_name = 'add_to_cart')"
NEVER_REPORTED: Final = ObservationRule(
    name="checkout-never-reported",
    severity="warning",
    effect="lost",
    summary="Where people begin to check out, or fill carts, some of them are reported as checkouts.",
    query=f"""
        SELECT account, event_name, source, CASE WHEN begun >= {{least}} THEN 'began one' ELSE 'filled a cart' END AS detail,
            CASE WHEN begun >= {{least}} THEN begun ELSE carts END AS events,
            CASE WHEN begun >= {{least}} THEN begun ELSE carts END AS total, example, other
        FROM (
            SELECT account, 'checkout' AS event_name, '' AS source, {_BEGUN} AS begun, {_CARTS} AS carts,
                MIN(id) FILTER (WHERE {_STEP}) AS example, MAX(id) FILTER (WHERE {_STEP}) AS other
            FROM facts WHERE kind = 'event' AND test = 0 AND account NOT IN (
                SELECT account FROM facts WHERE kind = 'event' AND test = 0 AND event_name = 'checkout')
            GROUP BY account
            HAVING SUM(CASE WHEN event_name IN ({", ".join(map(repr, _BEFORE))}) THEN 0 ELSE 1 END) = 0
        ) AS steps
        WHERE begun >= {{least}} OR carts >= 5 * {{least}}
    """,
    sentence="No checkout came from any source though {n} people {detail}.",
    fix="Report each order as checkout: look for a queue that sends its checkouts nowhere, or sends empty batches, and "
    "for a thanks page of another plugin on which the hook does not run.",
    least=20,
    why="Of twenty people who begin, or a hundred who fill a cart, some buy. Where any event has a name of the shop's own, or is a lead or a "
    "subscription, that may be the order.",
)


ORDERS_AS_CUSTOM: Final = ObservationRule(
    name="orders-reported-as-custom",
    severity="warning",
    effect="lost",
    summary="Orders are reported as checkout, not as custom.",
    query="""
        SELECT account, event_name, source, '' AS detail, COUNT(*) AS events, 0 AS total, MIN(id) AS example, MAX(id) AS other
        FROM accepted
        WHERE event_name = 'custom' AND order_id IS NOT NULL AND value > 0 AND duplicate_of IS NULL
            AND account NOT IN (SELECT account FROM names WHERE event_name IN ('checkout', 'subscribe'))
        GROUP BY account, event_name, source
        HAVING COUNT(DISTINCT order_id) >= {least}
    """,
    sentence="{events} of {total} {name} of {source} have an order_id and a value, and none came as checkout: Pinterest "
    "counts no order.",
    fix="Send checkout as the event_name of an order; custom is for what Pinterest has no name for.",
    least=10,
    why="An order of its own and a price are what a checkout has. Beside checkouts, custom events of orders may be "
    "their pick-ups, shipments or refunds.",
)


def _apart(column: str, person: str) -> str:
    """People who order and browse within one hour, and whether no order has a column's value of the browsing."""
    return f"""
        SELECT account, 'checkout' AS event_name, source, '' AS detail,
            SUM(CASE WHEN fits = 0 THEN orders ELSE 0 END) AS events, SUM(orders) AS total,
            MIN(ordered) FILTER (WHERE fits = 0) AS example, MIN(browsed) FILTER (WHERE fits = 0) AS other
        FROM (
            SELECT account, source, SUM(orders) AS orders, MIN(ordered) AS ordered, MIN(browsed) AS browsed,
                MAX(CASE WHEN ordered IS NOT NULL AND browsed IS NOT NULL THEN 1 ELSE 0 END) AS fits
            FROM (
                SELECT account, source, {person}, hours, SUM(orders) AS orders, MIN(ordered) AS ordered,
                    MIN(browsed) AS browsed
                FROM visits WHERE {person} IS NOT NULL AND {column} IS NOT NULL
                GROUP BY {person}, {column}, hours, source, account
            ) AS by_value
            GROUP BY {person}, hours, source, account
            HAVING MIN(ordered) IS NOT NULL AND MIN(browsed) IS NOT NULL
        ) AS by_person
        GROUP BY account, source
        HAVING COUNT(*) >= {{least}} AND SUM(1 - fits) >= {{threshold}} * COUNT(*)
    """


def _apart_rule(name: str, column: str, person: str, what: str, fix: str) -> ObservationRule:
    """The rule about one column, of people who are told apart by another."""
    return ObservationRule(
        name=name,
        severity="warning",
        effect="wrong",
        summary=f"A checkout has the {what} that the same person has in the visit before it.",
        query=_apart(column, person),
        sentence=f"{{n}} of {{total}} checkouts of {{source}} have another {what} than the same person has within "
        "the same hour of browsing.",
        fix=fix,
        least=10,
        threshold=0.9,
        why="A few people change their network, their browser or their address on the way; nine in ten of ten do not.",
        explained_by=("pair-emails-differ",),
    )


#: The set of products that nearly all events of a source name which name any, orders and others.
_ONLY_PRODUCT: Final = f"""
    SELECT account, source, products
    FROM (
        SELECT account, source, products, COUNT(*) AS events,
            COUNT(*) FILTER (WHERE event_name = 'checkout') AS orders,
            SUM(COUNT(*)) OVER (PARTITION BY account, source) AS total
        FROM accepted
        WHERE EXISTS (SELECT 1 FROM names WHERE {BROWSES}) AND products IS NOT NULL
        GROUP BY products, source, account
    ) AS named WHERE orders >= {{least}} AND events >= {{threshold}} * total
"""
#: What one piece of an order costs.
_PRICE: Final = "COALESCE(e.worth, e.value) / CASE WHEN e.pieces > 0 THEN e.pieces ELSE 1 END"
#: Orders of one set of products that ten pages name and that has no price of its own, in one currency.
_PRODUCT_OF_ALL_PAGES: Final = f"""
    SELECT p.account, 'checkout' AS event_name, p.source, '' AS detail, SUM(p.orders) AS events,
        SUM(p.orders) AS total, MIN(p.first_id) AS example, MAX(p.last_id) AS other
    FROM (
        SELECT e.account, e.source, e.products, e.currency, {_PRICE} AS price, COUNT(*) AS orders,
            MIN(e.id) AS first_id, MAX(e.id) AS last_id
        FROM accepted AS e CROSS JOIN ({_ONLY_PRODUCT}) AS o
        WHERE e.account = o.account AND e.source = o.source AND e.products = o.products
            AND e.event_name = 'checkout' AND COALESCE(e.worth, e.value) > 0
        GROUP BY e.products, {_PRICE}, e.currency, e.source, e.account
    ) AS p JOIN (
        SELECT account, products, COUNT(DISTINCT page) AS pages FROM accepted
        WHERE products IN (SELECT products FROM ({_ONLY_PRODUCT}) AS o) AND {BROWSES}
        GROUP BY products, account
    ) AS s ON s.account = p.account AND s.products = p.products
    WHERE s.pages >= 10
    GROUP BY p.account, p.source, p.products, p.currency
    HAVING SUM(p.orders) >= {{least}} AND 5 * MAX(p.orders) <= SUM(p.orders) AND MAX(p.price) >= 3 * MIN(p.price)
"""
PRODUCT_FOR_EVERYBODY: Final = ObservationRule(
    name="same-products-for-everybody",
    severity="warning",
    effect="wrong",
    summary="Checkouts name the products that were bought.",
    query=f"""
        SELECT c.account, 'checkout' AS event_name, c.source, '' AS detail, c.events, c.total, c.example, c.other
        FROM (
            SELECT account, source, products, COUNT(*) AS events, COUNT(DISTINCT value) AS amounts,
                SUM(COUNT(*)) OVER (PARTITION BY account, source) AS total, MIN(id) AS example, MAX(id) AS other
            FROM accepted
            WHERE EXISTS (SELECT 1 FROM names WHERE event_name = 'add_to_cart')
                AND event_name = 'checkout' AND products IS NOT NULL
            GROUP BY products, source, account
        ) AS c JOIN (
            SELECT account, COUNT(*) AS carts, COUNT(DISTINCT products) AS kinds
            FROM accepted WHERE event_name = 'add_to_cart' AND products IS NOT NULL GROUP BY account
        ) AS v ON v.account = c.account LEFT JOIN (
            SELECT account, products, COUNT(*) AS carts
            FROM accepted WHERE event_name = 'add_to_cart' AND products IS NOT NULL GROUP BY products, account
        ) AS s ON s.account = c.account AND s.products = c.products
        WHERE c.events >= {{least}} AND c.events >= {{threshold}} * c.total AND c.amounts >= 5
            AND v.carts >= {{least}} AND v.kinds >= 5 AND 2 * COALESCE(s.carts, 0) <= v.carts
        UNION ALL {_PRODUCT_OF_ALL_PAGES}
    """,
    sentence="{source} sends the same product ids for {n} of {total} {name}, whatever was looked at or added to carts.",
    fix="Send the ids of the products in the order, as the catalogue has them, not a placeholder.",
    least=20,
    threshold=0.95,
    why="A shop may sell nearly one thing alone: then it is in most carts, too, and its orders have few amounts. Where "
    "carts have no other product either, ten pages name it, and orders of one piece differ threefold in price, and not a "
    "fifth of them have one: that is not one product. Without such pages it may be a donation, a ticket or an insurance.",
)

VISIT_CALLED_OFFLINE: Final = ObservationRule(
    name="visit-called-offline",
    severity="warning",
    effect="wrong",
    summary="What happens on a page has the action_source web.",
    query=f"""
        SELECT account, event_name, source, '' AS detail, COUNT(*) AS events, 0 AS total, MIN(id) AS example,
            MAX(id) AS other
        FROM accepted WHERE action_source = 'offline' AND page IS NOT NULL AND {BROWSES}
        GROUP BY account, event_name, source HAVING COUNT(*) >= {{least}}
    """,
    sentence="{events} of {total} {name} of {source} have the action_source offline and the URL of a page.",
    fix="Send action_source web: Pinterest does not deduplicate offline events.",
    least=5,
    why="Pages are visited, and carts on them filled, on the web and not in a store.",
    source="Pinterest's OpenAPI 5.23 on action_source",
)

VISIT_CALLED_ORDER: Final = ObservationRule(
    name="visit-reported-as-order",
    severity="error",
    effect="doubled",
    summary="What one side calls an order or a lead, the other side does not call a visit.",
    query=f"""
        SELECT t.account, t.event_name, CASE WHEN t.tag_id IS NULL THEN 'api' ELSE 'tag' END AS source,
            v.event_name AS detail, COUNT(*) AS events, MAX(a.ids) AS total, MIN(t.first_id) AS example,
            MIN(v.first_id) AS other
        FROM by_id AS t
        JOIN by_id AS v ON v.account = t.account AND v.event_id = t.event_id AND v.event_name <> t.event_name
        JOIN sides AS a ON a.account = t.account AND a.event_name = t.event_name
        WHERE EXISTS (SELECT 1 FROM names WHERE {BROWSES}) AND t.{IS_ONCE} AND v.{BROWSES} AND t.web = 1 AND v.web = 1
            AND ((t.server_id IS NULL AND v.tag_id IS NULL) OR (t.tag_id IS NULL AND v.server_id IS NULL))
            AND a.ids - a.tag_alone - a.server_alone >= {{least}}
        GROUP BY t.account, t.event_name, CASE WHEN t.tag_id IS NULL THEN 'api' ELSE 'tag' END, v.event_name
        HAVING COUNT(*) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(
            CASE WHEN t.tag_id IS NULL THEN a.server_alone ELSE a.tag_alone END)
    """,
    sentence="{source} reports {n} of {total} {name} with the event_id that the other side gives to {detail}: each of "
    "them is counted as {title}, too.",
    fix="Report {title} only where it has happened, such as on the thanks page, and look for a page, a trigger or "
    "a default that calls {detail} so.",
    least=3,
    threshold=0.5,
    why="Where three others have one id on both sides, an id belongs to one step; half of those that only one side "
    "knows as such are not.",
)

STEP_CALLED_VISIT: Final = ObservationRule(
    name="step-reported-as-visit",
    severity="error",
    effect="doubled",
    summary="What the API calls an order or another step, the tag does not call a visit.",
    query=f"""
        SELECT t.account, t.event_name, 'tag' AS source, s.event_name AS detail, COUNT(*) AS events,
            MAX(v.tags) AS total, MIN(t.tag_id) AS example, MIN(s.server_id) AS other
        FROM by_id AS t
        JOIN by_id AS s ON s.account = t.account AND s.event_id = t.event_id AND s.event_name <> t.event_name
        JOIN sides AS v ON v.account = t.account AND v.event_name = t.event_name
        JOIN sides AS a ON a.account = s.account AND a.event_name = s.event_name
        WHERE EXISTS (SELECT 1 FROM names_of_tag WHERE {BROWSES})
            AND t.{BROWSES} AND t.server_id IS NULL AND s.server_id IS NOT NULL AND a.tags = 0 AND v.servers > 0
        GROUP BY t.account, t.event_name, s.event_name
        HAVING COUNT(*) >= {{least}} AND COUNT(*) >= {{threshold}} * MAX(a.servers)
    """,
    sentence="The tag reports {n} of {total} {name} with the event_id that the API gives to {detail}, and never reports "
    "{detail}: each is counted as {title}, too.",
    fix="Let the tag report {detail} by its own name: look for an update, a template or a default that calls each event "
    "{title}.",
    least=3,
    threshold=0.5,
    why="Half of what the server calls so has its ids on the tag under another name, under which the server does not "
    "report them, and the tag does not use the server's name at all.",
)

RULES: Final = (
    NEVER_REPORTED, ORDERS_AS_CUSTOM, STEP_CALLED_VISIT,
    _apart_rule(
        "checkout-from-other-address", "ip", "em", "client_ip_address",
        "Note the visitor's address with the order. A payment provider's webhook, a queue, or a proxy before your server "
        "has another.",
    ),
    _apart_rule(
        "checkout-by-other-user-agent", "user_agent", "em", "client_user_agent",
        "Note the visitor's User-Agent with the order. A payment provider's webhook or a queue has another.",
    ),
    _apart_rule(
        "checkout-with-other-email", "em", "external_id", "hashed e-mail address",
        "Hash the address once and in one place: where checkouts hash a hash or another spelling, they match no account.",
    ),
    VISIT_CALLED_ORDER, PRODUCT_FOR_EVERYBODY, VISIT_CALLED_OFFLINE,
)  # fmt: skip
