"""What is counted by event name, and of privacy."""

import pytest

from mockpin.reports.go_live.figures import count_names, count_privacy

LIMITED = {"user_data": {}, "custom_data": {"opt_out_type": "LDP"}}


def test_names_are_in_alphabetical_order_with_those_that_never_came(record):
    figures = count_names([record(1, "signup"), record(2, "checkout")], {"lead": 3, "signup": 1})
    assert [(figure.event_name, figure.expected, figure.seen) for figure in figures] == [
        ("checkout", None, 1),
        ("lead", 3, 0),
        ("signup", 1, 1),
    ]


def test_a_duplicate_was_processed_and_is_not_seen_a_second_time(record):
    (figure,) = count_names([record(1), record(2, event_id="e1", duplicate_of=1)], {})
    assert (figure.seen, figure.processed, figure.duplicates, figure.counted) == (1, 2, 1, 1)


def test_a_failed_event_was_seen_and_does_not_count(record):
    (figure,) = count_names([record(1), record(2, status="failed")], {})
    assert (figure.seen, figure.failed, figure.counted) == (2, 1, 1)


def test_failed_events_are_counted_by_source(record):
    records = [record(1, status="failed"), record(2, status="failed", source="tag"), record(3)]
    (figure,) = count_names(records, {})
    assert (figure.failed_by_source, figure.failed) == ({"api": 1, "tag": 1}, 2)


def test_what_was_received_is_the_sum_of_what_was_counted_repeated_and_failed(record):
    records = [record(1), record(2, event_id="e1", duplicate_of=1), record(3, status="failed")]
    (figure,) = count_names(records, {})
    assert (figure.received, figure.counted, figure.duplicates, figure.failed) == (3, 1, 1, 1)


def test_limited_data_processing_that_was_asked_for_in_vain_is_told_apart(record):
    applied = {"applies": True, "reason": "California"}
    records = [record(1, payload=LIMITED, limited_data_processing=applied), record(2, payload=LIMITED)]
    counted = count_privacy([*records, record(3)])
    assert counted == {
        "limited_data_processing": 1,
        "limited_data_processing_ignored": 1,
        "opt_out": 0,
    }


@pytest.mark.parametrize(("opt_out", "number"), [(True, 1), (False, 0), (None, 0), ("true", 0), (1, 0)])
def test_only_true_opts_out(record, opt_out, number):
    assert count_privacy([record(1, payload={"user_data": {}, "opt_out": opt_out})])["opt_out"] == number
