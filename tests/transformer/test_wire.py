import json
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given

from mockpin_transformer import UNDEFINED, NotJson
from mockpin_transformer.wire import find_foreign, write_payload
from tests.transformer.json_values import JSON_VALUES

PRINTED = [
    ({"a": None, "b": True, "c": "é😀"}, '{"a":null,"b":true,"c":"é😀"}'),
    ({"a": 2**53 + 1}, '{"a":9007199254740992}'),
    ({"a": 10**21}, '{"a":1e+21}'),
    ({"a": "\ud800q"}, '{"a":"\\ud800q"}'),
    ({"app_info": {"install_time": 0.000001}}, '{"app_info":{"install_time":0.000001}}'),
    ({"app_info": {"install_time": 1e16}}, '{"app_info":{"install_time":10000000000000000}}'),
    ({"app_info": {"install_time": 1.5}}, '{"app_info":{"install_time":1.5}}'),
]


@pytest.mark.parametrize(("event", "text"), PRINTED)
def test_an_event_is_printed_as_javascript_prints_it(event, text):
    assert write_payload([event]).decode() == f'{{"data":[{text}]}}'


def test_events_keep_their_order():
    events = [{"event_id": str(number)} for number in range(3)]
    assert json.loads(write_payload(events)) == {"data": events}


@dataclass
class Money:
    """Of a type that JSON does not have."""

    amount: int


class Color(Enum):
    """No text, though its value is."""

    RED = "red"


class Name(StrEnum):
    """Text of a type of its own."""

    CHECKOUT = "checkout"


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        (Decimal("12.5"), "Decimal"),
        (datetime.now(UTC), "datetime"),
        (Money(5), "Money"),
        ({1, 2}, "set"),
        (UUID(int=5), "UUID"),
        (Color.RED, "Color"),
        (b"red", "bytes"),
    ],
)
@pytest.mark.parametrize("way", [{}, {"app_info": {"install_time": 1.5}}])
def test_a_value_that_json_does_not_have_is_named_with_its_place(value, type_name, way):
    event = {"custom_data": {"contents": [{"price": value}]}, **way}
    with pytest.raises(NotJson, match=rf"/data/1/custom_data/contents/0/price is .* {type_name}, which"):
        write_payload([{}, event])


@pytest.mark.parametrize("way", [{}, {"app_info": {"install_time": 1.5}}])
def test_a_text_of_a_type_of_its_own_is_text_and_what_is_not_there_left_out(way):
    event = {"event_name": Name.CHECKOUT, "event_id": UNDEFINED, **way}
    assert json.loads(write_payload([event])) == {"data": [{"event_name": "checkout", **way}]}


def test_a_name_that_is_not_text_is_told():
    with pytest.raises(NotJson, match=r"/data/0/5 is of Python's type int"):
        write_payload([{5: 1}])


def test_a_tuple_is_a_list():
    events = [{"em": ("a", "b"), **way} for way in ({}, {"app_info": {"install_time": 0.5}})]
    assert [json.loads(write_payload([event]))["data"][0]["em"] for event in events] == [["a", "b"]] * 2


@given(JSON_VALUES)
def test_nothing_of_json_is_foreign(value):
    assert list(find_foreign(value)) == []
