"""The fixtures of rules, and what each expects its rule to say."""

import json
from dataclasses import replace

from mockpin_validator import RULES, Judge, validate
from mockpin_validator.judging.rule import is_never_quiet
from tests.conftest import FIXTURES
from tests.validator.events import CLEAN, NOW


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
    check_silence(rule)


def check_silence(rule):
    """Fail if the rule says anything of a clean event, also where no quick check has spared it the event."""
    judge = Judge(rules={rule: replace(RULES[rule], clean=None, quiet=is_never_quiet)}, profile="strict")
    assert judge.judge({"data": [*CLEAN.values()]}, now=NOW) == ((), ())
    others = [{**event, "event_name": "signup", "custom_data": {}} for event in CLEAN.values()]
    assert judge.judge({"data": others}, now=NOW) == ((), ())
