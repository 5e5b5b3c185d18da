import pytest

from mockpin_validator import Policy, validate
from tests.validator.events import NOW, changed


def about_url(url):
    report = validate(changed(event_source_url=url), now=NOW)
    return [each.rule for each in report if each.path == "/data/0/event_source_url"]


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


@pytest.mark.parametrize(
    ("source", "meant"),
    [("website", "web"), ("serverWebsite", "web"), ("physical_store", "offline"), ("ios", "app_ios")],
)
def test_another_platforms_action_source_is_told_pinterests(source, meant):
    (finding,) = validate(changed(action_source=source), now=NOW)
    assert finding.fix == f"Send '{meant}'."


def test_the_policy_may_let_an_unknown_action_source_pass():
    event = changed(action_source="brie")
    assert not validate(event, now=NOW).ok
    assert validate(event, now=NOW, policy=Policy(unknown_action_source="warn")).ok
