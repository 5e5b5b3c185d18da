"""One table of an event's fields: the types, the columns and the records agree with it."""

from typing import get_args, get_type_hints

import orjson
import pytest

from mockpin.emulator.history.event_fields import (
    EVENT_FIELDS,
    FILTERS,
    EventFilter,
    EventRow,
    Filters,
    fit_column,
)
from tests.mockpin.emulator.history.rows import row
from tests.mockpin.sending import Sending, conversion_event

TYPES = get_type_hints(Filters)


@pytest.mark.parametrize(
    ("name", "asked", "kept"),
    [
        ("event_name", "AddToCart", "add_to_cart"),
        ("event_name", "Loyalty Tier", "Loyalty Tier"),
        ("event_name", "jane@x.org", "<masked 10>"),
        ("event_id", "jane@x.org", "<masked 10>"),
        ("event_id", "AddToCart", "AddToCart"),
        ("action_source", "WEB", "WEB"),
        ("status", "processed", "processed"),
        ("test", True, True),
    ],
)
def test_a_filter_is_asked_for_as_the_rows_have_it(name, asked, kept):
    assert FILTERS[name].as_stored(asked) == kept


def test_the_table_has_the_columns_of_the_rows():
    columns = [column for field in EVENT_FIELDS for column in field.column_names]
    assert sorted(columns) == sorted(EventRow._fields)


def test_the_table_has_the_fields_of_the_admin_apis_records():
    sending = Sending()
    sending.post(conversion_event())
    (record,) = sending.records()
    assert {field.name for field in EVENT_FIELDS} == record.keys()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"test": 1, "limited": 1, "findings": '[{"rule":"em-form"}]'},
        {"payload": '{"user_data":{"em":["x"]},"damaged":1}'},
        {"payload": '{"user_data":{"em":["x"'},
        {"payload": "[]", "findings": "["},
    ],
)
def test_a_record_is_written_as_it_is_read_also_where_the_store_is_damaged(changes):
    event = row(1, **changes)
    assert orjson.loads(orjson.dumps(event.to_written())) == event.to_dict()


def test_the_match_keys_of_a_record_are_those_with_a_value():
    payload = '{"user_data":{"ph":[],"em":["x"],"colour":"red","click_id":"c"}}'
    assert row(1, payload=payload).to_dict()["match_keys"] == ["em", "click_id"]


def test_type_and_table_have_the_same_filters():
    assert list(TYPES) == list(FILTERS)


@pytest.mark.parametrize("name", FILTERS)
def test_type_and_table_allow_the_same_values(name):
    choices = get_args(TYPES[name])
    assert choices == FILTERS[name].choices
    assert choices or TYPES[name] is FILTERS[name].kind


def test_no_two_fields_have_the_same_search_word():
    words = [field.word.word for field in EVENT_FIELDS if field.word]
    assert len(words) == len(set(words))


def test_a_filter_names_its_column_and_its_options_itself_unless_the_table_does():
    plain = EventFilter("shop_id", "The shop.")
    named = EventFilter("old", "Is it old?", bool, column="age > 9", also=("aged",), aliases=("--aged",))
    assert (plain.condition, plain.options) == ("? IN (shop_id)", ("--shop-id",))
    assert (named.condition, named.options) == ("? IN (age > 9, aged)", ("--old", "--aged"))


def test_a_filter_reads_the_fields_that_may_have_its_value():
    record = {"shop_id": "1", "branch_id": "2"}
    assert EventFilter("shop_id", "").read_values(record) == ("1",)
    assert EventFilter("shop_id", "", also=("branch_id",)).read_values(record) == ("1", "2")
    assert EventFilter("shop_id", "", read=len).read_values(record) == (2,)


@pytest.mark.parametrize(
    ("name", "field", "value", "read"),
    [
        ("duplicate", "duplicate_of", 1, True),
        ("duplicate", "duplicate_of", None, False),
        ("limited_data_processing", "limited_data_processing", {"applies": True}, True),
    ],
)
def test_a_filter_of_yes_and_no_reads_it_from_what_the_field_says(name, field, value, read):
    assert FILTERS[name].read_values({field: value}) == (read,)


@pytest.mark.parametrize(
    ("time", "kind"), [(-(2**63), int), (2**63 - 1, int), (2**63, float), (-(2**63) - 1, float), (1.5, float)]
)
def test_a_time_of_more_than_64_bits_is_stored_as_a_float(time, kind):
    assert fit_column(time) == pytest.approx(time, rel=1e-15)
    assert type(fit_column(time)) is kind
