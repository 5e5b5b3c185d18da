"""Where a finding is shown in a document's text."""

import json
from dataclasses import replace

import pytest

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.payloads import find_payloads
from mockpin_validator.archive.placing import (
    find_event_pointer,
    make_line_finder,
    place_in_payload,
    place_in_text,
)
from mockpin_validator.archive.positions import Positions
from mockpin_validator.judging.finding import Finding

FINDING = Finding("a-rule", "error", "/data/0/event_id", "It is wrong.", "Mend it.", "us", "inferred")
TEXT = """{
 "event_name": "lead",
 "event_id": "é1",
 "user_data": {"em": ["jane@example.com"]}
}
"""


def placed(finding, text=TEXT, line=1):
    """A finding on the one payload of a text, at its place."""
    (payload,) = find_payloads(json.loads(text))
    return place_in_payload("events.json", Positions(Document(text.encode(), line)), payload)(finding)


def test_a_finding_stands_where_its_value_begins():
    placed_finding = placed(FINDING)
    assert (placed_finding.file, placed_finding.finding.line, placed_finding.finding.column) == (
        "events.json",
        3,
        14,
    )
    assert placed_finding.excerpt == ('"event_id": "é1",', "            ^^^^")


def test_lines_are_counted_on_from_the_documents_own():
    assert placed(FINDING, line=40).finding.line == 42


def test_what_is_missing_stands_where_it_should_be():
    finding = placed(replace(FINDING, path="/data/0/user_data/ph")).finding
    assert (finding.line, finding.column) == (4, 15)


def test_an_excerpt_and_a_path_show_no_plain_text():
    placed_finding = placed(replace(FINDING, path="/data/0/user_data/em/0"))
    assert (placed_finding.finding.line, placed_finding.finding.path) == (4, "/data/0/user_data/em/0")
    assert "jane" not in placed_finding.excerpt[0]
    assert "jane" not in placed(replace(FINDING, path="/data/0/jane@example.com")).finding.path


@pytest.mark.parametrize(
    ("offset", "line", "column", "under"), [(0, 1, 1, "{"), (26, 3, 2, '"event_id"'), (len(TEXT), 6, 1, "")]
)
def test_a_finding_about_the_text_itself_stands_at_its_offset(offset, line, column, under):
    placed_finding = place_in_text("f", Positions(Document(TEXT.encode())), offset)(FINDING)
    assert (placed_finding.finding.line, placed_finding.finding.column) == (line, column)
    shown, carets = placed_finding.excerpt
    assert shown[carets.index("^") :].startswith(under)


def test_a_finding_about_a_whole_file_has_no_line_to_show():
    placed_finding = place_in_text("f", Positions(Document(b"", 0)), None)(FINDING)
    assert (placed_finding.excerpt, placed_finding.finding) == (None, FINDING)


def test_bytes_that_are_not_utf_8_do_not_keep_a_finding_from_its_place():
    positions = Positions(Document(TEXT.encode().replace("é".encode(), b"\xff")))
    (payload,) = find_payloads(json.loads(TEXT))
    finding = place_in_payload("f", positions, payload)(FINDING).finding
    assert (finding.line, finding.column) == (3, 14)


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        (Document(b"[{},\n{},\n\n{}]", 5, 4), [5, 6, 8]),
        (Document(b"[{},{},{}]", 5), [5, 5, 5]),
        (Document(b"[{},\n{},\n\n{}]", 5, 4, is_made=True), [5, 5, 5]),
    ],
)
def test_every_event_of_a_payload_has_its_line(document, lines):
    (payload,) = find_payloads(json.loads(document.text))
    line_of = make_line_finder(Positions(document), payload)
    assert [line_of(index) for index in range(3)] == lines


@pytest.mark.parametrize(
    ("path", "event"),
    [("/data/3/user_data/em/0", "/data/3"), ("/data/3", "/data/3"), ("/data", "/data"), ("", "")],
)
def test_the_event_around_a_path_is_found(path, event):
    assert find_event_pointer(path) == event
