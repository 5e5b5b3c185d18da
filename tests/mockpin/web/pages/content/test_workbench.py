"""A pasted document is read for what it is, judged as the emulator would, and never shown in plain text."""

import json
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockpin.strategies import conversion_events, segment_events
from mockpin.web.pages.content.annotation import lay_out
from mockpin.web.pages.content.documents import DocumentUnreadable
from mockpin.web.pages.content.workbench import DocumentJudge
from mockpin_validator import Policy

NOW = 1_790_000_000.0
BENCH = DocumentJudge(NOW, Policy())
EVENT = {
    "event_name": "checkout", "event_id": "o-1", "event_time": int(NOW) - 60, "action_source": "web",
    "user_data": {"em": [sha256(b"jane@example.com").hexdigest()]},
}  # fmt: skip
TRACK = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m",
    "timestamp": "2026-09-21T14:13:00Z",
    "properties": {"email": "jane@example.com"},
}


def examine(document):
    return BENCH.examine(json.dumps(document))


@pytest.mark.parametrize("document", [EVENT, [EVENT], {"data": [EVENT]}])
def test_one_event_is_the_same_in_every_wrapping(document):
    (part,) = examine(document).parts
    assert (part.title, part.status) == ("checkout o-1", "processed")


def test_a_failed_event_says_what_pinterest_says():
    (part,) = examine(EVENT | {"event_time": 1}).parts
    assert part.status == "failed"
    assert part.explanation.startswith("Invalid event_timestamp parameter.")
    assert ("error", 1) in part.counts


def test_a_segment_event_that_lacks_a_user_is_not_sent_and_says_why():
    (part,) = examine({**TRACK, "properties": {}}).parts
    assert part.status == "not sent"
    assert "User data must contain" in part.explanation


def test_of_many_events_the_first_are_shown():
    found = examine([EVENT | {"event_id": str(index)} for index in range(25)])
    assert (len(found.parts), found.more) == (20, 5)


def test_a_title_is_masked_too():
    (part,) = examine(EVENT | {"event_id": "jane@example.com"}).parts
    assert "jane" not in part.title
    (sent,) = examine({**TRACK, "event": "jane@example.com"}).parts
    assert "jane" not in sent.title


@settings(max_examples=20, deadline=None)
@given(conversion_events(), st.sampled_from(["em", "ph", "fn", "external_id"]))
def test_plain_text_never_comes_back(event, key):
    secret = "canary-4155550123@example.com"
    event["user_data"][key] = [secret]
    found = examine(event)
    assert secret not in repr(found)
    assert "4155550123" not in repr(found)


@settings(max_examples=20, deadline=None)
@given(segment_events())
def test_any_segment_event_is_examined(event):
    found = examine(event)
    assert found.parts
    assert len(found.segment) == len(list(lay_out(event)))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_break_the_bench(text):
    with suppress(DocumentUnreadable):
        assert BENCH.examine(text).parts
