"""The payloads that Segment's prebuilt mappings make."""

import pytest

from mockpin.observations.in_files import FileFacts
from mockpin.segment.payloads import (
    conversion_payloads,
    make_judging,
    mask_personal,
    segment_payloads,
    tag_payloads,
)
from mockpin_validator.archive.payloads import NO_PAYLOAD

PAGE = {
    "type": "page",
    "messageId": "m1",
    "timestamp": "2026-09-21T14:00:00.000Z",
    "context": {"ip": "8.8.4.4", "userAgent": "Mozilla/5.0"},
}


@pytest.mark.parametrize(
    ("document", "pointer"), [(PAGE, ""), ([3, PAGE], "/1"), ({"batch": [3, PAGE]}, "/batch/1")]
)
def test_a_payload_leads_back_to_its_segment_event(document, pointer):
    *_, request = segment_payloads(document)
    assert request.value["data"][0]["event_name"] == "page_visit"
    assert request.pointer("/data/0/user_data").startswith(pointer)


@pytest.mark.parametrize("document", [{"type": "track", "event": "Nap Taken"}, 5, None, "text", {}])
def test_what_no_mapping_takes_is_told(document):
    (request,) = segment_payloads(document)
    assert request.value is NO_PAYLOAD
    assert request.findings[0].rule == "segment-not-subscribed"


def test_what_a_mapping_cannot_convert_is_told():
    (request,) = segment_payloads({**PAGE, "context": {}})
    assert request.findings[0].rule == "segment-not-converted"
    assert "Page Visit: User data must contain values" in request.findings[0].message


def test_an_empty_list_holds_no_events():
    assert list(segment_payloads([])) == []


def test_no_reason_repeats_data():
    assert mask_personal('Received "en-US" of jane@example.com, +1 555 010 4477') == "Received ••• of ••• •••"


HIT = {"tid": "26", "event": "Chekout", "ed": '{"value": "1 EUR", "currency": "EUR"}', "pd": "x"}


@pytest.mark.parametrize("document", [[*map(list, HIT.items())], HIT], ids=["recorded", "object"])
def test_a_hit_of_the_tag_has_the_findings_that_the_emulator_has(document):
    (payload,) = tag_payloads(document)
    assert {finding.rule for finding in payload.findings} >= {
        "tag-data-unreadable", "tag-event-name-unknown", "tag-value-not-a-number",
    }  # fmt: skip
    assert payload.events[0]["event_name"] == "Chekout"


def test_a_hit_may_hold_objects_and_numbers_as_they_are():
    (payload,) = conversion_payloads({"tid": 26, "event": "checkout", "ed": {"value": 5}})
    assert payload.events[0]["custom_data"] == {"value": 5}


@pytest.mark.parametrize("event", ["", "init"])
def test_a_hit_without_an_event_has_none(event):
    assert [
        (payload.events, payload.findings) for payload in tag_payloads({"tid": "26", "event": event})
    ] == [((), ())]


@pytest.mark.parametrize("document", [PAGE, [PAGE, 3], {"batch": [PAGE]}])
def test_segment_events_among_payloads_are_told_as_such(document):
    (request,) = conversion_payloads(document)
    assert request.value is NO_PAYLOAD
    assert request.findings[0].rule == "wrong-kind"
    assert request.findings[0].fix == "Judge it with --from segment."


@pytest.mark.parametrize("document", [{"event_name": "lead"}, {"data": [{"event_name": "lead"}]}])
def test_conversion_events_among_segment_events_are_told_as_such(document):
    (request,) = segment_payloads(document)
    assert request.findings[0].rule == "wrong-kind"
    assert request.findings[0].fix == "Judge it without --from segment."


@pytest.mark.parametrize(
    "document", [{"event_name": "lead", "type": "track"}, {"data": []}, {"type": "phone"}, {}, [], 5, None]
)
def test_whatever_else_is_taken_for_a_payload(document):
    (request,) = conversion_payloads(document)
    assert request.value is not NO_PAYLOAD


def test_every_run_judges_as_it_is_asked_with_a_key_of_its_own():
    one, other = (make_judging("strict", 9.0, {"click-id-missing": None}, "segment") for _ in range(2))
    assert (one.profile, one.now, one.reading) == ("strict", 9.0, segment_payloads)
    assert one.rules["click-id-missing"].severity["strict"] is None
    assert one.fact_of != other.fact_of
    assert make_judging("strict", 9.0, {}, "segment", alone=True).fact_of == FileFacts()
