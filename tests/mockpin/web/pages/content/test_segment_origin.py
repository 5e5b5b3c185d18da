"""How an event came from Segment is found again in the history."""

import pytest

from mockpin.web.pages.content.segment_origin import find_origin
from mockpin_transformer import PRESETS, parse_mapping
from tests.mockpin.web.site import AGENT, Site, event

CALL = {
    "type": "track", "event": "Order Completed", "messageId": "m-1", "timestamp": "2026-09-21T14:13:00Z",
    "context": {"ip": "8.8.8.8", "userAgent": AGENT}, "properties": {"order_id": "o-1"},
}  # fmt: skip
MAPPINGS = {name: preset.mapping for name, preset in PRESETS.items()}


@pytest.fixture
def site():
    site = Site()
    headers = {"Authorization": "Basic a2V5Og=="}
    assert site.http.post(
        "/v1/batch", json={"batch": [CALL, CALL | {"messageId": "m-2"}]}, headers=headers
    ).json
    site.send(event())
    yield site
    site.emulator.close()


def find(site, seq, mappings=MAPPINGS):
    return find_origin(site.emulator.store, site.emulator.store.event(seq).to_dict(), mappings)


def test_each_event_of_a_batch_finds_its_own_segment_event(site):
    second = find(site, 2)
    assert second.subscription == "Checkout"
    assert '"m-2"' in [token.text for line in second.segment for token in line.tokens]
    assert ("/custom_data/order_id", "properties.order_id") in [
        (step.field, step.source) for step in second.steps
    ]


def test_an_event_of_the_api_has_no_such_origin(site):
    assert find(site, 3) is None


def test_a_mapping_that_is_not_known_has_no_steps(site):
    assert find(site, 1, {}).steps == ()


def test_a_mapping_that_no_longer_converts_has_no_steps(site):
    assert find(site, 1, {"Checkout": parse_mapping({"event_name": "checkout"})}).steps == ()


def test_a_call_that_is_no_longer_kept_has_no_origin(site):
    record = site.emulator.store.event(1).to_dict() | {"request_id": "9"}
    assert find_origin(site.emulator.store, record, MAPPINGS) is None
