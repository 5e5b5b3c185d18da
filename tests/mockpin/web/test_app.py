import gzip

import orjson
import pytest
from werkzeug.routing import Map, Rule

from mockpin.emulator.emulator import Emulator
from mockpin.emulator.pipeline import answers
from mockpin.emulator.settings.settings import read_settings
from mockpin.version import __version__
from mockpin.web.app import LazyRoute, build_app, create_app
from tests.mockpin.sending import AD_ACCOUNT_ID, NOW, PATH, TAG_ID, TOKEN, conversion_event

HEADERS = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def app():
    app = build_app(Emulator(read_settings({"body_limit": "10KB"}), clock=lambda: NOW))
    app.extensions["mockpin"].accounts.add(AD_ACCOUNT_ID, TOKEN, TAG_ID)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


def exchanges(app):
    store = app.extensions["mockpin"].store
    return [store.describe(row) for row in store.exchanges()]


def test_conversion_events_are_answered(client):
    answer = client.post(PATH, json={"data": [conversion_event()]}, headers=HEADERS)
    assert (answer.status, answer.content_type) == ("200 OK", "application/json")
    assert answer.json["num_events_processed"] == 1


@pytest.mark.parametrize(("how", "status"), [
    ({"headers": {}}, "401 Unauthorized"), ({"path": "/v5/ad_accounts/1/events"}, "403 Forbidden"),
    ({"json": {}}, "400 Bad Request"), ({"data": b" " * 10_001}, "413 Payload Too Large"),
    ({"json": {"data": [conversion_event(event_time=1)]}}, "422 Unprocessable Entity"),
])  # fmt: skip
def test_a_reason_phrase_is_in_title_case(client, how, status):
    how = {"path": PATH, "headers": HEADERS, **how}
    assert client.post(**how).status == status


@pytest.mark.parametrize("path", [
    "/", "/v5", "/v5/", "/nowhere", "/v5/ad_accounts//events", "//", "/v5/../etc/passwd",
    "/v5/ad_accounts/1/events/more", "/%00", "/v5/ad_accounts/%2e%2e/events",
])  # fmt: skip
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_path_or_method_that_leads_nowhere_has_pinterests_shape(client, path, method):
    answer = client.open(path, method=method)
    assert answer.status_code in (404, 405)
    assert set(answer.json) == {"code", "message"}
    assert "X-RateLimit-Limit" not in answer.headers


def test_a_405_names_the_methods(client):
    answer = client.get(PATH)
    assert (answer.status, answer.headers["Allow"]) == ("405 Method Not Allowed", "OPTIONS, POST")
    assert answer.json == {"code": 5, "message": "Method not allowed"}


def test_what_leads_nowhere_is_recorded(app, client):
    client.get("/nowhere?em=jane@x.test")
    (exchange,) = exchanges(app)
    assert (exchange["path"], exchange["status"], exchange["query"]) == (
        "/nowhere",
        404,
        {"em": "<masked 11>"},
    )


def test_a_request_that_missed_the_events_keeps_its_masked_body(app, client):
    event = conversion_event(user_data={"em": ["jane@x.test"]})
    client.post(f"/v5{PATH}", data=orjson.dumps({"data": [event]}), headers=HEADERS)
    (exchange,) = exchanges(app)
    assert (exchange["status"], exchange["reason"]) == (404, "not-found")
    assert exchange["body"]["data"][0]["event_id"] == event["event_id"]
    assert exchange["body"]["data"][0]["user_data"] == {"em": ["<masked 11>"]}


def test_a_body_that_is_not_json_is_kept_as_its_length_alone(app, client):
    client.post("/v5/event", data=b"jane@x.test", headers=HEADERS)
    (exchange,) = exchanges(app)
    assert exchange["body"]["bytes"] == 11
    assert "jane" not in str(exchange)


@pytest.mark.parametrize("path", [PATH, PATH + "/", PATH + "?", PATH + "?test=True"])
@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "text/plain", ""]
)
def test_a_trailing_slash_or_question_mark_and_any_content_type_are_taken(client, path, content_type):
    body = orjson.dumps({"data": [conversion_event()]})
    assert client.post(path, data=body, headers=HEADERS, content_type=content_type).status_code == 200


@pytest.mark.parametrize("path", [PATH, "/v3/"])
def test_the_log_says_of_a_413_that_the_body_was_too_large(path):
    log = []
    emulator = Emulator(read_settings({"body_limit": "1KB"}), log=log.extend)
    emulator.accounts.add(AD_ACCOUNT_ID, TOKEN)
    answer = build_app(emulator).test_client().post(path, data=b" " * 1001, headers=HEADERS)
    emulator.close()
    assert (answer.status_code, [line.reason for line in log]) == (413, ["too-large"])


def test_who_may_not_send_is_told_so_before_a_body_is_too_large(client):
    assert client.post(PATH, data=b" " * 10_001).status_code == 401


def test_a_bomb_is_refused(client):
    bomb = gzip.compress(b" " * 5_000_000)
    assert client.post(PATH, data=bomb, headers=HEADERS | {"Content-Encoding": "gzip"}).status_code == 413


def test_the_tag_gets_its_pixel(client):
    answer = client.get(f"/v3/?tid={TAG_ID}&event=checkout")
    assert (answer.content_type, answer.data[:6]) == ("image/gif", b"GIF89a")


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/ct/core.js", "text/javascript"),
        ("/__mockpin/ui/", "text/html"),
        ("/__mockpin/health", "application/json"),
    ],
)
def test_each_part_of_the_server_has_its_routes(client, path, content_type):
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, content_type)


def test_segments_calls_are_answered(client):
    answer = client.post("/v1/track", json={"event": "x", "userId": "u", "writeKey": "k"})
    assert (answer.status_code, answer.json) == (200, {"success": True})


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/__mockpin/nothing", 404), ("PATCH", "/__mockpin/health", 405)],
)
def test_a_request_that_misses_the_admin_api_is_answered_in_its_shape(client, method, path, status):
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.json["status"]) == (status, status)


def test_a_beacon_of_several_parts_is_an_event_with_nothing_in_plain_text(app, client):
    parts = {"tid": TAG_ID, "event": "Checkout", "ed": '{"event_id": "o-1"}', "pd[fn]": "Canary"}
    client.post("/v3/", data=parts, content_type="multipart/form-data")
    (event,) = app.extensions["mockpin"].store.events()
    assert (event.event_name, event.event_id) == ("checkout", "o-1")
    assert "Canary" not in str(exchanges(app))


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_server_that_listens_is_alive_and_ready(app, client, path):
    answer = client.get(path)
    assert (answer.data, answer.headers["X-Mockpin-Version"]) == (b"ok\n", __version__)
    assert exchanges(app) == []


def test_an_application_of_its_own_has_no_ad_account_yet():
    app = create_app(clock=lambda: NOW)
    assert list(app.extensions["mockpin"].accounts) == []


def test_an_answer_that_is_held_back_is_so_by_whoever_serves_it(app, client):
    from mockpin.emulator.pipeline.faults import parse_rule
    from mockpin.web.exchange import SLEEP_KEY

    held_back = []
    app.extensions["mockpin"].faults.add(parse_rule({"fault": {"delay_ms": 40}}))
    client.post(
        PATH,
        json={"data": [conversion_event()]},
        headers=HEADERS,
        environ_overrides={SLEEP_KEY: held_back.append},
    )
    assert held_back == [0.04]


def test_a_truncated_answer_promises_more_than_it_holds(app, client):
    from mockpin.emulator.pipeline.faults import parse_rule

    app.extensions["mockpin"].faults.add(parse_rule({"fault": {"truncate": 10}}))
    answer = client.post(PATH, json={"data": [conversion_event()]}, headers=HEADERS)
    assert (len(answer.data), int(answer.headers["Content-Length"]) > 10) == (10, True)


def test_asking_for_the_head_of_the_tag_records_no_event(app, client):
    answer = client.head(f"/v3/?tid={TAG_ID}&event=checkout")
    assert (answer.status_code, answer.data) == (200, b"")
    assert len(app.extensions["mockpin"].store) == 0


@pytest.mark.parametrize(
    ("path", "text", "status"),
    [
        (PATH, '{"data":[%s]}', 400),
        ("/v1/track", '{"writeKey":"w","event":"x","properties":{"a":%s}}', 400),
        ("/__mockpin/expect", '{"match":{"payload":{"a":%s}}}', 400),
        ("/v3/", '{"tid":"1","event":"checkout","ed":{"a":%s}}', 200),
    ],
)
@pytest.mark.parametrize("depth", [101, 300, 1020])
def test_a_body_that_nests_too_deeply_breaks_nothing(client, path, text, status, depth):
    body = text % ("[" * depth + "]" * depth)
    assert client.post(path, data=body, headers=HEADERS).status_code == status


def test_what_breaks_behind_a_route_is_answered_and_logged_without_values(app, client, caplog):
    def break_off():
        message = "pina_secret"
        raise ZeroDivisionError(message)

    app.add_url_rule("/broken", "broken", break_off)
    answer = client.get("/broken")
    assert (answer.status_code, answer.data) == (500, answers.broken().body)
    assert caplog.messages[0].startswith("mockpin broke down: ZeroDivisionError at ")
    assert "pina_secret" not in caplog.text


def test_a_store_that_cannot_be_written_is_said_to_whoever_resets_it_and_nothing_is_done(app, client, caplog):
    emulator = app.extensions["mockpin"]
    client.post(PATH, json={"data": [conversion_event()]}, headers=HEADERS)
    emulator.store._database.connection.execute("PRAGMA query_only = ON")
    answer = client.post("/__mockpin/reset")
    assert (answer.status_code, answer.content_type) == (507, "application/problem+json")
    assert answer.json["detail"].startswith("The store :memory: cannot be written: ")
    assert "Nothing of the request was done; send it again once" in answer.json["detail"]
    assert caplog.messages == [answer.json["detail"]]
    assert (len(emulator.store), client.get("/__mockpin/health").json["status"]) == (1, "unwritable")
    emulator.store._database.connection.execute("PRAGMA query_only = OFF")
    assert client.post("/__mockpin/reset").status_code == 200
    assert (len(emulator.store), client.get("/__mockpin/health").json["status"]) == (0, "ok")


def test_what_is_read_while_the_emulator_is_closed_is_not_reported_as_a_breakdown(app, client, caplog):
    app.extensions["mockpin"].close()
    assert client.get("/__mockpin/events").status_code == 500
    assert caplog.messages == []


def write_addresses(kind):
    """Addresses as this kind of route writes them, of one asked for twice."""
    addresses = Map([kind("/events/<int:seq>", endpoint="event"), kind("/", endpoint="home")]).bind("x.test")
    values = ({"seq": 1}, {"seq": 2}, {"seq": 3, "q": "a b"})
    return [addresses.build("event", value) for value in values] + [addresses.build("home")]


def test_addresses_are_those_that_werkzeug_writes():
    assert write_addresses(LazyRoute) == write_addresses(Rule)
    assert write_addresses(LazyRoute)[2] == "/events/3?q=a+b"


def test_an_address_that_is_never_asked_for_is_never_compiled():
    asked = []

    class Watched(LazyRoute):
        @staticmethod
        def _get_func_code(code, name):
            asked.append(name)
            return Rule._get_func_code(code, name)

    Map([Watched("/events/<int:seq>", endpoint="event")]).bind("x.test").match("/events/5")
    assert asked == []
    assert write_addresses(Watched) == write_addresses(Rule)
    assert len(asked) == 2


def test_the_servers_address_leads_to_the_pages(client):
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/__mockpin/ui")
