import gzip
import json

import pytest

from mockpin.cli.shared.errors import InputUnreadable
from mockpin.cli.shared.event_files import Located, read_events


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
def test_a_byte_order_mark_is_no_part_of_the_first_event(tmp_path, data):
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
        (b'{"a":NaN}', "NaN is no JSON value"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, data, problem):
    with pytest.raises(InputUnreadable, match=problem):
        list(read_events([written(tmp_path / "a.json", data)]))


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(InputUnreadable, match=r"^nowhere\.json cannot be read: No such file"):
        list(read_events(["nowhere.json"]))
