import gzip

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.accounts import fingerprint
from mockpin.emulator.history.store import Store
from mockpin.emulator.pipeline.context import RequestContext
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from mockpin.emulator.pipeline.requests import HttpRequest
from tests.mockpin.sending import AD_ACCOUNT_ID, HASH, NOW, PATH, TOKEN, Sending, conversion_event
from tests.validator.events import CLEAN

CANARY = "canary-plain-text"
ADDRESS = f"{CANARY}@x.test"
BODIES = {
    "failed": orjson.dumps({"data": [conversion_event(user_data={"em": [CANARY]})]}),
    "warned": orjson.dumps({"data": [conversion_event(user_data={"em": [HASH], "fn": [CANARY]})]}),
    "unknown": orjson.dumps({"data": [conversion_event(user_data={"em": [HASH], "bd": CANARY})]}),
    "refused": orjson.dumps({"data": [conversion_event(user_data={"em": CANARY})]}),
    "refused elsewhere": orjson.dumps({"data": [{"em": CANARY}], "user_data": [CANARY]}),
    "not JSON": f'{{"data": [{{"user_data": {{"em": "{CANARY}"'.encode(),
    "judged": orjson.dumps({"data": [conversion_event(
        event_name=ADDRESS, action_source=ADDRESS, event_id=f"{CANARY}%40x.test",
        custom_data={"value": ADDRESS, "currency": ADDRESS},
    )]}),
    "an address": orjson.dumps({"data": [conversion_event(event_source_url=f"https://x.test/?m={CANARY}@x.test")]}),
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_plain_text_reaches_the_store_file_the_log_or_a_record(body, tmp_path):
    entries = []
    sending = Sending(store=Store(str(tmp_path / "store.db")), log=entries.extend)
    sending.send(body, query=f"pd[em]={CANARY}", cookie=f"who={CANARY}", x_person=f"{CANARY}@x.test")
    seen = f"{sending.records()}{sending.exchanges()}{entries}"
    sending.emulator.close()
    files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert CANARY not in seen
    assert CANARY.encode() not in files


def test_only_the_sender_of_a_400_sees_the_offending_value():
    sending = Sending()
    answer = sending.send(BODIES["refused"])
    assert CANARY in answer.body.decode()
    assert "<masked 17>" in sending.exchanges()[0]["answer"]


def test_a_refused_payload_is_kept_with_the_place_and_the_reason():
    sending = Sending()
    sending.post(conversion_event(custom_data={"value": 5}))
    (exchange,) = sending.exchanges()
    assert (exchange["source"], exchange["reason"]) == ("api", "schema")
    assert exchange["cause_path"] == "/data/0/custom_data/value"
    assert "must be a string" in exchange["cause"]


def test_only_the_events_that_a_fault_failed_are_marked():
    faults = Faults()
    faults.add(parse_rule({"fault": {"fail_events": [1]}}))
    sending = Sending(faults=faults)
    sending.post(conversion_event(event_id="a"), conversion_event(event_id="b"))
    assert [record["fault"] for record in sending.records()] == [None, "fail_events"]


def test_a_token_is_shown_as_its_fingerprint():
    sending = Sending()
    sending.post(conversion_event())
    (exchange,) = sending.exchanges()
    assert exchange["headers"]["authorization"] == f"Bearer {fingerprint(TOKEN)}"
    assert TOKEN not in str(exchange)


def test_of_a_body_that_is_not_json_length_and_digest_are_kept():
    sending = Sending()
    sending.send(b"{nope")
    body = sending.exchanges()[0]["body"]
    assert (body["bytes"], body["digest"][:7]) == (5, "sha256:")


def test_of_a_body_that_is_a_text_alone_only_the_length_is_kept():
    sending = Sending()
    answer = sending.send(b'"canary.plain"')
    (exchange,) = sending.exchanges()
    assert b"canary.plain" in answer.body
    assert exchange["body"] == "<masked 12>"
    assert "canary.plain" not in exchange["answer"]


@pytest.mark.parametrize("how", [{"token": "pina_nobodys"}, {"ad_account_id": "1"}, {"ad_account_id": "x"}])
def test_what_was_refused_before_it_was_judged_is_kept_and_masked(how):
    sending = Sending()
    sending.post(conversion_event(user_data={"em": [CANARY]}), **how)
    (exchange,) = sending.exchanges()
    assert exchange["body"]["data"][0]["event_id"] == "o-1"
    assert exchange["body"]["data"][0]["user_data"] == {"em": ["<masked 17>"]}


def test_a_packed_body_is_shown_unpacked_though_a_fault_struck():
    faults = Faults()
    faults.add(parse_rule({"fault": {"status": 503}}))
    sending = Sending(faults=faults)
    sending.send(gzip.compress(b'{"data": []}'), content_encoding="gzip")
    assert sending.exchanges()[0]["body"] == {"data": []}


def test_the_body_of_a_processed_request_is_that_of_its_events():
    sending = Sending()
    sending.post(conversion_event(), conversion_event(event_id="o-2"))
    (exchange,) = sending.exchanges()
    assert [event["event_id"] for event in exchange["body"]["data"]] == ["o-1", "o-2"]
    assert exchange["answer"].startswith('{"num_events_processed":2')


def test_an_exchange_has_what_the_admin_api_shows():
    sending = Sending()
    sending.post(conversion_event(), query="test=true")
    assert set(sending.exchanges()[0]) == {
        "id", "received_at", "ad_account_id", "method", "path", "query", "headers", "body", "status",
        "answer_headers", "answer", "milliseconds", "event_seqs", "fault",
        "source", "reason", "cause_path", "cause",
    }  # fmt: skip


def test_a_bodiless_request_has_an_empty_body():
    sending = Sending()
    sending.send(b"")
    assert sending.exchanges()[0]["body"] == ""


def clean(**fields):
    return {**CLEAN["web"], **fields}


def seen(sending):
    """What readers see of the latest request and its events."""
    events = [record | {"seq": 0, "request_id": ""} for record in sending.records()]
    exchange = sending.exchanges()[-1] | {"milliseconds": 0}
    return events, exchange, [first.seqs for first in sending.emulator.store.first_reports()]


EVENTS = (
    clean(),
    clean(event_id="o-2"),
    clean(event_time=float(NOW)),
    clean(action_source="offline"),
    clean(event_name="Lead"),
    clean(custom_data={"opt_out_type": "LDP"}),
    clean(user_data={"em": ["x"]}),
)


@given(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=3))
def test_a_request_that_is_kept_as_one_row_looks_like_any_other(events):
    sending, together = Sending(), Sending()
    sending.post(*events)
    headers, body = {"authorization": f"Bearer {TOKEN}"}, orjson.dumps({"data": events})
    alike = RequestContext(HttpRequest("POST", PATH, headers=headers, body=body), AD_ACCOUNT_ID)
    refused = RequestContext(HttpRequest("POST", PATH), AD_ACCOUNT_ID)  # beside which all others have rows
    together.emulator.receive_all([refused, alike])
    (events, exchange, keys), (same_events, same_exchange, same_keys) = seen(sending), seen(together)
    assert (events, keys) == (same_events, same_keys)
    differing = ("headers", "answer_headers", "id")
    assert {**exchange, **dict.fromkeys(differing)} == {**same_exchange, **dict.fromkeys(differing)}


@pytest.mark.parametrize(
    ("events", "is_one_row"),
    [
        ([clean()], True),
        ([clean(), clean(event_id="o-2")], True),
        ([clean(), clean()], False),
        ([clean(), clean(event_id="o-2", user_data={"em": ["x"]})], False),
        ([clean(action_source="offline"), clean()], False),
    ],
    ids=["one", "two", "a duplicate", "a finding", "offline and web"],
)
def test_only_requests_with_nothing_to_say_are_kept_as_one_row(events, is_one_row):
    sending = Sending()
    sending.post(*events)
    assert sending.emulator.store._database.select_number("SELECT count(*) FROM clean_requests") == is_one_row


def test_a_test_request_is_not_kept_as_one_row():
    sending = Sending()
    sending.post(clean(), query="test=true")
    assert sending.emulator.store._database.select_number("SELECT count(*) FROM clean_requests") == 0


def test_events_that_somebody_waits_for_get_their_rows_at_once():
    sending = Sending()
    sending.post(clean())
    assert sending.emulator.notifications.wait(after=0, timeout=60)
    sending.post(clean(event_id="o-2"))
    assert sending.emulator.store._database.select_number("SELECT count(*) FROM events WHERE seq = 2") == 1
