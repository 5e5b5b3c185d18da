import pytest

from mockpin_validator import validate
from mockpin_validator.rules.click_id import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples

OWN = "dj0yJnU9ZXhhbXBsZQ"


def rules(click_id=OWN, **fields):
    report = validate(changed(user_data__click_id=click_id, **fields), now=NOW)
    return [finding.rule for finding in report]


@pytest.mark.parametrize(
    "text", ["epik=dj0yJnU9", "_epik=dj0yJnU9", "undefined", "short", "dj0y JnU9", "a?b=1234567"]
)
def test_a_text_that_is_not_a_click_id_is_named(text):
    assert rules(text) == ["click-id-form"]


@pytest.mark.parametrize("text", [OWN, f"{OWN}==", "pinterest_click_123", "dj0yJnU9"])
def test_a_bare_click_id_is_fine(text):
    assert rules(text) == []


def test_a_hash_is_recognized():
    (finding,) = validate(changed(user_data__click_id="a" * 64), now=NOW)
    assert (finding.rule, finding.message) == ("click-id-form", "The click id is a hash.")
    assert "unhashed" in finding.fix


@pytest.mark.parametrize(("text", "owner"), [
    ("fb.1.1554763741205.IwAR2F4-dbP0l7Mn1IawQQGC", "Meta"), ("IwAR2F4dbP0l7Mn1IawQQGC", "Meta"),
    ("IwY2xjawHQ1x1leHRuA2FlbQIx", "Meta"), ("IwZXh0bgNhZW0BMABhZGlk", "Meta"),
    ("Cj0KCQjwqIm_BhDnARIsAKBYcmtp", "Google"), ("CjwKCAjwk43ABhBIEiwAvvMEB", "Google"),
    ("EAIaIQobChMI4oat1bLf9gIVkwGz", "Google"), ("E.C.P.CrsBVSIjZ4Yx", "TikTok"),
    ("gclid=abcdefgh", "another platform"), ("msclkid=0123456789", "another platform"),
])  # fmt: skip
def test_the_click_id_of_another_platform_is_told_whose_it_is(text, owner):
    (finding,) = validate(changed(user_data__click_id=text), now=NOW)
    assert finding.rule == "click-id-foreign"
    assert owner in finding.message


@pytest.mark.parametrize(("url", "named"), [
    (f"?epik={OWN}", []), ("?epik=another", ["click-id-differs"]), ("?xepik=a", []), ("#epik=a", []),
    ("?a=1&epik=another#b", ["click-id-differs"]), ("?epik=", []),
])  # fmt: skip
def test_the_click_id_is_that_of_the_url(url, named):
    assert rules(event_source_url=f"https://shop.example.com/{url}") == named


def test_a_quoted_click_id_in_the_url_is_the_same():
    assert rules(f"{OWN}==", event_source_url=f"https://shop.example.com/?epik={OWN}%3D%3D") == []


def test_a_url_that_cannot_be_read_is_another_rules_matter():
    assert rules(event_source_url="https://[::1/?epik=a") == ["event-source-url-form"]


def test_without_a_click_id_the_url_is_not_asked():
    assert rules(..., event_source_url="https://shop.example.com/?epik=a") == ["click-id-missing"]


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
