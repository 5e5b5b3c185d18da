"""Views over `facts` that several rules ask, in the SQL that SQLite, DuckDB and Spark share."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: View -> its SELECT. `side` is `tag` or `server`: the API and Segment are both the server's side.
VIEWS: Mapping[str, str] = MappingProxyType({
    "real": "SELECT *, CASE WHEN source = 'tag' THEN 'tag' ELSE 'server' END AS side "
            "FROM facts WHERE kind = 'event' AND test = 0",
    "accepted": "SELECT * FROM real WHERE status = 'processed'",
    "totals": "SELECT account, event_name, COUNT(*) AS events FROM accepted GROUP BY account, event_name",
})  # fmt: skip
#: Table -> its SELECT, made once before the rules ask it. A pair is an event that the tag and the server
#: report under one name and id.
TABLES: Mapping[str, str] = MappingProxyType({
    "matches": """
        SELECT account, event_name, event_id,
            MIN(CASE WHEN side = 'tag' THEN id END) AS tag_id,
            MIN(CASE WHEN side = 'server' THEN id END) AS server_id
        FROM accepted WHERE event_id IS NOT NULL AND action_source <> 'offline'
        GROUP BY account, event_name, event_id
        HAVING MIN(side) <> MAX(side)""",
    "arrived": """
        SELECT account, event_name, event_id, MAX(request) AS last_request
        FROM accepted WHERE event_id IS NOT NULL GROUP BY account, event_name, event_id""",
    "arrived_orders": """
        SELECT account, event_name, order_id, MAX(request) AS last_request
        FROM accepted WHERE order_id IS NOT NULL GROUP BY account, event_name, order_id""",
    "pairs": """
        SELECT t.account, t.event_name, t.id AS example, s.id AS other, t.value AS tag_value,
            s.value AS server_value, t.currency AS tag_currency, s.currency AS server_currency,
            t.products AS tag_products, s.products AS server_products, t.em AS tag_em, s.em AS server_em,
            t.event_time AS tag_time, s.event_time AS server_time, t.order_id AS tag_order,
            s.order_id AS server_order
        FROM matches m JOIN facts t ON t.id = m.tag_id JOIN facts s ON s.id = m.server_id""",
})  # fmt: skip
