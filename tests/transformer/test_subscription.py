from hashlib import sha256

import pytest

from mockpin_transformer import DEFAULT_MAPPING, PRESETS, MappingInvalid, RegionUnavailable, Subscription

CHECKOUT = PRESETS["Checkout"].subscription
ORDER = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m1",
    "timestamp": "2026-11-24T09:30:15Z",
    "properties": {"email": "ada@example.com"},
}
IP = {"client_ip_address": "8.8.8.8", "client_user_agent": "Mozilla/5.0"}


def test_an_event_is_converted_by_the_subscription_that_is_for_it():
    outcome = CHECKOUT.convert(ORDER)
    assert (outcome.status, outcome.error, outcome.subscription) == ("converted", None, CHECKOUT)
    assert outcome.conversion.event["event_name"] == "checkout"


@pytest.mark.parametrize("event", [{"type": "page"}, {}, 5, "track"])
def test_whatever_a_trigger_does_not_choose_is_neither_converted_nor_wrong(event):
    outcome = CHECKOUT.convert(event)
    assert (outcome.status, outcome.conversion, outcome.error) == ("not_subscribed", None, None)


def test_null_is_what_segment_stumbles_over():
    assert CHECKOUT.convert(None).status == "failed"


def test_what_a_mapping_cannot_convert_is_an_error_and_raises_nothing():
    outcome = Subscription('type = "track"', {**DEFAULT_MAPPING, "event_name": "leads"}).convert(ORDER)
    assert (outcome.status, outcome.conversion) == ("failed", None)
    assert outcome.error.name == "AggregateAjvError"


@pytest.mark.parametrize(
    ("trigger", "message"),
    [
        ("", "Failed to validate subscription"),
        ("type =", None),
        ("(", "Invalid subscription : "),
    ],
)
def test_a_trigger_that_cannot_be_read_is_told_in_segments_words(trigger, message):
    outcome = Subscription(trigger, CHECKOUT.mapping).convert(ORDER)
    assert (outcome.error is None) == (message is None)
    assert outcome.error is None or outcome.error.message.startswith(message)


def test_a_trace_is_made_when_it_is_asked_for():
    assert CHECKOUT.convert(ORDER).conversion.trace == ()
    assert "/event_name" in [step.pointer for step in CHECKOUT.convert(ORDER, trace=True).conversion.trace]


def test_match_keys_are_cleaned_as_asked():
    by_phone = {**DEFAULT_MAPPING, "event_name": "lead", "user_data": {"phone": {"@path": "$.phone"}, **IP}}
    lead = Subscription('type = "track"', by_phone)
    as_segment, as_documented = (
        lead.convert({**ORDER, "phone": "030 1234567"}, normalization=text, region="DE").conversion.event
        for text in ("segment", "documented")
    )
    assert as_segment["user_data"]["ph"] == [sha256(b"0301234567").hexdigest()]
    assert as_documented["user_data"]["ph"] == [sha256(b"49301234567").hexdigest()]


def test_an_unknown_region_is_a_mistake_of_the_caller_s_and_raised():
    with pytest.raises(RegionUnavailable):
        CHECKOUT.convert(ORDER, normalization="documented", region="XX")


def test_whether_it_is_enabled_is_the_destination_s_business():
    off = Subscription(CHECKOUT.trigger, CHECKOUT.mapping, enabled=False)
    assert off.convert(ORDER).status == "converted"


def test_a_bad_mapping_is_refused_when_it_is_given():
    with pytest.raises(MappingInvalid):
        Subscription('type = "track"', {"event_name": {"@path": 5}})
