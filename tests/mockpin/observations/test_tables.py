"""The tables that several rules ask."""

import pytest

from mockpin.observations.relation import Facts
from mockpin.observations.rules import OBSERVATION_RULES
from mockpin.observations.tables import OF_VALUES, TABLES, find_tables
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
    order(6),
    order(6, em=1),
    order(7, source="tag"),
    order(7),
    order(7),
    order(1, event_name="page_visit", event_id="v", order_id=None),
    order(9, event_name="page_visit", order_id=None),
]


@pytest.fixture(scope="module")
def relation():
    with Facts() as relation:
        relation.add(FACTS)
        relation.observe()
        yield relation


@pytest.mark.parametrize(("name", "rows"), [("accepted", 13), ("by_id", 8), ("repeated", 2)])
def test_a_table_has_its_rows(relation, name, rows):
    assert relation.ask(f"SELECT COUNT(*) FROM {name}") == [(rows,)]
    assert name in TABLES


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT DISTINCT source, side FROM accepted ORDER BY side", [("api", "server"), ("tag", "tag")]),
        ("SELECT events, tag_id, server_id FROM by_id WHERE event_id = 'id-1'", [(2, 1, 2)]),
        ("SELECT event_id, source, events, differs FROM repeated ORDER BY event_id",
         [("id-6", "api", 2, 1), ("id-7", "api", 2, 0)]),
        ("SELECT ids, tags, servers, tag_alone, server_alone FROM sides WHERE event_name = 'checkout'",
         [(6, 2, 6, 0, 4)]),
        ("SELECT ids, events, people, first_id, last_id FROM by_order WHERE order_id = 'order-2'",
         [(2, 2, 2, 3, 4)]),
        ("SELECT tag_value, server_value FROM pairs WHERE example = 1", [(1.0, 2.0)]),
        ("SELECT id, came_again FROM unsettled", [(5, 1)]),
        ("SELECT source, em, external_id FROM held ORDER BY source", [("api", 10, 0), ("tag", 2, 0)]),
        ("SELECT em, reports, events, orders, seen FROM people WHERE em = 5001 ORDER BY source",
         [(5001, 2, 2, 1, 0), (5001, 1, 1, 1, 0)]),
        ("SELECT person, valued, apart, varies FROM buyers WHERE person IN (1, 5002, 5007) ORDER BY person",
         [(1, 1, 1, 0), (5002, 1, 1, 0), (5007, 2, 1, 0)]),
        ("SELECT COUNT(*) FROM customers", [(0,)]),
        ("SELECT em, orders, ordered, browsed FROM visits WHERE browsed > 0", [(5001, 1, 2, 14)]),
        ("SELECT of_name, of_kind, total FROM totals", [("checkout", "event", 12)]),
        ("SELECT event_name FROM names_of_tag", [("checkout",)]),
        ("SELECT COUNT(*) FROM names_of_server", [(2,)]),
    ],
)  # fmt: skip
def test_a_table_gathers_what_belongs_together(relation, query, rows):
    assert relation.ask(query) == rows


def test_orders_without_any_visit_are_not_grouped_by_visit():
    with Facts() as relation:
        relation.add([order(1), order(1, source="tag", event_name="page_visit", event_id="v", order_id=None)])
        relation.observe()
        assert relation.ask("SELECT COUNT(*) FROM visits") == [(0,)]


def test_what_comes_soon_again_follows_an_event_of_the_person_within_a_minute():
    with Facts() as relation:
        relation.add([
            order(number, event_id=f"{number}-{seconds}", order_id=f"{number}-{seconds}", event_time=float(seconds))
            for number, gap in ((1, 60), (2, 61)) for seconds in (100, 100 + gap)
        ])  # fmt: skip
        relation.observe()
        assert relation.ask("SELECT event_name, person, id, earlier FROM soon_again") == [
            ("checkout", 5001, 2, 1)
        ]
        assert relation.ask("SELECT event_name, events, times FROM once") == [("checkout", 4, 3)]


@pytest.mark.parametrize(
    ("values", "row"),
    [((10.0, 10.0), (2, 1)), ((10.0, 20.0, 30.0), (3, 2)), ((10.0, None), (1, 1)), ((None, None), (0, 0))],
)
def test_what_a_buyer_paid_is_apart_where_the_values_differ(values, row):
    with Facts() as relation:
        relation.add([order(1, event_id=f"{place}", value=value) for place, value in enumerate(values)])
        relation.observe()
        assert relation.ask("SELECT valued, apart FROM buyers") == [row]


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ("SELECT 1 FROM facts JOIN names", set()),
        ("SELECT em AS clicks FROM\n people", {"people", "accepted"}),
        ("SELECT 1 FROM facts JOIN repeated", {"repeated", "by_id", "accepted"}),
    ],
)
def test_a_query_names_its_tables_which_name_others(query, tables):
    assert find_tables(query) == tables


def test_some_rules_ask_only_what_single_columns_hold():
    alone = {name for name, rule in OBSERVATION_RULES.items() if find_tables(rule.query) <= OF_VALUES}
    assert {"same-email-for-everybody", "value-of-wrong-scale"} <= alone
    assert alone.isdisjoint({"order-counted-twice", "event-repeated-within-a-minute"})


def test_a_person_of_several_external_ids_changes_and_a_customer_of_several_addresses():
    with Facts() as relation:
        relation.add(
            [
                order(1, em=1, external_id=11),
                order(2, em=1, external_id=12),
                order(3, em=2, external_id=12),
                order(4, em=2),
            ]
        )
        assert relation.ask("SELECT em, changes FROM people ORDER BY em") == [(1, 1), (2, 0)]
        asked = relation.ask("SELECT external_id, changes FROM customers ORDER BY external_id")
        assert asked == [(11, 0), (12, 1)]
