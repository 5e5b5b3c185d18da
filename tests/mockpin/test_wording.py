"""Numbers in sentences, and names in lines."""

import pytest

from mockpin.wording import count, printable, suggest


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


@pytest.mark.parametrize("word", ["emm", "EM", "me"])
def test_a_misspelt_word_is_answered_with_the_known_one(word):
    assert suggest(word, ("ph", "em")) == "did you mean em?"


def test_a_word_near_to_none_is_answered_with_all_that_there_are():
    assert suggest("colour", iter(("ph", "em"))) == "there are ph, em."


def test_where_they_are_many_they_are_listed_elsewhere():
    assert suggest("colour", ("ph", "em"), "`mockpin explain` lists them.") == "`mockpin explain` lists them."
