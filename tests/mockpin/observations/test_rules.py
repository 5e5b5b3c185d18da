"""The rules over many events as rows of the documentation."""

from mockpin.observations.rules import OBSERVATION_ROWS, OBSERVATION_RULES, describe_rule
from mockpin_validator.judging.finding import SEVERITIES


def test_a_row_says_what_the_rule_wants_and_from_when_it_speaks():
    rule = OBSERVATION_RULES["seen-by-tag-only"]
    assert describe_rule(rule) == (
        f"{rule.summary} An observation over many events; it speaks from 20 events and a share of "
        f"20% on. {rule.why} Left out where visit-reported-as-order or step-reported-as-visit or "
        "order-page-reported-again or order-counted-twice or event-repeated-at-once or "
        "event-ids-never-match explains it."
    )
    assert "; it speaks from 1 event on. " in describe_rule(OBSERVATION_RULES["event-failed"])


def test_every_rule_has_a_row_with_one_severity_in_all_profiles():
    assert OBSERVATION_ROWS.keys() == OBSERVATION_RULES.keys()
    for name, row in OBSERVATION_ROWS.items():
        rule = OBSERVATION_RULES[name]
        assert (row.name, row.source, row.documented, row.date) == (
            name,
            rule.source,
            rule.documented,
            rule.date,
        )
        assert dict(row.severity) == dict.fromkeys(("faithful", "strict", "lenient"), rule.severity)


def test_a_rule_that_explains_another_one_exists_and_is_as_grave():
    """The report leaves out what is explained, so a milder cause would make it milder."""
    graver = [
        (rule.name, cause)
        for rule in OBSERVATION_RULES.values()
        for cause in rule.explained_by
        if SEVERITIES.index(OBSERVATION_RULES[cause].severity) > SEVERITIES.index(rule.severity)
    ]
    assert graver == []
