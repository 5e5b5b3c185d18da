import pytest

from mockpin_validator import Policy, validate
from mockpin_validator.rules.action_source import RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples


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


IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
BROWSER = f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko)"
WITHIN_IOS = f"{IPHONE} Mobile/15E148"
WITHIN_ANDROID = f"{ANDROID} Version/4.0 Chrome/142.0.0.0 Mobile Safari/537.36"
PAGE = "https://shop.example.com/thanks"


def is_contradicted(**fields):
    findings = validate(changed(**fields), now=NOW)
    return "action-source-contradicted" in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    ("source", "page", "agent", "contradicted"),
    [
        ("app_ios", PAGE, BROWSER, True),
        ("app_android", PAGE, BROWSER, True),
        ("app_ios", ..., BROWSER, False),
        ("app_ios", PAGE, WITHIN_IOS, False),
        ("app_android", PAGE, WITHIN_ANDROID, False),
        ("app_ios", PAGE, "okhttp/4.12.0", False),
        ("app_ios", PAGE, ..., False),
        ("web", PAGE, BROWSER, False),
        ("offline", PAGE, BROWSER, False),
    ],
)
def test_an_app_event_with_a_page_in_a_browser_is_of_the_web(source, page, agent, contradicted):
    given = is_contradicted(action_source=source, event_source_url=page, user_data__client_user_agent=agent)
    assert given is contradicted


@pytest.mark.parametrize(
    ("fields", "contradicted"),
    [
        ({}, False),
        ({"app_id": "42"}, True),
        ({"app_name": "Shop"}, True),
        ({"app_info": {"app_id": "42"}}, True),
        ({"device_model": "Pixel 8"}, True),
        ({"device_info": {"model": "Pixel 8"}}, True),
        ({"user_data__hashed_maids": ["0" * 63 + "1"]}, True),
        ({"user_data__client_user_agent": "Shop/5.1 CFNetwork/1568 Darwin/24.0.0"}, True),
        ({"user_data__client_user_agent": "Dalvik/2.1.0 (Linux; U; Android 15)"}, True),
        ({"user_data__client_user_agent": BROWSER}, False),
        ({"app_id": "42", "event_source_url": PAGE}, False),
        ({"app_id": "42", "action_source": "offline"}, False),
    ],
)
def test_a_web_event_without_a_page_that_names_an_app_is_of_the_app(fields, contradicted):
    assert is_contradicted(**{"action_source": "web", "event_source_url": ..., **fields}) is contradicted


CALLS = {"ios": "Shop/5.1 CFNetwork/1568 Darwin/24.0.0", "android": "Dalvik/2.1.0 (Linux; U; Android 15)"}


@pytest.mark.parametrize("page", [..., PAGE])
@pytest.mark.parametrize(
    ("source", "agent", "other"),
    [
        ("app_ios", WITHIN_ANDROID, "app_android"),
        ("app_ios", "Dalvik/2.1.0", "app_android"),
        ("app_ios", WITHIN_IOS, None),
        ("app_ios", CALLS["ios"], None),
        ("app_ios", "okhttp/4.12.0", None),
        ("app_ios", ..., None),
        ("app_android", WITHIN_IOS, "app_ios"),
        ("app_android", "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15", "app_ios"),
        ("app_android", CALLS["ios"], "app_ios"),
        ("app_android", CALLS["android"], None),
        ("offline", WITHIN_IOS, None),
    ],
)
def test_an_app_event_is_of_the_system_that_its_user_agent_names(source, agent, other, page):
    fields = {"event_source_url": page, "user_data__client_user_agent": agent}
    findings = validate(changed(action_source=source, **fields), now=NOW)
    told = [finding.fix for finding in findings if finding.rule == "action-source-contradicted"]
    assert told == ([f"Send '{other}' here: read each device's own system."] if other else [])


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
