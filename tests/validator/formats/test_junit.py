"""The report as JUnit XML."""

from pathlib import Path

import pytest
import xmlschema

from mockpin_validator.formats import render
from tests.validator.formats.audits import AUDIT, CLEAN

SCHEMA = xmlschema.XMLSchema(Path(__file__).with_name("junit.xsd"))


@pytest.mark.parametrize("audit", [AUDIT, CLEAN], ids=["findings", "clean"])
def test_it_keeps_to_the_schema(audit):
    SCHEMA.validate(render(audit, "junit"))


def cases(audit):
    for suite in SCHEMA.to_dict(render(audit, "junit"))["testsuite"]:
        yield from ((suite["@name"], case) for case in suite["testcase"])


def test_a_rule_with_an_error_fails_for_its_file():
    failed = [(file, case["@name"]) for file, case in cases(AUDIT) if "failure" in case]
    assert failed == [
        ("a,b:1.json", "match-key-not-hashed"),
        ("<stdin>", "unreadable"),
        ("coverage", "all events: em"),
    ]


def test_a_warning_that_does_not_count_is_in_the_output_of_its_case():
    outputs = [case["system-out"] for _, case in cases(AUDIT) if "system-out" in case]
    assert "a,b:1.json:4:5  /data/1: warning: No click id. Send it." in str(outputs)
    assert "No order\\\\u0000id." in str(outputs)


def test_counts_agree_with_the_cases():
    report = SCHEMA.to_dict(render(AUDIT, "junit"))
    assert report["@tests"] == len(list(cases(AUDIT)))
    assert report["@failures"] == 3
