import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.masking.texts import mask_value
from mockpin.emulator.pipeline.faults import Faults, parse_rule
from mockpin.reports.conduct import CONDUCT, judge_conduct
from mockpin.reports.exchanges import INTERNAL, read_exchanges
from tests.mockpin.sending import Sending, conversion_event


def event(event_id="e1", **changes):
    return {"event_name": "checkout", "event_id": event_id, "action_source": "web"} | changes


def sent(at, *events, status=200, **changes):
    return {
        "id": f"r{at}",
        "received_at": at,
        "ad_account_id": "1",
        "method": "POST",
        "path": "/v5/ad_accounts/1/events",
        "query": {},
        "headers": {"Authorization": "sha256:aaaa"},
        "body": {"data": list(events)},
        "status": status,
        "answer_headers": {},
        "answer": "",
    } | changes


def partial(*verdicts):
    return json.dumps({"code": 953, "details": {"events": [{"status": verdict} for verdict in verdicts]}})


def shown(*exchanges):
    return {habit.rule: habit.request_ids for habit in judge_conduct(read_exchanges(exchanges))}


def test_a_sender_that_sends_batches_once_is_blameless():
    assert shown(sent(1, event("e1"), event("e2")), sent(2, event("e3"))) == {}


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_a_refusal_must_not_be_retried(status):
    exchanges = sent(1, event(), status=status), sent(5, event(), status=status)
    assert shown(*exchanges)["retried-refusal"] == (("r1", "r5"),)


def test_an_empty_queue_that_is_flushed_again_is_not_a_retry():
    assert shown(sent(1, status=400), sent(5, status=400)) == {}


def test_an_empty_batch_that_comes_again_with_a_refused_token_is_a_retry():
    assert shown(sent(1, status=401), sent(5, status=401))["retried-refusal"] == (("r1", "r5"),)


def test_another_token_after_a_401_is_not_a_retry():
    other = {"Authorization": "sha256:bbbb"}
    assert shown(sent(1, event(), status=401), sent(5, event(), headers=other)) == {}


def test_a_body_that_was_no_json_counts_as_the_same_when_it_comes_again():
    broken = {"length": 9, "sha256": "cc"}
    exchanges = sent(1, body=broken, status=400), sent(5, body=broken, status=400)
    assert "retried-refusal" in shown(*exchanges)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_given_time(status):
    assert shown(sent(1, event(), status=status), sent(1.05, event()))["no-back-off"] == (("r1", "r1.05"),)
    assert shown(sent(1, event(), status=status), sent(2, event())) == {}


def test_a_frozen_clock_accuses_nobody_of_haste():
    frozen = [sent(1, event(str(number), event_time=number), status=429) for number in range(20)]
    assert shown(*frozen) == {}


def test_retry_after_is_honoured():
    busy = sent(1, event(), status=429, answer_headers={"Retry-After": "5"})
    assert "no-back-off" in shown(busy, sent(4, event()))
    assert "no-back-off" not in shown(busy, sent(6, event()))


def test_what_was_under_way_when_a_service_became_busy_is_not_hasty():
    busy, other = sent(1, event(), id="1", status=429), sent(1.02, event("e2"), id="2")
    assert "no-back-off" in shown(busy, other)
    other["answer_headers"] = {"X-Mockpin-Began-After": "0"}
    assert "no-back-off" not in shown(busy, other)
    assert shown(busy, other, sent(1.05, event(), id="3"))["no-back-off"] == (("1", "3"),)
    other["answer_headers"] = {"X-Mockpin-Began-After": "1"}
    assert shown(busy, other)["no-back-off"] == (("1", "2"),)


def test_one_request_after_several_busy_answers_is_hasty_once():
    early = {"answer_headers": {"X-Mockpin-Began-After": "0"}}
    busy = [sent(1 + number / 100, event(f"e{number}"), id=f"{number}", status=429) for number in (1, 2, 3)]
    busy = [busy[0], *(exchange | early for exchange in busy[1:])]
    assert shown(*busy, sent(1.05, event("e4"), id="4"))["no-back-off"] == (("1", "4"),)


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_an_event_keeps_its_id_when_it_is_retried(status):
    assert "changed-event-id" not in shown(sent(1, event("e1"), status=status), sent(5, event("e1")))
    found = shown(sent(1, event("e1"), status=status), sent(5, event("e2")))
    assert found["changed-event-id"] == (("r1", "r5"),)


def conduct_of(fault, *events):
    """The rules that a sender breaks on an emulator that struck its first request with a fault."""
    faults = Faults()
    faults.add(parse_rule({"times": 1, "fault": fault}))
    sending = Sending(faults=faults)
    for item in events:
        sending.post(item)
        sending.now += 5
    return {habit.rule for habit in judge_conduct(read_exchanges(sending.exchanges()))}


@pytest.mark.parametrize("fault", [{"status": 429}, {"status": 500}, {"status": 503}, {"drop": True}])
def test_an_emulator_shows_an_event_id_that_changed_after_a_fault(fault):
    assert conduct_of(fault, conversion_event(), conversion_event(event_id="o-2")) == {"changed-event-id"}
    assert conduct_of(fault, conversion_event(), conversion_event()) == set()


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop": True}, {"truncate": 3}, {"empty": True}])
def test_an_emulator_shows_an_offline_event_that_was_repeated_after_a_fault(fault):
    offline = conversion_event(action_source="offline")
    assert "retried-offline-event" in conduct_of(fault, offline, offline)


@pytest.mark.parametrize("between", [[], [event("e3"), event("e4")]])
def test_events_that_are_alike_keep_their_ids_when_all_are_retried(between):
    batch = event("e1"), event("e2")
    exchanges = [sent(1, *batch, status=503), sent(3, *between), sent(5, *batch), sent(7, event("e5"))]
    assert "changed-event-id" not in shown(*exchanges)


def test_each_retry_under_another_id_is_shown_once():
    exchanges = sent(1, event("e1"), status=503), sent(5, event("e2"), status=503), sent(9, event("e3"))
    assert shown(*exchanges, sent(13, event("e4")))["changed-event-id"] == (("r1", "r5"), ("r5", "r9"))


def test_another_id_that_is_retried_itself_is_shown_where_it_first_came():
    exchanges = sent(1, event("e1"), status=503), sent(5, event("e2"), status=503), sent(9, event("e2"))
    assert shown(*exchanges)["changed-event-id"] == (("r1", "r5"),)


def test_another_event_may_have_another_id():
    exchanges = sent(1, event("e1"), status=500), sent(5, event("e2", event_time=9))
    assert shown(*exchanges) == {}


@pytest.mark.parametrize(("status", "fault"), [(0, "drop"), (500, None), (200, "truncate"), (503, None)])
def test_an_offline_event_that_may_have_been_taken_is_not_repeated(status, fault):
    offline = event(action_source="offline")
    exchanges = sent(1, offline, status=status, fault=fault), sent(5, offline)
    assert shown(*exchanges)["retried-offline-event"] == (("r1", "r5"),)


def test_an_offline_event_that_was_surely_refused_may_be_repeated():
    offline = event(action_source="offline")
    assert shown(sent(1, offline, status=429), sent(5, offline)) == {}


def test_good_events_are_not_sent_again_after_a_partial_failure():
    first = sent(1, event("good"), event("bad"), status=422, answer=partial("processed", "failed"))
    assert shown(first, sent(5, event("good")))["resent-good-event"] == (("r1", "r5"),)
    assert shown(first, sent(5, event("bad", value="mended"))) == {}


def test_ten_single_events_within_a_second_could_have_been_a_batch():
    singles = [sent(number / 10, event(str(number))) for number in range(10)]
    assert shown(*singles)["one-event-a-request"] == (tuple(f"r{n / 10}" for n in range(10)),)
    assert "one-event-a-request" not in shown(*singles[:9])


def test_single_events_that_come_slowly_are_fine():
    assert shown(*(sent(number, event(str(number))) for number in range(20))) == {}


def test_a_batch_has_a_limit():
    events = [event(str(number)) for number in range(1001)]
    assert shown(sent(1, *events))["oversized-batch"] == (("r1",),)
    assert shown(sent(1, *events[:1000])) == {}


def test_connections_are_kept():
    closing = {"headers": {"Connection": "close"}}
    assert "no-keep-alive" in shown(sent(1, event("a"), **closing), sent(2, event("b"), **closing))
    assert shown(sent(1, event("a"), **closing)) == {}


def test_connections_that_are_never_used_again_are_shown_when_they_are_many():
    requests = [sent(at / 100, event(f"a{at}"), event(f"b{at}")) for at in range(10)]
    own = [
        request | {"answer_headers": {"X-Mockpin-Connection": f"{at}"}} for at, request in enumerate(requests)
    ]
    kept = [
        request | {"answer_headers": {"X-Mockpin-Connection": f"{at // 5}"}} for at, request in enumerate(own)
    ]
    assert shown(*own)["no-keep-alive"] == (tuple(request["id"] for request in own),)
    assert shown(*own[1:]) == shown(*kept) == shown(*requests) == {}


def test_test_requests_and_real_ones_do_not_mix():
    found = shown(sent(1, event("a")), sent(2, event("b"), query={"test": "True"}))
    assert found["mixed-test-requests"] == (("r2", "r1"),)


def test_a_test_request_before_all_real_ones_tries_out_the_token():
    tried = sent(1, event("a"), query={"test": "True"}), sent(2, event("b"), query={"test": "True"})
    assert shown(*tried, sent(3, event("c"))) == {}


def test_a_masked_match_key_was_plain_text():
    plain = event(user_data={"em": [mask_value("jane@example.com")]})
    assert shown(sent(1, plain))["plain-text"] == (("r1",),)
    assert shown(sent(1, event(user_data={"em": ["a" * 64], "partner_id": None}))) == {}


def test_ad_accounts_are_judged_apart():
    other = {"ad_account_id": "2", "path": "/v5/ad_accounts/2/events"}
    assert shown(sent(1, event(), status=422), sent(5, event(), **other)) == {}


def test_what_is_not_a_request_to_the_events_is_left_out():
    tag = {"method": "GET", "path": "/v3/", "headers": {"Connection": "close"}}
    assert shown(sent(1, **tag), sent(2, **tag)) == {}


def test_an_address_with_a_slash_at_its_end_is_the_same_address():
    with_slash = {"path": "/v5/ad_accounts/1/events/"}
    exchanges = sent(1, event(), status=422, **with_slash), sent(5, event(), status=422)
    assert shown(*exchanges)["retried-refusal"] == (("r1", "r5"),)


def test_what_mockpin_sends_itself_for_segment_is_left_out():
    own = {"headers": {"via": INTERNAL}}
    assert shown(*(sent(number / 10, event(str(number)), **own) for number in range(10))) == {}


def test_a_habit_is_told_with_what_to_do_instead():
    exchanges = [sent(1, event(), status=422), sent(5, event(), status=422)]
    (misconduct,) = judge_conduct(read_exchanges(exchanges))
    rule = CONDUCT["retried-refusal"]
    assert misconduct.to_dict() == {
        "rule": "retried-refusal",
        "severity": "error",
        "message": rule.message,
        "fix": rule.fix,
        "times": 1,
        "requests": [["r1", "r5"]],
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(json_values, max_size=4), json_values)
def test_no_body_and_no_answer_breaks_the_report(events, answer):
    exchange = sent(1, *events, status=422, answer=json.dumps(answer), body=json.dumps({"data": events}))
    judge_conduct(read_exchanges([exchange, exchange]))


def test_a_mask_is_found_in_each_of_many_requests():
    plain = event(user_data={"em": [mask_value("jane@example.com")]})
    exchanges = [sent(number, plain if number in (3, 24) else event(str(number))) for number in range(25)]
    assert shown(*exchanges)["plain-text"] == (("r3",), ("r24",))
