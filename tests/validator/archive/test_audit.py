"""What was found beside what was asked."""

from collections import Counter

import pytest

from mockpin_validator.archive.audit import Audit, Gate, Mistake
from mockpin_validator.archive.tally import PlacedFinding, Tally, group_of
from mockpin_validator.judging.finding import Finding


def placed(file, line, severity="error", rule="a-rule"):
    return PlacedFinding(
        file, Finding(rule, severity, "", "It is wrong.", "Mend it.", "us", "inferred", line, 1)
    )


def audit(*findings, **kwargs):
    groups = Counter(group_of(each.file, each.finding) for each in findings)
    return Audit(Tally(groups=groups, findings=findings), ("b", "a"), **kwargs)


def test_findings_come_by_file_as_given_and_by_line():
    found = audit(placed("a", 1), placed("b", 9), placed("b", 2)).findings
    assert [(each.file, each.finding.line) for each in found] == [("b", 2), ("b", 9), ("a", 1)]


def test_what_is_not_shown_is_counted():
    many = audit(*(placed("a", line) for line in range(5)))
    assert len(many.shown(2)) == 2
    assert many.left_out(2) == {"a-rule": 3}
    assert many.left_out(5) == {}


def test_mistakes_come_by_severity_then_by_number_over_all_files():
    many = audit(
        *(placed(file, line, "warning", "often") for file in "ab" for line in range(3)),
        placed("a", 9, rule="once"),
        *(placed("b", line, rule="twice") for line in (7, 5)),
    )
    told = [(each.rule, each.count, [one.finding.line for one in each.examples]) for each in many.mistakes(1)]
    assert told == [("twice", 2, [5]), ("once", 1, [9]), ("often", 6, [0])]
    assert [each.finding.rule for each in many.shown(2)] == ["twice", "twice", "once", "often", "often"]


@pytest.mark.parametrize(
    ("path", "field"),
    [("/data/*/user_data/em/*", "user_data.em"), ("/data/*", ""), ("", ""), ("/event_id", "event_id")],
)
def test_a_mistake_names_its_field_as_the_api_does(path, field):
    assert Mistake("error", "a-rule", path, "", "", 1, ()).field == field


def test_fewer_events_than_asked_for_fail():
    assert audit(min_events=1).failing
    assert not audit(min_events=0).failing


def test_a_warning_fails_only_where_warnings_count():
    assert not audit(placed("a", 1, "warning")).failing
    assert audit(placed("a", 1, "warning"), fail_on="warning").failing
    assert not audit(placed("a", 1, "info"), fail_on="warning").failing


def test_a_gate_that_is_not_met_fails():
    missed = Gate("em", 90, 50.04, "checkout")
    assert audit(gates=(missed,)).failing
    assert str(missed) == "em is on 50.0 % of checkout events; at least 90 % was asked for"
    assert not audit(gates=(Gate("em", 90, 90),)).failing
