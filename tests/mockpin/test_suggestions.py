import pytest

from mockpin.suggestions import suggest


@pytest.mark.parametrize("word", ["emm", "EM", "me"])
def test_a_misspelt_word_is_answered_with_the_known_one(word):
    assert suggest(word, ("ph", "em")) == "did you mean em?"


def test_a_word_near_to_none_is_answered_with_all_that_there_are():
    assert suggest("colour", iter(("ph", "em"))) == "there are ph, em."


def test_where_they_are_many_they_are_listed_elsewhere():
    assert suggest("colour", ("ph", "em"), "`mockpin explain` lists them.") == "`mockpin explain` lists them."
