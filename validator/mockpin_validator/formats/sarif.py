"""The report as SARIF 2.1.0, which code hosts and editors read."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import orjson

from mockpin_validator.archive.audit import Audit
from mockpin_validator.archive.placing import PlacedFinding
from mockpin_validator.formats import Style
from mockpin_validator.formats.wording import address, link
from mockpin_validator.judging.finding import Severity
from mockpin_validator.judging.rule import Profile, Row
from mockpin_validator.wording import make_lines_visible

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}


def render(audit: Audit, style: Style) -> str:
    """One run with the rules that have findings, and a result for each finding."""
    shown = audit.shown(style.most)
    rules = list(dict.fromkeys(placed.finding.rule for placed in shown))
    described = [description(audit.rules[name], audit.profile) for name in rules]
    run = {
        "tool": {"driver": {"name": "mockpin", "rules": described}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not audit.interrupted and not audit.tally.unreadable}],
        "results": [result(placed, rules) for placed in shown],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return make_lines_visible(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())


def description(rule: Row, profile: Profile) -> dict[str, Any]:
    """A rule, told from its own words and its source."""
    source = f"Source: {rule.source} ({rule.documented})."
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary.partition("\n")[0]},
        "help": {"text": f"{rule.summary}\n{source}\nMore: {address(rule.name)}"},
        "helpUri": link(rule.name),
        "defaultConfiguration": {"level": LEVELS[rule.severity[profile] or "info"]},
    }


def result(placed: PlacedFinding, rules: list[str]) -> dict[str, Any]:
    """A finding at its place."""
    finding = placed.finding
    region = {"startLine": finding.line or 1, "startColumn": finding.column or 1}
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": uri(placed.file)}, "region": region}
    }
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.fix}"},
        "locations": [location],
        "properties": {"source": finding.source, "documented": finding.documented},
    }


def uri(file: str) -> str:
    """A file as a URI reference: relative ones stay relative to the working directory."""
    path = Path("stdin" if file == "-" else file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
