"""Rows of a table as events."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mockpin_validator.archive.rows import (
    ColumnsClash,
    build_event,
    is_table_of_events,
    read_amount,
    read_cell,
)


def test_columns_have_the_names_of_fields_with_their_part_or_without():
    row = {
        "event_name": "checkout",
        "event_time": "1790000000",
        "em": "ab" * 32,
        "custom_data.value": "9.50",
        "currency": "EUR",
        "external_measurement_vendor_id": "7",
        "opt_out": "false",
        "content_ids": "a|b",
        "contents": '[{"id": "a"}]',
        "ph": "",
    }
    assert build_event(row) == {
        "event_name": "checkout",
        "event_time": 1790000000,
        "user_data": {"em": ["ab" * 32]},
        "custom_data": {
            "value": "9.50",
            "currency": "EUR",
            "external_measurement_vendor_id": 7,
            "content_ids": ["a", "b"],
            "contents": [{"id": "a"}],
        },
        "opt_out": False,
    }


def test_what_cannot_be_read_and_what_is_unknown_stays_for_the_rules():
    assert build_event({"event_name": "lead", "event_time": "yesterday", "colour": "red"}) == {
        "event_name": "lead",
        "event_time": "yesterday",
        "colour": "red",
    }


def test_a_segment_events_columns_are_paths():
    row = {"type": "track", "event": "Order Completed", "properties.revenue": "9.5", "context.ip": "8.8.8.8"}
    assert build_event({**row, "properties.order_id": "0012"}) == {
        "type": "track",
        "event": "Order Completed",
        "properties": {"revenue": 9.5, "order_id": "0012"},
        "context": {"ip": "8.8.8.8"},
    }


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"event_name": "lead", "em": "a", "user_data.em": "b"}, "user_data.em"),
        ({"event_name": "lead", "user_data": "x", "em": "b"}, "user_data.em"),
        ({"type": "track", "event": "x", "a": "text", "a.b.c": "1"}, "a.b.c"),
        ({"type": "track", "event": "x", "a.b": "1", "a": "text"}, "a"),
    ],
)
def test_two_cells_for_one_place_are_refused(row, place):
    with pytest.raises(ColumnsClash, match=f"^{place}$"):
        build_event(row)
    assert build_event(dict.fromkeys(row, "") | {"event_name": "lead"}) == {"event_name": "lead"}


def test_an_object_in_one_column_takes_fields_of_others():
    row = {"type": "track", "event": "x", "properties": '{"a": 1}', "properties.b": "2"}
    assert build_event(row)["properties"] == {"a": 1, "b": "2"}


def test_typed_values_become_json():
    row = {
        "event_name": "lead",
        "event_time": datetime(2026, 9, 21, tzinfo=UTC),
        "value": Decimal("9.50"),
        "em": "ab" * 32,
        "user_data": None,
    }
    event = build_event(row)
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


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("event_time", "5", 5),
        ("event_time", "5.5", "5.5"),
        ("event_time", "-" + "9" * 17, -(10**17 - 1)),
        ("event_time", "9" * 19, "9" * 19),
        ("opt_out", " TRUE", True),
        ("opt_out", "0", False),
        ("opt_out", "no", "no"),
        ("custom_data.content_ids", "a; b|c", ["a", "b", "c"]),
        ("custom_data.content_ids", '["a;b"]', ["a;b"]),
        ("custom_data.content_ids", '{"a": 1}', ['{"a": 1}']),
        ("user_data.em", ["a", b"b"], ["a", "b"]),
        ("user_data.em", 5, [5]),
        ("app_info", '{"a": 1}', {"a": 1}),
        ("app_info", "{", "{"),
        ("app_info", {"a": b"\xff", "b": None, "c": [Decimal("1.50")]}, {"a": "\ufffd", "c": ["1.50"]}),
        ("event_name", date(2026, 9, 21), "2026-09-21"),
        ("partner_name", "[1]", "[1]"),
    ],
)
def test_a_cell_is_read_as_its_fields_type(name, cell, value):
    assert read_cell(name, cell) == value


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("revenue", "9", 9), ("revenue", "-0.5", -0.5), ("revenue", "09", "09"), ("revenue", "9 €", "9 €"),
        ("order_id", "9", "9"), ("products", '[{"price": 1}]', [{"price": 1}]), ("price", Decimal(1), 1),
        ("quantity", 2, 2), ("total", "9" * 18, int("9" * 18)), ("total", "9" * 19, "9" * 19),
        ("total", "9" * 400 + ".5", "9" * 400 + ".5"),
    ],
)  # fmt: skip
def test_a_cell_of_a_segment_event_is_a_number_where_it_is_an_amount(name, cell, value):
    assert read_amount(name, cell) == value
