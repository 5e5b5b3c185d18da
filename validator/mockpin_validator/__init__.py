"""Judge payloads: does Pinterest accept them, and if not, why?

    from mockpin_validator import validate

    for finding in validate({"data": [event]}):
        print(finding.path, finding.message, finding.fix)

Each name in `__all__` is loaded on first use, so importing the validator is cheap.

The packages, in the order in which to read them:

    contract/       the schema of a request, and the names Pinterest knows
    judging/        the judge, its policy, what a rule can read, and findings
    rules/          the rules, one module for each subject
    forensics/      explains the mistake behind a hash
    match_quality/  which match keys an event carries, and which can identify a person
    archive/        files of any size
    formats/        report formats
    caching         a cache that long texts cannot fill
    files           paths opened for reading, small files read whole
    detectors       how personal data and secrets are recognized in text
    handbook        the documentation of rules and fields
    masking         hides personal values in text that is shown
    wording         numbers with their nouns, texts without invisible characters
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mockpin_validator.forensics import Explanation, explain_hash
    from mockpin_validator.judging.finding import Complaint, Finding
    from mockpin_validator.judging.judge import Judge
    from mockpin_validator.judging.policy import Policy
    from mockpin_validator.judging.report import Report, validate
    from mockpin_validator.judging.rule import Rule
    from mockpin_validator.match_quality.quality import Quality
    from mockpin_validator.rules import RULES

__all__ = [
    "RULES",
    "Complaint",
    "Explanation",
    "Finding",
    "Judge",
    "Policy",
    "Quality",
    "Report",
    "Rule",
    "explain_hash",
    "validate",
]

_HOMES = {
    "RULES": "mockpin_validator.rules",
    "Complaint": "mockpin_validator.judging.finding",
    "Explanation": "mockpin_validator.forensics",
    "Finding": "mockpin_validator.judging.finding",
    "Judge": "mockpin_validator.judging.judge",
    "Policy": "mockpin_validator.judging.policy",
    "Quality": "mockpin_validator.match_quality.quality",
    "Report": "mockpin_validator.judging.report",
    "Rule": "mockpin_validator.judging.rule",
    "explain_hash": "mockpin_validator.forensics",
    "validate": "mockpin_validator.judging.report",
}


def __getattr__(name: str) -> object:
    """Load a public name's module when the name is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
