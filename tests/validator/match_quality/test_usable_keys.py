"""A match key counts where Pinterest can find somebody by it."""

from hashlib import sha256

from mockpin_validator import RULES, validate
from mockpin_validator.match_quality.quality import quality
from mockpin_validator.match_quality.usable_keys import SPOILING_RULES, usable_events, usable_keys
from tests.validator.events import NOW, changed

HASH = "a" * 64


def usable(*events):
    """The events as the findings on them leave them."""
    return usable_events(events, validate(list(events), now=NOW).findings)


def test_every_spoiling_rule_is_a_rule():
    assert RULES.keys() >= SPOILING_RULES


def test_plain_text_and_the_hash_of_nothing_cover_nothing():
    plain = changed(user_data__ph=["+1 555 010 9999"])
    empty = changed(user_data__ph=[sha256(b"").hexdigest()], event_id="e2")
    counted = quality(usable(plain, empty, changed(event_id="e3")))
    assert round(counted.coverage("ph")) == 33
    assert counted.coverage("em") == 100


def test_plain_text_that_is_not_a_list_covers_nothing_either():
    (event,) = usable(changed(user_data__em="ada@example.com"))
    assert "em" not in event["user_data"]


def test_the_ip_address_of_zeros_covers_nothing():
    assert "client_ip_address" not in usable(changed(user_data__client_ip_address="0.0.0.0"))[0]["user_data"]


def test_an_address_in_a_list_covers_no_more_than_one_outside():
    event = changed(user_data__client_ip_address=["10.0.0.1"])
    assert "client_ip_address" not in usable(event)[0]["user_data"]


def test_a_blank_before_a_good_value_hides_nothing():
    assert quality(usable(changed(user_data__em=["", HASH]))).coverage("em") == 100


def test_one_good_value_is_enough():
    assert [*usable_keys({"em": ["x", HASH], "ph": ["x"], "fn": [HASH]}, {"em/0", "ph/0"})] == ["em", "fn"]


def test_events_with_which_nothing_is_wrong_stay_as_they_are():
    events = (changed(), changed(event_id="e2"))
    assert usable_events(events, validate(list(events), now=NOW).findings) is events
