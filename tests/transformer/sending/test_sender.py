from decimal import Decimal
from ssl import SSLError
from uuid import UUID

import httpx
import pytest

from mockpin_transformer import Failure, Receipt, Sender, SendingInterrupted, TokenUnusable
from tests.transformer.senders import PROCESSED, TOKEN, Pinterest, event

TWO = [event("a"), event("b")]


def test_a_batch_is_one_post_with_the_token():
    pinterest = Pinterest()
    assert pinterest.sender().send(TWO) == Receipt(1, 2, (), 1)
    (request,) = pinterest.requests
    assert (request.method, str(request.url)) == ("POST", "http://pinterest.test/v5/ad_accounts/549/events")
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.content.startswith(b'{"data":[{"event_id":"a"')


def test_nothing_to_send_is_nothing_sent():
    assert Pinterest().sender().send([]) == Receipt()


def test_a_test_request_says_so():
    pinterest = Pinterest()
    pinterest.sender(test=True).send(TWO)
    assert pinterest.requests[0].url.query == b"test=true"


def test_batches_are_as_large_as_asked():
    pinterest = Pinterest()
    assert pinterest.sender(batch_size=2).send([event(letter) for letter in "abcde"]).batches == 3
    assert pinterest.sent == [["a", "b"], ["c", "d"], ["e"]]


@pytest.mark.parametrize(
    "options", [{"batch_size": 0}, {"batch_size": 1001}, {"attempts": 0}, {"timeout": 0}, {"timeout": -1.5}]
)
def test_impossible_settings_are_refused(options):
    with pytest.raises(ValueError, match="not "):
        Sender("549", TOKEN, **options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"ad_account_id": 549}, "ad_account_id must be text and is of type int"),
        ({"conversion_token": None}, "conversion_token must be text and is of type NoneType"),
        ({"batch_size": "5"}, "batch_size must be a whole number and is of type str"),
        ({"timeout": "5"}, "timeout must be a number and is of type str"),
    ],
)
def test_a_setting_of_another_type_is_refused_at_once(options, said):
    with pytest.raises(TypeError, match=said):
        Sender(**{"ad_account_id": "549", "conversion_token": TOKEN, **options})


def test_a_repeat_has_the_same_bytes():
    pinterest = Pinterest(httpx.Response(503), httpx.ReadTimeout("slow"))
    assert pinterest.sender().send(TWO) == Receipt(1, 2, (), 3)
    assert len({request.content for request in pinterest.requests}) == 1
    assert len(pinterest.waits) == 2


def test_good_events_of_a_partial_failure_are_never_sent_again():
    answer = {"details": {"events": [PROCESSED, {"status": "failed", "error_message": "too old"}]}}
    pinterest = Pinterest(httpx.Response(422, json=answer))
    receipt = pinterest.sender().send(TWO)
    assert receipt == Receipt(1, 1, (Failure(1, "b", "too old"),), 1)
    assert len(pinterest.requests) == 1


def test_offline_events_travel_alone_and_are_not_repeated_when_they_may_have_arrived():
    pinterest = Pinterest(httpx.Response(200, json={"events": [PROCESSED]}), httpx.Response(503))
    receipt = pinterest.sender().send([event("a", action_source="offline"), event("b")])
    assert pinterest.sent == [["b"], ["a"]]
    assert [failure.index for failure in receipt.failed] == [0]


def test_offline_events_are_repeated_if_one_insists_or_they_cannot_have_arrived():
    offline = [event("a", action_source="offline")]
    assert Pinterest(httpx.Response(503)).sender(retry_offline=True).send(offline).ok
    assert Pinterest(httpx.ConnectError("refused")).sender().send(offline).ok


@pytest.mark.parametrize("others", [["a", "c"], []])
def test_an_event_that_json_cannot_hold_is_a_failure_and_stops_no_other(others):
    pinterest = Pinterest()
    money = event("b", custom_data={"value": Decimal("12.5")})
    receipt = pinterest.sender().send([*map(event, others[:1]), money, *map(event, others[1:])])
    assert (receipt.processed, pinterest.sent) == (len(others), [others] if others else [])
    (failure,) = receipt.failed
    assert (failure.index, failure.event_id) == (len(others[:1]), "b")
    assert failure.message.startswith("The value at /custom_data/value is of Python's type Decimal")


@pytest.mark.parametrize("others", [[], [event("b", custom_data={"value": b"1"})]])
def test_whether_an_event_is_sent_does_not_hang_on_its_neighbours(others):
    receipt = Pinterest().sender().send([event(UUID(int=5)), *others])
    assert receipt.failed[0].message.startswith("The value at /event_id is of Python's type UUID")
    assert [failure.index for failure in receipt.failed] == [*range(1 + len(others))]


def test_an_interrupted_sender_tells_what_was_not_confirmed():
    pinterest = Pinterest(httpx.Response(200, json={"events": [PROCESSED]}), KeyboardInterrupt())
    with pytest.raises(SendingInterrupted, match="Interrupted while sending") as interrupted:
        pinterest.sender(batch_size=1).send([*map(event, "abcd")])
    receipt = interrupted.value.receipt
    assert (receipt.processed, receipt.batches, receipt.unreachable) == (1, 2, False)
    assert [(failure.event_id, failure.ambiguous) for failure in receipt.failed] == [
        ("b", True),
        ("c", False),
        ("d", False),
    ]


@pytest.mark.parametrize("status", [401, 403])
def test_once_the_settings_are_refused_no_more_is_sent(status):
    pinterest = Pinterest(httpx.Response(status, json={"message": "Authentication failed."}))
    receipt = pinterest.sender(batch_size=1).send(TWO)
    assert (receipt.batches, receipt.attempts, len(receipt.failed)) == (1, 1, 2)
    assert f"{status}" in receipt.failed[1].message


def test_a_refused_batch_does_not_stop_the_next():
    receipt = Pinterest(httpx.Response(400)).sender(batch_size=1).send(TWO)
    assert [failure.event_id for failure in receipt.failed] == ["a"]
    assert receipt.processed == 1


def test_nobody_answering_is_told_without_an_exception():
    errors = [httpx.ConnectError("refused")] * 2
    receipt = Pinterest(*errors).sender(attempts=2).send(TWO)
    assert receipt.unreachable
    assert receipt.failed[0].message == "no answer from pinterest.test (refused)"


def test_an_answer_that_cannot_be_unpacked_is_one_without_verdicts_and_reached_somebody():
    packed = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip"))
    receipt = Pinterest(packed).sender().send(TWO)
    assert (receipt.attempts, receipt.processed, receipt.unreachable) == (1, 0, False)
    assert {(failure.message, failure.ambiguous) for failure in receipt.failed} == {
        ("Pinterest's answer has no verdict on this event.", True)
    }


def test_progress_is_told_after_each_batch():
    told = []
    Pinterest().sender(batch_size=1).send(TWO, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_the_token_is_in_no_repr():
    assert TOKEN not in repr(Pinterest().sender())


def test_the_token_is_in_no_receipt_though_a_server_repeats_it():
    body = {"code": 2, "message": f"No such token: Bearer {TOKEN}"}
    receipt = Pinterest(httpx.Response(401, json=body)).sender().send(TWO)
    assert receipt.failed[0].message == "401 Unauthorized: No such token: Bearer <token>"


def test_white_space_around_a_token_is_not_part_of_it():
    pinterest = Pinterest()
    Sender("549", f" {TOKEN}\n", api_uri="http://pinterest.test", transport=pinterest.transport).send(TWO)
    assert pinterest.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("inside", ["\n", "\0", "\u5bc6"])
def test_a_token_that_no_header_can_carry_is_refused_without_being_told(inside):
    with pytest.raises(TokenUnusable) as refused:
        Sender("549", f"{TOKEN}{inside}{TOKEN}", api_uri="http://pinterest.test").send(TWO)
    assert TOKEN not in f"{refused.value} {refused.value!r}"
    assert refused.value.__context__ is None


@pytest.mark.parametrize("address", ["127.0.0.1:1/v5", "http://[::1", "nonsense:// x"])
def test_an_address_that_is_none_is_told_at_once(address):
    waits = []
    receipt = Sender("549", TOKEN, api_uri=address, sleep=waits.append).send(TWO)
    assert (receipt.unreachable, receipt.attempts, waits) == (True, 1, [])
    assert receipt.failed[0].message.startswith("the address of the API is invalid (")


@pytest.mark.parametrize(
    ("own", "asked", "query"), [(True, None, b"test=true"), (True, False, b""), (False, True, b"test=true")]
)
def test_one_request_is_not_repeated_and_may_be_a_test_of_its_own(own, asked, query):
    pinterest = Pinterest(httpx.Response(503))
    assert pinterest.sender(test=own).request(TWO, test=asked).status == 503
    assert [request.url.query for request in pinterest.requests] == [query]


def test_plain_http_needs_no_certificates(tmp_path, monkeypatch):
    (tmp_path / "none.pem").write_text("no certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    receipt = Sender("549", TOKEN, api_uri="http://127.0.0.1:1", attempts=1).send(TWO)
    assert [failure.status for failure in receipt.failed] == [None, None]
    with pytest.raises(SSLError):
        Sender("549", TOKEN, api_uri="https://127.0.0.1:1", attempts=1).send(TWO)
