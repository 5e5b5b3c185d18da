import gzip

import orjson
import pytest

from mockpin.emulator.pipeline.faults import Faults, parse_rule
from tests.mockpin.sending import HASH, TOKEN, Sending, conversion_event


def faulty(*rules, **how):
    faults = Faults()
    for rule in rules:
        faults.add(parse_rule(rule))
    return Sending(faults=faults, **how)


def message(answer):
    return orjson.loads(answer.body)["message"]


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic eA==", TOKEN, f"Token {TOKEN}"])
def test_a_request_without_a_bearer_token_is_answered_401(authorization):
    sending = Sending()
    answer = sending.send(b"{}", authorization=authorization)
    assert (answer.status, "X-RateLimit-Limit" in dict(answer.headers)) == (401, False)


def test_the_scheme_of_the_token_has_any_case():
    assert (
        Sending().send(orjson.dumps({"data": [conversion_event()]}), authorization=f"bearer  {TOKEN}").status
        == 200
    )


def test_a_malformed_ad_account_is_named():
    answer = Sending().send(b"{}", ad_account_id="12a")
    assert message(answer) == r"'ad_account_id' value '12a' must match the pattern: ^\d+$"


def test_a_refused_request_past_the_token_says_what_is_left():
    answer = Sending().send(b"{")
    assert (answer.status, dict(answer.headers)["X-RateLimit-Remaining"]) == (400, "119999")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"data": NaN}', b"[" * 100_000, b'{"data":"\xc3'])
def test_a_body_that_is_not_json_is_answered_400(body):
    answer = Sending().send(body)
    assert answer.status == 400
    assert message(answer).startswith("Invalid request: the body is not JSON")


@pytest.mark.parametrize(
    "payload", [None, 1, "x", [], {}, {"data": []}, {"data": {}}, {"data": [1]}, {"data": [{}]}]
)
def test_a_schema_violation_is_answered_400_for_the_whole_request(payload):
    sending = Sending()
    assert sending.send(orjson.dumps(payload)).status == 400
    assert sending.records() == []


def test_a_packed_body_is_read():
    assert (
        Sending()
        .send(gzip.compress(orjson.dumps({"data": [conversion_event()]})), content_encoding="gzip")
        .status
        == 200
    )


def test_a_body_over_the_limit_is_a_413():
    answer = Sending(body_limit="1KB").send(b" " * 1001)
    assert (answer.status, message(answer)) == (413, "Invalid request: the body is larger than 1000 bytes")


def test_a_status_fault_strikes_before_the_token():
    sending = faulty({"fault": {"status": 503}, "times": 1})
    assert [sending.post(conversion_event(), token="x").status for _ in range(2)] == [503, 401]


def test_a_dropped_request_is_not_processed():
    sending = faulty({"fault": {"drop": True}})
    answer = sending.post(conversion_event())
    assert (answer.body, answer.promised > 0, sending.records()) == (b"", True, [])
    assert sending.exchanges()[0]["fault"] == "drop"


def test_a_number_beyond_64_bits_is_no_error_of_ours():
    sending = Sending()
    assert sending.post(conversion_event(event_time=2**64 - 1)).status == 422
    assert sending.post(conversion_event(event_time=1e300)).status == 422


def test_a_telephone_number_as_a_name_is_kept_neither_of_the_request_nor_of_its_answer():
    sending = Sending()
    answer = sending.post(conversion_event(custom_data={"contents": [{"+1 415 555 0123": "1"}]}))
    (exchange,) = sending.exchanges()
    assert b"415 555" in answer.body
    assert "415 555" not in str(exchange)
    assert "('<masked 15>' was unexpected)" in exchange["answer"]


NOBODY = {"external_id": [HASH]}


NAMELESS = {name: value for name, value in conversion_event().items() if name != "event_id"}


@pytest.mark.parametrize(("setting", "event"), [
    ("user_data_minimum", conversion_event(user_data=NOBODY)), ("event_id_missing", NAMELESS),
])  # fmt: skip
@pytest.mark.parametrize(("consequence", "status"), [("refuse", 400), ("fail", 422), ("warn", 200)])
def test_what_later_descriptions_leave_open_gets_what_its_setting_says(setting, event, consequence, status):
    sending = Sending(**{setting: consequence})
    assert sending.post(event).status == status
    assert sending.post(conversion_event()).status == 200


def test_an_unknown_ad_account_is_answered_404_if_set_so():
    sending = Sending(unknown_ad_account="404")
    assert message(sending.send(b"{}", ad_account_id="1")) == "AdAccount not found."
    sending.emulator.accounts.add("2", "pina_another")
    assert sending.send(b"{}", ad_account_id="2").status == 403


def test_one_request_too_many_is_answered_429_with_what_is_left():
    sending = Sending(rate_limit="1/min")
    first, second = (sending.post(conversion_event()) for _ in range(2))
    assert [answer.status for answer in (first, second)] == [200, 429]
    assert dict(second.headers)["X-RateLimit-Remaining"] == "0"
    assert [exchange["reason"] for exchange in sending.exchanges()] == [None, "rate-limit"]


def test_without_a_rate_limit_no_answer_says_what_is_left():
    assert not [name for name, _ in Sending(rate_limit="off").post().headers if "RateLimit" in name]


def test_a_body_that_cannot_be_unpacked_is_answered_400():
    sending = Sending()
    assert sending.send(b"packed", content_encoding="gzip").status == 400
    assert sending.exchanges()[0]["reason"] == "unreadable"
