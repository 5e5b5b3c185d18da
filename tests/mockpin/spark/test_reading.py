"""Rows of Spark as documents of a slice."""

import gzip

import pytest

from mockpin.spark.reading import BLANK, NOTHING, READERS, number_rows, place_row
from mockpin_validator.archive.documents import CUT_OFF, LIMIT, TOO_LONG, Document
from tests.mockpin.spark.batches import lines_batch, table_batch, whole_batch


def read(form, *batches):
    """The documents of batches, which are all of file:/a.jsonl from its beginning."""
    read = list(READERS[form](batches))
    assert {(path, start) for path, start, _ in read} == {("file:/a.jsonl", 0)}
    return [document for _, _, document in read]


def test_a_line_gets_its_end_back():
    batch = lines_batch(("file:/a.jsonl", 0, [b"{}", None, b""]))
    assert read("lines", batch) == [Document(b"{}\n", 1), Document(b"\n", 2), Document(b"\n", 3)]


def test_a_line_is_too_long_with_one_byte_more_than_a_request():
    most = b"x" * (LIMIT - 1)
    batch = lines_batch(("file:/a.jsonl", 0, [most, most + b"x"]))
    assert read("lines", batch) == [Document(most + b"\n", 1), Document(b"", 2, flaw=TOO_LONG)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_whole_file_is_read_whatever_its_compression_after_a_document_of_nothing(pack):
    assert read("whole", whole_batch(pack(b"{}\n{}\n"))) == [
        NOTHING, Document(b"{}\n", 1), Document(b"{}\n", 2),
    ]  # fmt: skip


def test_a_file_that_is_cut_off_says_so():
    assert read("whole", whole_batch(gzip.compress(b"{}\n")[:-9]))[-1].flaw == CUT_OFF


def test_nothing_is_on_no_line():
    assert (NOTHING.text.strip(), NOTHING.line, NOTHING.lines) == (b"", 0, 0)


def test_a_column_of_json_gives_a_document_for_each_value():
    batch = table_batch([b"{}", b"[]"], (None, None), "texts")
    assert read("texts", batch) == [Document(b"{}", 1, 1), Document(b"[]", 2, 1)]


@pytest.mark.parametrize(
    ("form", "values"), [("texts", [b"{}", None, b""]), ("rows", [{"event_name": "lead"}, None])]
)
def test_a_row_without_a_value_is_a_blank_line_so_that_later_slices_keep_their_lines(form, values):
    _, *blank = read(form, table_batch(values, (None,) * len(values), form))
    assert blank == [Document(BLANK, line, 1) for line in range(2, len(values) + 1)]
    assert BLANK.isspace()


def test_columns_of_events_give_a_document_that_was_made():
    batch = table_batch([{"event_name": "lead"}] * 2, (7, 8), "rows")
    assert read("rows", batch) == [
        Document(b'{"event_name":"lead"}', line, 0, is_made=True) for line in (8, 9)
    ]


def test_a_row_that_knows_its_index_spans_no_line():
    assert (place_row(5, None), place_row(5, 0), place_row(5, 7)) == ((5, 1), (1, 0), (8, 0))


def test_rows_are_numbered_through_batches_until_another_slice_begins():
    slices = ("file:/a.jsonl", 0, [b"a"]), ("file:/a.jsonl", 9, [b"c"]), ("file:/b.jsonl", 9, [b"d", b"e"])
    batches = [lines_batch(slices[0]), lines_batch(("file:/a.jsonl", 0, [b"b"]), *slices[1:])]
    assert list(number_rows(batches)) == [
        ("file:/a.jsonl", 0, 1, b"a"),
        ("file:/a.jsonl", 0, 2, b"b"),
        ("file:/a.jsonl", 9, 1, b"c"),
        ("file:/b.jsonl", 9, 1, b"d"),
        ("file:/b.jsonl", 9, 2, b"e"),
    ]
