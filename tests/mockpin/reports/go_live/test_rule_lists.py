"""Rules whose warnings one reason sums up."""

import pytest

from mockpin.reports.go_live.report import make_report
from mockpin.reports.go_live.rule_lists import MAX_RULES


def reason_of_rules(record, number):
    """The reason of an event with warnings of so many rules."""
    findings = [
        {
            "rule": f"rule-{index}",
            "severity": "warning",
            "message": f"{index} is wrong.",
            "fix": f"Mend {index}.",
        }
        for index in range(number)
    ]
    (reason,) = make_report([record(1, findings=findings)], []).reasons
    return reason


@pytest.mark.parametrize(("number", "more"), [(MAX_RULES, False), (MAX_RULES + 1, True)])
def test_so_many_rules_are_named_and_the_others_are_counted(record, number, more):
    said = reason_of_rules(record, number).sentence
    assert ("and 1 more" in said, said.count("rule-")) == (more, MAX_RULES)


def test_a_rule_alone_says_what_is_wrong_and_what_to_do(record):
    assert reason_of_rules(record, 1).fix == "0 is wrong. Mend 0."


def test_each_rule_that_is_named_says_what_to_do(record):
    assert reason_of_rules(record, 2).fix == "rule-0: Mend 0. rule-1: Mend 1."
    assert reason_of_rules(record, MAX_RULES + 1).fix.count("Mend") == MAX_RULES
