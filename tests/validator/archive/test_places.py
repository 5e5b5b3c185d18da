"""Where a finding is shown in a document's text."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.archive.documents import Document
from mockpin_validator.archive.places import Places, event_of, offset_of_line
from mockpin_validator.archive.requests import payloads_of
from mockpin_validator.judging.finding import Finding

FINDING = Finding("a-rule", "error", "/data/0/event_id", "It is wrong.", "Mend it.", "us", "inferred")
TEXT = """{
 "event_name": "lead",
 "event_id": "é1",
 "user_data": {"em": ["jane@example.com"]}
}
"""


def placed(finding, text=TEXT, line=1):
    """The placed_finding of a finding in the one payload of a text."""
    places = Places(Document(text.encode(), line), "events.json")
    (request,) = payloads_of(json.loads(text))
    return places.place_in(request)(finding)


def test_a_finding_stands_where_its_value_begins():
    placed_finding = placed(FINDING)
    assert (placed_finding.file, placed_finding.finding.line, placed_finding.finding.column) == (
        "events.json",
        3,
        14,
    )
    assert placed_finding.excerpt.text[placed_finding.excerpt.caret :] == '"é1",'


def test_lines_are_counted_on_from_the_documents_own():
    assert placed(FINDING, line=40).finding.line == 42


def test_what_is_missing_stands_where_it_should_be():
    finding = placed(replace(FINDING, path="/data/0/user_data/ph")).finding
    assert (finding.line, finding.column) == (4, 15)


def test_an_excerpt_and_a_path_show_no_plain_text():
    placed_finding = placed(replace(FINDING, path="/data/0/user_data/em/0"))
    assert (placed_finding.finding.line, placed_finding.finding.path) == (4, "/data/0/user_data/em/0")
    assert "jane" not in placed_finding.excerpt.text
    assert "jane" not in placed(replace(FINDING, path="/data/0/jane@example.com")).finding.path


@pytest.mark.parametrize(("line", "column", "under"), [(1, 1, "{"), (3, 2, '"event_id"'), (12, 1, "")])
def test_a_finding_about_the_text_itself_keeps_the_place_it_has(line, column, under):
    finding = replace(FINDING, path="", line=line, column=column)
    placed_finding = Places(Document(TEXT.encode()), "events.json").place_text(finding)
    assert (placed_finding.finding.line, placed_finding.finding.column) == (line, column)
    assert placed_finding.excerpt.text[placed_finding.excerpt.caret :].startswith(under)


def test_a_finding_about_a_whole_file_has_no_line_to_show():
    assert Places(Document(b"", 0), "events.json").place_text(FINDING).excerpt is None


def test_bytes_that_are_no_utf_8_do_not_keep_a_finding_from_its_place():
    text = TEXT.encode().replace("é".encode(), b"\xff")
    finding = Places(Document(text), "f").place_in(None)(replace(FINDING, path="/event_id")).finding
    assert (finding.line, finding.column) == (3, 14)


@pytest.mark.parametrize(
    ("path", "event"),
    [("/data/3/user_data/em/0", "/data/3"), ("/data/3", "/data/3"), ("/data", "/data"), ("", "")],
)
def test_the_event_around_a_path_is_found(path, event):
    assert event_of(path) == event


@given(st.lists(st.text("ab\r", max_size=3), min_size=1, max_size=5))
def test_a_line_begins_behind_the_one_before(lines):
    text = "\n".join(lines)
    starts = [offset_of_line(text, number) for number in range(len(lines))]
    assert [text[start:].partition("\n")[0] for start in starts] == lines
