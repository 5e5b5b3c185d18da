"""Is this payload acceptable, and if not, why?

    from validator import validate

    for finding in validate({"data": [event]}):
        print(finding.path, finding.message, finding.fix)

The names of `__all__` are loaded when they are first asked for, so that importing the validator costs
nothing. `validator.rule` makes rules of one's own, `validator.quality` measures match quality.

An order to read the modules in:

    policy, context, finding, rule
                    what is judged by, what a rule may know, and what it finds
    contract, schema
                    the request's JSON Schema, and the gate that it is
    names, spelling, vocabulary, masking
                    names that Pinterest knows, what a misspelt one means, what may be shown
    quick, clean    many rules asked at once, by what each asks of which fields
    evidence, rules/
                    the sources, and the rules that rest on them
    forensics/, limited_data_processing
                    what some rules need: which recipe gives a hash, where the flag has an effect
    mending, judge, report
                    what the schema refuses put right, a payload judged
    quality, usable_keys
                    what of an event can be matched
    positions, archive/, baseline, formats/
                    files of any length, and reports on them
    handbook, description
                    the documentation, and what a newer contract changes
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.finding import Complaint, Finding
    from validator.forensics import Explanation, explain_hash
    from validator.judge import Judge
    from validator.policy import Policy
    from validator.quality import Quality
    from validator.report import Report, validate
    from validator.rule import Rule
    from validator.rules import RULES

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
    "RULES": "validator.rules",
    "Complaint": "validator.finding",
    "Explanation": "validator.forensics",
    "Finding": "validator.finding",
    "Judge": "validator.judge",
    "Policy": "validator.policy",
    "Quality": "validator.quality",
    "Report": "validator.report",
    "Rule": "validator.rule",
    "explain_hash": "validator.forensics",
    "validate": "validator.report",
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
