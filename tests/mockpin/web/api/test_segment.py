import pytest

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.settings.settings import read_settings
from mockpin.web.app import build_app
from mockpin_validator.contract.kinds import SEGMENT_TYPES

NOW = 1_790_000_000.0
PAGE = {
    "messageId": "m1",
    "timestamp": "2026-09-21T14:13:20.000Z",
    "context": {"ip": "203.0.113.9", "userAgent": "Mozilla/5.0"},
    "properties": {"email": "jane@example.com"},
}


@pytest.mark.parametrize("kind", SEGMENT_TYPES)
def test_every_call_of_segments_api_is_answered(http, kind):
    answer = http.post(f"/v1/{kind}", json=PAGE, auth=("write-key", ""))
    assert (answer.status, answer.json) == ("200 OK", {"success": True})


def test_a_page_becomes_a_page_visit(http, emulator):
    http.post("/v1/page", json=PAGE, auth=("write-key", ""))
    assert [row.event_name for row in emulator.store.events()] == ["page_visit"]


def test_the_admin_api_shows_the_segment_event_of_an_event(http):
    http.post("/v1/page", json=PAGE, auth=("write-key", ""))
    shown = http.get("/__mockpin/events/1").json["segment"]
    assert shown["event"]["type"] == "page"
    assert [result["subscription"] for result in shown["results"] if result["event_seqs"]] == ["Page Visit"]


def test_one_bad_message_of_a_batch_is_dropped_and_the_others_are_sent(http, emulator):
    page = PAGE | {"type": "page"}
    batch = {"batch": [page, {"type": "bogus"}, 5, page | {"messageId": "m2"}]}
    answer = http.post("/v1/batch", json=batch, auth=("write-key", ""))
    assert (answer.status, answer.json) == ("200 OK", {"success": True})
    assert [row.event_id for row in emulator.store.events()] == ["m1", "m2"]
    shown = http.get(f"/__mockpin/ui/requests/{emulator.store.last_exchange}").text
    assert shown.count("<strong>no mapping</strong>") == 2


def test_a_destination_of_ones_own_decides_what_is_sent(emulator):
    http = build_app(emulator, destination={"subscriptions": []}).test_client()
    http.post("/v1/page", json=PAGE, auth=("write-key", ""))
    assert emulator.store.events() == []


def test_a_body_over_the_servers_limit_is_refused_in_segments_words():
    emulator = Emulator(read_settings({"body_limit": "1KB"}))
    answer = build_app(emulator).test_client().post("/v1/page", data=b" " * 1001, auth=("write-key", ""))
    emulator.close()
    assert (answer.status_code, answer.json["success"]) == (400, False)
    assert answer.json["message"] == "the body is larger than 1000 bytes"


def test_calls_are_posted(http):
    assert http.get("/v1/track").status_code == 405


@pytest.mark.parametrize("kind", SEGMENT_TYPES)
def test_the_browser_sdk_calls_each_kind_by_its_first_letter_and_has_the_write_key_in_the_body(
    http, emulator, kind
):
    answer = http.post(f"/v1/{kind[0]}", json={**PAGE, "writeKey": "write-key"})
    assert (answer.status, answer.json) == ("200 OK", {"success": True})
    (exchange,) = [row for row in emulator.store.exchanges() if row.path == f"/v1/{kind[0]}"]
    assert exchange.to_dict()["body"]["segment"][0]["event"]["type"] == kind


@pytest.mark.parametrize("path", ["/v1/import", "/v1/import/", "/v1/b"])
def test_a_batch_has_other_paths_too(http, emulator, path):
    answer = http.post(path, json={"batch": [PAGE | {"type": "page"}]}, auth=("write-key", ""))
    assert (answer.status, answer.json) == ("200 OK", {"success": True})
    assert [row.event_id for row in emulator.store.events()] == ["m1"]


def test_figures_about_the_sdk_itself_are_answered_and_not_kept(http, emulator):
    assert http.post("/v1/m", json={"series": []}).json == {"success": True}
    assert emulator.store.last_exchange == 0


@pytest.mark.parametrize(
    ("host", "sends_to"),
    [("cdn.segment.com", {}), ("127.0.0.1:7466", {"apiHost": "127.0.0.1:7466/v1", "protocol": "http"})],
)
def test_the_browser_sdk_is_told_to_send_to_the_server_that_it_asks(http, host, sends_to):
    settings = http.get("/v1/projects/key-1/settings", headers={"Host": host}).json
    assert settings["integrations"] == {
        "Segment.io": {"apiKey": "key-1", "unbundledIntegrations": [], **sends_to}
    }
