"""Files in parts: every document begins in exactly one of them."""

import gzip
import io
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.documents import CUT_OFF
from mockpin_validator.archive.sources import PART, Part, divide_file, divide_files, has_lines


def read_in_parts(path, size):
    return chain.from_iterable(part.documents() for part in divide_file(str(path), size=size))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text("ab\r ", max_size=6), max_size=12).map("\n".join).map(str.encode),
    st.integers(1, 20),
    st.booleans(),
)
def test_no_split_loses_a_line_or_reads_one_twice(tmp_path_factory, text, size, ends):
    path = tmp_path_factory.mktemp("split") / "events.jsonl"
    path.write_bytes(text + b"\n" * ends)
    assert list(read_in_parts(path, size)) == list(Part(str(path)).documents())


def test_a_line_longer_than_a_part_belongs_to_the_part_it_begins_in(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"1\n" + b"2" * 50 + b"\n3\n")
    counts = [len(list(part.documents())) for part in divide_file(str(path), size=10)]
    assert counts == [2, 0, 0, 0, 0, 1]


def test_one_document_over_many_lines_is_read_whole(tmp_path):
    path = tmp_path / "request.json"
    path.write_text('\n{\n "data": []\n}\n')
    assert list(divide_file(str(path), size=3)) == [Part(str(path))]
    assert [document.lines for document in Part(str(path)).documents()] == [1, 3]


def test_gzip_is_known_by_its_bytes_and_read_whole(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(gzip.compress(b"1\n2\n"))
    assert not has_lines(str(path))
    assert [document.text for document in Part(str(path)).documents()] == [b"1\n", b"2\n"]


def test_damage_ends_a_file_with_a_flaw_below_its_last_line(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(gzip.compress(b"1\n2\n")[:-4])
    *lines, last = Part(str(path)).documents()
    assert [document.text for document in lines] == [b"1\n", b"2\n"]
    assert (last.line, last.flaw) == (3, CUT_OFF)


LONG = gzip.compress(b'["' + b"x" * 100_000, compresslevel=0)


@pytest.mark.parametrize("content", [gzip.compress(b"1\n" * 99)[:12], LONG[:-50_000]], ids=["block", "array"])
def test_a_file_that_is_cut_off_before_its_first_document_has_a_flaw_at_line_1(tmp_path, content):
    path = tmp_path / "events.json.gz"
    path.write_bytes(content)
    (document,) = Part(str(path)).documents()
    assert (document.line, document.flaw) == (1, CUT_OFF)


def test_standard_input_may_be_gzip_too():
    stdin = io.BufferedReader(io.BytesIO(gzip.compress(b"1\n")))
    assert [document.text for document in Part("-").documents(stdin)] == [b"1\n"]


def test_a_name_that_the_system_refuses_is_one_part():
    name = "x" * 300
    assert list(divide_file(name)) == [Part(name)]


def test_a_file_that_is_not_there_is_one_part(tmp_path):
    missing = str(tmp_path / "missing.json")
    assert list(divide_file(missing)) == [Part(missing)]


def test_an_empty_file_is_one_part(tmp_path):
    (tmp_path / "empty.json").touch()
    assert len(list(divide_file(str(tmp_path / "empty.json")))) == 1


def test_parts_are_ranges_of_bytes_and_know_the_line_that_begins_first_in_them(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"12\n" * 5)
    assert list(divide_file(str(path), size=6)) == [
        Part(str(path), 0, 6, 1), Part(str(path), 6, 12, 3), Part(str(path), 12, 15, 5),
    ]  # fmt: skip
    assert [part.line for part in divide_file(str(path), size=5)] == [1, 3, 5]


def test_each_file_is_taken_once_whole_by_one_process_and_in_parts_by_several(tmp_path):
    path, other = str(tmp_path / "events.jsonl"), str(tmp_path / "other.json")
    (tmp_path / "events.jsonl").write_bytes(b"12\n" * PART)
    names = [path, other, path]
    assert list(divide_files(names, jobs=1)) == [Part(path), Part(other)]
    parts = [(part.name, part.start) for part in divide_files(names, jobs=2)]
    assert parts == [(path, 0), (path, PART), (path, 2 * PART), (other, 0)]
