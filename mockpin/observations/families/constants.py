"""One value for everybody: a match key or an amount that is the same for different people or orders."""

from dataclasses import replace
from typing import Any, Final

from mockpin.observations.rule import ObservationRule
from mockpin.observations.tables import IDENTITIES, TABLE_OF


def _constant(
    column: str,
    *,
    crowd: float | None = None,
    among: str = "action_source <> 'offline'",
    apart: str = "1 = 1",
) -> str:
    """A frequent value of a column, over distinct people, or orders where nothing else tells people.

    crowd: From this share on, three times as many people prove it, too, and so do three times as many addresses of
        five browsers, where another match key is one placeholder for them all. None: only the threshold does.
    among: A condition on the events, which holds for those that the table of the values counts.
    apart: A condition on all events of a value.
    CROSS JOIN: SQLite then reads all events once beside the few values, and makes no index of all events.
    """
    others = ", ".join(identity for identity in IDENTITIES if identity != column)
    many = f" OR (v.events >= 3 * {{least}} AND v.events >= CAST({crowd} AS DOUBLE) * h.{column})"
    away = "OR (COUNT(DISTINCT e.ip) >= 3 * {least} AND COUNT(DISTINCT e.user_agent) >= 5)"
    many, away = (many, away) if crowd is not None else ("", "")
    return f"""
        SELECT b.account, '' AS event_name, b.source, '' AS detail, b.events, b.total,
            MIN(e.id) AS example, MAX(e.id) AS other
        FROM accepted AS e CROSS JOIN (
            SELECT DISTINCT v.account, v.source, v.{column} AS held, v.events, h.{column} AS total
            FROM {TABLE_OF[column]} AS v JOIN held AS h ON h.account = v.account AND h.source = v.source
            WHERE v.events >= {{least}} AND (
                v.events >= {{threshold}} * h.{column}{many})
        ) AS b
        WHERE e.account = b.account AND e.source = b.source AND e.{column} = b.held AND e.{among}
        GROUP BY e.{column}, b.source, b.account, b.events, b.total
        HAVING (COUNT(DISTINCT COALESCE({others})) >=
                CASE WHEN b.events >= {{threshold}} * b.total THEN 1 ELSE 3 END * {{least}}
            OR COUNT(DISTINCT e.order_id) FILTER (WHERE COALESCE({others}) IS NULL) >= 3 * {{least}} {away})
            AND {apart}
    """


def _constant_rule(name: str, column: str, what: str, **own: Any) -> ObservationRule:
    """The rule about one column; `own` are its fix, limits and their justification, and what `_constant` takes."""
    conditions = {name: own.pop(name) for name in ("crowd", "among", "apart") if name in own}
    return ObservationRule(
        name=name,
        severity="warning",
        effect="wrong",
        summary=f"Different people do not have one {what}.",
        query=_constant(column, **conditions),
        sentence=f"{{source}} sends one {what} for different people: {{n}} of {{total}} events that have any "
        f"({{share}}) have the same one.",
        **own,
    )


#: The e-mail address of the most orders, where they came from many visitors and the next buyer has far fewer.
_ADDRESS_OF_GUESTS: Final = """
        UNION ALL
        SELECT account, 'checkout' AS event_name, source, '' AS detail, orders AS events, total, example, other
        FROM (
            SELECT e.account, e.source, t.total, t.next_most, COUNT(DISTINCT COALESCE(e.order_id, e.event_id)) AS orders,
                COUNT(DISTINCT e.external_id) AS ids, COUNT(e.external_id) AS with_id,
                COUNT(DISTINCT e.ip) AS addresses, COUNT(DISTINCT e.user_agent) AS agents,
                COUNT(DISTINCT COALESCE(e.external_id, e.click_id, e.ip)) AS people,
                MIN(e.id) AS example, MAX(e.id) AS other
            FROM accepted AS e CROSS JOIN (
                SELECT DISTINCT b.account, b.source, b.em, b.next_most, n.total
                FROM (
                    SELECT account, source, em, orders,
                        ROW_NUMBER() OVER (PARTITION BY account, source ORDER BY orders DESC, em) AS place,
                        COALESCE(LEAD(orders) OVER (PARTITION BY account, source ORDER BY orders DESC, em), 1) AS next_most
                    FROM people WHERE orders > 1
                ) AS b JOIN (
                    SELECT account, source, SUM(orders) AS total FROM people
                    WHERE EXISTS (SELECT 1 FROM people WHERE orders > 1 AND orders >= {least})
                    GROUP BY account, source
                ) AS n ON n.account = b.account AND n.source = b.source
                WHERE b.place = 1 AND b.orders >= {least} AND b.orders >= 3 * b.next_most AND b.orders < n.total
                    AND 20 * b.orders >= n.total
            ) AS t
            WHERE e.event_name = 'checkout' AND e.action_source <> 'offline' AND e.em = t.em
                AND e.source = t.source AND e.account = t.account
            GROUP BY e.account, e.source, t.total, t.next_most
        ) AS most
        WHERE orders >= {least} AND addresses >= {least} AND agents >= 4
            AND (with_id = 0 OR ids >= {least}) AND orders >= 3 * next_most AND 20 * orders >= total
            AND orders < {threshold} * total AND people < 3 * {least} AND (addresses < 3 * {least} OR agents < 5)
"""

FEW_ADDRESSES: Final = ObservationRule(
    name="few-ip-addresses-for-everybody",
    severity="warning",
    effect="wrong",
    summary="Different people do not share a handful of client_ip_addresses.",
    query="""
        SELECT a.account, '' AS event_name, a.source, a.addresses || ' addresses' AS detail, a.events,
            a.events AS total, a.example, a.other
        FROM (
            SELECT account, source, COUNT(*) AS addresses, SUM(events) AS events, MAX(events) AS most,
                MIN(first_id) AS example, MAX(last_id) AS other
            FROM addresses WHERE events > 0 GROUP BY account, source
        ) AS a JOIN (
            SELECT account, source, COUNT(*) AS people, COUNT(*) FILTER (WHERE events > 1) AS back,
                COUNT(*) FILTER (WHERE addresses > 1) AS moved
            FROM (
                SELECT account, source, COUNT(*) AS events, COUNT(DISTINCT ip) AS addresses FROM accepted
                WHERE EXISTS (
                        SELECT account FROM addresses WHERE events > 0 GROUP BY account, source
                        HAVING COUNT(*) <= {threshold} * SUM(events) AND MAX(events) < 0.9 * SUM(events))
                    AND ip IS NOT NULL AND action_source <> 'offline'
                    AND COALESCE(em, external_id, click_id) IS NOT NULL
                GROUP BY COALESCE(em, external_id, click_id), source, account
            ) AS by_person GROUP BY account, source
        ) AS p ON p.account = a.account AND p.source = a.source
        WHERE p.people >= {least} AND a.addresses <= {threshold} * p.people AND a.most < 0.9 * a.events
            AND (p.back < 5 OR 4 * p.moved >= p.back)
    """,
    sentence="{source} sends only {detail} as client_ip_address for many people, in {events}.",
    fix="Send the visitor's address, which a proxy puts into X-Forwarded-For, not those of your proxies.",
    least=20,
    threshold=0.2,
    why="Some people share an office or a mobile network; five people for each address, all over, are proxies, unless "
    "those who come back nearly all keep theirs, as in the offices of a few companies. One "
    "address for nearly all is same-ip-address-for-everybody.",
)

_WHY: Final = (
    "Ten people do not share one; half of the events leaves room for one busy buyer. Thirty people are not that, "
    "whatever their share of the events, nor is a buyer in thirty networks with five browsers."
)
ORDER_FOR_EVERYBODY: Final = ObservationRule(
    name="same-order-id-for-everybody",
    severity="warning",
    effect="wrong",
    summary="Every order has an order_id of its own.",
    query="""
        SELECT account, event_name, source, '' AS detail, events, 0 AS total, first_id AS example,
            last_id AS other
        FROM by_order WHERE (ids > {least} OR people >= 5) AND event_name IN ('checkout', 'lead', 'signup')
    """,
    sentence="{events} of {total} {name} have one order_id.",
    fix="Send the number of the order itself, not a placeholder or the cart's.",
    least=10,
    why="An order reported under more than ten event ids is not retried but a constant, and five people do not "
    "place one order.",
)

VALUE_FOR_EVERYBODY: Final = ObservationRule(
    name="same-value-for-everybody",
    severity="warning",
    effect="wrong",
    summary="Orders of different products do not all have one value.",
    query="""
        SELECT b.account, b.event_name, b.source, '' AS detail, b.events, b.total, MIN(e.id) AS example,
            MAX(e.id) AS other
        FROM accepted AS e CROSS JOIN (
            SELECT DISTINCT v.account, v.event_name, v.source, v.value, v.events, v.total
            FROM (
                SELECT account, event_name, source, value, COUNT(*) AS events,
                    SUM(COUNT(*)) OVER (PARTITION BY account, event_name, source) AS total
                FROM accepted WHERE value IS NOT NULL AND event_name = 'checkout' AND duplicate_of IS NULL
                GROUP BY value, source, event_name, account
            ) AS v WHERE (v.events >= {least} OR (v.value IN (0, 1) AND 2 * v.events >= {least}))
                AND v.events >= {threshold} * v.total
        ) AS b
        WHERE e.account = b.account AND e.event_name = b.event_name AND e.source = b.source AND e.value = b.value
        GROUP BY b.value, b.source, b.event_name, b.account, b.events, b.total
        HAVING COUNT(DISTINCT e.products) FILTER (WHERE COALESCE(ABS(e.worth - b.value) > 0.005, 1=1)) >= 5
            OR (b.value IN (0, 1) AND 2 * COUNT(
                DISTINCT CASE WHEN COALESCE(e.worth <> b.value, 1 = 1) THEN e.order_id END) >= {least})
    """,
    sentence="{source} sends one value for {n} of {total} {name}, whatever was bought.",
    fix="Send the order's own total, not a default or a sample value.",
    least=20,
    threshold=0.95,
    why="A shop may sell one thing at one price: five different sets of products at one price are not that, nor "
    "are half as many orders of exactly 0 or 1; both where the products do not cost just that.",
)

PAGE_FOR_EVERYBODY: Final = ObservationRule(
    name="same-page-for-everybody",
    severity="warning",
    effect="wrong",
    summary="The event_source_url is the page on which an event happened, not the site's address for all.",
    query="""
        SELECT account, '' AS event_name, source, '' AS detail, events, total, example, other
        FROM (
            SELECT p.account, p.source, p.events, p.total, MIN(e.id) AS example, MAX(e.id) AS other,
                COUNT(DISTINCT e.event_name) AS names, COUNT(DISTINCT e.products) AS products,
                COUNT(DISTINCT COALESCE(e.em, e.external_id, e.click_id, e.ip)) AS people,
                COUNT(DISTINCT e.products) FILTER (WHERE e.event_name IN ('page_visit', 'view_content')) AS seen
            FROM (
                SELECT v.account, v.source, v.url, v.events, h.url AS total
                FROM (
                    SELECT account, source, url, COUNT(*) AS events FROM accepted
                    WHERE url IS NOT NULL AND action_source = 'web' GROUP BY url, source, account
                ) AS v JOIN held AS h ON h.account = v.account AND h.source = v.source
                WHERE v.events >= {least} AND v.events >= {threshold} * h.url
            ) AS p JOIN accepted AS e ON e.account = p.account AND e.source = p.source AND e.url = p.url
            WHERE e.action_source = 'web'
            GROUP BY p.account, p.source, p.url, p.events, p.total
        ) AS pages
        WHERE 2 * people >= {least} AND (seen >= 5 OR (names >= 4 AND products >= 5))
    """,
    sentence="{source} sends one event_source_url for different pages: {n} of {total} events that have any "
    "({share}) have the same one.",
    fix="Send the URL of the page that the visitor saw, as location.href or the Referer header has it.",
    least=20,
    threshold=0.95,
    why="A shop may have its thanks page or its whole shop on one page; visits to five products, or four steps of "
    "the orders of five, by ten people are not on one URL with its query, where advertising leaves traces.",
)

_EMAIL: Final = _constant_rule(
    "same-email-for-everybody", "em", "hashed e-mail address", crowd=0, least=10, threshold=0.5,
    why=f"{_WHY} Of orders a twentieth is enough where no other buyer has a third as many and they came from ten "
    "client_ip_addresses, ten external_ids if any, and four browsers: an address for guests.",
    fix="Hash each visitor's own address; leave em out where you do not know one.",
)  # fmt: skip

#: A condition: the people have networks of their own, unlike the made-up customers of one tester.
_NOT_ONE_TESTER: Final = "(COUNT(e.ip) = 0 OR 2 * COUNT(DISTINCT e.ip) >= {least})"
_NAMES_AND_PHONES: Final = (
    _constant_rule(
        "same-phone-for-everybody", "ph", "hashed phone number", crowd=0.1, least=10, threshold=0.5, apart=_NOT_ONE_TESTER,
        fix="Hash each customer's own number; leave ph out where a field was filled in with the shop's or with zeros.",
        why="Ten people do not share one; half of the events leaves room for one busy buyer. Nor do thirty, and a tenth of "
        "the events, though a company may have one number for all who buy. A few networks are one tester's.",
    ),
    _constant_rule(
        "same-first-name-for-everybody", "fn", "hashed first name", crowd=0.3, least=10, threshold=0.5,
        apart=_NOT_ONE_TESTER, explained_by=("same-phone-for-everybody",),
        fix="Hash each customer's own first name; leave fn out where a form has a placeholder such as Guest.",
        why="No country has a first name that every sixth person has; three in ten of all, or half of ten people's, are a "
        "placeholder.",
    ),
    _constant_rule(
        "same-last-name-for-everybody", "ln", "hashed last name", least=20, threshold=0.8, apart=_NOT_ONE_TESTER,
        explained_by=("same-phone-for-everybody", "same-first-name-for-everybody"),
        fix="Hash each customer's own last name; leave ln out where a form has a placeholder such as Customer.",
        why="In some countries four in ten people have one last name, in some communities six; eight in ten have not.",
    ),
)  # fmt: skip

RULES: Final = (
    replace(_EMAIL, query=_EMAIL.query + _ADDRESS_OF_GUESTS),
    _constant_rule("same-external-id-for-everybody", "external_id", "external_id",
                   crowd=0, least=10, threshold=0.5, why=_WHY, fix="Send each visitor's own id; leave external_id out where there is none."),
    _constant_rule("same-click-id-for-everybody", "click_id", "click_id", crowd=0, least=10, threshold=0.5, why=_WHY,
                   fix="Read click_id from each visitor's own epik parameter or _epik cookie."),
    _constant_rule("same-ip-address-for-everybody", "ip", "client_ip_address", least=20, threshold=0.9,
                   fix="Send the visitor's address, which a proxy puts into X-Forwarded-For, not your server's.",
                   why="Twenty people behind one address may share an office; nine in ten of all do not."),
    _constant_rule("same-user-agent-for-everybody", "user_agent", "client_user_agent", least=50, threshold=0.98,
                   among="action_source = 'web'",
                   fix="Send the User-Agent of the visitor's own request, not that of your server's client.",
                   why="A shop of ten visitors may see one browser; fifty people do not all have the same, unless an app has its own."),
    *_NAMES_AND_PHONES, ORDER_FOR_EVERYBODY, VALUE_FOR_EVERYBODY, FEW_ADDRESSES, PAGE_FOR_EVERYBODY,
)  # fmt: skip
