"""Numbers in sentences, and texts that a reader sees whole."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin_validator.wording import count, make_lines_visible, make_visible

OBEYED = [*"\x1b\x00\x7f\x85\x9b\u202e\u2066\u200f\u061c\u2028\ufeff\ud800"]


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (0, "event", "0 events"),
        (1, "event", "1 event"),
        (2, "event", "2 events"),
        (1200, "event", "1,200 events"),
        (1, "batch", "1 batch"),
        (2, "batch", "2 batches"),
    ],
)
def test_a_number_has_its_noun(number, noun, said):
    assert count(number, noun) == said


@pytest.mark.parametrize("character", OBEYED)
def test_a_character_that_a_terminal_obeys_is_written_out(character):
    assert make_visible(f"a{character}b") == f"a\\u{ord(character):04x}b"


def test_a_line_feed_stays_only_between_lines():
    assert make_visible("a\nb") == "a\\nb"
    assert make_lines_visible("a\n\nb\n") == "a\n\nb\n"


def test_letters_of_every_script_stay():
    assert make_visible("caf\u00e9 \u05e2\u05d1 • \\ \U0001f600") == "café \u05e2\u05d1 • \\ \U0001f600"


@given(st.text(st.sampled_from([*OBEYED, "\n", "a", "é", "•", " ", "\\"])))
def test_no_character_that_a_terminal_obeys_is_left(text):
    assert make_visible(text).isprintable()
    assert make_lines_visible(text).replace("\n", "") == make_visible(text.replace("\n", ""))


@given(st.text())
def test_what_is_written_out_in_json_has_the_same_value(text):
    written = json.dumps({"a": text}, ensure_ascii=False, indent=1)
    assert json.loads(make_lines_visible(written)) == {"a": text}
