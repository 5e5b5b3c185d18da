"""What was found beside what was asked."""

from collections import Counter

from mockpin_validator.archive.audit import Audit, Gate
from mockpin_validator.archive.tally import Kind, Sighting, Tally
from mockpin_validator.judging.finding import Finding


def sighting(file, line, severity="error", rule="a-rule"):
    return Sighting(file, Finding(rule, severity, "", "It is wrong.", "Mend it.", "us", "inferred", line, 1))


def audit(*sightings, **kwargs):
    kinds = Counter(Kind(each.file, each.finding.rule, each.finding.severity, "") for each in sightings)
    return Audit(Tally(kinds=kinds, sightings=sightings), ("b", "a"), **kwargs)


def test_findings_come_by_file_as_given_and_by_line():
    found = audit(sighting("a", 1), sighting("b", 9), sighting("b", 2)).findings
    assert [(each.file, each.finding.line) for each in found] == [("b", 2), ("b", 9), ("a", 1)]


def test_what_is_not_shown_is_counted():
    many = audit(*(sighting("a", line) for line in range(5)))
    assert len(many.shown(2)) == 2
    assert many.left_out(2) == {"a-rule": 3}
    assert many.left_out(5) == {}


def test_a_warning_fails_only_where_warnings_count():
    assert not audit(sighting("a", 1, "warning")).failing
    assert audit(sighting("a", 1, "warning"), fail_on="warning").failing
    assert not audit(sighting("a", 1, "info"), fail_on="warning").failing


def test_a_gate_that_is_not_met_fails():
    missed = Gate("em", 90, 50.04, "checkout")
    assert audit(gates=(missed,)).failing
    assert str(missed) == "em is on 50.0 % of checkout events; at least 90 % was asked for"
    assert not audit(gates=(Gate("em", 90, 90),)).failing
