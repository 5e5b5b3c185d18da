"""Values that a test knows, compared by their hashes."""

import time
from hashlib import sha256

import pytest

from mockpin import MockPin, Unmet
from mockpin.expectations.journey_files import JourneyInvalid, parse_journey
from mockpin.expectations.matching import has_value
from mockpin.expectations.plain_values import PlainValueUnusable, hash_plain
from mockpin_transformer import Sender
from tests.mockpin.sending import conversion_event

EMAIL = "Jo.Plain@Example.com"
HASH = sha256(EMAIL.lower().encode()).hexdigest()


def test_a_plain_value_becomes_its_documented_hash():
    assert hash_plain({"em": f" {EMAIL} "}) == {"user_data.em.*": HASH}
    assert hash_plain({"ph": "+1 (415) 555-0100"}) == {"user_data.ph.*": sha256(b"14155550100").hexdigest()}


@pytest.mark.parametrize(
    ("plain", "said"),
    [({"emm": EMAIL}, "did you mean em?"), ({"em": 5}, "plain.em should be text"), ({"em": " "}, "is empty")],
)
def test_the_error_about_an_unusable_value_does_not_repeat_it(plain, said):
    with pytest.raises(PlainValueUnusable) as raised:
        hash_plain(plain)
    assert said in str(raised.value)
    assert EMAIL not in str(raised.value)


@pytest.mark.parametrize(
    ("payload", "held"),
    [
        ({"user_data": {"em": ["x", HASH]}}, True),
        ({"user_data": {"em": [HASH.upper()]}}, False),
        ({"user_data": {"em": HASH}}, False),
        ({"user_data": {}}, False),
    ],
)
def test_one_of_the_values_sent_must_equal_the_hash(payload, held):
    assert has_value(payload, "user_data.em.*", HASH) == held


def test_a_journey_accepts_plain_values():
    journey = parse_journey('[[expect]]\nevent_name = "lead"\nplain = {em = "Jo.Plain@Example.com"}\n')
    assert journey.steps[0].match.payload == {"user_data.em.*": HASH}
    with pytest.raises(JourneyInvalid, match=r"'emial' is not a hashed match key") as raised:
        parse_journey('[[expect]]\nplain = {emial = "Jo.Plain@Example.com"}\n')
    assert EMAIL not in str(raised.value)


def test_an_event_is_expected_by_plain_match_keys():
    with MockPin() as pin:
        user_data = {"em": [HASH], "fn": [sha256(b"lovelace").hexdigest()]}
        event = conversion_event(user_data=user_data, event_time=int(time.time()))
        sender = Sender(pin.ad_account_id, pin.conversion_token, api_uri=pin.api_uri)
        assert sender.send([event]).processed == 1
        (event,) = pin.expect(plain={"em": EMAIL})
        assert event["payload"]["user_data"]["em"] == [HASH]
        with pytest.raises(Unmet) as raised:
            pin.expect(plain={"em": EMAIL, "fn": "Ada"})
    assert "user_data.fn" in str(raised.value)
    assert EMAIL not in str(raised.value)
