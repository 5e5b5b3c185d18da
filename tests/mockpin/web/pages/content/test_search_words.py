"""What each word and state of the search reads from a record."""

import pytest

from mockpin.web.pages.content.search_words import (
    CHOICES,
    STATES,
    TABS,
    WORDS,
    list_tabs,
    read_searchable,
)

FINDING = {"rule": "value-zero", "severity": "warning", "message": "It is ZERO."}


def record(**members):
    return {
        "status": "processed", "test": False, "duplicate_of": None, "findings": (), "fault": None,
        "limited_data_processing": {"applies": False}, "match_keys": ("em",), "payload": {},
        "event_name": "checkout", "sent_name": "CheckOut", "event_id": "o-1", "action_source": "web",
        "error_message": "", "warning_message": "", **members,
    }  # fmt: skip


REFUSED = record(
    status="refused", http_status=401, event_name=("a", "b"), sent_name=("a", "b"), reason="Token"
)


@pytest.mark.parametrize(
    ("event", "states"),
    [
        (record(), {"good", "clean"}),
        (record(status="failed", findings=[{**FINDING, "severity": "error"}]), {"bad"}),
        (record(findings=[FINDING]), {"good", "warned"}),
        (record(findings=[{**FINDING, "severity": "info"}]), {"good"}),
        (record(duplicate_of=0), {"good", "clean", "duplicate"}),
        (record(test=True), {"good", "clean", "test"}),
        (record(fault="drop"), {"good", "clean", "faulty"}),
        (record(limited_data_processing={"applies": True}), {"good", "clean", "limited"}),
        (REFUSED, {"refused"}),
    ],
)
def test_a_record_has_its_states(event, states):
    assert {name for name, state in STATES.items() if state.holds(event)} == states


@pytest.mark.parametrize(
    ("event", "tabs"),
    [
        (record(), (None, "good")),
        (record(status="failed"), (None, "bad")),
        (record(duplicate_of=1), (None, "good", "duplicate")),
        (record(test=True, duplicate_of=1), ("test",)),
        (REFUSED, (None, "refused")),
    ],
)
def test_a_record_stands_on_its_tabs(event, tabs):
    assert list_tabs(event) == tabs
    assert set(tabs) <= {None, *TABS}


ORDER = {"custom_data": {"order_id": 1001, "value": None}}


@pytest.mark.parametrize(
    ("word", "event", "values"),
    [
        ("rule", record(findings=[FINDING]), ("value-zero",)),
        ("key", record(match_keys=("em", "ph")), ("em", "ph")),
        ("order", record(payload=ORDER), ("1001",)),
        ("value", record(payload=ORDER), ()),
        ("order", record(payload={"data": [ORDER, "x", {"custom_data": 1}, ORDER]}), ("1001", "1001")),
        ("order", record(payload={"data": "x"}), ()),
        ("order", record(payload=["x"]), ()),
        ("status", record(), ("processed",)),
        ("status", REFUSED, ("refused", "401")),
        ("since", record(received_at=5.5), ("5.5",)),
        ("event", REFUSED, ("a", "b", "a", "b")),
        ("event", record(), ("checkout", "CheckOut")),
        ("id", record(event_id=None), ()),
    ],
)
def test_a_word_reads_its_values(word, event, values):
    assert WORDS[word].read(event) == values


def test_a_word_asks_the_store_with_the_value_as_it_is_stored():
    assert WORDS["order"].as_stored("7") == "7"
    assert WORDS["event"].as_stored("CheckOut") == "checkout"


def test_the_choices_are_the_states_and_those_of_each_word():
    assert CHOICES["is"] == tuple(STATES)
    assert "value-zero" in CHOICES["rule"]
    assert CHOICES["order"] == ()


def test_a_bare_word_is_searched_in_names_findings_messages_and_the_payload():
    event = record(findings=[FINDING], error_message="Too OLD.", payload={"custom_data": {"order_id": "A7"}})
    text = read_searchable(event)
    for part in ("checkout", "o-1", "web", "value-zero", "it is zero.", "too old.", '"order_id":"a7"'):
        assert part in text
    assert "token" in read_searchable(REFUSED)
    assert "401" not in read_searchable(REFUSED)
