"""Coverage that is asked for."""

from mockpin_validator.match_quality.gates import Gate
from mockpin_validator.match_quality.quality import quality

LEAD = {"event_name": "lead", "user_data": {"em": ["0" * 64]}}
EVENTS = quality([LEAD, {"event_name": "lead"}, {"event_name": "checkout"}, {"event_name": "checkout"}])


def test_a_gate_measures_all_events_or_those_of_a_name():
    assert Gate("em", 90).measure(EVENTS) == Gate("em", 90, None, 25)
    assert Gate("em", 90, "lead").measure(EVENTS).found == 50


def test_a_gate_is_met_at_the_coverage_asked_for():
    assert Gate("em", 50, None, 50).is_met
    assert not Gate("em", 50.1, None, 50).is_met


def test_a_gate_says_what_was_asked_for_and_what_there_is():
    missed = Gate("em", 90, "checkout", 50.04)
    assert str(missed) == "em is on 50.0 % of checkout events; at least 90 % was asked for"
    assert str(Gate("em", 90)) == "em is on 0.0 % of events; at least 90 % was asked for"
