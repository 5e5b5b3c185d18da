"""A match key counts when Pinterest can find somebody by it."""

import pytest

from mockpin.reports.usable_keys import find_usable, measure_quality, usable_event

HASH = "a" * 64
MASKED = "<masked 16>"


def record(user_data, *findings):
    return {
        "event_name": "page_visit",
        "payload": {"event_name": "PageVisit", "event_id": "e1", "user_data": user_data},
        "match_keys": list(user_data),
        "findings": [{"rule": rule, "path": f"/data/3/user_data/{path}"} for rule, path in findings],
    }


def test_a_hash_is_usable_and_a_plain_text_is_not():
    assert find_usable(record({"em": [MASKED], "ph": [HASH]})) == ("ph",)


def test_what_a_rule_says_matches_nobody_is_not_usable():
    assert find_usable(record({"ge": [HASH], "ph": [HASH]}, ("match-key-recipe", "ge/0"))) == ("ph",)


def test_one_usable_value_is_enough():
    assert find_usable(record({"em": [MASKED, HASH]})) == ("em",)
    assert find_usable(record({"st": [HASH, HASH]}, ("match-key-recipe", "st/0"))) == ("st",)


def test_a_hashed_address_matches_nobody():
    found = record({"client_ip_address": HASH}, ("ip-address-form", "client_ip_address"))
    assert find_usable(found) == ()


@pytest.mark.parametrize("rule", ["match-key-upper-case", "user-data-field-unknown"])
def test_a_finding_that_does_not_spoil_leaves_a_match_key_usable(rule):
    assert find_usable(record({"em": [HASH]}, (rule, "em/0"))) == ("em",)


def test_a_usable_event_has_its_canonical_name_and_keeps_the_rest():
    found = record({"em": [MASKED], "ph": [HASH]})
    assert usable_event(found) == {"event_name": "page_visit", "event_id": "e1", "user_data": {"ph": [HASH]}}


def test_quality_tells_usable_from_present():
    measured = measure_quality([record({"em": [MASKED]}), record({"em": [HASH]})])
    assert (measured["match_keys"]["em"], measured["match_keys_present"]["em"]) == (50.0, 100.0)
    assert measured["components"]["hashed_email"] == 50.0
    assert list(measured["by_event_name"]) == ["page_visit"]


def test_the_quality_of_nothing_is_nothing():
    measured = measure_quality([])
    assert (measured["events"], measured["match_keys"]["em"], measured["match_keys_present"]["em"]) == (
        0,
        0,
        0,
    )


def test_each_record_is_one_event():
    assert measure_quality([record({"em": [HASH]}), record({"em": [MASKED]})])["events"] == 2


def test_a_mask_among_many_events_spoils_its_own_event_only():
    records = [record({"em": [MASKED if number in (3, 44) else HASH]}) for number in range(50)]
    measured = measure_quality(records)
    assert (measured["match_keys"]["em"], measured["match_keys_present"]["em"]) == (96.0, 100.0)
