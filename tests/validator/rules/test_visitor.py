import subprocess
import sys

import pytest
import ua_parser
from hypothesis import given
from hypothesis.strategies import from_regex

from mockpin_validator import validate
from mockpin_validator.rules.visitor import _COMMON_BROWSER, RULES
from tests.validator.events import NOW, changed
from tests.validator.rules.examples import check_example, list_examples
from tests.validator.tricky import GOOGLEBOT, IPHONE


def rules_about(**user_data):
    event = changed(**{f"user_data__{key}": value for key, value in user_data.items()})
    (name,) = user_data
    return [finding.rule for finding in validate(event, now=NOW) if finding.path.endswith(name)]


@pytest.mark.parametrize("address", ["8.8.4.4", "172.32.0.1", "2a00:1450:4001:81b::200e", "100.63.0.1"])
def test_a_public_address_is_fine(address):
    assert rules_about(client_ip_address=address) == []


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.1.1",
        "100.64.0.1",
        "203.0.113.9",
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
        "2001:db8::1",
        "3fff:1::1",
        "224.0.0.251",
        "ff02::1",
        "::ffff:10.0.0.1",
    ],
)
def test_an_address_that_is_not_a_visitors_is_named(address):
    assert rules_about(client_ip_address=address) == ["ip-address-not-public"]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("172.68.1.2", True),
        ("162.159.255.255", True),
        ("141.101.64.0", True),
        ("173.245.48.1", True),
        ("172.63.255.255", False),
        ("172.72.0.0", False),
        ("104.28.1.2", False),
        ("141.102.0.1", False),
    ],
)
def test_an_address_of_a_proxy_before_the_site_is_named(address, told):
    assert rules_about(client_ip_address=address) == ["ip-address-of-proxy"] * told


@pytest.mark.parametrize(("address", "kind"), [
    ("224.0.0.251", "multicast"), ("0.0.0.0", "unspecified"), ("::1", "this machine's own (loopback)"),
    ("169.254.1.1", "link-local"), ("10.0.0.1", "private or reserved for documentation"),
    ("3fff:1::1", "private or reserved for documentation"), ("100.64.0.1", "not public"),
])  # fmt: skip
def test_what_an_address_is_that_is_not_a_visitor_s_is_said(address, kind):
    report = validate(changed(user_data__client_ip_address=address), now=NOW)
    (said,) = (finding.message for finding in report if finding.rule == "ip-address-not-public")
    assert said == f"The address is {kind}: it matches no one."


@pytest.mark.parametrize(
    "text",
    ["8.8.4.4:443", "8.8.4.4, 10.0.0.1", "localhost", "08.8.8.8", "f" * 64, "fe80::1%eth0", "2a00::1%1"],
)
def test_what_is_not_an_address_is_named(text):
    assert rules_about(client_ip_address=text) == ["ip-address-form"]


def test_a_browsers_user_agent_is_fine():
    assert rules_about(client_user_agent=IPHONE) == []


WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
COMMON_BROWSERS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/26.0 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    IPHONE,
)


def test_the_user_agents_of_common_browsers_are_recognized_without_tables():
    code = (
        "import sys; from mockpin_validator.rules.visitor import _is_recognized;"
        "print(all(map(_is_recognized, sys.argv[1:])), 'ua_parser' in sys.modules)"
    )
    command = [sys.executable, "-c", code, *COMMON_BROWSERS]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "True False\n"


@given(from_regex(_COMMON_BROWSER, fullmatch=True))
def test_the_tables_recognize_each_of_these_user_agents_too(text):
    parsed = ua_parser.parse(text)
    assert parsed.user_agent
    assert parsed.os
    assert parsed.user_agent.family != "HeadlessChrome"
    assert parsed.device is None or parsed.device.family != "Spider"


@pytest.mark.parametrize("text", ["axios/1.7.2", "python-requests/2.32", "-", "null"])
def test_a_librarys_user_agent_is_named(text):
    assert rules_about(client_user_agent=text) == ["user-agent-unrecognized"]


HEADLESS = IPHONE.replace("Version", "HeadlessChrome")


@pytest.mark.parametrize("text", [GOOGLEBOT, HEADLESS], ids=["crawler", "headless"])
def test_a_bots_user_agent_is_named(text):
    assert rules_about(client_user_agent=text) == ["user-agent-bot"]


@pytest.mark.parametrize("agent", ["okhttp/4.12.0", GOOGLEBOT])
@pytest.mark.parametrize(("source", "told"), [("app_android", False), ("app_ios", False), ("web", True)])
def test_an_app_has_a_user_agent_of_its_own(agent, source, told):
    findings = validate(changed(action_source=source, user_data__client_user_agent=agent), now=NOW)
    rules = {finding.rule for finding in findings}
    assert bool(rules & {"user-agent-unrecognized", "user-agent-bot"}) is told


@pytest.mark.parametrize(
    ("address", "rules"),
    [("::ffff:8.8.4.4", ["ip-address-mapped"]), ("::ffff:808:404", ["ip-address-mapped"]), ("8.8.4.4", [])],
)
def test_an_ipv4_address_within_an_ipv6_address_is_named(address, rules):
    assert rules_about(client_ip_address=address) == rules


@pytest.mark.parametrize("name", list_examples(RULES))
def test_a_rule_says_of_its_fixture_what_the_fixture_expects(name):
    check_example(name)
