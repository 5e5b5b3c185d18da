"""Where a JSON pointer's value stands in the text."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.positions import Positions, second_key

PAYLOAD = """{
  "data": [
    {"event_name": "checkout",
     "user_data": {"em": ["a", "b"], "client_ip_address": "0.0.0.0"}}
  ]
}"""
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)


def pointers(value, at=""):
    """Every pointer into a value, with what it points to."""
    yield at, value
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        yield from pointers(member, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}")


def place(pointer, text=PAYLOAD, first_line=1):
    positions = Positions(Document(text.encode(), first_line))
    return positions.line_and_column(positions.locate(pointer))


def test_lines_and_columns_count_from_one():
    assert place("") == (1, 1)
    assert place("/data/0/event_name") == (3, 20)
    assert place("/data/0/user_data/em/1") == (4, 32)


def test_a_value_that_is_missing_is_sought_at_what_would_hold_it():
    assert place("/data/0/event_id") == (3, 5)
    assert place("/data/9/event_id") == (2, 11)


def test_lines_count_on_from_where_the_document_begins():
    assert place("/event_name", '{"event_name": 1}', 7) == (7, 16)


def test_columns_count_characters():
    assert place("/b", '{"é😀": 1, "b": 2}') == (1, 16)


def test_the_last_of_two_equal_keys_counts():
    assert place("/a", '{"a": 1, "a": 2}') == (1, 15)


def test_nesting_beyond_the_parser_ends_the_search():
    assert place("/0/0", "[" * 100_000 + "]" * 100_000) == (1, 1)


@settings(deadline=None, max_examples=80)
@given(VALUES, st.sampled_from([None, 0, 2, "\t"]), st.booleans())
def test_every_value_is_found_where_it_stands(value, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    positions = Positions(Document(text.encode(errors="surrogatepass")))
    for pointer, expected in pointers(value):
        offset = positions.locate(pointer)
        line, column = positions.line_and_column(offset)
        found, _ = json.JSONDecoder().raw_decode(positions.text, offset)
        assert found == expected
        assert positions.text.split("\n")[line - 1][column - 1 :] == positions.text[offset:].split("\n")[0]


def test_a_second_key_is_found_where_it_stands():
    assert second_key('{"a": {"b": 1},\n "b": 2,\n "a": 3}') == 26


def test_on_its_first_line_a_document_may_begin_further_right():
    positions = Positions(Document(b"[1,\n 2]", 3, column=10))
    assert [positions.line_and_column(positions.locate(pointer)) for pointer in ("/0", "/1")] == [
        (3, 12),
        (4, 2),
    ]


def test_a_text_that_was_made_of_a_row_has_no_columns():
    positions = Positions(Document(b'{"a":\n1}', 7, is_made=True))
    assert positions.line_and_column(positions.locate("/a")) == (7, None)


@settings(deadline=None, max_examples=80)
@given(VALUES, st.booleans())
def test_what_python_prints_has_no_second_key(value, ascii_only):
    assert second_key(json.dumps(value, ensure_ascii=ascii_only)) is None
