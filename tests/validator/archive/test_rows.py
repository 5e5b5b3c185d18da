"""Rows of a table as events."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mockpin_validator.archive.rows import event_of, is_table_of_events


def test_columns_have_the_names_of_fields_with_their_part_or_without():
    row = {
        "event_name": "checkout",
        "event_time": "1790000000",
        "em": "ab" * 32,
        "custom_data.value": "9.50",
        "currency": "EUR",
        "opt_out": "false",
        "content_ids": "a|b",
        "contents": '[{"id": "a"}]',
        "ph": "",
    }
    assert event_of(row) == {
        "event_name": "checkout",
        "event_time": 1790000000,
        "user_data": {"em": ["ab" * 32]},
        "custom_data": {
            "value": "9.50",
            "currency": "EUR",
            "content_ids": ["a", "b"],
            "contents": [{"id": "a"}],
        },
        "opt_out": False,
    }


def test_what_cannot_be_read_and_what_is_unknown_stays_for_the_rules():
    assert event_of({"event_name": "lead", "event_time": "yesterday", "colour": "red"}) == {
        "event_name": "lead",
        "event_time": "yesterday",
        "colour": "red",
    }


def test_a_segment_events_columns_are_paths():
    row = {"type": "track", "event": "Order Completed", "properties.revenue": "9.5", "context.ip": "8.8.8.8"}
    assert event_of({**row, "properties.order_id": "0012"}) == {
        "type": "track",
        "event": "Order Completed",
        "properties": {"revenue": 9.5, "order_id": "0012"},
        "context": {"ip": "8.8.8.8"},
    }


def test_typed_values_become_json():
    row = {
        "event_name": "lead",
        "event_time": datetime(2026, 9, 21, tzinfo=UTC),
        "value": Decimal("9.50"),
        "em": "ab" * 32,
        "user_data": None,
    }
    event = event_of(row)
    assert (event["event_time"], event["custom_data"]["value"]) == (1789948800, "9.50")
    assert event["user_data"] == {"em": ["ab" * 32]}


@pytest.mark.parametrize(
    ("columns", "are"),
    [
        (["event_name", "x"], True),
        (["data.event_id"], True),
        (["type", "messageId"], True),
        (["type", "colour"], False),
        (["a", "b"], False),
    ],
)
def test_a_table_of_events_is_known_by_its_columns(columns, are):
    assert is_table_of_events(columns) == are
