"""What a recorded exchange tells of its sender, and of what came of it."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.masking.texts import mask_value
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from mockpin.reports.exchanges import dump_canonical, is_masked, iterate_leaves, read_exchanges
from tests.mockpin.sending import HASH, NOW, PATH, Sending, conversion_event


def record(**members):
    usual = {
        "id": 7, "ad_account_id": 1, "received_at": NOW, "method": "POST", "path": PATH, "query": {},
        "headers": {}, "body": {"data": []}, "status": 200, "answer_headers": {}, "answer": "{}",
    }  # fmt: skip
    return usual | members


def read(**members):
    (exchange,) = read_exchanges([record(**members)])
    return exchange


def sent(*events, fault=None):
    """The exchange that an emulator records of a request with these events."""
    faults = Faults()
    if fault:
        faults.add(parse_rule({"fault": fault}))
    sending = Sending(faults=faults)
    sending.post(*events)
    (exchange,) = read_exchanges(sending.exchanges())
    return exchange


@pytest.mark.parametrize(
    ("method", "path", "number"),
    [
        ("POST", PATH, 1),
        ("POST", f"{PATH}/", 1),
        ("GET", PATH, 0),
        ("POST", "/v1/track", 0),
        ("POST", "/v3/", 0),
        ("GET", "/v5/ad_accounts/1/advertiser_defined_events", 0),
    ],
)
def test_only_what_was_posted_to_the_events_is_read(method, path, number):
    assert len([*read_exchanges([record(method=method, path=path)])]) == number


def test_of_a_request_that_failed_in_part_the_good_events_were_processed():
    good, old = conversion_event(), conversion_event(event_id="o-2", event_time=1)
    assert [event["event_id"] for event in sent(good, old).processed] == ["o-1"]


def test_of_a_request_in_which_nothing_failed_nothing_was_processed_beside_a_failure():
    assert sent(conversion_event()).processed == ()


@pytest.mark.parametrize("answer", ['{"code":953,"deta', "", "[1]", '{"details":{"events":{"status":"x"}}}'])
def test_an_answer_without_verdicts_says_of_no_event_that_it_was_processed(answer):
    assert read(status=422, body={"data": [conversion_event()]}, answer=answer).processed == ()


@pytest.mark.parametrize("body", [None, "text", [1], {"data": 3}, {"data": ["x", None]}, '{"data": 3}'])
def test_a_body_that_is_not_a_payload_has_no_events(body):
    assert read(body=body).events == ()


@pytest.mark.parametrize(
    ("status", "fault", "for_now", "ambiguous"),
    [
        (None, None, True, True),
        (0, "drop", True, True),
        (408, None, True, True),
        (429, None, True, False),
        (500, "status", True, True),
        (200, None, False, False),
        (200, "truncate", False, True),
        (200, "garbage", False, True),
        (200, "empty", False, True),
        (200, "delay_ms", False, False),
        (422, "fail_events", False, False),
        (400, None, False, False),
    ],
)
def test_a_sender_may_try_again_and_may_be_in_doubt(status, fault, for_now, ambiguous):
    exchange = read(status=status, fault=fault)
    assert (exchange.refused_for_now, exchange.ambiguous) == (for_now, ambiguous)


@pytest.mark.parametrize(("fault", "injected"), [({"status": 401}, True), ({"truncate": 5}, False)])
def test_a_status_that_a_fault_gave_is_not_the_senders_doing(fault, injected):
    assert sent(conversion_event(), fault=fault).injected is injected


@pytest.mark.parametrize(
    ("asked", "seconds"), [("5", 5.0), ("0", 0.0), ("soon", 0.1), ("-1", 0.1), ("1.5", 0.1), ("", 0.1)]
)
def test_only_a_whole_number_of_seconds_is_waited_for(asked, seconds):
    assert read(answer_headers={"RETRY-AFTER": asked}).read_retry_after(0.1) == seconds


def test_headers_and_the_test_flag_are_read_in_any_case():
    exchange = read(headers={"CONNECTION": "Close", "Via": "mockpin"}, query={"test": "TRUE"})
    assert (exchange.closes_connection, exchange.internal, exchange.test) == (True, True, True)


@pytest.mark.parametrize(
    "other",
    [
        {"body": {"data": [2]}},
        {"headers": {"Authorization": "sha256:bbbb"}},
        {"query": {"test": "true"}},
    ],
)
def test_another_body_another_token_and_a_test_request_are_another_content(other):
    usual = {"body": {"data": [1]}, "headers": {"Authorization": "sha256:aaaa"}}
    assert read(**usual).content == read(**usual, id=8, received_at=NOW + 60, status=500).content
    assert read(**usual).content != read(**{**usual, **other}).content


@pytest.mark.parametrize(("em", "masked"), [(HASH, False), ("jane@example.com", True), ("", False)])
def test_plain_text_is_known_by_its_mask(em, masked):
    assert sent(conversion_event(user_data={"em": [HASH, em]})).masked is masked


def test_a_mask_outside_of_user_data_is_not_a_plain_text_match_key():
    assert not sent(conversion_event(partner_name="jane@example.com")).masked


@given(st.text())
def test_whatever_was_masked_is_known_as_masked(text):
    assert is_masked(mask_value(text))
    assert not is_masked(f"{mask_value(text)} and more")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner),
    max_leaves=8,
)


def turned_around(value):
    """The same JSON value with the keys of its objects in the opposite order."""
    if isinstance(value, dict):
        return {key: turned_around(item) for key, item in reversed(value.items())}
    return [*map(turned_around, value)] if isinstance(value, list) else value


@given(JSON)
def test_the_order_of_keys_changes_nothing_of_what_was_said(value):
    assert dump_canonical(value) == dump_canonical(turned_around(value))
    assert orjson.loads(dump_canonical(value)) == value


@given(JSON)
def test_a_leaf_holds_nothing_and_none_is_lost(value):
    found = [*iterate_leaves(value)]
    assert not any(isinstance(item, dict | list) for item in found)
    assert all(dump_canonical(part) in dump_canonical(value) for part in found)


def test_a_request_that_began_before_an_answer_did_not_know_it():
    first, header = read(id=7), "x-mockpin-began-after"
    assert [read(id=9, answer_headers={header: number}).began_after(first) for number in "678"] == [
        False,
        True,
        True,
    ]
    assert read(id=9).began_after(first)


def test_a_connection_has_an_id_where_the_server_knew_it():
    assert read(answer_headers={"x-mockpin-connection": "c1"}).connection == "c1"
    assert read().connection == ""
