from base64 import b64encode

import pytest

from mockpin_transformer.mappings.liquid.refusals import FilterRefused
from tests.transformer.mappings.liquid.rendering import render


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ s | append: n }}", "ab c1e-7"),
        ("{{ s | prepend: 'x' | upcase }}", "XAB C"),
        ("{{ 'hELLO wORLD' | capitalize }}", "Hello world"),
        ("{{ s | replace: 'b', 'x' }}{{ s | remove: ' ' }}", "ax cabc"),
        ("{{ 'abc' | replace: '', '-' }}{{ 'ab' | replace_last: '', '-' }}", "a-b-cab-"),
        ("{{ 'aXbXc' | replace_first: 'X', '-' }}{{ 'aXbXc' | replace_last: 'X', '-' }}", "a-bXcaXb-c"),
        (
            "{{ 'aXbXc' | remove_first: 'X' }}{{ 'aXbXc' | remove_last: 'X' }}{{ s | remove_last: 'z' }}",
            "abXcaXbcab c",
        ),
        ("<{{ '  x ' | lstrip }}><{{ '  x ' | rstrip }}><{{ '  x ' | strip }}>", "<x ><  x><x>"),
        ("{{ '--x-' | lstrip: '-' }}{{ '-x--' | rstrip: '-' }}{{ '_-x-' | strip: '-_' }}", "x--xx"),
        ("{{ text | strip_newlines }}{{ text | normalize_whitespace }}", "aba b "),
        (
            "{{ 'abcde' | truncate: 4 }} {{ 'abcde' | truncate: 3 }} {{ 'abcd' | truncate: 2 }}",
            "a... ... ...",
        ),
        ("{{ fifty | truncate }}{{ fifty | append: 'x' | truncate | size }}", "x" * 50 + "50"),
        ("{{ 'abcdefghij' | truncate: 6 }}{{ s | truncate: 4 }}", "abc...ab c"),
        ("{{ '<a>&\"' | escape }}{{ '<' | xml_escape }}", "&lt;a&gt;&amp;&#34;&lt;"),
        ("{{ '&lt;<' | escape_once }}", "&lt;&lt;"),
        ("{{ '<b>c</b>' | strip_html }}{{ 'Xab' | replace_last: 'X', '-' }}", "c-ab"),
        ("{{ 'a<b>c</b><!-- < > -->d<script>x</script>e<' | strip_html }}", "acde<"),
        ("{{ 'a<>b' | strip_html }}", "ab"),
    ],
)
def test_text(template, text):
    assert render(template, s="ab c", n=1e-7, text="a\nb\r\n", fifty="x" * 50) == text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ s | url_encode }}", "%C3%A9+a%2Bb%2F(x)!%25"),
        ("{{ s | cgi_escape }}", "%C3%A9+a%2Bb%2F%28x%29%21%25"),
        ("{{ s | uri_escape }}{{ '[]' | uri_escape }}", "%C3%A9%20a+b/(x)!%25[]"),
        ("{{ 'a%20b+c%2B' | url_decode }}", "a b c "),
        ("{{ s | base64_encode }}", "w6kgYStiLyh4KSEl"),
        ("{{ 'w6kgYStiLyh4KSEl' | base64_decode }}{{ 'YQ==YQ' | base64_decode }}{{ 'Y' | base64_decode }}",
         "é a+b/(x)!%a"),
    ],
)  # fmt: skip
def test_encodings(template, text):
    assert render(template, s="é a+b/(x)!%") == text


def test_a_hash_is_that_of_the_text():
    assert render("{{ 'a' | sha256 }}") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert render("{{ '' | sha256 }}") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert render("{{ lone | sha256 }}", lone="\ud83d") == render("{{ s | sha256 }}", s="\ufffd")


def test_an_escape_that_is_none_is_refused():
    with pytest.raises(FilterRefused, match="URI malformed"):
        render("{{ '100%' | url_decode }}")


@pytest.mark.parametrize("length", range(13))
def test_base64_without_its_padding_is_decoded(length):
    digits = b64encode(b"abcdefghijklm"[:length]).decode().rstrip("=")
    assert render(f"{{{{ '{digits}' | base64_decode }}}}") == "abcdefghijklm"[:length]
