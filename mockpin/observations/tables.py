"""Tables made from `facts` that several rules ask, in the SQL that SQLite, DuckDB and Spark share."""

from collections.abc import Mapping
from typing import Final

#: What two reports of one event by one source have in common; the page without its query.
SAME: Final = ("order_id", "em", "external_id", "click_id", "user_agent", "page", "products")
_DIFFERS = " OR ".join(f"MIN({column}) <> MAX({column})" for column in SAME)
#: Match keys that tell people apart.
IDENTITIES: Final = ("em", "external_id", "click_id", "ip")

#: Table -> its SELECT, made once before the rules ask it. Groups name first what differs most: SQLite sorts rows
#: to group them, and most events of a file have one account, name and source.
TABLES: Mapping[str, str] = {
    # What rules read of the events that Pinterest accepts: most rules read all of these, and facts have more columns.
    # `side` is `tag` or `server`: the API and Segment are both the server's side.
    "accepted": """
        SELECT id, source, action_source, event_name, account, duplicate_of, event_id, order_id, event_time, em,
            external_id, click_id, ip, user_agent, products, value, worth, pieces, currency, page, url, request,
            arrival, beside, CASE WHEN source = 'tag' THEN 'tag' ELSE 'server' END AS side
        FROM facts WHERE kind = 'event' AND test = 0 AND status = 'processed'""",
    # What each source reported under one name and id, each row a group of events that Pinterest counts once.
    "by_source": f"""
        SELECT account, event_name, event_id, source, COUNT(*) AS events, MIN(id) AS first_id,
            MAX(id) AS last_id, MAX(request) AS last_request, MIN(order_id) AS least_order,
            MAX(order_id) AS most_order, MAX(CASE WHEN action_source = 'web' THEN 1 ELSE 0 END) AS web,
            CASE WHEN {_DIFFERS} THEN 1 ELSE 0 END AS differs
        FROM accepted WHERE event_id IS NOT NULL AND action_source <> 'offline'
        GROUP BY event_id, source, event_name, account""",
    "names_of_tag": "SELECT DISTINCT account, event_name FROM by_source WHERE source = 'tag'",
    "names_of_server": "SELECT DISTINCT account, event_name FROM by_source WHERE source <> 'tag'",
    # The same as `by_source` over all sources; a pair has both a `tag_id` and a `server_id`.
    "by_id": """
        SELECT account, event_name, event_id, MIN(source) AS source, SUM(events) AS events,
            MAX(events) AS most_events, MIN(first_id) AS first_id, MAX(last_id) AS last_id,
            MAX(last_request) AS last_request, MIN(least_order) AS least_order, MAX(most_order) AS most_order,
            MAX(CASE WHEN source = 'tag' THEN most_order END) AS tag_order,
            MAX(CASE WHEN source <> 'tag' THEN most_order END) AS server_order, MAX(web) AS web,
            MAX(differs) AS differs, MIN(CASE WHEN source = 'tag' THEN first_id END) AS tag_id,
            MIN(CASE WHEN source <> 'tag' THEN first_id END) AS server_id
        FROM by_source GROUP BY event_id, event_name, account""",
    # What of each name the two sides saw on the web, by id.
    "sides": """
        SELECT account, event_name, COUNT(*) AS ids, COUNT(tag_id) AS tags, COUNT(server_id) AS servers,
            SUM(CASE WHEN server_id IS NULL THEN 1 ELSE 0 END) AS tag_alone,
            SUM(CASE WHEN tag_id IS NULL THEN 1 ELSE 0 END) AS server_alone,
            MIN(CASE WHEN server_id IS NULL THEN tag_id END) AS tag_example,
            MIN(CASE WHEN tag_id IS NULL THEN server_id END) AS server_example,
            MAX(tag_order) AS tag_order, MAX(server_order) AS server_order
        FROM by_id WHERE web = 1 GROUP BY account, event_name""",
    "by_order": """
        SELECT account, event_name, order_id, MIN(source) AS source, MAX(source) AS other_source,
            COUNT(DISTINCT event_id) + SUM(CASE WHEN event_id IS NULL THEN 1 ELSE 0 END) AS ids,
            COUNT(*) AS events, COUNT(DISTINCT CASE WHEN side = 'server' THEN em END) AS people,
            MIN(CASE WHEN side = 'tag' THEN id END) AS tag_id,
            MIN(CASE WHEN side = 'server' THEN id END) AS server_id,
            MIN(id) AS first_id, MAX(id) AS last_id, MAX(request) AS last_request
        FROM accepted WHERE order_id IS NOT NULL AND action_source <> 'offline'
        GROUP BY order_id, event_name, account""",
    "pairs": """
        SELECT t.account, t.event_name, t.id AS example, s.id AS other, t.value AS tag_value,
            s.value AS server_value, t.currency AS tag_currency, s.currency AS server_currency,
            t.products AS tag_products, s.products AS server_products, t.em AS tag_em, s.em AS server_em,
            t.external_id AS tag_external_id, s.external_id AS server_external_id,
            t.event_time AS tag_time, s.event_time AS server_time, t.order_id AS tag_order,
            s.order_id AS server_order,
            CASE WHEN t.em = s.em AND t.value = s.value AND COALESCE(t.products = s.products, 1 = 1)
                THEN 1 ELSE 0 END AS alike
        FROM by_id m JOIN facts t ON t.id = m.tag_id JOIN facts s ON s.id = m.server_id""",
    # Events that were refused, failed or missed every endpoint, and whether they came again later and were
    # accepted. A request that missed has no ad account.
    "unsettled": """
        SELECT e.*, CASE WHEN a.last_request > e.request OR o.last_request > e.request THEN 1 ELSE 0 END
            AS came_again
        FROM facts e
        LEFT JOIN by_id a ON a.event_name = e.event_name AND a.event_id = e.event_id
            AND e.account IN ('', a.account)
        LEFT JOIN by_order o ON o.event_name = e.event_name AND o.order_id = e.order_id
            AND e.account IN ('', o.account)
        WHERE e.status IN ('refused', 'failed', 'missed') AND e.test = 0 AND e.file IS NULL AND e.kind <> 'call'""",
    # How many events, calls and requests of each name came, whatever became of them.
    "totals": """
        SELECT account AS of_account, event_name AS of_name, kind AS of_kind, COUNT(*) AS total
        FROM facts WHERE test = 0 GROUP BY account, event_name, kind""",
    # How many events of each source have each match key. All people who use one app may have its user agent.
    "held": f"""
        SELECT account, source, {", ".join(f"COUNT({key}) AS {key}" for key in IDENTITIES)},
            COUNT(CASE WHEN action_source = 'web' THEN user_agent END) AS user_agent
        FROM accepted WHERE action_source <> 'offline' GROUP BY account, source""",
}
