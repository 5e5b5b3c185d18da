import pytest

from tests.transformer.mappings.liquid.rendering import render


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ s | slice: 1, 2 }}{{ s | slice: -1 }}<{{ s | slice: -9 }}>", "b c<>"),
        (
            "{{ s | slice: 0 }}{{ s | slice: -3, 2 }}<{{ missing | slice: 0 | size }}>",
            "ab <0>",
        ),
        ("{{ s | slice: 4 }}{{ s | slice: 9 }}{{ s | slice: 1, 0 }}{{ list | slice: -1 }}", "3"),
        ("{{ emoji | size }}{{ list | size }}{{ 5 | size }}", "230"),
        ("{{ list | join: '-' }}{{ list | join }}{{ list | join: nil }}", "1-2.5-31 2.5 31 2.5 3"),
        ("{{ list | sum }}{{ tenths | sum }}{{ items | sum: 'o.p' }}", "6.50.60000000000000013"),
        ("{{ s | first }}{{ s | last }}{{ list | last }}{{ 5 | first }}<{{ '' | first }}>", "ac3<>"),
        ("{{ (1..3) }}{{ (1..3) | sum }}{{ list | slice: 1, 2 }}", "12362.53"),
        ("{{ list | push: 4 }} {{ list | unshift: 0 }}", "12.534 012.53"),
        ("{{ list | pop }} {{ list | shift }}", "12.5 2.53"),
        ("{{ nested | compact | size }}{{ 'x' | compact }}", "2x"),
        ("{{ items | where: 'id', 'b' | size }}", "1"),
        ("{{ 'a,b,,' | split: ',' | join: '+' }}{{ emoji | split: '' }}", "a+b😀"),
        ("{{ f | default: 'd' }}{{ f | default: 'd', allow_false: true }}{{ 0 | default: 'd' }}", "dfalse0"),
        ("{{ empty | default: 'd' }}{{ nested | join: '-' }}", "d1,2--x"),
        ("{{ 'a b' | split: ' ' | last }}{{ missing | default: 'd' }}", "bd"),
        ("{{ items | json }}", '[{"id":"a","o":{"p":1}},{"id":"b","o":{"p":"2"}},{"id":"c"}]'),
        ("{{ n | jsonify }}{{ s | inspect }}<{{ missing | json }}>", '1e-7"ab c"<>'),
        ("{{ '12.0' | to_integer }}{{ 'x' | to_integer }}{{ list | raw }}", "12NaN12.53"),
    ],
)
def test_lists_and_values(template, text):
    event = {"s": "ab c", "n": 1e-7, "emoji": "😀", "list": [1, 2.5, 3], "f": False}
    event["tenths"] = [0.1, 0.2, 0.3]
    items = [{"id": "a", "o": {"p": 1}}, {"id": "b", "o": {"p": "2"}}, {"id": "c"}]
    assert render(template, **event, nested=[[1, 2], None, "x"], items=items) == text
