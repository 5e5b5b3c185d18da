import gzip

import pytest

from mockpin.cli.shared.documents import read_document, read_documents
from mockpin.cli.shared.errors import InputUnreadable


def write(tmp_path, content):
    file = tmp_path / "given.json"
    file.write_bytes(content)
    return str(file)


@pytest.mark.parametrize(
    "content", [b'{"a": 1}', b'\xef\xbb\xbf{"a": 1}', gzip.compress(b'{"a": 1}', mtime=0), b'{\n"a": 1\n}']
)
def test_one_document_is_read_alike_in_every_wrapping(tmp_path, content):
    assert read_document(write(tmp_path, content)) == {"a": 1}
    assert list(read_documents([write(tmp_path, content)])) == [{"a": 1}]


def test_a_line_each_is_a_document_each(tmp_path):
    assert list(read_documents([write(tmp_path, b"1\n\n2\n")])) == [1, 2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(b"[1]" * 99, mtime=0)[:-9], "the compressed file is cut off or damaged"),
        (b"\x1f\x8b\x08" + b"x" * 20, "cut off or damaged"),
        (b"{", "line 1, column 2: This is not JSON"),
        (b"", "line 1, column 1: This is not JSON"),
    ],
)
def test_what_is_no_document_is_told_with_its_name(tmp_path, content, said):
    with pytest.raises(InputUnreadable) as raised:
        read_document(write(tmp_path, content))
    assert "given.json" in raised.value.message
    assert said in raised.value.message


@pytest.mark.parametrize("read", [read_document, lambda name: list(read_documents([name]))])
def test_a_file_that_is_not_there_is_told(read):
    with pytest.raises(InputUnreadable, match=r"absent\.json cannot be read: No such file or directory"):
        read("absent.json")
