"""The forms of files that are not lines of JSON or one document."""

import io

import pytest

from mockpin_validator.archive.forms import (
    ARRAY,
    CSV,
    HAR,
    PARQUET,
    UTF_16,
    WORKBOOK,
    find_form,
    is_array,
    read_form,
)

MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("head", "name", "form"),
    [
        ("{".encode("utf-16"), "events.json", UTF_16),
        (b"\xfe\xff\x00e", "events.csv", UTF_16),
        (b"PK\x03\x04\x14", "events.xlsx", WORKBOOK),
        (b"PK\x03\x04\x14", "events.csv", WORKBOOK),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "events.xls", WORKBOOK),
        (b"PAR1", "events", PARQUET),
        (b"PAR1", "events.csv", PARQUET),
        (b' \n[{"event_name"', "events.json", ARRAY),
        (b"[", "events.csv", ARRAY),
        (b'{"log": {', "session.har", HAR),
        (b"event_name,event_time", "-", CSV),
        (b"anything", "events.csv.gz", CSV),
        (b'{"event_name"', "events.csv", None),
        (b'{"data": [', "request.json", None),
        (b"", "events.jsonl", None),
    ],
)
def test_a_file_has_the_first_form_whose_beginning_it_has(head, name, form):
    assert find_form(head, name) is form


@pytest.mark.parametrize(
    ("head", "array"), [(b"[1", True), (MARK + b"\n [", True), (b"{}", False), (b"", False)]
)
def test_an_array_begins_with_a_bracket(head, array):
    assert is_array(head) is array


@pytest.mark.parametrize("name", ["events.json", "events.csv", "-"])
def test_a_file_in_utf_16_has_one_flaw_that_says_so(name):
    text = '{"event_name": "checkout"}\n' * 5
    (document,) = read_form(io.BufferedReader(io.BytesIO(text.encode("utf-16"))), name)
    assert document.flaw.message == "This is UTF-16, which Windows writes."
    assert document.flaw.fix == "Save the file in UTF-8."


def test_a_workbook_has_one_flaw_that_says_what_to_save():
    content = b"PK\x03\x04" + bytes(range(128, 256)) * 9 + b"\n" * 9
    (document,) = read_form(io.BufferedReader(io.BytesIO(content)), "events.xlsx")
    assert document.flaw.message == "This is a workbook of Excel or a ZIP archive."
    assert document.flaw.fix == "Save the workbook as CSV in UTF-8, or unpack the archive."


def test_json_alone_can_be_corrected_in_its_place():
    forms = (UTF_16, WORKBOOK, PARQUET, ARRAY, HAR, CSV)
    assert [form.is_json for form in forms] == [False, False, False, True, True, False]


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (b"1\n2\n", [b"1\n", b"2\n"]),
        (b"[1,\n2]", [b"[1,\n2]"]),
        (b"event_name,em\nlead,x\n", [b'{"event_name":"lead","user_data":{"em":["x"]}}']),
    ],
)
def test_a_file_is_read_in_its_form(content, texts):
    stream = io.BufferedReader(io.BytesIO(content))
    assert [document.text for document in read_form(stream, "events")] == texts
