"""What is copied works: the command for a shell, the test."""

import ast
import json
import shlex
from dataclasses import replace

import pytest

from mockpin.emulator.pipeline.faults import parse_rule
from mockpin.web.pages.content.copying import FORMS, write_curl, write_request_curl, write_test
from mockpin.web.pages.content.exchanges import ExchangeView
from tests.mockpin.web.site import AGENT, NOW, Site, digest, event

EVENT = {
    "event_name": "check'out \u202e", "event_id": "o-1", "event_time": 1_000_000, "action_source": "web",
    "event_source_url": "https://shop.de/",
    "user_data": {"em": ["<masked 16>"], "external_id": [digest("7")], "client_ip_address": "8.8.8.8",
                  "client_user_agent": AGENT},
}  # fmt: skip
RULES = {"event-name-unknown", "event-name-form", "match-key-not-hashed", "click-id-missing"}
RECORD = {
    "ad_account_id": "549755885175", "test": False, "received_at": 1_000_060.4, "event_name": "checkout",
    "payload": EVENT,
}  # fmt: skip
API = "http://127.0.0.1:7466/v5"


def test_a_shell_reads_the_command_as_it_was_meant():
    words = shlex.split(write_curl(RECORD, API).replace("\\\n", ""))
    assert words[:2] == ["curl", f"{API}/ad_accounts/549755885175/events"]
    assert "Authorization: Bearer $PINTEREST_CONVERSION_TOKEN" in words
    assert json.loads(words[-1]) == {"data": [EVENT]}


@pytest.mark.parametrize(("path", "variable"), [
    ("/v5/ad_accounts/549755885175/events", "Bearer $PINTEREST_CONVERSION_TOKEN"),
    ("/v1/track", "Basic $"),
])  # fmt: skip
def test_a_request_is_sent_again_with_the_credentials_of_its_kind(path, variable):
    exchange = ExchangeView(
        1, 0.0, None, "POST", path, {}, 200, 1.0, None, (), {"authorization": "***"}, {}, {"data": []}, {}
    )
    assert f"Authorization: {variable}" in write_request_curl(exchange, "http://127.0.0.1:1")
    without = replace(exchange, headers={"accept": "*/*"})
    assert "-H" not in write_request_curl(without, "http://127.0.0.1:1")


@pytest.mark.parametrize(("method", "body", "arguments"), [
    ("POST", {"data": []}, ["-d", '{"data": []}']), ("POST", None, ["-X", "POST"]), ("GET", None, []),
    ("GET", {"event": "checkout"}, []), ("PUT", {"a": 1}, ["-X", "PUT", "-d", '{"a": 1}']),
])  # fmt: skip
def test_a_request_is_sent_again_with_its_method_and_body(method, body, arguments):
    exchange = ExchangeView(1, 0.0, None, method, "/v5/x", {}, 200, 1.0, None, (), {}, {}, body, {})
    words = shlex.split(write_request_curl(exchange, "http://127.0.0.1:1").replace("\\\n", ""))
    assert words == ["curl", "http://127.0.0.1:1/v5/x", *arguments]


def test_a_test_request_stays_one():
    trial = {**RECORD, "test": True}
    assert "events?test=true" in write_curl(trial, API)
    assert 'events?test=true",' in write_test(trial)
    assert "mockpin.events(test=True)" in write_test(trial)


def test_the_test_keeps_the_age_of_the_event_instead_of_its_date():
    assert "'event_time': int(time.time()) - 60" in write_test(RECORD)
    early = {**RECORD, "received_at": 999_990.0}
    assert "'event_time': int(time.time()) + 10" in write_test(early)


def test_a_time_that_is_not_a_whole_number_stays():
    assert "'event_time': 1.5" in write_test({**RECORD, "payload": {**EVENT, "event_time": 1.5}})


def test_the_test_says_what_became_of_the_event():
    written = write_test(RECORD)
    assert "def test_checkout_is_failed(mockpin):" in written
    assert f"== {{{', '.join(map(repr, sorted(RULES)))}}}" in written
    keys = {**EVENT["user_data"], "em": [digest("a")], "click_id": "dj0y" + "a" * 50}
    fine = {**EVENT, "event_name": "lead", "user_data": keys}
    assert "== set()" in write_test({**RECORD, "payload": fine})


@pytest.mark.parametrize("name", ["", "<script>", "é", "1", "a b"])
def test_the_test_is_python_whatever_the_event_is_called(name):
    ast.parse(write_test({**RECORD, "event_name": name}))


def test_the_test_passes_with_the_plugin(pytester):
    site = Site()
    site.send(
        event("good"), event("old", event_time=int(NOW) - 9 * 86400), event("named", event_name="Purchase")
    )
    site.send(event("twice"), event("twice"), event("apart"))
    site.emulator.faults.add(parse_rule({"fault": {"fail_events": [0]}}))
    site.send(event("faulty"))
    tests = {f"test_{row.event_id}": write_test(row.to_dict()) for row in site.emulator.store.events()}
    site.emulator.close()
    pytester.makepyfile(**tests)
    pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=6)


def test_every_form_takes_the_same_arguments():
    assert all(write(RECORD, API) for write in FORMS.values())


@pytest.mark.parametrize(
    ("path", "sent"), [("/v1/track", {"event": "A"}), ("/v1/batch", {"batch": [{"event": "A"}]})]
)
def test_a_segment_call_is_sent_again_as_its_path_wants_it(path, sent):
    body = {"segment": [{"event": {"event": "A"}, "results": []}]}
    exchange = ExchangeView(1, 0.0, None, "POST", path, {}, 200, 1.0, None, (), {}, {}, body, {})
    words = shlex.split(write_request_curl(exchange, "http://127.0.0.1:1").replace("\\\n", ""))
    assert json.loads(words[-1]) == sent
