import httpx
import pytest

from mockpin_transformer import (
    DEFAULT_MAPPING,
    PRESETS,
    Destination,
    RegionUnavailable,
    SendingInterrupted,
    Subscription,
    TooManyMappings,
)
from tests.transformer.senders import TOKEN, Pinterest

SETTINGS = {"ad_account_id": "549", "conversion_token": TOKEN}
CHECKOUT = PRESETS["Checkout"].subscription
ORDER = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m1",
    "timestamp": "2026-11-24T09:30:15Z",
    "properties": {"email": "ada@example.com"},
}


def destination(*subscriptions, pinterest=None, **options):
    transport = (pinterest or Pinterest()).transport
    return Destination(
        SETTINGS, subscriptions, api_uri="http://pinterest.test/v5", transport=transport, **options
    )


def test_each_subscription_has_its_outcome():
    lead = Subscription('type = "track"', {**DEFAULT_MAPPING, "event_name": "leads"}, "Lead")
    page = Subscription('type = "page"', PRESETS["Page Visit"].mapping)
    outcomes = destination(CHECKOUT, lead, page).convert(ORDER)
    assert [outcome.status for outcome in outcomes] == ["converted", "failed", "not_subscribed"]
    assert outcomes[0].conversion.event["event_name"] == "checkout"
    assert outcomes[1].error.name == "AggregateAjvError"


def test_what_is_disabled_takes_part_in_nothing():
    off = Subscription(CHECKOUT.trigger, CHECKOUT.mapping, enabled=False)
    assert destination(off, CHECKOUT, enabled=False).convert(ORDER) == []
    assert len(destination(off, CHECKOUT).convert(ORDER)) == 1


def test_a_fifty_first_mapping_is_refused():
    destination(*[CHECKOUT] * 50)
    with pytest.raises(TooManyMappings, match="at most 50 mappings and was given 51"):
        destination(*[CHECKOUT] * 51)


def test_an_event_that_cannot_be_converted_stops_no_other_and_keeps_its_place():
    pinterest = Pinterest()
    nobody = {**ORDER, "messageId": "m0", "properties": {}}
    receipt = destination(CHECKOUT, pinterest=pinterest).send([nobody, ORDER, 5, {"type": "page"}])
    assert receipt.processed == 1
    assert [(failure.index, failure.event_id) for failure in receipt.failed] == [(0, "m0")]
    assert pinterest.sent == [["m1"]]
    assert pinterest.requests[0].headers["user-agent"] == "Segment (Actions)"


@pytest.mark.parametrize(
    ("told", "shape"), [("ada@example.com", "aaa@aaaaaaa.aaa"), ("+14155550100", "+99999999999")]
)
def test_an_event_id_that_says_who_it_was_is_shown_by_its_shape_only(told, shape):
    lead = Subscription('type = "track"', {**DEFAULT_MAPPING, "event_name": "leads"}, "Lead")
    receipt = destination(CHECKOUT, lead, pinterest=Pinterest(httpx.Response(400))).send(
        [{**ORDER, "messageId": told}]
    )
    assert [failure.event_id for failure in receipt.failed] == [shape] * 2


def test_a_failure_of_sending_has_the_segment_events_place():
    pinterest = Pinterest(httpx.Response(400))
    receipt = destination(CHECKOUT, pinterest=pinterest).send([{"type": "page"}, ORDER])
    assert [(failure.index, failure.event_id) for failure in receipt.failed] == [(1, "m1")]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"normalization": "documentd"}, ValueError),
        ({"normalization": "documented", "region": "Germany"}, RegionUnavailable),
    ],
)
def test_what_it_does_not_know_is_refused_when_it_is_made(options, error):
    with pytest.raises(error, match=r"documentd|Germany"):
        destination(CHECKOUT, **options)


def test_events_may_come_from_anything_that_yields_them_but_not_one_alone():
    assert destination(CHECKOUT).send(iter([ORDER])).processed == 1
    with pytest.raises(TypeError, match="Give a list of events, not one event"):
        destination(CHECKOUT).send(ORDER)


def test_interrupted_it_tells_what_was_not_confirmed_by_the_segment_events_places():
    pinterest = Pinterest(KeyboardInterrupt())
    with pytest.raises(SendingInterrupted) as interrupted:
        destination(CHECKOUT, pinterest=pinterest).send(
            [{"type": "page"}, {**ORDER, "properties": {}}, ORDER]
        )
    failed = interrupted.value.receipt.failed
    assert [(failure.index, failure.ambiguous) for failure in failed] == [(1, False), (2, True)]


def test_normalization_can_be_pinterests():
    mapping = {**CHECKOUT.mapping.raw, "user_data": {"email": "a@b.c", "state": "California"}}
    states = {
        destination(Subscription(CHECKOUT.trigger, mapping), normalization=text)
        .convert(ORDER)[0]
        .conversion.event["user_data"]["st"][0]
        for text in ("segment", "documented")
    }
    assert len(states) == 2


def test_the_token_is_in_no_repr():
    assert TOKEN not in repr(destination(CHECKOUT)) + repr(vars(destination(CHECKOUT)))
