"""Tables made from `facts` that several rules ask, in the SQL that SQLite, DuckDB and Spark share.

A query that needs some event asks first whether there is any, in a small table: SQLite then reads no other event.
"""

import re
from collections.abc import Mapping
from functools import reduce
from string import digits
from typing import Final

#: What two reports of one event by one source have in common; the page without its query.
SAME: Final = ("order_id", "em", "external_id", "click_id", "user_agent", "page", "products")
_DIFFERS = " OR ".join(f"MIN(e.{column}) <> MAX(e.{column})" for column in SAME)
#: Match keys that tell people apart.
IDENTITIES: Final = ("em", "external_id", "click_id", "ip")
#: The person of an event: whom the sender knows, or else the device.
PERSON: Final = "COALESCE(em, external_id, maid)"
#: Column -> the table of its values: what each source reports of each.
TABLE_OF: Final = {
    "em": "people", "external_id": "customers", "click_id": "clicks", "ip": "addresses", "user_agent": "browsers",
    "ph": "phones", "fn": "first_names", "ln": "last_names",
}  # fmt: skip
#: What a visitor does on pages before anything is ordered.
BROWSING: Final = ("page_visit", "view_category", "view_content", "search", "add_to_cart")
#: A condition: an event is one of these.
BROWSES: Final = f"event_name IN ({', '.join(map(repr, BROWSING))})"
#: Pinterest's names of what happens once for an order or a person. Whether a custom event or a step towards
#: an order may happen again, only the shop knows.
ONCE: Final = ("checkout", "lead", "signup", "start_trial", "submit_application", "subscribe")
#: A condition: an event name is one of them.
IS_ONCE: Final = f"event_name IN ({', '.join(map(repr, ONCE))})"
#: The form of an order's number: the number in lower case without its digits.
FORM: Final = reduce(lambda text, digit: f"REPLACE({text}, '{digit}', '')", digits, "LOWER(order_id)")
#: A condition: the server reports of a known person what happens once.
_SERVER_ONCE: Final = f"""{IS_ONCE} AND source <> 'tag' AND action_source <> 'offline'
            AND {PERSON} IS NOT NULL AND event_id IS NOT NULL"""


def _count_values(column: str, *numbers: str) -> str:
    """Each value of a column by source, and numbers about the events that have it."""
    return f"""
        SELECT account, source, {column}, {", ".join(numbers)}
        FROM accepted WHERE {column} IS NOT NULL GROUP BY {column}, source, account"""


_ALL: Final = "COUNT(*) AS reports"
#: What is sent from a till has the till's address, if any, and often the shop's own e-mail address.
_ONLINE: Final = "COUNT(*) FILTER (WHERE action_source <> 'offline') AS events"

#: Table -> its SELECT, made once, when a query first asks it. Groups name first what differs most: SQLite sorts rows
#: to group them, and most events of a file have one account, name and source.
TABLES: Mapping[str, str] = {
    # What rules read of the events that Pinterest accepts: most rules read all of these, and facts have more columns.
    # `side` is `tag` or `server`: the API and Segment are both the server's side.
    "accepted": """
        SELECT id, source, action_source, event_name, account, duplicate_of, event_id, order_id, event_time, em,
            external_id, ph, fn, ln, click_id, maid, ip, user_agent, products, value, worth, pieces, currency, page, url,
            clicked, request, arrival, beside, CASE WHEN source = 'tag' THEN 'tag' ELSE 'server' END AS side
        FROM facts WHERE kind = 'event' AND test = 0 AND status = 'processed'""",
    # What came under one name and id, each row a group of events; a pair has both a
    # `tag_id` and a `server_id`. It counts more than one where they came too far `apart`, in seconds.
    "by_id": """
        SELECT account, event_name, event_id, MIN(source) AS source, COUNT(*) AS events, MIN(id) AS first_id,
            MAX(id) AS last_id, MAX(request) FILTER (WHERE source <> 'tag') AS last_request, MIN(order_id) AS least_order,
            MAX(order_id) AS most_order, COUNT(order_id) FILTER (WHERE source = 'tag') AS tag_orders,
            COUNT(order_id) FILTER (WHERE source <> 'tag') AS server_orders,
            MAX(CASE WHEN action_source = 'web' THEN 1 ELSE 0 END) AS web, COUNT(*) - COUNT(duplicate_of) AS counted,
            MAX(arrival) - MIN(arrival) AS apart,
            MIN(id) FILTER (WHERE source = 'tag') AS tag_id, MIN(id) FILTER (WHERE source <> 'tag') AS server_id
        FROM accepted WHERE event_id IS NOT NULL AND action_source <> 'offline'
        GROUP BY event_id, event_name, account""",
    # What one source reported several times under one name and id.
    "repeated": f"""
        SELECT e.account, e.event_name, e.event_id, e.source, COUNT(*) AS events, MIN(e.id) AS first_id,
            MAX(e.id) AS last_id, CASE WHEN {_DIFFERS} THEN 1 ELSE 0 END AS differs
        FROM by_id AS b JOIN accepted AS e
            ON e.account = b.account AND e.event_name = b.event_name AND e.event_id = b.event_id
        WHERE e.action_source <> 'offline'
            AND (b.events > 2 OR (b.events = 2 AND (b.tag_id IS NULL OR b.server_id IS NULL)))
        GROUP BY e.event_id, e.source, e.event_name, e.account HAVING COUNT(*) > 1""",
    "names_of_tag": "SELECT DISTINCT account, event_name FROM by_id WHERE tag_id IS NOT NULL",
    "names_of_server": "SELECT DISTINCT account, event_name FROM by_id WHERE server_id IS NOT NULL",
    # What of each name the two sides saw on the web, by id.
    "sides": """
        SELECT account, event_name, COUNT(*) AS ids, COUNT(tag_id) AS tags, COUNT(server_id) AS servers,
            COUNT(*) FILTER (WHERE server_id IS NULL) AS tag_alone,
            COUNT(*) FILTER (WHERE tag_id IS NULL) AS server_alone,
            MIN(tag_id) FILTER (WHERE server_id IS NULL) AS tag_example,
            MIN(server_id) FILTER (WHERE tag_id IS NULL) AS server_example,
            SUM(tag_orders) AS tag_orders, SUM(server_orders) AS server_orders
        FROM by_id WHERE web = 1 GROUP BY event_name, account""",
    "by_order": f"""
        SELECT account, event_name, order_id, MIN(source) AS source, MAX(source) AS other_source,
            COUNT(DISTINCT event_id) + COUNT(*) FILTER (WHERE event_id IS NULL) AS ids,
            COUNT(*) AS events, COUNT(DISTINCT em) FILTER (WHERE source <> 'tag') AS people,
            MIN(id) FILTER (WHERE source = 'tag') AS tag_id,
            MIN(id) FILTER (WHERE source <> 'tag') AS server_id,
            MIN(id) AS first_id, MAX(id) AS last_id, MAX(request) FILTER (WHERE source <> 'tag') AS last_request,
            CASE WHEN event_name = 'checkout' THEN {FORM} END AS form
        FROM accepted WHERE order_id IS NOT NULL AND action_source <> 'offline'
        GROUP BY order_id, event_name, account""",
    # What each source reports of each known person: `seen` are the events on the web whose browser is known; `moves`
    # is 1 where the person had several browsers and addresses, `changes` where several external_ids; a customer, several em.
    "people": _count_values(
        "em",
        _ALL,
        _ONLINE,
        "COUNT(*) FILTER (WHERE action_source <> 'offline' AND event_name = 'checkout') AS orders",
        "COUNT(user_agent) FILTER (WHERE action_source = 'web' AND duplicate_of IS NULL AND ip IS NOT NULL) AS seen",
        "CASE WHEN MIN(ip) < MAX(ip) AND MIN(user_agent) < MAX(user_agent) THEN 1 ELSE 0 END AS moves",
        "CASE WHEN MIN(external_id) < MAX(external_id) THEN 1 ELSE 0 END AS changes",
    ),
    "customers": _count_values(
        "external_id", _ALL, _ONLINE, "CASE WHEN MIN(em) < MAX(em) THEN 1 ELSE 0 END AS changes"
    ),
    "clicks": _count_values(
        "click_id",
        _ONLINE,
        "COUNT(em) AS known",
        "COUNT(DISTINCT em) AS people",
        "MIN(id) FILTER (WHERE em IS NOT NULL) AS first_known",
        "MAX(id) FILTER (WHERE em IS NOT NULL) AS last_known",
    ),
    "addresses": _count_values(
        "ip",
        _ONLINE,
        "MIN(id) FILTER (WHERE action_source <> 'offline') AS first_id",
        "MAX(id) FILTER (WHERE action_source <> 'offline') AS last_id",
    ),
    "phones": _count_values("ph", _ONLINE),
    "first_names": _count_values("fn", _ONLINE),
    "last_names": _count_values("ln", _ONLINE),
    "browsers": _count_values("user_agent", "COUNT(*) FILTER (WHERE action_source = 'web') AS events"),
    # What the server reports of each known person that happens once: `varies` is 1 where not all of it can be one
    # order that one system reports from one page. `valued` of it have a value, and at least `apart` of those another one.
    "buyers": f"""
        SELECT account, event_name, {PERSON} AS person, COUNT(value) FILTER (WHERE duplicate_of IS NULL) AS valued,
            CASE WHEN MIN(value) FILTER (WHERE duplicate_of IS NULL)
                    < MAX(value) FILTER (WHERE duplicate_of IS NULL) THEN 2
                WHEN COUNT(value) FILTER (WHERE duplicate_of IS NULL) > 0 THEN 1 ELSE 0 END AS apart,
            CASE WHEN MIN(order_id) < MAX(order_id) OR COUNT(order_id) < COUNT(*) OR MIN(source) < MAX(source)
                OR MIN(COALESCE(page, 0)) < MAX(COALESCE(page, 0)) THEN 1 ELSE 0 END AS varies
        FROM accepted WHERE {_SERVER_ONCE}
        GROUP BY {PERSON}, event_name, account""",
    # What of that comes within a minute after another such event, its `earlier`.
    "soon_again": f"""
        SELECT account, event_name, person, id, earlier
        FROM (
            SELECT account, event_name, {PERSON} AS person, id, LAG(id) OVER w AS earlier,
                event_time - LAG(event_time) OVER w AS seconds
            FROM accepted
            WHERE {PERSON} IN (SELECT person FROM buyers WHERE varies = 1) AND {_SERVER_ONCE}
            WINDOW w AS (PARTITION BY {PERSON}, event_name, account ORDER BY event_time, id)
        ) AS told WHERE seconds <= 60""",
    # How many events that is one of, and at how many different times they happened.
    "once": f"""
        SELECT account, event_name, COUNT(*) AS events, COUNT(DISTINCT event_time) AS times
        FROM accepted WHERE event_name IN (SELECT event_name FROM soon_again) AND {_SERVER_ONCE}
        GROUP BY event_name, account""",
    "pairs": """
        SELECT t.account, t.event_name, t.id AS example, s.id AS other, t.value AS tag_value,
            s.value AS server_value, t.currency AS tag_currency, s.currency AS server_currency,
            t.products AS tag_products, s.products AS server_products, t.em AS tag_em, s.em AS server_em,
            t.external_id AS tag_external_id, s.external_id AS server_external_id,
            t.event_time AS tag_time, s.event_time AS server_time, t.order_id AS tag_order,
            s.order_id AS server_order, t.limited AS tag_limited, s.limited AS server_limited,
            CASE WHEN t.value = s.value AND COALESCE(t.products = s.products, 1 = 1)
                    AND COALESCE(t.em = s.em, t.products = s.products AND ABS(t.event_time - s.event_time) <= 600)
                THEN 1 ELSE 0 END AS alike
        FROM by_id m JOIN facts t ON t.id = m.tag_id JOIN facts s ON s.id = m.server_id""",
    # What people who order did on the server's web within each hour: how many orders, and the first order and page.
    # None where the server reports orders alone.
    "visits": f"""
        SELECT account, source, em, external_id, ip, user_agent, ROUND(event_time / 3600.0) AS hours,
            COUNT(*) FILTER (WHERE event_name = 'checkout') AS orders,
            MIN(id) FILTER (WHERE event_name = 'checkout') AS ordered, MIN(id) FILTER (WHERE {BROWSES}) AS browsed
        FROM accepted
        WHERE EXISTS (SELECT 1 FROM names WHERE {BROWSES} AND source <> 'tag')
            AND source <> 'tag' AND action_source = 'web' AND (event_name = 'checkout' OR {BROWSES})
            AND (em IN (SELECT em FROM accepted WHERE event_name = 'checkout')
                OR external_id IN (SELECT external_id FROM accepted WHERE event_name = 'checkout'))
        GROUP BY em, external_id, ip, user_agent, ROUND(event_time / 3600.0), source, account""",
    # Events that were refused, failed or missed every endpoint, and whether the server sent them again later and they
    # were accepted: what the tag reports of them corrects nothing. A request that missed has no ad account.
    "unsettled": """
        SELECT e.*, CASE WHEN a.last_request > e.request OR o.last_request > e.request OR f.last_request > e.request
            THEN 1 ELSE 0 END AS came_again
        FROM facts e
        LEFT JOIN by_id a ON a.event_name = e.event_name AND a.event_id = e.event_id
            AND e.account IN ('', a.account)
        LEFT JOIN by_order o ON o.event_name = e.event_name AND o.order_id = e.order_id
            AND e.account IN ('', o.account)
        LEFT JOIN (
            SELECT account, event_name, COALESCE(order_id, event_id) AS name, MAX(request) AS last_request
            FROM accepted WHERE action_source = 'offline' GROUP BY COALESCE(order_id, event_id), event_name, account
        ) f ON f.event_name = e.event_name AND f.name = COALESCE(e.order_id, e.event_id)
            AND e.account IN ('', f.account)
        WHERE e.status IN ('refused', 'failed', 'missed') AND e.test = 0 AND e.file IS NULL AND e.kind <> 'call'""",
    # How many events, calls and requests came of each name of which any was lost, whatever became of them.
    "totals": """
        SELECT account AS of_account, event_name AS of_name, kind AS of_kind, COUNT(*) AS total
        FROM facts WHERE test = 0 AND event_name IN (
            SELECT event_name FROM unsettled UNION SELECT event_name FROM facts WHERE kind = 'call')
        GROUP BY account, event_name, kind""",
    # How many events of each source have each match key, a page, or a time to compare with those of other events. All
    # people who use one app may have its user agent.
    "held": f"""
        SELECT account, source, {", ".join(f"COUNT({key}) AS {key}" for key in (*IDENTITIES, "ph", "fn", "ln"))},
            COUNT(user_agent) FILTER (WHERE action_source = 'web') AS user_agent,
            COUNT(url) FILTER (WHERE action_source = 'web') AS url,
            COUNT(event_time) FILTER (WHERE arrival IS NOT NULL AND duplicate_of IS NULL) AS event_time
        FROM accepted WHERE action_source <> 'offline' GROUP BY account, source""",
}
#: Tables of what single columns hold. The queries that ask no others take about half of the time.
OF_VALUES: Final = frozenset({"accepted", "held", *TABLE_OF.values()})
_TABLE: Final = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


def find_tables(query: str) -> frozenset[str]:
    """The tables that a query asks, and those of which they are made."""
    named = {name for name in _TABLE.findall(query) if name in TABLES}
    return frozenset(named).union(*(find_tables(TABLES[name]) for name in named))
