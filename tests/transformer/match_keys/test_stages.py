from hypothesis import given
from hypothesis import strategies as st

from mockpin_transformer.match_keys import stages


def test_white_space_is_javascripts():
    assert stages.delete_white_space("a \u00a0\ufeff\u2028b\u200b\u0085") == "ab\u200b\u0085"


def test_case_and_zeros_at_the_start_are_dropped():
    assert (stages.lower_case("ÀB"), stages.drop_leading_zeros("00102030")) == ("àb", "102030")


def test_digits_are_ascii():
    assert stages.keep_digits("+1 (415) \uff11\u0663x") == "1415"


def test_genders_are_abbreviated():
    assert [stages.abbreviate_gender(text) for text in ("male", "non-binary", "woman")] == ["m", "n", "woman"]
    assert [stages.abbreviate_any_gender(text) for text in ("woman", "boy", "x")] == ["f", "m", "n"]


def test_a_city_keeps_its_letters_and_loses_the_rest():
    assert stages.drop_punctuation("são paulo, sp.") == "sãopaulosp"
    assert stages.drop_punctuation("नई दिल्ली") == "नईदिल्ली"
    assert stages.drop_punctuation("ber\u200blin\x07") == "berlin"


def test_zip_codes():
    found = [stages.shorten_zip_code(text) for text in ("94103-1234", "94103", "sw1a 1aa", "d-10115")]
    assert found == ["94103", "94103", "sw1a1aa", "d10115"]
    assert [stages.shorten_zip_code(text) for text in ("12345678", "1234567890")] == [
        "12345678",
        "1234567890",
    ]


@given(st.text())
def test_dropping_is_done_once_and_for_all(text):
    for drop in (stages.delete_white_space, stages.keep_digits, stages.drop_punctuation):
        assert drop(drop(text)) == drop(text)
