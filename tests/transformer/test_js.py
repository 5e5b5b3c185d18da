import copy
import json
import math
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer import NotJson, js
from mockpin_transformer.js import UNDEFINED
from tests.transformer.json_values import JSON_VALUES


def test_undefined_is_false_and_stays_itself():
    assert not UNDEFINED
    assert copy.deepcopy(UNDEFINED) is UNDEFINED
    assert pickle.loads(pickle.dumps(UNDEFINED)) is UNDEFINED
    assert repr(UNDEFINED) == "UNDEFINED"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (100.0, "100"),
        (12.5, "12.5"),
        (-0.001, "-0.001"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-1.5e300, "-1.5e+300"),
        (0.000001, "0.000001"),
        (1e-7, "1e-7"),
        (1.25e-9, "1.25e-9"),
        (5e-324, "5e-324"),
        (12345678901234567890, "12345678901234567000"),
        (10**400, "Infinity"),
        (-(10**400), "-Infinity"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_are_printed_as_javascript_prints_them(number, text):
    assert js.number_text(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_reads_back_as_itself(number):
    assert js.to_number(js.number_text(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        (" \ufeff\n", 0),
        (" 12 ", 12),
        ("+5", 5),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("1e1000", math.inf),
        ("0x1F", 31),
        ("0b11", 3),
        ("0o17", 15),
        ("-Infinity", -math.inf),
    ],
)
def test_numbers_are_read_as_javascript_reads_them(text, number):
    assert js.to_number(text) == number


@pytest.mark.parametrize("text", ["NaN", "1,5", "1_0", "\u0661", "-0x1", "infinity", ".", "\u200b1", "1 2"])
def test_what_is_not_a_number_in_javascript_is_nan(text):
    assert math.isnan(js.to_number(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x", "x"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (UNDEFINED, "undefined"),
        ({"a": 1}, "[object Object]"),
        ([1, None, UNDEFINED, [2, 3], {}], "1,,,2,3,[object Object]"),
    ],
)
def test_values_become_text_as_in_javascript(value, text):
    assert js.to_string(value) == text


@pytest.mark.parametrize("value", [0, -0.0, "", None, False, UNDEFINED, math.nan])
def test_these_are_falsy(value):
    assert not js.is_truthy(value)


@pytest.mark.parametrize("value", [[], {}, " ", "0", 1, True])
def test_these_are_truthy(value):
    assert js.is_truthy(value)


@pytest.mark.parametrize(
    ("value", "name", "typeof"),
    [
        ("", "string", "string"),
        (1.5, "number", "number"),
        (True, "boolean", "boolean"),
        (None, "null", "object"),
        ([], "array", "object"),
        ({}, "object", "object"),
        (UNDEFINED, "undefined", "undefined"),
    ],
)
def test_types_have_javascript_names(value, name, typeof):
    assert (js.type_name(value), js.typeof(value)) == (name, typeof)


@pytest.mark.parametrize("read", [js.type_name, js.typeof, js.to_string, js.stringify])
def test_what_json_does_not_have_has_no_type_and_no_text(read):
    with pytest.raises(NotJson, match="Python's type Decimal, which JSON does not have"):
        read(Decimal("12.5"))


def test_trimming_takes_javascript_whitespace_only():
    assert js.trim("\ufeff\u00a0\u2028 x \v\u3000") == "x"
    assert js.trim("\x1c\x85\u200bx") == "\x1c\x85\u200bx"


@given(st.text())
def test_units_give_back_their_text(text):
    assert js.from_units(js.to_units(text)) == text
    assert js.utf16_length(text) == len(js.to_units(text))


def test_an_emoji_has_two_units():
    assert js.to_units("a😀") == "a\ud83d\ude00"
    assert js.from_units("\ud83d" + "\ude00") == "😀"


def test_indexes_come_first_in_every_object():
    assert js.ordered_keys(dict.fromkeys(["b", "10", "a", "2", "01", "4294967295"])) == [
        "2",
        "10",
        "b",
        "a",
        "01",
        "4294967295",
    ]


def test_json_text_is_javascripts():
    value = {"b": [UNDEFINED, math.inf, 1e21, 1.0, True, None], "1": "é\n\ud800", "gone": UNDEFINED}
    assert js.stringify(value) == '{"1":"é\\n\\ud800","b":[null,null,1e+21,1,true,null]}'


@given(JSON_VALUES)
def test_json_text_reads_back_as_the_same_value(value):
    text = js.stringify(value)
    assert js.stringify(js.parse_json(text)) == text
    json.loads(text)


def test_parsed_integers_are_doubles():
    assert js.parse_json("12345678901234567890") == 12345678901234567000
    assert js.parse_json("[9007199254740993, 999999999999999]") == [2**53, 999999999999999]
    assert js.number_text(js.parse_json("-0")) == "0"
    assert math.copysign(1, js.parse_json("-0")) == -1
    assert js.parse_json("1" + "0" * 400) == math.inf


@pytest.mark.parametrize("text", ["NaN", "Infinity", "{a:1}", "", "'x'", "[1,]"])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        js.parse_json(text)


@pytest.mark.parametrize(
    ("value", "members"),
    [
        ({"a": 1}, {"a": 1}),
        (["x", "y"], {"0": "x", "1": "y"}),
        ("a😀", {"0": "a", "1": "\ud83d", "2": "\ude00"}),
        (5, {}),
        (None, {}),
        (UNDEFINED, {}),
    ],
)
def test_spreading_takes_own_members(value, members):
    assert js.spread(value) == members
