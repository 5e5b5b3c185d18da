"""The rules that docs/compare.md names are those that mockpin reports for the payloads of its table."""

import re
import time

import pytest

from mockpin_validator import validate
from tests.conftest import FIXTURES

PAGE = (FIXTURES.parent / "docs" / "compare.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([^|]+) \| `([a-z-]+)` \|$", PAGE, re.MULTILINE))
NOW = int(time.time())
HASH = "b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72"
GOOD = {
    "event_name": "checkout",
    "action_source": "web",
    "event_time": NOW,
    "event_id": "o-1",
    "event_source_url": "https://shop.example.com/thanks",
    "user_data": {"em": [HASH], "client_ip_address": "73.15.20.4", "client_user_agent": "Mozilla/5.0"},
    "custom_data": {"currency": "USD", "value": "49.50", "order_id": "1"},
}
PLAIN = {**GOOD, "event_id": "o-2", "user_data": {"em": ["ada@example.com"]}}
PAYLOADS = {
    "an event name outside Pinterest's list": [{**GOOD, "event_name": "purchase_made"}],
    "a time in milliseconds": [{**GOOD, "event_time": NOW * 1000}],
    "an event of 30 days ago": [{**GOOD, "event_time": NOW - 30 * 86_400}],
    "an e-mail address in plain text": [PLAIN],
    "a hash in upper case": [{**GOOD, "user_data": {"em": [HASH.upper()]}}],
    "the value `abc`": [{**GOOD, "custom_data": {**GOOD["custom_data"], "value": "abc"}}],
    "the currency `XYZ`": [{**GOOD, "custom_data": {**GOOD["custom_data"], "currency": "XYZ"}}],
    "an IP address that is not one": [
        {**GOOD, "user_data": {**GOOD["user_data"], "client_ip_address": "999.1.1.1"}}
    ],
    "a good event and a bad one together": [GOOD, PLAIN],
}


def rules_of(events):
    return {
        finding.rule for finding in validate({"data": events}) if finding.severity in ("error", "warning")
    }


def test_the_table_has_a_row_for_each_payload():
    assert set(ROWS) == set(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_mockpin_reports_the_rule_that_the_page_names(payload):
    assert ROWS[payload] in rules_of(PAYLOADS[payload])
    assert ROWS[payload] not in rules_of([GOOD])
