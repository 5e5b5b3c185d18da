from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockpin.emulator.pipeline.faults import Fault, FaultRule, Faults, parse_rule

THROTTLED = FaultRule(Fault("status", 429))


def strike(faults, times, ad_account_id="1"):
    return [faults.on_request(ad_account_id) for _ in range(times)]


def test_without_rules_nothing_bites():
    assert Faults().on_request("1") is None
    assert Faults().on_events("1", {"checkout"}) is None


def test_a_rule_bites_until_it_is_taken_back():
    faults = Faults()
    assert not faults
    standing = faults.add(THROTTLED)
    assert faults
    assert strike(faults, 2) == [Fault("status", 429)] * 2
    assert faults.remove(standing.id)
    assert strike(faults, 1) == [None]


def test_rules_are_numbered_from_one_and_no_number_comes_again():
    faults = Faults()
    first = faults.add(THROTTLED)
    faults.clear()
    assert (first.id, faults.add(THROTTLED).id) == (1, 2)


def test_after_its_times_the_service_has_recovered():
    faults = Faults()
    faults.add(FaultRule(Fault("status", 503), times=2))
    assert strike(faults, 4) == [Fault("status", 503)] * 2 + [None] * 2


def test_the_first_rule_that_bites_is_the_only_one():
    faults = Faults()
    faults.add(FaultRule(Fault("status", 503), times=1))
    faults.add(FaultRule(Fault("drop", value=True)))
    assert [item.kind for item in strike(faults, 3)] == ["status", "drop", "drop"]


def test_a_rule_for_one_ad_account_leaves_the_others_alone():
    faults = Faults()
    faults.add(FaultRule(Fault("drop", value=True), ad_account_id="1"))
    assert faults.on_request("2") is None
    assert faults.on_request("1") == Fault("drop", value=True)


def test_a_rule_that_names_an_event_waits_until_the_events_are_known():
    faults = Faults()
    faults.add(FaultRule(Fault("status", 500), event_name="checkout"))
    assert faults.on_request("1") is None
    assert faults.on_events("1", {"lead"}) is None
    assert faults.on_events("1", {"lead", "checkout"}) == Fault("status", 500)


def test_failing_events_waits_until_the_events_are_known():
    faults = Faults()
    faults.add(FaultRule(Fault("fail_events", [0, 3])))
    assert faults.on_request("1") is None
    assert faults.on_events("1", set()) == Fault("fail_events", [0, 3])


@given(st.integers())
def test_probability_zero_never_bites_and_one_always_does(seed):
    faults = Faults()
    faults.add(FaultRule(Fault("status", 500), probability=0, seed=seed))
    assert strike(faults, 20) == [None] * 20
    faults.add(FaultRule(Fault("status", 503), probability=1, seed=seed))
    assert strike(faults, 20) == [Fault("status", 503)] * 20


@given(st.integers(), st.floats(0, 1))
def test_one_seed_gives_one_sequence(seed, probability):
    rule = FaultRule(Fault("status", 500), probability=probability, seed=seed)
    first, second = Faults(), Faults()
    first.add(rule)
    second.add(rule)
    assert strike(first, 30) == strike(second, 30)


def test_a_probability_of_a_half_bites_sometimes():
    faults = Faults()
    faults.add(FaultRule(Fault("status", 500), probability=0.5, seed=1))
    assert {fault is None for fault in strike(faults, 40)} == {True, False}


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers())
def test_a_drawn_delay_lies_in_its_range(low, more, seed):
    fault = Fault("delay_ms", [low, low + more]).draw(Random(seed))
    assert low <= fault.value <= low + more


def test_a_fixed_delay_takes_the_seconds_given():
    assert Fault("delay_ms", 40).draw(Random(0)) == Fault("delay_ms", 40)


@pytest.mark.parametrize(
    "rule",
    [
        {"probability": 1.0, "fault": {"drop": True}},
        {"ad_account_id": "1", "times": 2, "probability": 0.5, "seed": 7, "fault": {"truncate": 9}},
        {"event_name": "lead", "probability": 1.0, "fault": {"fail_events": [0]}},
    ],
)
def test_a_fault_rule_is_listed_as_it_was_given(rule):
    assert parse_rule(rule).to_dict() == rule


def test_clearing_one_ad_account_keeps_the_other_rules():
    faults = Faults()
    faults.add(THROTTLED)
    faults.add(FaultRule(Fault("status", 500), ad_account_id="1"))
    assert faults.clear("1") == 1
    assert [fault.rule for fault in faults.list()] == [THROTTLED]
    assert faults.clear() == 1


def test_a_number_is_never_used_again():
    faults = Faults()
    first = faults.add(THROTTLED)
    faults.clear()
    assert faults.add(THROTTLED).id == first.id + 1


def test_a_rule_in_force_says_how_often_it_has_bitten():
    faults = Faults()
    faults.add(THROTTLED)
    strike(faults, 3)
    assert [fault.to_dict()["bitten"] for fault in faults.list("1")] == []
    assert [fault.to_dict()["bitten"] for fault in faults.list()] == [3]


def test_removing_a_rule_that_is_not_there_says_so():
    assert not Faults().remove(1)


@pytest.mark.parametrize("name", ["PageVisit", "page_visit", "Page Visit"])
def test_a_rule_names_an_event_in_any_spelling(name):
    rule = FaultRule(Fault("status", 503), event_name=name)
    assert rule.matches("1", {"page_visit"})
    assert not rule.matches("1", {"checkout"})


def test_a_rule_shows_no_address_that_it_names():
    rule = FaultRule(Fault("drop", value=True), event_name="jane@x.test")
    assert rule.to_dict()["event_name"] == "<masked 11>"


def test_the_representation_of_a_rule_shows_no_name_of_an_event():
    rule = parse_rule({"event_name": "jane@x.test", "fault": {"status": 429}})
    assert "429" in repr(rule)
    assert "jane" not in repr(rule)
