"""What always holds on the whole path, whatever is put in at its beginning."""

import copy
import json
from hashlib import sha256

import httpx
import orjson
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from mockpin import MockPin
from mockpin.strategies import conversion_events, invalid_conversion_events, segment_events
from mockpin_transformer import PRESETS, SEED_PRESETS, Destination, Subscription, hash_match_key
from mockpin_validator import Judge, validate
from tests.path.path import AD_ACCOUNT_ID, HEADERS, NOW, Path, conversion_event
from tests.path.shares import holds_for, reach

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
DAY = 86_400
#: What happened half an hour ago, before the seven days, and in the future: the latter two fail.
SEGMENT_EVENTS = st.sampled_from([NOW, NOW, NOW, NOW - 8 * DAY, NOW + DAY]).flatmap(
    lambda now: segment_events(types=["track", "track", "page", "identify"], now=now)
)


@st.composite
def repeating(draw):
    """Requests whose events share few names, ids and sources, so that some are duplicates of others."""
    events = draw(st.lists(conversion_events(now=NOW), min_size=4, max_size=6))
    for event in events:
        event["event_name"] = draw(st.sampled_from(["checkout", "Checkout", "lead"]))
        event["event_id"] = draw(st.sampled_from(["o-1", "o-1", "o-1", "o-2", " "]))
        event["action_source"] = draw(st.sampled_from(["web", "web", "web", "offline"]))
        event["event_time"] = draw(st.sampled_from([NOW, NOW, NOW, NOW - 8 * DAY]))
    cut = draw(st.sampled_from([1, len(events), len(events)]))
    return [part for part in (events[:cut], events[cut:]) if part]


def converted(event):
    """The conversion events that the presets make of a Segment event."""
    return [converted.conversion.event for converted in DESTINATION.convert(event) if converted.conversion]


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


#: Events of which the schema refuses none; some are too old.
TAKEN = repeating().map(lambda requests: requests[0])
#: The same, the first of which is too old.
AGED = TAKEN.map(lambda events: [events[0] | {"event_time": NOW - 8 * DAY}, *events[1:]])


@holds_for(SEGMENT_EVENTS, branches=["processed", "failed", "not converted"])
def test_what_the_transformer_accepts_satisfies_the_schema_and_is_judged(event):
    events = converted(event)
    if not events:
        reach("not converted")
        return
    assert Judge().refusal({"data": events}) is None
    path = Path()
    answer = path.post(*events)
    failed = [record for record in path.records() if record["status"] == "failed"]
    reach("failed" if failed else "processed")
    assert (answer.status_code == 200) is not bool(failed)
    assert all(any(finding["rule"] for finding in record["findings"]) for record in failed)


@holds_for(
    bent()
    | (REQUESTS | TAKEN).map(lambda events: {"data": events})
    | TAKEN.map(lambda events: {"data": events}),
    branches=["answered 200", "answered 400", "answered 422"],
)
def test_the_validator_has_an_error_exactly_when_the_emulator_refuses(payload):
    body = json.dumps(payload)
    answer = Path().send(body)
    reach(f"answered {answer.status_code}")
    report = validate(orjson.loads(body), now=NOW)
    assert report.ok is (answer.status_code == 200)
    assert answer.status_code in {200, 400, 422}


@holds_for(REQUESTS | TAKEN | AGED, branches=["refused", "some failed", "all processed"])
def test_an_answer_lists_the_events_in_their_order_with_counts_that_add_up(events):
    path = Path()
    answer = path.post(*events)
    if answer.status_code == 400:
        reach("refused")
        assert path.records() == []
        return
    body = answer.json if answer.status_code == 200 else answer.json["details"]
    statuses = [event["status"] for event in body["events"]]
    reach("some failed" if "failed" in statuses else "all processed")
    assert body["num_events_received"] == len(events)
    assert body["num_events_processed"] == statuses.count("processed")
    assert statuses == [record["status"] for record in path.records()]
    assert [event["event_id"] for event in events] == [record["event_id"] for record in path.records()]


def key_of(event):
    """What makes two events one, None for an event that is nobody's duplicate."""
    takes_part = (
        event["action_source"] != "offline" and event["event_id"].strip() and event["event_time"] == NOW
    )
    return (event["event_name"].lower(), event["event_id"]) if takes_part else None


@holds_for(repeating(), branches=["duplicate in the request", "duplicate of another request", "no duplicate"])
def test_an_event_is_a_duplicate_exactly_when_its_name_and_id_came_before(requests):
    path, firsts, expected = Path(), {}, []
    for number, events in enumerate(requests):
        path.post(*events)
        for event in events:
            key, position = key_of(event), (number, len(expected) + 1)
            first = firsts.setdefault(key, position) if key else position
            expected.append(None if first == position else first[1])
            kind = "in the request" if first[0] == number else "of another request"
            reach(f"duplicate {kind}" if expected[-1] else "no duplicate")
    assert [record["duplicate_of"] for record in path.records()] == expected


LDP = st.sampled_from(["LDP", "LDP,GPC", "LDP", "", None, "CPRA"])
STATES = st.sampled_from(["CA", "ca", "CA", "ca", "NY", None])
COUNTRIES = st.sampled_from(["US", "us", "US", "us", "DE", None])


@holds_for(LDP, STATES, COUNTRIES, branches=["applies", "does not apply"])
def test_limited_data_processing_holds_exactly_when_all_three_values_do(opt_out_type, state, country):
    event = conversion_event(custom_data={"opt_out_type": opt_out_type})
    for key, value in (("st", state), ("country", country)):
        if value:
            event["user_data"][key] = [hashed(value)]
    path = Path()
    path.post(event)
    limited = path.records()[0]["limited_data_processing"]
    said = "LDP" in (opt_out_type or "").split(",")
    reach("applies" if limited["applies"] else "does not apply")
    wrong = {"st": str(state).upper() != "CA", "country": str(country).upper() != "US"}
    assert limited["applies"] is (said and not any(wrong.values()))
    assert {key: said and f"user_data.{key} is" in limited["reason"] for key in wrong} == {
        key: said and fault for key, fault in wrong.items()
    }


def hashed(value):
    """Its SHA-256, in the case it is written in."""
    return sha256(value.encode()).hexdigest()


@holds_for(
    st.sampled_from(["em", "ph", "fn", "ct", "country", "external_id"]),
    st.text(min_size=1).map("a1{}".format),
)
def test_hashing_is_idempotent_and_deterministic(key, value):
    once = hash_match_key(key, value, normalization="segment")
    assert once == hash_match_key(key, value, normalization="segment")
    assert hash_match_key(key, once, normalization="segment") == once


@st.composite
def damaged(draw):
    """The body of a request that ends too early, or has a few bytes of it cut out or replaced."""
    body = orjson.dumps({"data": draw(REQUESTS)})
    start = draw(st.integers(0, len(body) - 1))
    if draw(st.booleans()):
        return body[:start]
    return body[:start] + draw(st.binary(max_size=4)) + body[start + draw(st.integers(0, 4)) :]


BODIES = st.one_of(
    bent().map(json.dumps),
    TAKEN.map(lambda events: orjson.dumps({"data": events})),
    damaged(),
    st.binary(max_size=200),
    JSON.map(json.dumps),
)


@holds_for(
    BODIES,
    st.sampled_from(["", "?test=true", "?test=%ff", "?"]),
    branches=["accepted", "refused by the schema", "not JSON"],
)
def test_no_body_of_any_shape_makes_a_500(body, query):
    answer = Path().send(body, query=query)
    assert answer.status_code in {200, 400, 422}
    unread = answer.status_code == 400 and "the body is" in answer.json["message"]
    refused = "not JSON" if unread else "refused by the schema"
    reach("accepted" if answer.status_code in {200, 422} else refused)


ENDPOINTS = st.sampled_from(
    ["events", "conversion_eqs", "conversion_tags", "conversion_tags/1", "advertiser_defined_events"]
)


@holds_for(
    st.sampled_from([AD_ACCOUNT_ID] * 5 + ["1", "x", "\u0663"]),
    ENDPOINTS | ENDPOINTS | st.text(max_size=30),
    st.sampled_from(["GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD", "PATCH"]),
    JSON,
    branches=["an endpoint of the ad account", "no such path"],
)
def test_no_path_of_any_shape_makes_a_500(account, rest, method, document):
    path = Path(access_token="pina_access")
    headers = HEADERS | {"Authorization": "Bearer pina_access"}
    answer = path.client.open(
        f"/v5/ad_accounts/{account}/{rest}", method=method, headers=headers, json=document
    )
    assert answer.status_code < 500
    reach("no such path", answer.status_code == 404)
    reach("an endpoint of the ad account", answer.status_code not in {401, 403, 404, 405})


@st.composite
def tag_data(draw):
    """What a tag might send as event data: its own fields with any values, or anything."""
    fields = ("value", "currency", "order_id", "order_quantity", "line_items", "event_id", "opt_out_type")
    return draw(st.dictionaries(st.sampled_from(fields), JSON, max_size=4) | st.just({}) | JSON)


@holds_for(
    tag_data(), st.sampled_from(["checkout", "pagevisit"]) | st.text(max_size=20), st.text(max_size=20),
    branches=["recorded with findings", "recorded"],
)  # fmt: skip
def test_no_beacon_of_any_shape_makes_a_500(data, name, tag):
    query = {"tid": tag, "event": name, "ed": json.dumps(data), "pd[em]": name}
    path = Path()
    assert path.client.get("/v3/", query_string=query).status_code == 200
    for record in path.records():
        reach("recorded with findings" if record["findings"] else "recorded")


@pytest.fixture(scope="module")
def listening():
    """An emulator on a port, whose clock stands still."""
    with MockPin() as mock:
        mock.clock.freeze(NOW)
        yield mock


@holds_for(requests=st.lists(REQUESTS, min_size=1, max_size=4), branches=["kept", "refused"])
@settings(max_examples=15)
def test_exactly_what_was_acknowledged_over_a_socket_is_in_the_history(listening, requests):
    listening.reset()
    url = f"{listening.api_uri}/ad_accounts/{listening.ad_account_id}/events"
    acknowledged = []
    token = {"Authorization": f"Bearer {listening.conversion_token}"}
    with httpx.Client(headers=token, timeout=60) as client:
        for events in requests:
            answer = client.post(url, content=orjson.dumps({"data": events}))
            assert answer.status_code in {200, 400, 422}
            reach("refused" if answer.status_code == 400 else "kept")
            acknowledged += [event["event_id"] for event in events if answer.status_code != 400]
    assert [record["event_id"] for record in listening.events()] == acknowledged
