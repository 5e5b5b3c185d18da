"""The tables that several rules ask."""

import pytest

from mockpin.observations.relation import Facts
from mockpin.observations.tables import TABLES
from tests.mockpin.observations.relations import order

FACTS = [
    order(1, source="tag", value=1.0),
    order(1, value=2.0),
    order(2, event_id="x"),
    order(2, event_id="y", em=7),
    order(3, status="refused", request=3),
    order(3, request=4),
    order(4, action_source="offline"),
    order(5, test=1),
]


@pytest.fixture(scope="module")
def relation():
    with Facts() as relation:
        relation.add(FACTS)
        relation.observe()
        yield relation


@pytest.mark.parametrize(("name", "rows"), [("accepted", 6), ("by_source", 5), ("by_id", 4)])
def test_a_table_has_its_rows(relation, name, rows):
    assert relation.ask(f"SELECT COUNT(*) FROM {name}") == [(rows,)]
    assert name in TABLES


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT DISTINCT source, side FROM accepted ORDER BY side", [("api", "server"), ("tag", "tag")]),
        ("SELECT events, tag_id, server_id FROM by_id WHERE event_id = 'id-1'", [(2, 1, 2)]),
        ("SELECT ids, tags, servers, tag_alone, server_alone FROM sides", [(4, 1, 4, 0, 3)]),
        ("SELECT ids, events, people, first_id, last_id FROM by_order WHERE order_id = 'order-2'",
         [(2, 2, 2, 3, 4)]),
        ("SELECT tag_value, server_value FROM pairs", [(1.0, 2.0)]),
        ("SELECT id, came_again FROM unsettled", [(5, 1)]),
        ("SELECT source, em, external_id FROM held ORDER BY source", [("api", 4, 0), ("tag", 1, 0)]),
        ("SELECT event_name FROM names_of_tag", [("checkout",)]),
    ],
)  # fmt: skip
def test_a_table_gathers_what_belongs_together(relation, query, rows):
    assert relation.ask(query) == rows
