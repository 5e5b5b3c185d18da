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
    assert [read_milliseconds(each) for each in ("5", "05", "846123456")] == [500, 50, 846]
