"""CSV and Parquet files."""

import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from mockpin_validator.archive.tables import csv_documents, is_csv, parquet_documents


def rows(text):
    return list(csv_documents(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def test_every_row_is_an_event_at_its_line():
    first, second = rows('event_name,value\nlead,"1\n"\ncheckout,2\n')
    assert json.loads(first.text) == {"event_name": "lead", "custom_data": {"value": "1\n"}}
    assert [(each.line, each.lines, each.is_made) for each in (first, second)] == [(2, 2, True), (4, 1, True)]


@pytest.mark.parametrize(
    "text", ["event_name;value\r\nlead;1\r\n", "event_name\tvalue\nlead\t1", "\ufeffevent_name,value\nlead,1"]
)
def test_separators_line_ends_and_marks_are_those_of_spreadsheets(text):
    (row,) = rows(text)
    assert json.loads(row.text) == {"event_name": "lead", "custom_data": {"value": "1"}}


def test_short_and_blank_rows_are_no_fault():
    assert len(rows("event_name,value\nlead\n\nlead,1\n")) == 2


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("a,b\n1,2\n", "names no columns of events", 1),
        ("event_name,value\nlead,1,2\n", "more cells", 2),
        (b"event_name,value\nlead,\xff\n", "not UTF-8", 2),
        ('event_name,value\nlead,"1"2\n', "not CSV", 2),
        ('event_name,value\nlead,"1\n', "not CSV", 2),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_why(text, said, line):
    *_, last = rows(text)
    assert (said in last.flaw.message, last.line) == (True, line)


@pytest.mark.parametrize(
    ("head", "name", "csv"),
    [
        (b"event_name,em\n", "-", True),
        (b"a,b\n", "t.csv.gz", True),
        (b"a,b\n", "-", False),
        (b'{"event_name": "lead", "event_id": 1}', "-", False),
        (b"\xef\xbb\xbfevent_name;em\r\n", "t.txt", True),
        (b"", "-", False),
    ],
)
def test_csv_is_known_by_its_name_or_its_header(head, name, csv):
    assert is_csv(head, name) == csv


def parquet_of(columns):
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return io.BytesIO(out.getvalue())


def test_parquet_rows_are_events_with_nested_columns_too():
    columns = {
        "event_name": ["lead", "lead"],
        "user_data": [{"em": ["a"], "ph": None}, {"em": None, "ph": ["b"]}],
    }
    first, second = parquet_documents(parquet_of(columns))
    assert json.loads(first.text) == {"event_name": "lead", "user_data": {"em": ["a"]}}
    assert (json.loads(second.text)["user_data"], second.line) == ({"ph": ["b"]}, 2)


def test_a_broken_parquet_file_says_so():
    (document,) = parquet_documents(io.BytesIO(b"PAR1nonsense"))
    assert "cannot be read" in document.flaw.message
