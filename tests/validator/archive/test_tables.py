"""CSV and Parquet files."""

import io
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from mockpin_validator.archive.tables import csv_documents, is_csv, is_parquet, parquet_documents


def rows(text):
    return list(csv_documents(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def test_every_row_is_an_event_at_its_line():
    first, second = rows('event_name,value\nlead,"1\n"\ncheckout,2\n')
    assert json.loads(first.text) == {"event_name": "lead", "custom_data": {"value": "1\n"}}
    assert (first.line, first.lines, first.is_made) == (2, 2, True)
    assert (second.line, second.lines, second.is_made) == (4, 1, True)


@pytest.mark.parametrize(
    "text", ["event_name;value\r\nlead;1\r\n", "event_name\tvalue\nlead\t1", "\ufeffevent_name,value\nlead,1"]
)
def test_separators_line_ends_and_marks_are_those_of_spreadsheets(text):
    (row,) = rows(text)
    assert json.loads(row.text) == {"event_name": "lead", "custom_data": {"value": "1"}}


def test_a_stream_stays_open_behind_its_rows():
    stream = io.BytesIO(b"event_name\nlead\n")
    assert len([*csv_documents(stream)]) == 1
    assert not stream.closed


def test_columns_without_a_name_may_stand_twice():
    (row,) = rows("event_name,value,,\nlead,1,,\n")
    assert json.loads(row.text) == {"event_name": "lead", "custom_data": {"value": "1"}}


def test_short_and_blank_rows_are_not_a_fault():
    assert len(rows("event_name,value\nlead\n\nlead,1\n")) == 2


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("a,b\n1,2\n", "names no columns of events", 1),
        ("event_name,value\nlead,1,2\n", "more cells", 2),
        ("event_name,value,value\nlead,1,2\n", "Two columns have the same name: value.", 1),
        ("event_name,user_data,em\nlead,x,y\n", "claim one place in the event: user_data.em.", 2),
        ("event_name;contents\nlead;" + "[" * 400 + "]" * 400, "cannot be written as JSON", 2),
        (b"event_name,caf\xe9\nlead,1\n", "not UTF-8", 1),
        (b"event_name,value\nlead,\xff\n", "not UTF-8", 2),
        ('event_name,value\nlead,"1"2\n', "not CSV", 2),
        ('event_name,value\nlead,"1\n', "not CSV", 2),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_why(text, said, line):
    *_, last = rows(text)
    assert (said in last.flaw.message, last.line) == (True, line)


def test_a_row_in_another_encoding_is_named_and_the_others_are_read():
    read = rows(b"event_name,event_id\nlead,1\nlead,caf\xe9\nlead,3\n")
    assert [(row.line, row.flaw is None) for row in read] == [(2, True), (3, False), (4, True)]


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


def test_parquet_is_known_by_how_it_begins():
    assert is_parquet(parquet_of({"event_name": ["lead"]}).getvalue())
    assert not is_parquet(b"event_name\n")


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


@pytest.mark.parametrize(
    ("unit", "zone", "value"),
    [
        ("s", None, 1), ("ms", "America/New_York", 1_999), ("us", "+05:30", 1_000_000),
        ("ns", None, 10**9 + 1), ("s", "Nowhere/Known", 1),
    ],
)  # fmt: skip
def test_a_time_is_unix_seconds_in_any_unit_and_zone(unit, zone, value):
    kind = pa.timestamp(unit, zone)
    nested = pa.array([{"at": value, "all": [value]}], pa.struct([("at", kind), ("all", pa.list_(kind))]))
    columns = {"event_time": pa.array([value], kind), "custom_data": nested}
    (document,) = parquet_documents(parquet_of(columns))
    assert json.loads(document.text) == {"event_time": 1, "custom_data": {"at": 1, "all": [1]}}


def test_a_time_of_another_era_is_read_and_its_neighbours_too():
    times = pa.array([2**60, 5_000_000, None], pa.timestamp("us"))
    rows = parquet_documents(parquet_of({"event_name": ["a", "b", "c"], "event_time": times}))
    assert [json.loads(row.text).get("event_time") for row in rows] == [2**60 // 10**6, 5, None]


def test_a_date_that_python_does_not_have_says_so():
    (document,) = parquet_documents(parquet_of({"event_time": pa.array([2**30], pa.date32())}))
    assert "This Parquet file cannot be read: days=" in document.flaw.message


def test_a_broken_parquet_file_says_so():
    (document,) = parquet_documents(io.BytesIO(b"PAR1nonsense"))
    assert "cannot be read" in document.flaw.message
    assert (document.line, document.lines) == (0, 0)  # the whole file


def test_a_long_parquet_file_is_read_to_its_end_in_order():
    columns = {"event_id": [f"{number:0999}" for number in range(2500)], "event_time": range(2500)}
    documents = [*parquet_documents(parquet_of(columns))]
    assert [json.loads(document.text)["event_time"] for document in documents] == [*range(2500)]
    assert [document.line for document in documents] == [*range(1, 2501)]
