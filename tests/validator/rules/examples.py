"""The fixtures of rules, and what each expects its rule to say."""

import json

from mockpin_validator import validate
from tests.conftest import FIXTURES


def list_examples(rules):
    """The fixtures of some rules, by folder and name."""
    paths = (path for rule in rules for path in sorted((FIXTURES / "rules" / rule.name).glob("*.json")))
    return [f"{path.parent.name}/{path.stem}" for path in paths]


def check_example(name):
    """Fail unless the rule says of its fixture what the fixture expects."""
    rule, _, _ = name.partition("/")
    case = json.loads((FIXTURES / "rules" / f"{name}.json").read_bytes())
    findings = [each for each in validate(case["payload"], now=case["now"]) if each.rule == rule]
    assert [{"severity": each.severity, "path": each.path} for each in findings] == case["expect"]
