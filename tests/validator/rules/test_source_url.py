import pytest

from mockpin_validator import validate
from mockpin_validator.rules.source_url import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


def about_url(url):
    report = validate(changed(event_source_url=url), now=NOW)
    return [finding.rule for finding in report if finding.path == "/data/0/event_source_url"]


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example.com/",
        "http://shop.example.com:8080/a?b=c#d",
        "http://shop.example.com:1/",
        "http://shop.example.com:65535/",
        "https://shop.example.com/?epik=dj0yJnU9ZXhhbXBsZQ&order=1234567890",
        "https://[2001:db8::1]/a",
        "https://bücher.example/",
        "HTTPS://Shop.Example.com/",
        "https://shop.example.com/?hotel=14155550123&motel_id=14155550123",
        "https://shop.example.com/?photo=1234567890&graph=12345678",
    ],
)
def test_an_absolute_url_without_personal_data_is_fine(url):
    assert set(about_url(url)) <= ({"event-source-url-form"} if "ü" in url else set())


@pytest.mark.parametrize(
    "url",
    [
        "/thanks",
        "shop.example.com/thanks",
        "ftp://a.example/",
        "http://a b",
        "https://[::1",
        "https://a.example:x/",
        "https://a.example:0/",
        "https://a.example:70000/",
    ],
)
def test_a_url_that_is_not_absolute_is_named(url):
    assert about_url(url) == ["event-source-url-form"]


@pytest.mark.parametrize(
    "query",
    [
        "mail=ada@example.com",
        "mail=ada%40example.com",
        "phone=14155550123",
        "tel=%2B1%20415%20555%200123",
        "p=+1+415+5550123",
        "p=(415)%20555-0123",
        "ph=14155550123",
        "cell=4155550123",
        "next=%2Fa%3Fmail%3Dada%2540example.com",
        "next=%252Fa%253Fmail%253Dada%252540example.com",
        "call=tel:%2B14155550123",
    ],
)
def test_personal_data_in_the_url_is_named(query):
    assert "event-source-url-personal" in about_url(f"https://shop.example.com/?{query}")


@pytest.mark.parametrize("query", [
    "access_token=9f86d081884c7d65", "a=1&reset_token=9f86d081884c7d65", "next=%2Fa%3Ftoken%3D9f86d081884c",
    "a=pina_A1B2C3D4E5F6A1B2C3", "jwt=eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0", "password=hunter2hunter2",
])  # fmt: skip
def test_a_token_in_the_url_is_named(query):
    url = f"https://shop.example.com/?{query}"
    (finding,) = (item for item in validate(changed(event_source_url=url), now=NOW))
    assert (finding.rule, finding.path) == ("event-source-url-personal", "/data/0/event_source_url")
    assert "replace it" in finding.fix


@pytest.mark.parametrize(
    "query", ["token=1", "tokens=9f86d081884c7d65", "keyword=pina_colada", "csrf=9f86d081884c"]
)
def test_what_only_sounds_like_a_token_is_none(query):
    assert about_url(f"https://shop.example.com/?{query}") == []


@pytest.mark.parametrize(("url", "kind"), [
    ("http://localhost/thanks", "local machine"), ("http://127.0.0.1:8000/", "local machine"),
    ("http://192.168.1.5/", "local machine"), ("http://[::1]:3000/", "local machine"),
    ("https://shop.local/", "local machine"), ("https://shop.test/", "local machine"),
    ("https://staging.example.com/", "test site"), ("https://dev.example.co.uk/", "test site"),
    ("https://shop-uat.example.com/", "test site"), ("https://a.qa.example.com/", "test site"),
    ("https://shop.example.com/wp-admin/admin-ajax.php", "administration"),
    ("https://shop.example.com/wp-content/uploads/pinterest-for-woocommerce-fpRZXX.xml", "file"),
    ("https://shop.example.com/products/scarf.json?v=1", "file"),
    ("https://shop.example.com/blog/wp-login.php", "administration"),
    ("https://example.com/admin", "administration"),
    ("https://example.com/admin/orders/7", "administration"), ("https://example.com/shop/feed/", "feed"),
])  # fmt: skip
def test_a_page_that_no_visitor_sees_is_named(url, kind):
    (finding,) = validate(changed(event_source_url=url), now=NOW)
    assert finding.rule == "event-source-url-not-live"
    assert kind in finding.message
    assert finding.severity == ("info" if "local" in kind else "warning")


@pytest.mark.parametrize("url", [
    "https://example.com/", "https://dev.to/a", "https://staging.com/", "https://developers.example.com/",
    "https://shop.example.com/administration", "https://shop.example.com/lamps/admin-desk",
    "https://shop.example.com/a.xml/b", "https://shop.example.com/?f=a.xml",
    "https://shop.example.com/feedback", "https://shop.example.com/?next=/wp-admin/", "https://8.8.8.8/",
    "https://shop.example.com/latest", "https://test.example.com/", "https://shop.example.com:8443/admins",
])  # fmt: skip
def test_a_public_page_is_fine(url):
    assert about_url(url) == []


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
