import pytest

from mockpin_transformer.triggers.lexer import lex


def values(text):
    lexed = lex(text)
    assert lexed.failed_at is None
    return [token.value for token in lexed.tokens[:-1]]


def kinds(text):
    return [token.kind for token in lex(text).tokens]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        (" \t\n", []),
        ('type = "track"', ["type", "=", '"track"']),
        ("a!= b", ["a", "!=", "b"]),
        ("a=b", ["a", "=", "b"]),
        ("a >=5", ["a", ">", "=", "5"]),
        ("a >= 5", ["a", ">=", "5"]),
        ("a >5", ["a", ">", "5"]),
        ("!x", ["!", "x"]),
        ("!(x)", ["!", "(", "x", ")"]),
        ("properties.a.b", ["properties.a.b"]),
        ("properties . a", ["properties.a"]),
        ("properties.and", ["properties", ".", "and"]),
        ("properties.0 ", ["properties", ".", "0"]),
        (r"properties.\0x", ["properties.0x"]),
        (r"a\.b\ c", ["a.b c"]),
        ("and(", ["and", "("]),
        ("andy or", ["andy", "or"]),
        ("AND", ["AND"]),
        ("1e5", ["1", "e5"]),
        ("-", ["-"]),
        ("+1.5", ["+1.5"]),
        ("5.(", ["5.", "("]),
        ("'a\"b'", ["'a\"b'"]),
        ('""', ['""']),
        ('"a" [0] ,', ['"a"', "[", "0", "]", ","]),
        ('"é😀"', ['"é😀"']),
    ],
)
def test_a_text_has_these_tokens(text, tokens):
    assert values(text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"), [("x an", ["x", "a"]), ("x ab", ["x", "a"]), ("x nul", ["x", "n"])]
)
def test_at_the_end_a_and_n_swallow_what_follows(text, tokens):
    assert values(text) == tokens
    assert values(text + " ") == text.split()


def test_a_closing_quote_without_a_terminator_opens_again():
    assert values('"track"and event = "x"') == ['"track"', '"and event = "', '"x"']


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a !="x"', 2),
        ("price>5 \r", 0),
        ("arr[0]", 0),
        ('"open', 0),
        ("5. ", 0),
        ("1.2.3", 0),
        ("a & b", 2),
        ("é", 0),
        ("! a", 0),
        ("x \\", 2),
        ('"😀" &', 5),
    ],
)
def test_a_place_that_cannot_be_read_is_known(text, place):
    assert lex(text).failed_at == place


def test_kinds_are_told_apart():
    assert kinds("a = null or (b)") == [
        *("ident", "operator", "null", "conditional", "parenleft", "ident", "parenright", "eos")
    ]


def test_tokens_know_where_they_stand():
    assert [(token.start, token.end) for token in lex('a.b = "x"').tokens[:-1]] == [(0, 3), (4, 5), (6, 9)]


def test_a_token_can_be_too_long():
    assert lex('"' + "x" * 99_998 + '"').failed_at is None
    assert lex('"' + "x" * 100_000 + '"').failed_at == 0
