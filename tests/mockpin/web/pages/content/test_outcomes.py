"""The outcome of an event in one sentence."""

import pytest

from mockpin.web.pages.content.outcomes import (
    EventOutcome,
    find_gravest,
    is_failed_by_fault,
    summarize_outcome,
)

ERROR = {"severity": "error", "message": "It is wrong."}
WARNING = {"severity": "warning", "message": "It is odd."}
NOTE = {"severity": "info", "message": "It is new."}


def record(*findings, **members):
    return {
        "status": "processed", "test": False, "fault": None, "duplicate_of": None, "findings": findings,
        "error_message": "", "limited_data_processing": {"applies": False}, **members,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (EventOutcome("Counted"), "Counted."),
        (EventOutcome("Failed", "It is wrong."), "Failed: It is wrong."),
        (EventOutcome("Failed", "why?"), "Failed: why?"),
        (EventOutcome("Failed", "so"), "Failed: so."),
    ],
)
def test_title_and_reason_make_one_sentence(outcome, sentence):
    assert outcome.sentence == sentence


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (record(), "Counted."),
        (record(WARNING), "Counted: with 1 warning."),
        (record(WARNING, WARNING, NOTE), "Counted: with 2 warnings."),
        (record(limited_data_processing={"applies": True}), "Counted: under limited data processing."),
        (
            record(WARNING, limited_data_processing={"applies": True}),
            "Counted: under limited data processing, with 1 warning.",
        ),
        (record(WARNING, ERROR, status="failed"), "Failed: It is wrong."),
        (record(status="failed", error_message="No."), "Failed: No."),
        (record(duplicate_of=7), "Not counted: duplicate of #7."),
        (record(duplicate_of=7, test=True), "Test: processed, not counted: the request says test=true."),
        (record(ERROR, status="failed", test=True), "Test: failed: It is wrong."),
        (
            record(status="failed", fault="fail_events"),
            "Failed by your fault rule: the event itself has no error.",
        ),
        (record(ERROR, status="failed", fault="fail_events"), "Failed by your fault rule."),
        (record(WARNING, status="failed", fault="fail_events"),
         "Failed by your fault rule: the event itself has no error."),
    ],
)  # fmt: skip
def test_an_event_is_counted_or_it_is_said_why_not(event, sentence):
    assert summarize_outcome(event).sentence == sentence


@pytest.mark.parametrize(
    ("status", "fault", "failed"),
    [("failed", "fail_events", True), ("failed", "status", False), ("processed", "fail_events", False)],
)
def test_a_fault_fails_an_event_only_where_it_is_of_that_kind(status, fault, failed):
    assert is_failed_by_fault(record(status=status, fault=fault)) is failed


def test_the_gravest_finding_is_the_first_of_its_severity():
    assert find_gravest(record(NOTE, WARNING, ERROR, {**ERROR, "message": "later"})) is ERROR
    assert find_gravest(record()) is None
