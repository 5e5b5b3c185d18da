"""What was found beside what was asked."""

from collections import Counter

from mockpin_validator.archive.audit import Audit, add_up
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.archive.sources import Part
from mockpin_validator.archive.tally import Tally, make_mistake
from mockpin_validator.judging.finding import Finding
from mockpin_validator.match_quality.gates import Gate


def placed(file, line, severity="error", rule="a-rule"):
    return PlacedFinding(
        file, Finding(rule, severity, "", "It is wrong.", "Mend it.", "us", "inferred", line, 1)
    )


def audit(*findings, **kwargs):
    mistakes = Counter(make_mistake(finding.file, finding.finding) for finding in findings)
    return Audit(Tally(mistakes=mistakes, findings=findings), ("b", "a"), **kwargs)


def test_findings_come_by_file_as_given_and_by_line():
    found = audit(placed("a", 1), placed("b", 9), placed("b", 2)).findings
    assert [(placed.file, placed.finding.line) for placed in found] == [("b", 2), ("b", 9), ("a", 1)]


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
    told = [
        (mistake.rule, mistake.times, [one.finding.line for one in mistake.examples])
        for mistake in many.mistakes(1)
    ]
    assert told == [("twice", 2, [5]), ("once", 1, [9]), ("often", 6, [0])]
    assert [placed.finding.rule for placed in many.shown(2)] == ["twice", "twice", "once", "often", "often"]


def test_without_examples_a_mistake_keeps_its_general_words():
    (mistake,) = audit(placed("a", 1)).mistakes(0)
    assert (mistake.message, mistake.times, mistake.examples) == ("It is wrong.", 1, ())


def test_a_recommendation_comes_after_the_mistakes_of_its_severity():
    many = audit(
        *(placed("a", line, "warning", "click-id-missing") for line in range(3)),
        placed("a", 9, "warning", "click-id-form"),
        placed("a", 9, "info", "some-other-rule"),
    )
    assert [mistake.rule for mistake in many.mistakes(1)] == [
        "click-id-form", "click-id-missing", "some-other-rule",
    ]  # fmt: skip


def test_fewer_events_than_asked_for_fail():
    assert audit(min_events=1).failing
    assert not audit(min_events=0).failing


def test_a_warning_fails_only_where_warnings_count():
    assert not audit(placed("a", 1, "warning")).failing
    assert audit(placed("a", 1, "warning"), fail_on="warning").failing
    assert not audit(placed("a", 1, "info"), fail_on="warning").failing


def test_a_gate_that_is_not_met_fails():
    assert audit(gates=(Gate("em", 90, "checkout", 50.04),)).failing
    assert not audit(gates=(Gate("em", 90, None, 90),)).failing


def test_of_parts_that_add_up_the_first_findings_of_a_rule_are_kept_and_all_are_counted():
    findings = tuple(placed("a", line) for line in range(1, 1004))
    mistakes = Counter(make_mistake(finding.file, finding.finding) for finding in findings)
    *_, whole = add_up(
        (Part("a"), Tally(mistakes=mistakes, findings=some)) for some in (findings[:999], findings[999:])
    )
    assert whole.findings == findings[:1000]
    assert whole.count("error") == 2 * 1003


def test_parts_add_up_and_their_facts_are_handed_on_in_order():
    parts = Part("a", 0, 5), Part("a", 5, 9), Part("b")
    tallies = [Tally(lines=lines, events=1, facts=(lines,)) for lines in (3, 4, 5)]
    observed = []
    *growing, whole = add_up(zip(parts, tallies, strict=True), observed.extend)
    assert [tally.events for tally in growing] == [1, 2]
    assert (whole.lines, whole.events, whole.facts) == (12, 3, ())
    assert observed == [3, 4, 5]
