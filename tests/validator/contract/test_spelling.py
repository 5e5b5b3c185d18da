import pytest

from mockpin_validator.contract.spelling import bare, find_meant_event_name, nearest, quoted, suggest


def test_a_bare_name_has_neither_case_nor_punctuation():
    assert bare("AddToCart") == bare("add_to_cart") == bare("add-to cart") == "addtocart"


def test_the_nearest_name_is_found_through_a_slip_of_the_finger():
    assert nearest("chekout", ["checkout", "lead"]) == "checkout"
    assert nearest("PageVisit", ["page_visit", "lead"]) == "page_visit"


def test_a_name_near_to_none_has_no_nearest():
    assert nearest("loyalty", ["checkout", "lead"]) is None


def test_a_long_value_is_cut_before_it_is_quoted():
    assert quoted("x" * 1_000) == repr("x" * 60 + "...")


def test_what_may_be_a_persons_data_is_not_quoted():
    assert quoted("ada@example.com") == repr("•" * 15)
    assert quoted("+1 (415) 555-0123") == repr("•" * 17)
    assert "example" not in quoted("x" * 70 + "ada@example.com")


def test_of_a_name_without_end_only_the_beginning_is_read():
    assert bare("a" * 10**6) == "a" * 1_000
    assert quoted("a" * 10**6 + "jane@example.com") == repr("a" * 60 + "...")


def test_a_name_means_the_standard_event_that_it_is_near_or_another_word_for():
    assert find_meant_event_name("Check-out") == "checkout"
    assert find_meant_event_name("purchase") == "checkout"
    assert find_meant_event_name("loyalty_tier") is None


@pytest.mark.parametrize("word", ["emm", "EM", "me"])
def test_a_misspelt_word_is_answered_with_the_known_one(word):
    assert suggest(word, ("ph", "em")) == "did you mean em?"


def test_a_word_near_to_none_is_answered_with_all_that_there_are():
    assert suggest("colour", iter(("ph", "em"))) == "there are ph, em."


def test_where_they_are_many_they_are_listed_elsewhere():
    assert suggest("colour", ("ph", "em"), "`mockpin explain` lists them.") == "`mockpin explain` lists them."
