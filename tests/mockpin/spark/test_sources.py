"""Which columns of a table hold its events, and paths as Spark takes them."""

from typing import NamedTuple

import pytest

from mockpin.spark.problems import SparkUnusable
from mockpin.spark.sources import choose_column, escape, find_partitions


class Table(NamedTuple):
    """What `choose_column` reads of a DataFrame: the names of its columns and their types."""

    dtypes: list[tuple[str, str]]


EVENTS = Table([("event_name", "string"), ("a`b", "bigint")])
TEXTS = Table([("number", "bigint"), ("pay load", "string")])
STRUCTS = Table([("body", "struct<event_name:string>"), ("raw", "binary"), ("number", "bigint")])


def test_a_path_is_decoded_and_its_patterns_are_characters():
    assert escape(["file:/a%20b.jsonl", "s3a://x/[1]{2}*?.jsonl"]) == [
        "file:/a b.jsonl", r"s3a://x/\[1\]\{2\}\*\?.jsonl",
    ]  # fmt: skip


def test_columns_that_partition_a_table_are_found_but_for_fields_of_every_event():
    described = ["event_id", "dt", "event_name", "# Partition Information", "# col_name", "dt", "event_name"]
    assert find_partitions(described) == ["# col_name", "dt"]
    assert find_partitions(described[:3]) == []


@pytest.mark.parametrize(
    ("table", "column", "form", "expression"),
    [
        (EVENTS, None, "rows", "struct(`event_name`, `a``b`) AS `row`"),
        (EVENTS, "event_name", "texts", "CAST(`event_name` AS BINARY) AS text"),
        (TEXTS, None, "texts", "CAST(`pay load` AS BINARY) AS text"),
        (STRUCTS, None, "texts", "CAST(`raw` AS BINARY) AS text"),
        (STRUCTS, "body", "rows", "`body` AS `row`"),
    ],
)
def test_the_column_that_holds_the_events_is_chosen(table, column, form, expression):
    assert choose_column(table, column) == (form, expression)


@pytest.mark.parametrize(
    ("table", "column", "sentence"),
    [
        (STRUCTS, "bdoy", "There is no column 'bdoy'; did you mean body?"),
        (STRUCTS, "number", "The column number is of type bigint: the events"),
        (Table([("a", "string"), ("b", "string")]), None, "The names of the columns (a, b)"),
        (Table([("a", "bigint")]), None, "The names of the columns (a)"),
    ],
)  # fmt: skip
def test_a_table_whose_events_are_not_found_is_refused(table, column, sentence):
    with pytest.raises(SparkUnusable) as refused:
        choose_column(table, column)
    assert str(refused.value).startswith(sentence)
