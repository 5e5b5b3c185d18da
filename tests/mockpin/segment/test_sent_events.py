import json

import orjson
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from mockpin.segment.sent_events import LARGEST, SMALLEST, read_as_sent
from mockpin_transformer.js import stringify

NUMBERS = st.integers() | st.integers(-(10**40), 10**40) | st.floats(-1e300, 1e300)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(st.characters(exclude_categories=("Cs",))),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab\u00e9"), inner, max_size=3),
    max_leaves=10,
)


def read_doubles(text):
    return json.loads(text, parse_int=float)


@given(VALUES)
def test_a_value_is_read_as_a_json_reader_reads_what_javascript_prints(value):
    read = read_as_sent(value)
    event(f"changed: {read != value}")
    assert read_doubles(orjson.dumps(read)) == read_doubles(stringify(value))


@pytest.mark.parametrize("number", [0, True, SMALLEST, LARGEST, 1.5])
def test_a_number_of_64_bits_stays(number):
    assert read_as_sent([number])[0] is number


@pytest.mark.parametrize("number", [SMALLEST - 1, LARGEST + 1, 10**30])
def test_a_longer_integer_becomes_a_double(number):
    read = read_as_sent({"quantity": number})["quantity"]
    assert (read, type(read)) == (float(number), float)


@pytest.mark.parametrize(
    ("text", "read"),
    [("\ud83d", "\ufffd"), ("a\ude00", "a\ufffd"), ("\ud83d\ude00", "\U0001f600"), ("\u00e9", "\u00e9")],
)
def test_a_lone_surrogate_is_replaced_and_a_pair_joined(text, read):
    assert read_as_sent({text: [text]}) == {read: [read]}
