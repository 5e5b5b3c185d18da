"""What senders do to a value before they hash it, and should not do."""

import pytest

from mockpin_validator.forensics.extra_steps import extra_steps_for


@pytest.mark.parametrize(
    ("key", "step", "text", "changed"),
    [
        ("em", "upper case", "jane@x.test", "JANE@X.TEST"),
        ("fn", "capitalized", "jane", "Jane"),
        ("fn", "lower case", "JANE", "jane"),
        ("fn", "white space removed", "a b\tc\n", "abc"),
        ("fn", "a trailing newline", "a", "a\n"),
        ("fn", "a trailing carriage return and newline", "a", "a\r\n"),
        ("fn", "a trailing space", "a", "a "),
        ("fn", "a leading space", "a", " a"),
        ("fn", "a trailing tab", "a", "a\t"),
        ("fn", "quotation marks around it", "a", '"a"'),
        ("fn", "a JSON array around it", "a", '["a"]'),
        ("fn", "punctuation removed", "o'b_r-ien 1", "obrien 1"),
        ("fn", "only digits kept", "+1 (2)٣", "12"),
        ("fn", "accents removed", "josé", "jose"),
        ("fn", "accents as characters of their own (NFD)", "é", "e\u0301"),
        ("fn", "umlauts written as two letters", "äöüßåøæ", "aeoeuessaaoeae"),
        ("em", "only the part before the @", "jane@x.test", "jane"),
        ("em", "dots before the @ removed", "j.a@x.test", "ja@x.test"),
        ("em", "the part from a plus sign to the @ removed", "j+shop+a@x.test", "j@x.test"),
        ("ph", "a plus sign kept", "1415", "+1415"),
        ("ph", "leading zeros kept (00)", "1415", "001415"),
        ("ph", "a leading zero kept", "1415", "01415"),
        ("ph", "the country code missing (1 digit)", "12345", "2345"),
        ("ph", "the country code missing (2 digits)", "12345", "345"),
        ("ph", "the country code missing (3 digits)", "12345", "45"),
        ("ph", "the country code missing (1 digit)", "1x2345", "1x2345"),
        ("ph", "the country code 1 added", "415", "1415"),
        ("ph", "dashes between its groups", "14155550123", "1-415-555-0123"),
        ("ph", "dashes between its groups", "4155550123", "415-555-0123"),
        ("ph", "dashes between its groups", "41555", "41555"),
        ("ph", "dots between its groups", "14155550123", "1.415.555.0123"),
        ("ph", "spaces between its groups", "14155550123", "1 415 555 0123"),
        ("ph", "the area code in parentheses", "4155550123", "(415) 555-0123"),
        ("zp", "leading zeros removed", "00501", "501"),
        ("zp", "a leading zero added", "501", "0501"),
        ("zp", "only the first five digits", "94103-1234", "94103"),
        ("zp", "only the first five digits", "sw1a", "sw1a"),
    ],
)
def test_an_extra_step_changes_a_value(key, step, text, changed):
    assert extra_steps_for(key)[step](text) == changed


def test_the_steps_of_a_match_key_come_before_those_of_every_key():
    usual = list(extra_steps_for("fn"))
    assert usual[0] == "upper case"
    for key in ("em", "ph", "zp"):
        assert list(extra_steps_for(key))[-len(usual) :] == usual
        assert len(extra_steps_for(key)) > len(usual)
