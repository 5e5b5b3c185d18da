"""One event from all sides: findings on their lines, hashes explained, what is there and what is missing."""

from hashlib import sha256

import pytest

from mockpin.web.pages.content.inspection import find_limiting_values, inspect, recognize

FINDING = {
    "rule": "em-not-hashed", "severity": "error", "path": "/data/3/user_data/em/0", "message": "em is plain.",
    "fix": "Hash it.", "source": "Pinterest's OpenAPI 5.23", "documented": "documented",
}  # fmt: skip


def digest(text):
    return sha256(text.encode()).hexdigest()


def record(user_data=None, custom_data=None, **fields):
    payload = {"user_data": user_data or {}, "custom_data": custom_data or {}}
    usual = {
        "payload": payload,
        "findings": [],
        "event_name": "checkout",
        "match_keys": [*payload["user_data"]],
    }
    return {**usual, **fields}


def limited(opt_out_type, st, country):
    user_data = {"st": [digest(st)] if st else [], "country": [digest(country)] if country else []}
    found = inspect(record(user_data, {"opt_out_type": opt_out_type})).limited
    return [item.state for item in found]


@pytest.mark.parametrize(("flag", "explanation"), [("LDP", "LDP"), ("ccpa", "not LDP: Pinterest ignores it")])
def test_a_flag_that_pinterest_ignores_is_told_as_such(flag, explanation):
    found, *_ = find_limiting_values({"custom_data": {"opt_out_type": flag}}, ("CA",))
    assert found.explanation == explanation


def test_a_finding_lies_on_its_line_wherever_the_event_stood_in_its_batch():
    lines = inspect(record({"em": ["x"]}, findings=[FINDING])).lines
    (noted,) = [line for line in lines if line.notes]
    assert (noted.pointer, noted.notes[0].rule, noted.notes[0].fix) == (
        "/user_data/em/0",
        "em-not-hashed",
        "Hash it.",
    )


def test_the_hash_of_a_state_is_explained():
    lines = inspect(record({"st": [digest("CA")], "em": [digest("jane@example.com")]})).lines
    assert [note.message for line in lines for note in line.notes] == ["Recognized: CA, upper case."]


@pytest.mark.parametrize(("values", "states"), [
    (("LDP", "CA", "US"), ["fits", "fits", "fits"]),
    (("LDP", "ca", "us"), ["fits", "fits", "fits"]),
    (("LDP", "NY", "us"), ["fits", "fits", "ignored"]),
    (("LDP", "California", "US"), ["fits", "fits", "ignored"]),
    (("ldp", "", ""), ["ignored", "missing", "missing"]),
    (("", "CA", "US"), []),
])  # fmt: skip
def test_each_of_the_three_values_of_limited_data_processing_has_its_state(values, states):
    assert limited(*values) == states


def test_match_keys_are_present_or_missing_and_some_are_recommended():
    keys = {key.name: key for key in inspect(record({"em": ["a" * 64]})).match_keys}
    assert (keys["em"].state, keys["em"].recommended) == ("fits", True)
    assert (keys["ph"].state, keys["zp"].recommended) == ("missing", False)
    visit = {key.name: key for key in inspect(record(event_name="page_visit")).match_keys}
    assert not visit["em"].recommended
    assert visit["external_id"].recommended


def test_a_match_key_in_plain_text_is_there_in_vain():
    keys = {key.name: key for key in inspect(record({"em": ["<masked 16>"]})).match_keys}
    assert keys["em"].state == "ignored"


@pytest.mark.parametrize("payload", [None, [], "x", {"user_data": 1, "custom_data": []}])
def test_a_payload_of_any_shape_can_be_looked_at(payload):
    assert [*recognize(payload)] == [*find_limiting_values(payload, ("CA",))] == []


def test_a_place_without_limited_data_processing_is_named():
    user_data = {"st": [digest("ny")], "country": [digest("nowhere")]}
    *_, country, state = inspect(record(user_data, {"opt_out_type": "LDP"})).limited
    assert country.explanation == "an unknown hash: LDP needs the hash of US"
    assert state.explanation == "ny, as documented: LDP needs the hash of CA"
