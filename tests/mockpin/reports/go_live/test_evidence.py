"""What was seen of each event name, by source."""

import pytest

from mockpin.observations.in_history import read_facts
from mockpin.observations.relation import Facts
from mockpin.reports.go_live.evidence import (
    SourceCounts,
    count_sources,
    describe_counts,
    describe_injected,
)


def count(events, requests=()):
    with Facts() as facts:
        facts.add(read_facts(events, requests))
        facts.observe()
        return count_sources(facts)


def test_each_event_is_counted_once_by_its_source(record):
    counts = count([
        record(1), record(2, event_id="e1", duplicate_of=1), record(3, source="segment"),
        record(4, source="tag"), record(5, "lead", source="tag"),
    ])  # fmt: skip
    assert counts == {
        "checkout": SourceCounts(api=1, segment=1, server=2, tag=1),
        "lead": SourceCounts(tag=1),
    }


def test_an_id_of_the_tag_and_the_server_is_matched_and_counts_for_both(record):
    counts = count([record(1, source="tag"), record(2, event_id="e1", duplicate_of=1)])
    assert counts == {"checkout": SourceCounts(api=1, tag=1, server=1, matched=1)}


def test_an_id_of_the_api_and_segment_counts_for_each_and_once_for_the_server(record):
    counts = count([record(1), record(2, event_id="e1", source="segment", duplicate_of=1)])
    assert counts == {"checkout": SourceCounts(api=1, segment=1, server=1)}


def test_offline_events_of_the_tag_are_not_the_servers(record):
    counts = count([record(1, source="tag", action_source="offline"), record(2, action_source="offline")])
    assert counts == {"checkout": SourceCounts(tag=1, api=1, server=1)}


@pytest.mark.parametrize("members", [{"action_source": "offline"}, {"event_id": None}])
def test_an_offline_event_and_one_without_an_id_are_never_duplicates(record, members):
    assert count([record(1, **{"event_id": "e", **members}), record(2, **{"event_id": "e", **members})]) == {
        "checkout": SourceCounts(api=2, server=2)
    }


def test_ad_accounts_are_added_up(record):
    counts = count([record(1), record(2, event_id="e1", ad_account_id="1")])
    assert counts == {"checkout": SourceCounts(api=2, server=2)}


def test_a_failed_event_is_not_counted(record):
    assert count([record(1, status="failed")]) == {}


def test_an_event_that_a_fault_failed_is_excused(record, exchange):
    failed = record(1, status="failed", fault="fail_events", request_id="1")
    counts = count([failed], [exchange(1, status=422, fault="fail_events")])
    assert counts["checkout"].excused_by_source == {"api": 1}
    assert counts["checkout"].to_dict() == {
        "api": 0, "tag": 0, "segment": 0, "server": 0, "matched": 0, "excused": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (SourceCounts(api=1136, server=1136), "checkout: 1,136 by the API"),
        (SourceCounts(api=2, server=2, tag=1, matched=1), "checkout: 2 by the API, 1 by the tag, 1 matched"),
        (SourceCounts(segment=1, server=1, tag=1), "checkout: 1 by the tag, 1 through Segment, 0 matched"),
        (SourceCounts(tag=3), "checkout: 3 by the tag"),
    ],
)
def test_the_counts_in_words_name_each_source_that_sent(counts, sentence):
    assert describe_counts("checkout", counts) == sentence


def test_injected_faults_are_counted_by_kind():
    assert describe_injected({"status": 2000, "drop": 1}) == (
        "2,001 requests met an injected fault (drop 1, status 2,000); "
        "what it did is not held against the sender."
    )
