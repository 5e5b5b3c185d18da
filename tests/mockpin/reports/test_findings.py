from mockpin.reports.findings import count_findings


def record(seq, *findings):
    return {"seq": seq, "findings": findings}


def finding(rule, severity="error"):
    return {"rule": rule, "severity": severity, "message": f"{rule} is so.", "fix": "Mend it."}


def test_an_event_counts_once_for_a_rule_however_often_it_breaks_it():
    twice = finding("match-key-not-hashed"), finding("match-key-not-hashed")
    (figures,) = count_findings([record(1, *twice)])
    assert figures.to_dict() == {**finding("match-key-not-hashed"), "events": 1, "examples": [1]}


def test_a_rule_that_speaks_in_two_severities_has_figures_for_each_the_graver_first():
    em, external_id = finding("match-key-not-hashed"), finding("match-key-not-hashed", "warning")
    found = count_findings([record(1, em), record(2, external_id), record(3, external_id)])
    assert [(observation.severity, observation.events) for observation in found] == [
        ("error", 1),
        ("warning", 2),
    ]


def test_among_equally_grave_rules_the_most_frequent_comes_first_then_the_name():
    found = count_findings([record(1, finding("b"), finding("c")), record(2, finding("c"), finding("a"))])
    assert [finding.rule for finding in found] == ["c", "a", "b"]


def test_the_examples_are_the_first_five_in_the_order_given():
    (figures,) = count_findings(record(seq, finding("a")) for seq in range(9, 0, -1))
    assert (figures.events, figures.to_dict()["examples"]) == (9, [9, 8, 7, 6, 5])
