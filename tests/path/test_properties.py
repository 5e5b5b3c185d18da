"""What always holds on the whole path, whatever is put in at its beginning."""

import copy
import json
from hashlib import sha256

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin import MockPin
from mockpin.strategies import conversion_events, invalid_conversion_events, segment_events
from mockpin_transformer import PRESETS, SEED_PRESETS, Destination, Subscription, hash_match_key
from mockpin_validator import Judge, validate
from tests.path.path import HEADERS, NOW, Path, conversion_event

DESTINATION = Destination(
    {"ad_account_id": "549755885175", "conversion_token": "pina_path"},
    [
        Subscription(preset.trigger, preset.mapping, name=f"{preset.name} {generation}")
        for generation, presets in enumerate((PRESETS, SEED_PRESETS))
        for preset in presets.values()
    ],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
EVENTS = st.one_of(
    conversion_events(now=NOW), invalid_conversion_events(now=NOW).map(lambda broken: broken.event)
)
REQUESTS = st.lists(EVENTS, min_size=1, max_size=5)


def converted(event):
    """The conversion events that the presets make of a Segment event."""
    return [each.conversion.event for each in DESTINATION.convert(event) if each.conversion]


@st.composite
def bent(draw):
    """A request in which one value somewhere is replaced by any other."""
    payload = {"data": copy.deepcopy(draw(REQUESTS))}
    holder = draw(st.sampled_from([payload, *payload["data"]]))
    for _ in range(draw(st.integers(0, 2))):
        nested = [value for value in holder.values() if isinstance(value, dict)]
        holder = draw(st.sampled_from(nested)) if nested else holder
    holder[draw(st.sampled_from([*holder, "surprise"]))] = draw(JSON)
    return payload


@given(segment_events(now=NOW))
def test_what_the_transformer_accepts_satisfies_the_schema_and_is_judged(event):
    events = converted(event)
    if not events:
        return
    assert Judge().refusal({"data": events}) is None
    path = Path()
    answer = path.post(*events)
    failed = [record for record in path.records() if record["status"] == "failed"]
    assert (answer.status_code == 200) is not bool(failed)
    assert all(any(each["rule"] for each in record["findings"]) for record in failed)


@given(bent() | REQUESTS.map(lambda events: {"data": events}))
def test_the_validator_has_an_error_exactly_when_the_emulator_refuses(payload):
    body = json.dumps(payload)
    answer = Path().send(body)
    report = validate(orjson.loads(body), now=NOW)
    assert report.ok is (answer.status_code == 200)
    assert answer.status_code in {200, 400, 422}


@given(REQUESTS)
def test_an_answer_lists_the_events_in_their_order_with_counts_that_add_up(events):
    path = Path()
    answer = path.post(*events)
    if answer.status_code == 400:
        assert path.records() == []
        return
    body = answer.json if answer.status_code == 200 else answer.json["details"]
    statuses = [each["status"] for each in body["events"]]
    assert body["num_events_received"] == len(events)
    assert body["num_events_processed"] == statuses.count("processed")
    assert statuses == [record["status"] for record in path.records()]
    assert [event["event_id"] for event in events] == [record["event_id"] for record in path.records()]


LDP = st.sampled_from(["LDP", "LDP,GPC", "", None, "CPRA"])
STATES = st.sampled_from(["CA", "ca", "NY", "ny", None])
COUNTRIES = st.sampled_from(["US", "us", "DE", None])


@given(LDP, STATES, COUNTRIES)
def test_limited_data_processing_holds_exactly_when_all_three_values_do(opt_out_type, state, country):
    event = conversion_event(custom_data={"opt_out_type": opt_out_type})
    for key, value in (("st", state), ("country", country)):
        if value:
            event["user_data"][key] = [hashed(value)]
    path = Path()
    path.post(event)
    limited = path.records()[0]["limited_data_processing"]
    said = "LDP" in (opt_out_type or "").split(",")
    wrong = {"st": str(state).upper() != "CA", "country": str(country).upper() != "US"}
    assert limited["applies"] is (said and not any(wrong.values()))
    assert {key: said and f"user_data.{key} is" in limited["reason"] for key in wrong} == {
        key: said and fault for key, fault in wrong.items()
    }


def hashed(value):
    """Its SHA-256, in the case it is written in."""
    return sha256(value.encode()).hexdigest()


@given(
    st.sampled_from(["em", "ph", "fn", "ct", "country", "external_id"]),
    st.text(min_size=1).map("a1{}".format),
)
def test_hashing_is_idempotent_and_deterministic(key, value):
    once = hash_match_key(key, value, normalization="segment")
    assert once == hash_match_key(key, value, normalization="segment")
    assert hash_match_key(key, once, normalization="segment") == once


@given(st.binary(max_size=200) | JSON.map(json.dumps), st.sampled_from(["", "?test=true", "?test=%ff", "?"]))
def test_no_body_of_any_shape_makes_a_500(body, query):
    assert Path().send(body, query=query).status_code in {200, 400, 422}


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD"]))
def test_no_path_of_any_shape_makes_a_500(account, rest, method):
    path = Path()
    answer = path.client.open(f"/v5/ad_accounts/{account}/{rest}", method=method, headers=HEADERS)
    assert answer.status_code < 500


@given(JSON, st.text(max_size=20), st.text(max_size=20))
def test_no_beacon_of_any_shape_makes_a_500(data, name, tag):
    query = {"tid": tag, "event": name, "ed": json.dumps(data), "pd[em]": name}
    assert Path().client.get("/v3/", query_string=query).status_code == 200


@pytest.fixture(scope="module")
def listening():
    """An emulator on a port, whose clock stands still."""
    with MockPin() as mock:
        mock.clock.freeze(NOW)
        yield mock


@settings(max_examples=15)
@given(requests=st.lists(REQUESTS, min_size=1, max_size=4))
def test_exactly_what_was_acknowledged_over_a_socket_is_in_the_history(listening, requests):
    listening.reset()
    url = f"{listening.api_uri}/ad_accounts/{listening.ad_account_id}/events"
    acknowledged = []
    token = {"Authorization": f"Bearer {listening.conversion_token}"}
    with httpx.Client(headers=token, timeout=60) as client:
        for events in requests:
            answer = client.post(url, content=orjson.dumps({"data": events}))
            assert answer.status_code in {200, 400, 422}
            acknowledged += [event["event_id"] for event in events if answer.status_code != 400]
    assert [record["event_id"] for record in listening.events()] == acknowledged
