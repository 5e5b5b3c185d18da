"""Conversion events and requests as the strategies make them."""

from collections import Counter

import orjson
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from mockpin.strategies import conversion_events, invalid_conversion_events, requests
from mockpin.strategies.baskets import baskets
from mockpin.strategies.conversions import NoSuchFault
from mockpin.strategies.mutations import EVENT_MUTATIONS
from mockpin.strategies.narrowing import NarrowingInvalid
from mockpin.strategies.people import MATCH_KEYS
from mockpin_validator import Judge
from mockpin_validator.judging.limited_data_processing import limit_data_processing

NOW = 1_790_000_000
FAITHFUL = Judge()
FIRST = settings(phases=[Phase.generate], max_examples=1000, derandomize=True)
STRICT = Judge(profile="strict")


def rules(judge, *events):
    assert judge.refusal({"data": list(events)}) is None
    return {finding.rule for item in judge.judge({"data": list(events)}, now=NOW) for finding in item}


@given(conversion_events(now=NOW))
@settings(max_examples=60)
def test_even_the_strict_profile_finds_nothing_in_an_event_but_an_opting_out(event):
    assert rules(STRICT, event) <= {"opt-out-set", "limited-data-processing"}


MOMENTS = [
    lambda event: event.get("opt_out") is True,
    lambda event: event.get("opt_out") is False,
    lambda event: "opt_out" not in event,
    lambda event: limit_data_processing(event, ("CA",)).applies,
    lambda event: not limit_data_processing(event, ("CA",)).applies,
    lambda event: "em" not in event["user_data"],
    lambda event: {"em", "hashed_maids"}.isdisjoint(event["user_data"]),
    lambda event: "ge" not in event["user_data"],
]


@pytest.mark.parametrize("met", MOMENTS)
def test_consent_and_identity_vary(met):
    assert met(find(conversion_events(), met, settings=FIRST))


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        ({"match_keys": ["email"]}, "match_keys cannot be 'email': there are em, ph"),
        ({"match_keys": ["emm"]}, "match_keys cannot be 'emm': did you mean em"),
        ({"match_keys": []}, r"match_keys cannot be \[\]: give a list of at least one name"),
        (
            {"match_keys": ["ph"]},
            r"match_keys cannot be \['ph'\]: they do not identify a person; add em, or hashed",
        ),
        (
            {"match_keys": ["client_ip_address"]},
            "a person; .*client_ip_address with client_user_agent",
        ),
        ({"event_names": "checkout"}, "event_names cannot be 'checkout': give a list of at least one name"),
        ({"event_names": []}, "event_names"),
        ({"action_sources": ["website"]}, "action_sources cannot be 'website': .*web"),
    ],
)
@pytest.mark.parametrize("strategy", [conversion_events, invalid_conversion_events, requests])
def test_what_cannot_be_drawn_is_refused_when_the_strategy_is_made(strategy, narrowing, said):
    with pytest.raises(NarrowingInvalid, match=said):
        strategy(**narrowing)


@given(conversion_events(now=NOW, max_age=100))
@settings(max_examples=30)
def test_an_event_lies_within_the_age_asked_for(event):
    assert NOW - 100 <= event["event_time"] <= NOW


@given(conversion_events(event_names=["lead"], action_sources=["offline"], match_keys=["em", "st"], now=NOW))
@settings(max_examples=20)
def test_an_event_is_narrowed_by_keyword(event):
    assert (event["event_name"], event["action_source"]) == ("lead", "offline")
    assert event["user_data"].keys() == {"em", "st"}


@given(conversion_events(match_keys=MATCH_KEYS))
@settings(max_examples=5)
def test_an_event_has_every_match_key_that_is_named(event):
    assert event["user_data"].keys() == set(MATCH_KEYS)


def test_a_basket_shrinks_to_one_cheap_product():
    basket = find(baskets(), lambda data: data["num_items"] >= 2)
    assert (basket["value"], basket["num_items"], basket["order_id"]) == ("0.02", 2, "order-1")


@given(st.data())
@settings(max_examples=80)
def test_an_invalid_event_breaks_the_rule_it_names(data):
    bad = data.draw(invalid_conversion_events(now=NOW))
    payload = {"data": [bad.event]}
    refused = FAITHFUL.refusal(payload) is not None
    assert refused == (bad.verdict == "refused") == (bad.rule == "schema")
    if not refused:
        errors = {
            finding.rule for finding in FAITHFUL.judge(payload, now=NOW)[0] if finding.severity == "error"
        }
        assert errors == {bad.rule}


def test_no_fault_crowds_out_the_others():
    drawn = Counter()

    @given(invalid_conversion_events(now=NOW))
    @settings(max_examples=200, derandomize=True, database=None)
    def draw(bad):
        drawn[bad.fault] += 1

    draw()
    assert max(drawn.values()) < 50


@given(invalid_conversion_events(rules=["event-time-too-old"], now=NOW))
@settings(max_examples=5)
def test_an_invalid_event_is_narrowed_by_its_rule(bad):
    assert (bad.rule, bad.fault) == ("event-time-too-old", "time-long-ago")


@given(invalid_conversion_events(verdicts=["warned"], now=NOW))
@settings(max_examples=20)
def test_a_warned_event_is_processed_all_the_same(bad):
    assert bad.rule in rules(FAITHFUL, bad.event)
    assert not any(f.severity == "error" for f in FAITHFUL.judge({"data": [bad.event]}, now=NOW)[0])


def test_an_unknown_rule_is_told_with_those_that_are_known():
    with pytest.raises(NoSuchFault) as raised:
        invalid_conversion_events(rules=["no-such-rule"])
    assert "no fault breaks no-such-rule" in str(raised.value)
    assert EVENT_MUTATIONS[0].rule in str(raised.value)


@given(requests(max_events=3, now=NOW))
@settings(max_examples=30)
def test_a_request_is_one_the_contract_takes(request):
    consent = {"opt-out-set", "opt-out-on-everything", "limited-data-processing"}
    assert rules(FAITHFUL, *orjson.loads(request.body)["data"]) <= consent
    assert 1 <= len(request.payload["data"]) <= 3


@pytest.mark.parametrize("test", [True, False])
def test_requests_are_narrowed_to_test_requests_or_real_ones(test):
    request = find(requests(max_events=1, test=test), lambda _: True, settings=FIRST)
    assert request.test is test


def test_a_request_knows_its_address():
    request = find(requests(max_events=1, test=True), lambda _: True, settings=FIRST)
    url = request.url("http://127.0.0.1:7466/v5", "549755885175")
    assert url == "http://127.0.0.1:7466/v5/ad_accounts/549755885175/events?test=true"
