"""Texts that are not JSON, each with its place and reason."""

import orjson
import pytest

from mockpin_validator.archive.documents import TOO_LONG, Document
from mockpin_validator.archive.parsing import Unparsable, find_duplicate_key, find_undecodable, parse


def complaint(text, line=1):
    with pytest.raises(Unparsable) as caught:
        parse(Document(text, line))
    return caught.value.finding


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (b'{"value": NaN}', 11, "NaN is not a JSON value"),
        (b'{"value": -Infinity}', 12, "Infinity is not a JSON value"),
        (b'{"a": undefined}', 7, "undefined is not a JSON value"),
        (b'{"a": "\xff"}', 8, "a byte that is not UTF-8"),
        ('{"é": "'.encode() + b"\xff", 8, "a byte that is not UTF-8"),
        (b"\xef\xbb\xbf{}", 1, "byte order mark"),
        (b'{"a": ' + b"9" * 5000 + b"}", 7, "too large"),
        (b"[" * 100_000 + b"]" * 100_000, 1026, "depth limit"),
        (b'{"a": 1', 8, "unexpected end of data"),
        (b'{"a": 1} {}', 10, "after document"),
        (b'{"a": 1,}', 8, "trailing comma"),
        (b"{'a': 1}", 2, "expected a string key"),
        (b'{"a": "\\ud800"}', 8, "surrogate"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else None,
)
def test_a_text_that_is_not_json_is_refused_with_its_place_and_reason(text, column, said):
    finding = complaint(text)
    assert (finding.line, finding.column) == (1, column)
    assert said in finding.message
    assert finding.fix


@pytest.mark.parametrize(
    ("text", "offset"), [(b'{"a": tru}', 6), ('{"é": "'.encode() + b"\xff", 7), (b'\n"\xff"', 2)]
)
def test_a_refused_text_has_the_offset_of_its_fault_in_characters(text, offset):
    with pytest.raises(Unparsable) as caught:
        parse(Document(text))
    assert caught.value.offset == offset


def test_lines_count_on_from_where_the_document_begins():
    assert complaint(b'{\n "a": tru\n}', line=5).line == 6
    assert complaint(b'{\n "a": "\xff"}', line=5).line == 6


def test_a_flaw_of_the_file_is_told_with_what_to_do():
    with pytest.raises(Unparsable, match=r"Line 7: .*10,000,000 bytes.*smaller batches"):
        parse(Document(b"", 7, flaw=TOO_LONG))


@pytest.mark.parametrize(
    "text", [b'{"em": jane@example.com}', b'"jane@example.com" 1', b'{"em": "jane@example.com']
)
def test_no_complaint_repeats_the_text(text):
    assert "jane" not in str(complaint(text))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (b'{"a":1,"a":2}', 8),
        (b'{"a": {"b": 1, "\\u0062": 1}}', 16),
        (b'{"a":1}', None),
        (b'[{"a": 1e2, "b": "a"}, {"a": "\\u0041"}]', None),
        (b"[" * 1000 + b" " + b"]" * 1000, None),
    ],
)
def test_a_key_that_stands_twice_is_noticed(text, column):
    twin = find_duplicate_key(Document(text), orjson.loads(text))
    assert (twin and twin[1] + 1) == column


@pytest.mark.parametrize(
    ("text", "offset"), [(b"ab", None), (b"a\xff", 1), ("ä\ud800".encode(errors="surrogatepass"), 1)]
)
def test_the_first_byte_that_is_not_utf_8_is_counted_in_characters(text, offset):
    assert find_undecodable(text) == offset
