"""Files by the paths that name them, and the form of each."""

import gzip
import io
from pathlib import Path

import pytest

from mockpin.spark.listing import (
    HadoopFile,
    index_of_path,
    is_found_by,
    is_hidden,
    name_absolutely,
    name_file,
    normalize,
    tell_form,
)


def test_a_local_path_is_taken_from_the_root_and_any_other_as_it_is():
    assert name_absolutely("s3a://lake/a") == "s3a://lake/a"
    assert name_absolutely("/a b") == "file:/a b"
    assert name_absolutely("a.jsonl") == f"file:{Path.cwd()}/a.jsonl"


def test_the_empty_host_of_a_file_is_left_out():
    assert normalize("file:///a//b") == "file:/a//b"
    assert normalize("s3a://lake/file:///a") == "s3a://lake/file:///a"


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("file:/data/a b.jsonl", True),
        ("file:/data", True),
        ("file:/data/", True),
        ("file:/dat?/*", True),
        ("file:/data/a*", True),
        ("file:/da", False),
        ("file:/data/a", False),
        ("file:/data/b*", False),
    ],
)
def test_a_file_is_found_by_its_name_its_folder_or_the_beginning_of_a_pattern(path, is_found):
    assert is_found_by("file:///data/a%20b.jsonl", path) is is_found


def test_files_are_in_the_order_of_the_first_path_that_names_them():
    given = ["file:/b", "file:/a", "file:/a/1.jsonl"]
    assert [index_of_path(uri, given) for uri in ("file:/b/9.jsonl", "file:/a/1.jsonl", "file:/c")] == [
        0,
        1,
        3,
    ]


def test_spark_hides_names_that_begin_with_a_line_or_a_dot():
    assert is_hidden("file:/a/_b.jsonl")
    assert is_hidden("file:/a/.b.jsonl")
    assert not is_hidden("file:/_a/b_.jsonl")


def test_a_report_names_a_local_file_as_the_paths_are_written():
    uri = f"file:{Path.cwd()}/a%20b.jsonl"
    assert name_file(uri, ["a b.jsonl"]) == "a b.jsonl"
    assert name_file(uri, ["other", str(Path.cwd())]) == f"{Path.cwd()}/a b.jsonl"
    assert name_file(uri, ["file:/"]) == f"{Path.cwd()}/a b.jsonl"
    assert name_file("s3a://lake/a%20b", ["a"]) == "s3a://lake/a b"


class Stream(io.BytesIO):
    """A stream of bytes as Hadoop reads it."""

    readNBytes = io.BytesIO.read  # noqa: N815 - Java's name


def test_a_stream_of_hadoop_is_read_to_its_end_and_closed():
    stream = Stream(b"0123456789")
    with io.BufferedReader(HadoopFile(stream), 4) as file:
        assert file.read(3) + file.read() == b"0123456789"
        assert file.read() == b""
    assert stream.closed


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", "empty"),
        (b"PAR1", "rows"),
        (b"{}\n{}\n", "lines"),
        (b'{"data": [\n]}', "whole"),
        (gzip.compress(b"{}\n", mtime=0), "whole"),
    ],
)
def test_the_form_of_a_file_is_told_at_its_beginning(content, form):
    assert tell_form(io.BufferedReader(io.BytesIO(content), 1 << 16), "file:/a.txt") == form
