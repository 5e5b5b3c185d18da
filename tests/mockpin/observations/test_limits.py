"""How rules over many events may be set."""

import pytest

from mockpin.observations.limits import LimitInvalid, Limits, read_limits
from mockpin.observations.rules import OBSERVATION_RULES

ONE_SIDED = OBSERVATION_RULES["seen-by-tag-only"]


def test_a_severity_alone_or_a_table_of_limits_can_be_set():
    limits = read_limits({"order-counted-twice": "off", "seen-by-tag-only": {"least": 7, "threshold": 0.5}})
    assert limits.severity_of(OBSERVATION_RULES["order-counted-twice"]) is None
    assert limits.severity_of(ONE_SIDED) == "warning"
    assert "ids >= 7 AND tag_alone >= CAST(0.5 AS DOUBLE) * ids" in limits.fill_in(ONE_SIDED)
    assert "ids >= 20 AND tag_alone >= CAST(0.2 AS DOUBLE) * ids" in Limits().fill_in(ONE_SIDED)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            {"order-counted-twic": "off"},
            "No observation 'order-counted-twic'; did you mean order-counted-twice",
        ),
        (
            {"order-counted-twice": "loud"},
            "severity cannot be 'loud': it takes one of error, warning, info, off",
        ),
        (
            {"order-counted-twice": 3},
            "cannot be 3: it takes a severity, or a table of severity, least, threshold",
        ),
        ({"order-counted-twice": {"threshold": 0.5}}, "has no threshold: one event proves it"),
        ({"seen-by-tag-only": {"threshold": 1.5}}, "threshold cannot be 1.5: it takes a share above 0"),
        ({"seen-by-tag-only": {"threshold": 0}}, "threshold cannot be 0"),
        ({"seen-by-tag-only": {"threshold": True}}, "threshold cannot be True"),
        ({"seen-by-tag-only": {"least": 0}}, "least cannot be 0: it takes a whole number from 1"),
        ({"seen-by-tag-only": {"least": 2.5}}, "least cannot be 2.5"),
        ({"seen-by-tag-only": {"treshold": 0.5}}, "has no 'treshold'; did you mean threshold?"),
    ],
)
def test_what_cannot_be_set_is_told_with_what_can(table, said):
    with pytest.raises(LimitInvalid) as error:
        read_limits(table)
    assert said in str(error.value)


@pytest.mark.parametrize("rule", OBSERVATION_RULES.values(), ids=lambda rule: rule.name)
def test_every_rule_says_what_to_do_and_why_it_speaks_when_it_does(rule):
    assert rule.fix.endswith(".")
    assert rule.why.endswith(".")
    assert rule.summary.endswith(".")
    assert ("{threshold}" in rule.query) is (rule.threshold is not None)
    assert ("{least}" in rule.query) is (
        rule.least > 1 or rule.threshold is not None or "{least}" in rule.query
    )
