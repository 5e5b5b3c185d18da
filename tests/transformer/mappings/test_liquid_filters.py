import pytest

from transformer.mappings.liquid_environment import make_environment

ENVIRONMENT = make_environment()


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ s | append: n }}", "ab c1e-7"),
        ("{{ s | prepend: 'x' | upcase }}", "XAB C"),
        ("{{ 'hELLO wORLD' | capitalize }}", "Hello world"),
        ("{{ s | replace: 'b', 'x' }}{{ s | remove: ' ' }}", "ax cabc"),
        ("{{ 'aXbXc' | replace_first: 'X', '-' }}{{ 'aXbXc' | replace_last: 'X', '-' }}", "a-bXcaXb-c"),
        (
            "{{ 'aXbXc' | remove_first: 'X' }}{{ 'aXbXc' | remove_last: 'X' }}{{ s | remove_last: 'z' }}",
            "abXcaXbcab c",
        ),
        ("<{{ '  x ' | lstrip }}><{{ '  x ' | rstrip }}><{{ '  x ' | strip }}>", "<x ><  x><x>"),
        ("{{ text | strip_newlines }}", "ab"),
        ("{{ s | slice: 1, 2 }}{{ s | slice: -1 }}", "b c"),
        ("{{ 'abcdefghij' | truncate: 6 }}{{ s | truncate: 4 }}", "abc...ab c"),
        ("{{ '<a>&\"' | escape }}", "&lt;a&gt;&amp;&#34;"),
        ("{{ emoji | size }}{{ list | size }}{{ 5 | size }}", "230"),
        ("{{ list | join: '-' }}{{ list | join }}{{ list | sum }}", "1-2.5-31 2.5 36.5"),
        ("{{ s | first }}{{ s | last }}{{ list | last }}{{ 5 | first }}<{{ '' | first }}>", "ac3<>"),
        ("{{ (1..3) }}{{ (1..3) | sum }}{{ list | slice: 1, 2 }}", "12362.53"),
        ("{{ 'a,b,,' | split: ',' | join: '+' }}{{ emoji | split: '' }}", "a+b😀"),
        ("{{ f | default: 'd' }}{{ f | default: 'd', allow_false: true }}{{ 0 | default: 'd' }}", "dfalse0"),
        ("{{ empty | default: 'd' }}{{ nested | join: '-' }}{{ '&lt;<' | escape_once }}", "d1,2--x&lt;&lt;"),
        ("{{ 'a b' | split: ' ' | last }}{{ missing | default: 'd' }}", "bd"),
    ],
)
def test_text_and_lists(template, text):
    data = {"s": "ab c", "n": 1e-7, "text": "a\nb\r\n", "emoji": "😀", "list": [1, 2.5, 3], "f": False}
    data["nested"] = [[1, 2], None, "x"]
    assert ENVIRONMENT.from_string(template).render(data) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 7 | divided_by: 2 }}", "3.5"),
        ("{{ 1 | divided_by: 0 }}{{ -1 | divided_by: 0 }}{{ 0 | divided_by: 0 }}", "Infinity-InfinityNaN"),
        ("{{ -7 | modulo: 3 }}{{ 7 | modulo: 0 }}", "2NaN"),
        ("{{ 0.1 | plus: 0.2 }}", "0.30000000000000004"),
        ("{{ '3' | minus: 1 }}{{ 'x' | times: 2 }}", "20"),
        ("{{ 2.5 | round }} {{ 2.345 | round: 2 }} {{ -2.5 | round }}", "3 2.35 -2"),
        ("{{ 1.2 | ceil }}{{ 1.8 | floor }}{{ -3 | abs }}", "213"),
        ("{{ 5 | at_least: 7 }}{{ 5 | at_most: 3 }}", "73"),
    ],
)
def test_numbers_are_doubles(template, text):
    assert ENVIRONMENT.from_string(template).render() == text
