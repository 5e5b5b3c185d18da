"""Documents of a stream, whatever its lines are like."""

import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.documents import (
    BROKEN_OFF,
    CUT_OFF,
    DAMAGED,
    EMPTY,
    LIMIT,
    TOO_LONG,
    Document,
    add_detail,
    make_flaw,
    read_documents,
    skip_line,
)


def read(text, name="", **kwargs):
    return list(read_documents(io.BytesIO(text), name, **kwargs))


def test_every_line_is_a_document_blank_ones_too():
    assert read(b'{"a": 1}\n\n{"b": 2}') == [
        Document(b'{"a": 1}\n', 1),
        Document(b"\n", 2),
        Document(b'{"b": 2}', 3),
    ]


@pytest.mark.parametrize("first", [b"{", b"[", b'{"data": [', b'{"a":', b'{"a": 1,'])
def test_a_first_line_that_goes_on_makes_one_document_of_all(first):
    assert read(b"\n" + first + b"\n  1]}\n") == [Document(b"\n", 1), Document(first + b"\n  1]}\n", 2, 2)]


def test_a_file_named_after_lines_has_lines_only():
    assert len(read(b"{\n{}\n", "events.jsonl")) == 2


@pytest.mark.parametrize("text", [b"", b"\n \n"])
def test_a_file_that_holds_nothing_is_not_json_unless_it_is_named_after_lines(text):
    assert read(text)[-1].flaw == EMPTY
    assert not any(document.flaw for document in read(text, "events.jsonl"))


def test_a_line_that_is_too_long_is_passed_over_and_the_rest_is_read():
    long = b'"' + b"x" * (LIMIT * 2) + b'"\n'
    assert read(b"1\n" + long + b"2\n") == [
        Document(b"1\n", 1),
        Document(b"", 2, flaw=TOO_LONG),
        Document(b"2\n", 3),
    ]


@pytest.mark.parametrize(("size", "flaw"), [(10_000_000, None), (10_000_001, TOO_LONG)])
def test_a_document_may_have_ten_million_bytes(size, flaw):
    (document,) = read(b"x" * size, ".jsonl")
    assert (document.flaw, len(document.text)) == (flaw, size if flaw is None else 0)


def test_a_document_over_many_lines_may_not_be_too_long_either():
    line = b" " * 999_999 + b"\n"
    assert read(b"[\n" + line * 10 + b"]") == [Document(b"", 1, flaw=TOO_LONG)]
    assert read(b"[\n" + b"x" * (LIMIT + 1)) == [Document(b"", 1, flaw=TOO_LONG)]


@pytest.mark.parametrize(("keep", "flaw"), [(-9, CUT_OFF), (-12, CUT_OFF)])
def test_a_gzip_stream_that_is_cut_off_gives_what_came_before(keep, flaw):
    packed = gzip.compress(b"1\n2\n")[:keep]
    documents = list(read_documents(gzip.GzipFile(fileobj=io.BytesIO(packed))))
    assert documents[-1].flaw == flaw


def test_a_damaged_gzip_stream_says_so():
    packed = bytearray(gzip.compress(bytes(range(256)) * 40))
    packed[20:40] = b"\xff" * 20
    documents = list(read_documents(gzip.GzipFile(fileobj=io.BytesIO(bytes(packed)))))
    assert documents[-1].flaw == DAMAGED


def test_a_stream_that_fails_is_unreadable_from_there_on():
    class Failing(io.BytesIO):
        def readline(self, size=-1, /):
            if self.tell():
                raise OSError
            return super().readline(size)

    assert list(read_documents(Failing(b"1\n2\n"))) == [
        Document(b"1\n", 1),
        Document(b"", 2, flaw=BROKEN_OFF),
    ]


def test_skipping_ends_at_the_stop_even_within_a_line():
    stream = io.BytesIO(b"x" * 3_000_000)
    assert skip_line(stream, stop=1_000_000) < 3_000_000


@settings(deadline=None, max_examples=60)
@given(st.lists(st.binary(max_size=5).filter(lambda line: b"\n" not in line), max_size=8), st.integers(0, 60))
def test_lines_that_begin_before_a_stop_are_read_and_no_others(lines, stop):
    text = b"\n".join(lines)
    starts = [i for i in range(len(text)) if i == 0 or text[i - 1 : i] == b"\n"]
    assert len(read(text, ".jsonl", stop=stop)) == sum(start < stop for start in starts)


def test_a_byte_order_mark_at_the_beginning_is_not_part_of_the_first_document():
    marked = b"\xef\xbb\xbf1\n2\n"
    assert read(marked) == read(b"1\n2\n")
    assert read(marked, stop=4) == [Document(b"1\n")]


def test_a_detail_is_part_of_the_flaws_sentence():
    assert (
        add_detail(make_flaw("This is not CSV.", "Save it."), "line 1.").message == "This is not CSV: line 1."
    )


def test_a_document_stands_in_the_text_unless_it_says_that_it_was_made():
    assert not Document(b"{}").is_made
