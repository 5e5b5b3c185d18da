import gzip
import json

import pytest

from mockpin.cli.shared.documents import Located, read_document, read_documents, read_events
from mockpin.cli.shared.errors import InputUnreadable
from mockpin_validator.files import MAX_WHOLE


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
        (b"[" * 101 + b"]" * 101, "line 1: objects and lists lie more than 100 deep"),
    ],
)
def test_what_is_not_a_document_is_told_with_its_name(tmp_path, content, said):
    with pytest.raises(InputUnreadable) as raised:
        read_document(write(tmp_path, content))
    assert "given.json" in raised.value.message
    assert said in raised.value.message


@pytest.mark.parametrize("read", [read_document, lambda name: list(read_documents([name]))])
def test_a_file_that_is_not_there_is_told(read):
    with pytest.raises(InputUnreadable, match=r"absent\.json cannot be read: No such file or directory"):
        read("absent.json")


def test_an_empty_name_as_of_an_unset_variable_is_told():
    with pytest.raises(InputUnreadable, match="A file cannot be read: its name is empty"):
        read_document("")


def test_a_document_that_is_too_large_is_told(tmp_path):
    with (tmp_path / "given.json").open("wb") as file:
        file.truncate(MAX_WHOLE + 1)
    with pytest.raises(InputUnreadable, match="cannot be read: it has more than 64,000,000 bytes"):
        read_document(str(tmp_path / "given.json"))


def test_a_file_in_a_form_that_cannot_be_read_is_told_with_what_to_do(tmp_path):
    with pytest.raises(InputUnreadable) as raised:
        list(read_events([write(tmp_path, "{}".encode("utf-16"))]))
    sentences = "This is UTF-16, which Windows writes. Save the file in UTF-8. Nothing was done."
    assert raised.value.message.endswith(f"given.json, line 1: {sentences}")


def written(path, data):
    path.write_bytes(data)
    return str(path)


def test_each_line_of_json_lines_is_an_event_with_its_place(tmp_path):
    name = written(tmp_path / "a.jsonl", b'{"a":1}\n\n{"b":2}\n')
    assert list(read_events([name])) == [Located({"a": 1}, f"{name}:1"), Located({"b": 2}, f"{name}:3")]


@pytest.mark.parametrize("holder", ["batch", "data"])
def test_a_request_gives_the_events_it_holds(tmp_path, holder):
    name = written(tmp_path / "a.json", json.dumps({holder: [{"a": 1}, 2]}).encode())
    assert list(read_events([name])) == [Located({"a": 1}, f"{name}:1#0"), Located(2, f"{name}:1#1")]


@pytest.mark.parametrize("data", [b'\xef\xbb\xbf{"a":1}', gzip.compress(b'\xef\xbb\xbf{"a":1}', mtime=0)])
def test_a_byte_order_mark_is_not_part_of_the_first_event(tmp_path, data):
    assert next(read_events([written(tmp_path / "a.json", data)])).event == {"a": 1}


def test_a_directory_is_told_from_a_file(tmp_path):
    with pytest.raises(InputUnreadable, match="is a directory: give the files in it"):
        list(read_events([str(tmp_path)]))


def test_gzip_is_read_as_what_it_holds(tmp_path):
    name = written(tmp_path / "a.json.gz", gzip.compress(b'[{"a":1}]'))
    assert list(read_events([name])) == [Located({"a": 1}, f"{name}:1#0")]


def test_numbers_are_those_of_javascript(tmp_path):
    name = written(tmp_path / "a.json", b'{"a":12345678901234567890}')
    assert next(read_events([name])).event == {"a": 12345678901234567000}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{", "line 1, column 2: This is not JSON"),
        (b'{"a":"\xff"}', "line 1, column 7: This is not JSON: a byte that is not UTF-8"),
        (b'{"a":' + b"9" * 5000 + b"}", "number is too large"),
        (b'{"a":NaN}', "NaN is not a JSON value"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, data, problem):
    with pytest.raises(InputUnreadable, match=problem):
        list(read_events([written(tmp_path / "a.json", data)]))


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(InputUnreadable, match=r"^nowhere\.json cannot be read: No such file"):
        list(read_events(["nowhere.json"]))
