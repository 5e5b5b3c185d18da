import pytest

from mockpin_transformer.times.tokens import DateToken, read_milliseconds, read_tokens


def all_tokens(text):
    tokens = read_tokens(text)
    return list(iter(tokens.take, None))


def test_a_text_falls_into_numbers_words_spaces_and_symbols():
    assert all_tokens("13Mar 7:") == [
        DateToken("number", "13"),
        DateToken("word", "Mar"),
        DateToken("space", " "),
        DateToken("number", "7"),
        DateToken("symbol", ":"),
    ]


def test_parentheses_are_one_symbol_with_all_they_hold():
    assert [token.text for token in all_tokens("1(a(b)c)2")] == ["1", ",", "2"]
    assert [token.text for token in all_tokens("1(a")] == ["1", ","]


def test_a_number_has_nine_significant_digits():
    assert DateToken("number", "0012345678901").value == 123456789
    assert DateToken("number", "000").value == 0


def test_a_fraction_is_read_to_the_millisecond():
    assert [read_milliseconds(digits) for digits in ("5", "05", "846123456")] == [500, 50, 846]


@pytest.mark.parametrize(
    ("rest", "ends"),
    [
        ("", True),
        (" PST", True),
        ("Z", True),
        ("z", True),
        ("+1", True),
        ("-1", True),
        (":1", False),
        ("7", False),
    ],
)
def test_a_time_ends_at_a_space_z_or_a_sign(rest, ends):
    assert read_tokens(rest).at_end_of_time() is ends


def test_a_piece_is_taken_only_if_it_is_what_is_asked_for():
    tokens = read_tokens("7:a")
    assert (tokens.skip(":"), tokens.take_number()) == (False, DateToken("number", "7"))
    assert (tokens.take_number(), tokens.skip(":"), tokens.at("a")) == (None, True, True)
    assert (tokens.take(), tokens.take(), tokens.at("a")) == (DateToken("word", "a"), None, False)
