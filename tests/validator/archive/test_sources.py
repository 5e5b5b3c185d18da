"""Files in parts: every document begins in exactly one of them."""

import gzip
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin_validator.archive.sources import Part, is_whole, parts_of


def read_in_parts(path, size):
    lines = 0
    for part in parts_of(str(path), size=size):
        for document in part.documents():
            yield document._replace(line=document.line + lines)
        lines += sum(each.lines for each in part.documents())


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
    counts = [len(list(part.documents())) for part in parts_of(str(path), size=10)]
    assert counts == [2, 0, 0, 0, 0, 1]


def test_one_document_over_many_lines_is_read_whole(tmp_path):
    path = tmp_path / "request.json"
    path.write_text('\n{\n "data": []\n}\n')
    assert list(parts_of(str(path), size=3)) == [Part(str(path))]
    assert [document.lines for document in Part(str(path)).documents()] == [1, 3]


def test_gzip_is_known_by_its_bytes_and_read_whole(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(gzip.compress(b"1\n2\n"))
    assert is_whole(str(path))
    assert [each.text for each in Part(str(path)).documents()] == [b"1\n", b"2\n"]


def test_standard_input_may_be_gzip_too():
    stdin = io.BufferedReader(io.BytesIO(gzip.compress(b"1\n")))
    assert [document.text for document in Part("-").documents(stdin)] == [b"1\n"]


def test_a_file_that_is_not_there_is_one_part_of_no_size(tmp_path):
    (part,) = parts_of(str(tmp_path / "missing.json"))
    assert part.size == 0


def test_an_empty_file_is_one_part(tmp_path):
    (tmp_path / "empty.json").touch()
    assert len(list(parts_of(str(tmp_path / "empty.json")))) == 1


def test_parts_have_the_size_of_their_bytes(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(b"12\n" * 5)
    assert [part.size for part in parts_of(str(path), size=10)] == [10, 5]
    assert Part(str(path)).size == 15
