"""JSON arrays of any length."""

import io
import json

import orjson
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.arrays import ArrayReader
from mockpin_validator.archive.documents import TOO_LONG
from mockpin_validator.archive.payloads import BATCH
from mockpin_validator.archive.positions import Positions


class Dripping(io.RawIOBase):
    """A stream that gives few bytes at a time."""

    def __init__(self, data, size):
        self.data, self.size, self.at = data, size, 0

    def read(self, _=-1):
        part = self.data[self.at : self.at + self.size]
        self.at += len(part)
        return part


def chunks(text, size=1 << 20):
    return list(ArrayReader(Dripping(text if isinstance(text, bytes) else text.encode(), size)).chunks())


def place(document, pointer):
    positions = Positions(document)
    return positions.line_and_column(positions.locate(pointer))


def elements(documents):
    return [element for document in documents for element in json.loads(document.text)]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.lists(JSON, max_size=6), st.sampled_from([None, 1]), st.booleans(), st.integers(1, 40))
def test_elements_are_those_of_the_whole_text_however_it_arrives(values, indent, ascii_only, size):
    text = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
    event("several elements" if len(values) > 1 else "at most one element")
    assert elements(chunks(text, size)) == values


def test_a_long_array_comes_in_chunks_that_know_their_place():
    text = json.dumps(
        [{"id": number, "é": "ü"} for number in range(2 * BATCH + 1)], indent=1, ensure_ascii=False
    )
    documents = chunks(text, 1000)
    assert [document.first for document in documents] == [0, BATCH, 2 * BATCH]
    last = documents[-1]
    line, column = place(last, "/0/é")
    assert text.splitlines()[line - 1][column - 1 :] == '"ü"'
    assert sum(document.lines for document in documents) == text.count("\n")


def test_in_an_array_of_one_line_columns_count_from_the_lines_beginning():
    text = json.dumps([{"id": f"é{number}"} for number in range(BATCH + 1)], ensure_ascii=False)
    last = chunks(text)[-1]
    _, column = place(last, "/0/id")
    assert text[column - 1 :] == f'"é{BATCH}"}}]'


def test_several_arrays_may_follow_one_another():
    documents = chunks("[1, 2]\n[][3]\n\n")
    assert [json.loads(document.text) for document in documents] == [[1, 2], [], [3]]
    assert [document.first for document in documents] == [0, 0, 0]


def test_an_empty_array_is_a_document():
    assert [chunk.text for chunk in chunks(" [ ] ")] == [b"[]"]


@pytest.mark.parametrize(
    "text", ['[1, {"a": }, 2]', "[1 2]", "[1, NaN]", "[1, 2", '[1, "a', "[1] x", "[1,]", "[nul", "[1e]"]
)
def test_what_is_not_json_is_the_last_document(text):
    *before, last = chunks(text, 3)
    assert len(before) == int(text == "[1] x")
    with pytest.raises(orjson.JSONDecodeError):
        orjson.loads(last.text)


def test_elements_before_a_broken_one_are_kept_once_their_chunk_is_full():
    text = json.dumps(list(range(BATCH)))[:-1] + ", {]"
    documents = chunks(text)
    assert len(json.loads(documents[0].text)) == BATCH
    assert (documents[1].first, documents[1].flaw) == (BATCH, None)


def test_an_element_longer_than_a_request_is_not_held():
    documents = chunks('["' + "x" * 11_000_000 + '"]')
    assert [document.flaw for document in documents] == [TOO_LONG]


def test_bytes_that_are_not_utf_8_stay_for_the_parser_to_refuse():
    (document,) = chunks(b'["\xff"]')
    assert document.text == b'["\xff"]'


def test_of_an_element_nested_too_deeply_the_beginning_is_kept():
    (document,) = chunks("[1, " + "[" * 250_000)
    assert 100_000 < len(document.text) < 101_000
