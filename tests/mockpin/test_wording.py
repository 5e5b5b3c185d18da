"""Numbers in sentences, and names in lines."""

import pytest

from mockpin.wording import count, printable


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "event", "1 event"),
        (0, "event", "0 events"),
        (1200, "event", "1,200 events"),
        (2, "batch", "2 batches"),
    ],
)
def test_a_number_has_its_noun(number, noun, said):
    assert count(number, noun) == said


def test_what_a_terminal_would_obey_or_hide_is_its_escape():
    assert printable("café\x1b[2J\u202e") == "café\\x1b[2J\\u202e"
