"""What `mockpin explain` and docs/rules.md say about rules and fields, as Markdown."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mockpin_validator.contract.names import NAMES
from mockpin_validator.contract.vocabulary import fields, find_meant_name
from mockpin_validator.judging.evidence import EVENT_NAMES, EVENT_TIME, OPENAPI
from mockpin_validator.judging.finding import Evidence, Finding
from mockpin_validator.judging.report import validate
from mockpin_validator.judging.rule import Row
from mockpin_validator.rules import RULES

#: Fields with better evidence than Pinterest's description.
_EVIDENCE: Final[Mapping[str, Evidence]] = {"event.event_name": EVENT_NAMES, "event.event_time": EVENT_TIME}
_LIMITS: Final[Mapping[str, str]] = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "maxLength": "at most {} characters",
    "maxItems": "at most {} entries",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A case in which a rule has a finding, and the finding."""

    what: str
    finding: Finding


Examples = Mapping[str, tuple[Example, ...]]
#: Rules by name, including rules on whole documents.
Rows = Mapping[str, Row]


def load_examples(folder: Path) -> Examples:
    """Load the examples of each rule from a folder with `<rule>/invalid*.json`."""
    return {name: tuple(_examples(name, folder / name)) for name in RULES}


def _examples(name: str, folder: Path) -> Iterator[Example]:
    for path in sorted(folder.glob("invalid*.json")):
        case = json.loads(path.read_bytes())
        report = validate(case["payload"], now=case["now"])
        findings = [finding for finding in report if finding.rule == name]
        yield from (Example(case["what"], finding) for finding in findings[:1])


def write_rule_entry(rule: Row, examples: Examples) -> str:
    """Write a rule's summary, severities, source and examples."""
    severities = " · ".join(f"{profile}: {severity or 'off'}" for profile, severity in rule.severity.items())
    cases = ((example.what, example.finding) for example in examples.get(rule.name, ()))
    lines = (
        f"- {what}: {finding.message} {finding.fix}{_own_source(finding, rule)}\n" for what, finding in cases
    )
    return (
        f"## {rule.name}\n\n{rule.summary}\n\n{severities}  \n"
        f"Source: {rule.source} ({rule.documented}, {rule.date})\n\n{''.join(lines)}"
    )


def write_field_entry(name: str, examples: Examples) -> str:
    """Write a field's description, type, examples, source and rules. `name` is the full name."""
    schema: Mapping[str, Any] = fields()[name]
    example = "".join(
        f"\nExample: {json.dumps(value, ensure_ascii=False)}\n" for value in schema.get("examples", ())
    )
    source = _EVIDENCE.get(name) or _described(schema)
    about = [rule for rule, cases in examples.items() if any(_is_about(case.finding, name) for case in cases)]
    rules = f"\nRules: {', '.join(about)}\n" if about else ""
    names = NAMES.get(name.removeprefix("event."), ())
    listed = f"\nNames: {', '.join(names)}\n" if names else ""
    head = f"## {name}\n\n{schema['description']}\n\nType: {_type(schema)}\n"
    return f"{head}{listed}{example}{rules}\nSource: {source.source} ({source.documented})\n"


def _described(schema: Mapping[str, Any]) -> Evidence:
    beyond = schema.get("x-beyond")
    grade = schema.get("x-grade", OPENAPI.documented)
    return replace(OPENAPI, source=f"Pinterest's OpenAPI {beyond}", documented=grade) if beyond else OPENAPI


def entries(name: str, examples: Examples, rows: Rows = RULES) -> tuple[str, ...]:
    """Write the entries on a rule, or on fields by full or short name. Empty if nothing has that name."""
    named = (full for full in fields() if name in {full, full.partition(".")[2]})
    rule = rows.get(name)
    own = (write_rule_entry(rule, examples),) if rule else ()
    return (*own, *(write_field_entry(full, examples) for full in named))


def near(name: str, rows: Rows = RULES) -> str | None:
    """Return the rule or field that a misspelt name probably means, None if there is none."""
    short = {full.partition(".")[2] for full in fields()}
    return find_meant_name(name, [*rows, *fields(), *short])


def _own_source(finding: Finding, rule: Row) -> str:
    """Write the source of a finding if it differs from the rule's."""
    return "" if finding.source == rule.source else f" Source: {finding.source} ({finding.documented})."


def _is_about(finding: Finding, name: str) -> bool:
    part, _, field = name.partition(".")
    steps = [step for step in finding.path.split("/") if not step.isdigit()][2:]
    return steps[-2:] == [part, field] or (part == "event" and steps == [field])


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return "object"
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    of = f" of {schema['items']['type']}s" if "items" in schema else ""
    limits = (text.format(schema[key]) for key, text in _LIMITS.items() if key in schema)
    choices = [f"one of {', '.join(schema['enum'])}"] if "enum" in schema else []
    return ", ".join([" or ".join(kinds) + of, *limits, *choices])
